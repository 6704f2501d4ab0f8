package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"udfplan/spec/policy"
)

// TestRulesAreGolden: of every rule there is a whole command in which it fires, and one near it in which it just does not.
func TestRulesAreGolden(t *testing.T) {
	for _, rule := range policy.Rules {
		for _, row := range []struct {
			folder string
			fires  bool
		}{{"rule-" + rule.ID, true}, {"rule-" + rule.ID + "-near", false}} {
			stdout, err := os.ReadFile(filepath.Join(goldenFolder, row.folder, "stdout"))
			if err != nil {
				t.Errorf("%s: %v", rule.ID, err)
			} else if strings.Contains(string(stdout), " ["+rule.ID+"]\n") != row.fires {
				t.Errorf("%s: the rule fires: %v, want %v", row.folder, !row.fires, row.fires)
			}
		}
	}
}

// TestRuleExamples: what `udfplan rules` shows as an example of a rule is one.
func TestRuleExamples(t *testing.T) {
	shown := 0
	for _, rule := range policy.Rules {
		if rule.Example == "" {
			continue
		}
		shown++
		t.Chdir(t.TempDir())
		args := append([]string{"check", "-", "--today", "2026-12-31", "--fail-on", "never"}, rule.Args...)
		want := exitWell
		if rule.Scope == policy.OfDiff {
			writeJob(t, "old.yaml", "mode: batch\noperators: [{id: clean, python: true}]\n")
			args, want = append([]string{"diff", "old.yaml", "-"}, rule.Args...), exitFindings
		}
		if rule.Scope == policy.OfPolicy {
			writeJob(t, "README.md", "of a repository\n")
			gitDo(t, "init", "-q")
			gitDo(t, "add", "-A")
			gitDo(t, "commit", "-q", "-m", "x")
		}
		if stdout, _ := udfplan(t, want, rule.Example, args...); !strings.Contains(stdout, " ["+rule.ID+"]\n") {
			t.Errorf("%s: its example prints\n%s", rule.ID, stdout)
		}
	}
	if shown < len(policy.Rules)-1 {
		t.Errorf("only %d of %d rules have an example", shown, len(policy.Rules))
	}
}

// TestRuleTexts: a rule says all of itself, in sentences that stand well in a table and in a page.
func TestRuleTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range policy.Rules {
		if seen[rule.ID] {
			t.Errorf("%s is there twice", rule.ID)
		}
		seen[rule.ID] = true
		if rule.Doc == "" || strings.HasSuffix(rule.Doc, ".") || len(rule.Doc) > 90 {
			t.Errorf("%s: a line without a full stop: %q", rule.ID, rule.Doc)
		}
		for _, text := range []string{rule.Why, rule.Fix} {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "REASON") {
				t.Errorf("%s: whole sentences: %q", rule.ID, text)
			}
		}
	}
}

// twoWorkers is more than one of everything.
const twoWorkers = `mode: batch
parallelism: 2
operators:
  - {id: a, slotSharingGroup: g, python: true}
  - {id: b, slotSharingGroup: g, python: {worker: w}}
  - {id: c, slotSharingGroup: g, inputs: [a, b], python: {worker: w}}
`

// TestLimitFlags: every limit has a flag, and each flag sets its own limit.
func TestLimitFlags(t *testing.T) {
	rules := policy.LimitRules()
	if got := reflect.TypeFor[limitFlags]().NumField(); got != len(rules) {
		t.Fatalf("%d flags for %d limits", got, len(rules))
	}
	for _, rule := range rules {
		value := "1"
		if rule.Bounds.Bytes {
			value = "1b"
		}
		stdout, _ := udfplan(t, exitFindings, twoWorkers, "check", "-", "--max-"+rule.ID, value)
		for _, other := range rules {
			if strings.Contains(stdout, "["+other.ID+"]") != (other == rule) {
				t.Errorf("--max-%s %s: rule %s\n%s", rule.ID, value, other.ID, stdout)
			}
		}
	}
}
