package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

var update = flag.Bool("update", false, "rewrite the golden files with what the program prints now")

const goldenFolder = "../../testdata/golden"

// goldenCase is one folder below testdata/golden, a whole command:
//
//	args    the arguments, on one line separated by blanks, or one a line
//	why     what the case shows, a sentence
//	uses    globs below testdata: recorded documents that are input too (optional)
//	same    the name of a case that must print the same (optional)
//	stdin   what the command reads there (optional)
//	before/ what was committed to git, as main, before the other files took its place (optional)
//	in      the folder where the command runs (optional)
//	stdout, stderr, exit    what comes out; where a file is missing: nothing, nothing, 0
//	want/   files that the command writes
//
// Everything else is input, and lies in the folder where the command runs.
type goldenCase struct {
	folder                   string
	args                     []string
	why, uses, same, stdin   string
	in                       string
	stdout, stderr, exitText string
	inputs, want, before     map[string]string
	printed                  string // now
}

// wholeSARIF is the case that holds all rules as SARIF has them. In every other one the list is left out: it is the same,
// and nobody can review it five times.
const wholeSARIF = "check-sarif-passed"

// withoutRules leaves the list of rules out of a SARIF report; any other text stays.
func withoutRules(text string) string {
	const begin, end = "\n          \"rules\": [\n", "\n          ]\n"
	before, rest, found := strings.Cut(text, begin)
	rules, after, closed := strings.Cut(rest, end)
	if !found || !closed || !strings.Contains(before, "sarif-schema") {
		return text
	}
	n := strings.Count(rules, "\n              \"id\": ")
	return before + fmt.Sprintf("\n          \"rules\": \"(%d rules, as in %s)\"\n", n, wholeSARIF) + after
}

func TestGolden(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	t.Setenv("LC_ALL", "C.UTF-8")
	entries, err := os.ReadDir(goldenFolder)
	if err != nil || len(entries) < 100 {
		t.Fatalf("%d golden cases (%v)", len(entries), err)
	}
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			c := readGolden(t, filepath.Join(goldenFolder, entry.Name()))
			c.run(t)
		})
	}
}

// readGolden reads a case; a file that nothing uses is an error.
func readGolden(t *testing.T, folder string) goldenCase {
	t.Helper()
	c := goldenCase{folder: folder, inputs: map[string]string{}, want: map[string]string{}, before: map[string]string{}}
	fields := map[string]*string{"why": &c.why, "uses": &c.uses, "same": &c.same, "stdin": &c.stdin, "in": &c.in, "stdout": &c.stdout, "stderr": &c.stderr, "exit": &c.exitText}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		switch field, is := fields[name]; {
		case is:
			*field = string(text)
		case name == "args":
			c.args = arguments(string(text))
		case strings.HasPrefix(name, "want/"):
			c.want[strings.TrimPrefix(name, "want/")] = string(text)
		case strings.HasPrefix(name, "before/"):
			c.before[strings.TrimPrefix(name, "before/")] = string(text)
		default:
			c.inputs[name] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c.take(t)
	if strings.TrimSpace(c.why) == "" {
		t.Error("no file why says what the case shows")
	}
	for name := range c.inputs {
		if top, _, _ := strings.Cut(name, "/"); !c.mentions(top) && top != strings.TrimSpace(c.in) && filepath.Base(name) != limitsName && !strings.Contains(c.inputs["fleet.yaml"], top) { // a fleet names files of its own
			t.Errorf("input %s is not used", name)
		}
	}
	return c
}

// take reads the recorded documents that a case uses.
func (c *goldenCase) take(t *testing.T) {
	t.Helper()
	for _, pattern := range strings.Fields(c.uses) {
		files, err := filepath.Glob(filepath.Join("../../testdata", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("uses %s: no such file (%v)", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c.inputs[filepath.Base(file)] = string(text)
		}
	}
}

func arguments(text string) []string {
	if lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n"); len(lines) > 1 {
		return lines
	}
	return strings.Fields(text)
}

func (c *goldenCase) mentions(name string) bool {
	for _, arg := range c.args {
		if matched, _ := filepath.Match(arg, name); matched || arg == "." || strings.Contains(arg, name) {
			return true
		}
	}
	return false
}

func (c *goldenCase) run(t *testing.T) {
	home, _ := filepath.Abs(c.folder)
	c.layOut(t)
	top, _ := filepath.Abs(".")
	t.Chdir(filepath.Join(top, strings.TrimSpace(c.in)))
	var stdout, stderr bytes.Buffer
	exit := run(c.args, strings.NewReader(c.stdin), &stdout, &stderr)
	t.Chdir(top)
	c.printed = stdout.String()
	if filepath.Base(home) != wholeSARIF {
		c.printed = withoutRules(c.printed)
	}
	exitText := ""
	if exit != exitWell {
		exitText = strconv.Itoa(int(exit)) + "\n"
	}
	written := c.written(t)
	if *update {
		rewrite(t, home, map[string]string{"stdout": c.printed, "stderr": stderr.String(), "exit": exitText})
		rewrite(t, filepath.Join(home, "want"), written)
		return
	}
	for _, row := range []struct{ name, want, got string }{
		{"stdout", c.stdout, c.printed}, {"stderr", c.stderr, stderr.String()}, {"exit", c.exitText, exitText},
	} {
		if diff := cmp.Diff(row.want, row.got); diff != "" {
			t.Errorf("%s (-golden +now):\n%s", row.name, diff)
		}
	}
	if diff := cmp.Diff(c.want, written); diff != "" {
		t.Errorf("files written (-golden +now):\n%s", diff)
	}
	c.checkSame(t, home)
}

// layOut puts the inputs into an empty folder and goes there.
func (c *goldenCase) layOut(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if len(c.before) > 0 {
		layOut(t, c.before)
		gitDo(t, "init", "-q")
		gitDo(t, "add", "-A")
		gitDo(t, "commit", "-q", "-m", "before")
		gitDo(t, "rm", "-q", "-r", ".")
		defer gitDo(t, "add", "-A") // git tells of what is renamed where it knows both names
	}
	for name, text := range c.inputs {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// written are the files that are new or changed.
func (c *goldenCase) written(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == ".git" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if before, is := c.inputs[path]; !is || before != string(text) {
			out[path] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (c *goldenCase) checkSame(t *testing.T, home string) {
	t.Helper()
	if c.same == "" {
		return
	}
	other, err := os.ReadFile(filepath.Join(filepath.Dir(home), strings.TrimSpace(c.same), "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	if string(other) != c.stdout {
		t.Errorf("prints something else than %s", c.same)
	}
}

// rewrite writes golden files, and removes those that are empty now.
func rewrite(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, name)
		var err error
		if text == "" {
			if err = os.Remove(path); os.IsNotExist(err) {
				err = nil
			}
		} else if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
			err = os.WriteFile(path, []byte(text), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestChecksAreGolden: every row of graph.Checks is seen by a whole command.
func TestChecksAreGolden(t *testing.T) {
	var all strings.Builder
	files, _ := filepath.Glob(filepath.Join(goldenFolder, "*", "stderr"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, check := range graph.Checks {
		if !strings.Contains(all.String(), "["+check.Code+"]\n") {
			t.Errorf("no golden case shows %s: %s", check.Code, check.Doc)
		}
	}
}
