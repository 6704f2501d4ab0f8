package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

// page is what people read: README.md, or a document of docs/. Its path is from the root of the repository.
type page struct {
	path, text string
	blocks     []pageBlock
}

// pageBlock is a fenced block of a page, and the line before it.
type pageBlock struct {
	language, before, text string
	line                   int
}

// pages are the README, which comes first, and all of docs/.
func pages(t *testing.T) (all []page) {
	t.Helper()
	for _, path := range append([]string{"../../README.md"}, glob(t, "../../docs/*.md")...) {
		all = append(all, readPage(t, path))
	}
	return all
}

// pageNamed is the page of that path.
func pageNamed(t *testing.T, path string) page {
	t.Helper()
	return readPage(t, "../../"+path)
}

func readPage(t *testing.T, path string) page {
	t.Helper()
	p := page{path: strings.TrimPrefix(filepath.ToSlash(path), "../../"), text: readText(t, path)}
	var block *pageBlock
	before := ""
	for i, line := range strings.Split(p.text, "\n") {
		switch {
		case block == nil && strings.HasPrefix(line, "```"):
			block = &pageBlock{language: line[3:], before: before, line: i + 2}
		case block == nil:
			if line != "" {
				before = line
			}
		case line == "```":
			p.blocks = append(p.blocks, *block)
			block = nil
		default:
			block.text += line + "\n"
		}
	}
	if block != nil {
		t.Fatalf("%s: the block at line %d has no end", p.path, block.line)
	}
	return p
}

