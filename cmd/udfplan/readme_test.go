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

// readmeBlock is a fenced block of the README, and the line before it.
type readmeBlock struct {
	language, before, text string
	line                   int
}

func readmeBlocks(t *testing.T) (readme string, blocks []readmeBlock) {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var block *readmeBlock
	before := ""
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case block == nil && strings.HasPrefix(line, "```"):
			block = &readmeBlock{language: line[3:], before: before, line: i + 2}
		case block == nil:
			if line != "" {
				before = line
			}
		case line == "```":
			blocks = append(blocks, *block)
			block = nil
		default:
			block.text += line + "\n"
		}
	}
	if block != nil {
		t.Fatalf("the block at line %d has no end", block.line)
	}
	return string(text), blocks
}

// TestReadmeCommands runs every console block as a shell does, in a folder that holds the README's job.yaml.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	_, blocks := readmeBlocks(t)
	root, _ := filepath.Abs("../..")
	home := readmeHome(t, root, blocks)
	ran := 0
	for _, b := range blocks {
		if b.language != "console" {
			continue
		}
		for _, c := range consoleCommands(t, b) {
			if c.command == "go test ./..." {
				continue // this test is part of it; TestReadmeTestCommand has the rest
			}
			ran++
			t.Run(fmt.Sprintf("line %d", c.line), func(t *testing.T) { c.check(t, root, home) })
		}
	}
	if ran < 8 {
		t.Errorf("only %d commands were run", ran)
	}
}

// readmeHome is a folder as the README assumes it: the files that it shows, the recorded documents, the program on the path.
func readmeHome(t *testing.T, root string, blocks []readmeBlock) string {
	t.Helper()
	home := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(home, "bin", "udfplan"), ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Symlink(filepath.Join(root, "testdata"), filepath.Join(home, "testdata")); err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile("`([a-z]+\\.yaml)`:$")
	for _, b := range blocks {
		if file := name.FindStringSubmatch(b.before); file != nil && b.language == "yaml" {
			writeJob(t, filepath.Join(home, file[1]), b.text)
		}
	}
	for _, file := range []string{"job.yaml", "limits.yaml"} {
		if _, err := os.Stat(filepath.Join(home, file)); err != nil {
			t.Fatalf("no %s in the README", file)
		}
	}
	return home
}

type consoleCommand struct {
	command, want string
	line          int
}

func consoleCommands(t *testing.T, b readmeBlock) (out []consoleCommand) {
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

func (c consoleCommand) check(t *testing.T, root, home string) {
	shell := exec.Command("bash", "-c", "exec 2>&1\n"+c.command)
	shell.Dir = home
	if strings.HasPrefix(c.command, "go ") {
		shell.Dir = root
	}
	shell.Env = append(os.Environ(), "PATH="+filepath.Join(home, "bin")+":"+os.Getenv("PATH"), "COLUMNS=80", "LC_ALL=C.UTF-8")
	out, err := shell.Output()
	fails := strings.Contains(c.want, "error:") || strings.Contains(c.want, "short by") // a finding
	if (err != nil) != fails {
		t.Errorf("$ %s: %v", c.command, err)
	}
	if diff := cmp.Diff(c.want, string(out)); diff != "" {
		t.Errorf("$ %s (-README +now):\n%s", c.command, diff)
	}
}

// TestReadmeTestCommand: what the README says of tests is what .ci/run runs.
func TestReadmeTestCommand(t *testing.T) {
	readme, _ := readmeBlocks(t)
	ci, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(readme, "\n$ go test ./...\n") || !regexp.MustCompile(`(?m)^go test (-\S+ )*\./\.\.\.$`).Match(ci) {
		t.Error("README and .ci/run run other tests")
	}
}

// TestReadmeTables: tables that repeat the source are the source's.
func TestReadmeTables(t *testing.T) {
	readme, _ := readmeBlocks(t)
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
	for _, table := range []string{formatTable("-o", render.Formats), formatTable("check -o", render.CheckFormats), codes, rules.String(), documents, configurations} {
		if !strings.Contains(readme, table) {
			t.Errorf("README has no such table:\n%s", table)
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

// TestReadmePackages: the README's table of packages is the layout, in its order.
func TestReadmePackages(t *testing.T) {
	readme, _ := readmeBlocks(t)
	_, table, _ := strings.Cut(readme, "| package | what it does |\n")
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
		t.Errorf("packages (-layout +README):\n%s", diff)
	}
}

// TestReadmeLibrary: the code that the README shows is that of the module's example, which is run.
func TestReadmeLibrary(t *testing.T) {
	_, blocks := readmeBlocks(t)
	example, err := os.ReadFile("../../example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, b := range blocks {
		if b.language != "go" {
			continue
		}
		shown++
		body := regexp.MustCompile("(?m)^(.)").ReplaceAllString(b.text, "\t$1")
		if !strings.Contains(string(example), "func Example() {\n"+body+"\n\t// Output:\n") {
			t.Errorf("line %d: other code than in example_test.go", b.line)
		}
	}
	if shown != 1 {
		t.Errorf("%d blocks of Go", shown)
	}
}

// TestReadmeLimits: the limits file shows all limits and all keys, and has no errors.
func TestReadmeLimits(t *testing.T) {
	_, blocks := readmeBlocks(t)
	for _, b := range blocks {
		if !strings.HasSuffix(b.before, "`limits.yaml`:") {
			continue
		}
		if _, problems := policy.ReadLimits(source.NewFile("README.md", []byte(b.text))); len(problems) > 0 {
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

// TestReadmeWhereItRuns: what the README shows of a workflow and of pre-commit names inputs, hooks and flags that there are.
func TestReadmeWhereItRuns(t *testing.T) {
	_, blocks := readmeBlocks(t)
	help, _ := udfplan(t, exitWell, "", "check", "--help")
	action, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, b := range blocks {
		for _, flag := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(b.text, -1) {
			if b.language == "yaml" && !strings.Contains(help, flag) {
				t.Errorf("line %d: check has no %s", b.line, flag)
			}
		}
		if _, with, uses := strings.Cut(b.text, "uses: your-org/udfplan"); uses {
			with, _, _ = strings.Cut(with, "- uses:")
			for _, input := range regexp.MustCompile(`(?m)^ {10}([a-z-]+):`).FindAllStringSubmatch(with, -1) {
				shown++
				if !strings.Contains(string(action), "\n  "+input[1]+":\n") {
					t.Errorf("line %d: the action has no input %s", b.line, input[1])
				}
			}
		}
	}
	if shown < 4 {
		t.Errorf("only %d inputs of the action are shown", shown)
	}
}

// TestReadmeJobFile: the file that shows all keys is one.
func TestReadmeJobFile(t *testing.T) {
	_, blocks := readmeBlocks(t)
	for _, b := range blocks {
		if b.language != "yaml" || !strings.Contains(b.text, "\noperators:") {
			continue
		}
		_, problems := document.Read(source.NewFile(fmt.Sprintf("README.md+%d", b.line), []byte(b.text)), graph.Options{})
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
