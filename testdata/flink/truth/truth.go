// Package truth hands what real Flink runs recorded to the tests of every package. The program does not have it: only tests import it,
// and so it lies with the recordings.
//
// The recordings are those of testdata/flink, or those of the folder that UDFPLAN_TRUTH names: .ci/truth records new ones, and has the
// same tests hold the model to them.
package truth

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Rule is a part of flink-rules.md A to D that a recording speaks of. .ci/truth adds up differences by it.
type Rule string

// The rules that recordings are compared by.
const (
	Chains        Rule = "A1 chains"
	Exchanges     Rule = "A2 ship strategies and exchanges"
	Groups        Rule = "A3 slot sharing groups"
	Fractions     Rule = "A4, A5 fractions of managed memory"
	Phases        Rule = "A6 groups of the adaptive scheduler"
	Refusals      Rule = "A8 what is refused, and how"
	TaskManagers  Rule = "B TaskManager memory"
	Sizes         Rule = "B memory sizes"
	Weights       Rule = "B consumer weights and shares"
	Configuration Rule = "B configuration files"
	Profiles      Rule = "D fine-grained resources"
	Options       Rule = "options"
)

// Fresh says that the recordings are new ones: nobody knows how many there are, or of what.
func Fresh() bool { return os.Getenv("UDFPLAN_TRUTH") != "" }

// folder is where the recordings lie.
func folder(t testing.TB) string {
	t.Helper()
	if Fresh() {
		return os.Getenv("UDFPLAN_TRUTH")
	}
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "testdata", "flink")
		}
		if at == filepath.Dir(at) {
			t.Fatal("no go.mod above the working directory")
		}
		at = filepath.Dir(at)
	}
}

// Files are the recordings that match a pattern below testdata/flink, in order. There have to be some, unless they are fresh: a run
// of .ci/truth does not record every kind.
func Files(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder(t), filepath.FromSlash(pattern)))
	if err != nil || len(files) == 0 && !Fresh() {
		t.Fatalf("no recordings %s (%v)", pattern, err)
	}
	return files
}

// Version is the Flink version in the name of a file of recordings.
func Version(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
	return name[strings.LastIndex(name, "-")+1:]
}

// Lines reads the recordings of a file, one a line.
func Lines[T any](t testing.TB, file string) (all []T) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Buffer(nil, 1<<24); lines.Scan(); {
		var line T
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, line)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%s: %d lines, %v", file, len(all), err)
	}
	return all
}

// Differ fails the test of one recorded case: the model says otherwise than Flink by this rule.
func Differ(t testing.TB, rule Rule, format string, values ...any) {
	t.Helper()
	t.Errorf("["+string(rule)+"] "+format, values...)
}