// TestPageCommands runs every console block of every page as a shell does, in a folder that holds the files which pages show.
func TestPageCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	root, _ := filepath.Abs("../..")
	all := pages(t)
	program := filepath.Join(t.TempDir(), "bin")
	if out, err := exec.Command("go", "build", "-o", filepath.Join(program, "udfplan"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ran := map[string]int{}
	for _, p := range all {
		home := ""
		for _, b := range p.blocks {
			if b.language != "console" {
				continue
			}
			if home == "" {
				home = pageHome(t, root, all)
			}
			for _, c := range consoleCommands(t, b) {
				if c.command == "go test ./..." {
					continue // this test is part of it; TestReadmeTestCommand has the rest
				}
				ran[p.path]++
				t.Run(fmt.Sprintf("%s line %d", p.path, c.line), func(t *testing.T) { c.check(t, root, home, program) })
			}
		}
	}
	for _, path := range []string{"README.md", "docs/capacity.md", "docs/documents.md", "docs/gate.md", "docs/what-flink-really-does.md", "docs/job-file.md", "docs/plan.md"} {
		if ran[path] == 0 {
			t.Errorf("no command of %s was run", path)
		}
	}
}

// shownFile is what stands before a block that is a file: its name in code, and a colon at the end of the line.
var shownFile = regexp.MustCompile("`([a-z]+\\.yaml)`[^`]*:$")

// pageHome is a folder as pages assume it: the files that the pages show, and the recordings.
func pageHome(t *testing.T, root string, all []page) string {
	t.Helper()
	home := t.TempDir()
	if err := os.Symlink(filepath.Join(root, "testdata"), filepath.Join(home, "testdata")); err != nil {
		t.Fatal(err)
	}
	shownBy := map[string]string{}
	for _, p := range all {
		for _, b := range p.blocks {
			file := shownFile.FindStringSubmatch(b.before)
			if file == nil || b.language != "yaml" {
				continue
			}
			if other := shownBy[file[1]]; other != "" {
				t.Errorf("%s shows %s, and so does %s", p.path, file[1], other)
			}
			shownBy[file[1]] = p.path
			writeJob(t, filepath.Join(home, file[1]), b.text)
		}
	}
	for _, file := range []string{"job.yaml", "limits.yaml", "config.yaml"} {
		if shownBy[file] == "" {
			t.Errorf("no page shows %s", file)
		}
	}
	return home
}

type consoleCommand struct {
	command, want string
	line          int
}

func consoleCommands(t *testing.T, b pageBlock) (out []consoleCommand) {
	t.Helper()
	for i, line := range strings.SplitAfter(b.text, "\n") {
		if command, is := strings.CutPrefix(line, "$ "); is {
			out = append(out, consoleCommand{command: strings.TrimSuffix(command, "\n"), line: b.line + i})
		} else if len(out) > 0 {
			out[len(out)-1].want += line
		} else if line != "" {
			t.Errorf("line %d: a console block begins with a command", b.line)
		}
	}
	return out
}

func (c consoleCommand) check(t *testing.T, root, home, program string) {
	shell := exec.Command("bash", "-c", "exec 2>&1\n"+c.command)
	shell.Dir = home
	if strings.HasPrefix(c.command, "go ") {
		shell.Dir = root
	}
	shell.Env = append(os.Environ(), "PATH="+program+":"+os.Getenv("PATH"), "COLUMNS=80", "LC_ALL=C.UTF-8")
	out, err := shell.Output()
	fails := strings.Contains(c.want, "error:") || strings.Contains(c.want, "short by") // a finding
	if piped := strings.Contains(c.command, "|"); !piped && (err != nil) != fails {     // of a pipe the last command says how it ended
		t.Errorf("$ %s: %v", c.command, err)
	}
	if diff := cmp.Diff(c.want, string(out)); diff != "" {
		t.Errorf("$ %s (-page +now):\n%s", c.command, diff)
	}
}

// TestReadmeIsShort: who opens it reads to its end. What a task needs beyond that stands in docs/.
func TestReadmeIsShort(t *testing.T) {
	readme := pageNamed(t, "README.md")
	if lines := strings.Count(readme.text, "\n"); lines > 250 {
		t.Errorf("README.md has %d lines", lines)
	}
	for _, p := range pages(t) {
		if name := filepath.Base(p.path); !strings.Contains(readme.text, p.path) && !strings.Contains(pageNamed(t, "docs/confirmed.md").text, "("+name+")") && name != "README.md" && name != "go-habits.md" {
			t.Errorf("nothing leads from README.md to %s", p.path)
		}
	}
}

// TestEveryCommandHasAPage: what the program can do is found by who reads, too.
func TestEveryCommandHasAPage(t *testing.T) {
	help, _ := udfplan(t, exitWell, "", "--help")
	_, commands, _ := strings.Cut(help, "\nCommands:\n")
	var text strings.Builder
	for _, p := range pages(t) {
		text.WriteString(p.text)
	}
	found := regexp.MustCompile(`(?m)^  ([a-z]+)  `).FindAllStringSubmatch(commands, -1)
	for _, m := range found {
		if !strings.Contains(text.String(), "udfplan "+m[1]) {
			t.Errorf("no page shows udfplan %s", m[1])
		}
	}
	if len(found) < 13 {
		t.Errorf("only %d commands", len(found))
	}
}

// TestReadmeTestCommand: what the README says of tests is what .ci/run runs.
func TestReadmeTestCommand(t *testing.T) {
	ci := readText(t, "../../.ci/run")
	if !strings.Contains(pageNamed(t, "README.md").text, "\n$ go test ./...\n") || !regexp.MustCompile(`(?m)^go test (-\S+ )*\./\.\.\.$`).MatchString(ci) {
		t.Error("README and .ci/run run other tests")
	}
}

// TestPageTables: tables that repeat the source are the source's.
func TestPageTables(t *testing.T) {
	var rules strings.Builder
	_ = render.Pick(render.RuleFormats, "markdown").Write(&rules, policy.Rules, render.Options{})
	codes := "| code | meaning |\n| --- | --- |\n"
	_, help, _ := strings.Cut(description, "Exit codes:\n")
	for _, line := range strings.Split(help, "\n") {
		code, meaning, _ := strings.Cut(strings.TrimSpace(line), "  ")
		codes += fmt.Sprintf("| %s | %s |\n", code, meaning)
	}
	documents, configurations := "| document | how you get it |\n| --- | --- |\n", "| configuration | what it is |\n| --- | --- |\n"
	for _, s := range document.Shapes {
		documents += fmt.Sprintf("| %s | %s |\n", s.Name, s.From)
	}
	for _, s := range conf.Shapes {
		configurations += fmt.Sprintf("| %s | %s |\n", s.Name, s.Doc)
	}
	for _, row := range []struct{ path, table string }{
		{"docs/plan.md", formatTable("-o", render.Formats)},
		{"docs/plan.md", codes},
		{"docs/gate.md", formatTable("check -o", render.CheckFormats)},
		{"docs/gate.md", rules.String()},
		{"docs/documents.md", documents},
		{"docs/capacity.md", configurations},
	} {
		if !strings.Contains(pageNamed(t, row.path).text, row.table) {
			t.Errorf("%s has no such table:\n%s", row.path, row.table)
		}
	}
}

func formatTable[T any](flag string, formats []render.Format[T]) string {
	table := "| `" + flag + "` | what it is |\n| --- | --- |\n"
	for _, f := range formats {
		table += fmt.Sprintf("| `%s` | %s |\n", f.Name, f.Doc)
	}
	return table
}

// TestPackagesTable: the table of packages is the layout, in its order.
func TestPackagesTable(t *testing.T) {
	_, table, _ := strings.Cut(pageNamed(t, "docs/library.md").text, "| package | what it does |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var want []string
	for _, l := range layout {
		if l.folder != "." && !strings.Contains(l.folder, "/internal/") && !strings.HasPrefix(l.folder, "testdata/") {
			want = append(want, l.folder)
		}
	}
	var got []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(table, -1) {
		got = append(got, m[1])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("packages (-layout +docs/library.md):\n%s", diff)
	}
}

// TestLibraryPage: the code that it shows is that of the module's example, which is run.
func TestLibraryPage(t *testing.T) {
	example := readText(t, "../../example_test.go")
	shown := 0
	for _, b := range pageNamed(t, "docs/library.md").blocks {
		if b.language != "go" {
			continue
		}
		shown++
		body := regexp.MustCompile("(?m)^(.)").ReplaceAllString(b.text, "\t$1")
		if !strings.Contains(example, "func Example() {\n"+body+"\n\t// Output:\n") {
			t.Errorf("line %d: other code than in example_test.go", b.line)
		}
	}
	if shown != 1 {
		t.Errorf("%d blocks of Go", shown)
	}
}

// TestLimitsShown: the limits file that is shown has all limits and all keys, and no errors.
func TestLimitsShown(t *testing.T) {
	for _, b := range pageNamed(t, "docs/gate.md").blocks {
		if !strings.HasSuffix(b.before, "`limits.yaml`:") {
			continue
		}
		if _, problems := policy.ReadLimits(source.NewFile("docs/gate.md", []byte(b.text))); len(problems) > 0 {
			t.Error(problems)
		}
		for _, key := range policy.LimitsFileKeys() {
			if !strings.Contains(b.text, key) {
				t.Errorf("the limits file has no %s", key)
			}
		}
		return
	}
	t.Error("no limits file")
}

// TestWhereItRuns: what is shown of a workflow and of pre-commit names inputs, hooks and flags that there are.
func TestWhereItRuns(t *testing.T) {
	help, _ := udfplan(t, exitWell, "", "check", "--help")
	action := readText(t, "../../action.yml")
	shown := 0
	for _, b := range append(pageNamed(t, "README.md").blocks, pageNamed(t, "docs/gate.md").blocks...) {
		for _, flag := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(b.text, -1) {
			if b.language == "yaml" && !strings.Contains(help, flag) {
				t.Errorf("line %d: check has no %s", b.line, flag)
			}
		}
		if _, with, uses := strings.Cut(b.text, "uses: your-org/udfplan"); uses {
			with, _, _ = strings.Cut(with, "- uses:")
			for _, input := range regexp.MustCompile(`(?m)^ {10}([a-z-]+):`).FindAllStringSubmatch(with, -1) {
				shown++
				if !strings.Contains(action, "\n  "+input[1]+":\n") {
					t.Errorf("line %d: the action has no input %s", b.line, input[1])
				}
			}
		}
	}
	if shown < 4 {
		t.Errorf("only %d inputs of the action are shown", shown)
	}
}

// TestJobFileShown: the file that shows all keys is one.
func TestJobFileShown(t *testing.T) {
	p := pageNamed(t, "docs/job-file.md")
	for _, b := range p.blocks {
		if b.language != "yaml" || !strings.Contains(b.text, "\noperators:") {
			continue
		}
		_, problems := document.Read(source.NewFile(fmt.Sprintf("%s+%d", p.path, b.line), []byte(b.text)), graph.Options{})
		if problems.HasErrors() {
			t.Error(problems)
		}
		for _, key := range document.JobFileKeys() {
			if strings.Contains(b.text, "name: all-keys") && !strings.Contains(b.text, key+":") {
				t.Errorf("the file that shows all keys has no %s", key)
			}
		}
	}
}
