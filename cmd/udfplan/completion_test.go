package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestCompletions: what can stand at the end of a line. That shells ask and show it is .ci/gate's business.
func TestCompletions(t *testing.T) {
	for _, row := range []struct{ line, want, reason string }{
		{"udfplan com", "compile completion", "commands"},
		{"udfplan  com", "compile completion", "blanks do not count"},
		{"udfplan compile --out", "--output --output-file", "flags"},
		{"udfplan compile -o ", "csv json markdown table tree wide yaml", "formats of this command"},
		{"udfplan check job.yaml -q -o s", "sarif", "formats of another, after an argument and a switch"},
		{"udfplan compile --output=t", "--output=table --output=tree", "the other way to give a value"},
		{"udfplan compile --flink-version 2.", "2.0 2.1 2.2 2.3", "versions"},
		{"udfplan check --severity worker-memory=n", "worker-memory=note", "a rule and its severity"},
		{"udfplan check --severity=worker-memory=n", "--severity=worker-memory=note", "both equals signs"},
		{"udfplan rules worker-o", "worker-operators", "an argument with words of its own"},
		{"udfplan compile --mode b", "batch", "words that a type knows"},
		{"udfplan compile --framework-memory ", "flip-88 measured", "or any size"},
		{"udfplan completion ", "bash fish zsh", "shells"},
		{"udfplan compile ", "", "files, which the shell knows"},
		{"udfplan check --limits l", "", "files behind a flag"},
		{"udfplan completion bash --a", "", "what only shells ask is not offered"},
		{"udfplan compile job.yaml --nonsense ", "", "no such flag"},
	} {
		stdout, stderr := udfplan(t, exitWell, "", "completion", "bash", "--answer="+row.line)
		if got := strings.Join(strings.Fields(stdout), " "); got != row.want || stderr != "" {
			t.Errorf("%q: %q, want %q (%s) %s", row.line, got, row.want, row.reason, stderr)
		}
	}
	for _, line := range []string{"", " ", "\t", "udfplan", "=", "udfplan =", "udfplan --=", "udfplan compile --output= ", "udfplan -", "udfplan \x00 \xff"} {
		completions(line) // nothing to check but that it ends
	}
}

// TestManual: every command and every flag has its place with all of its text, and the day is that of the commit.
func TestManual(t *testing.T) {
	page := manual(time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC))
	if !strings.HasPrefix(page, `.TH UDFPLAN 1 "2026-11-27" "udfplan" "User Commands"`) || page != manual(time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("begins with %.80q", page)
	}
	plain := regexp.MustCompile(`(?m)^\.(nf|fi|PP)\n`).ReplaceAllString(page, "")
	plain = strings.NewReplacer(`\fB`, "", `\fI`, "", `\fP`, "", `\&`, "", `\-`, "-", `\e`, `\`).Replace(plain)
	for _, command := range commandNodes(t) {
		lines := []string{command.Summary(), command.Help}
		for _, flag := range command.Flags {
			if !flag.Hidden {
				lines = append(lines, flag.Help)
			}
		}
		for _, line := range append(lines, strings.Split(command.Detail, "\n")...) {
			if line != "" && !strings.Contains(plain, "\n"+line+"\n") {
				t.Errorf("%s: no line %q", command.Name, line)
			}
		}
		for _, flag := range command.Flags {
			if !flag.Hidden && !strings.Contains(plain, "--"+flag.Name) {
				t.Errorf("no --%s", flag.Name)
			}
		}
	}
	if stdout, _ := udfplan(t, exitWell, "", "man"); !strings.HasPrefix(stdout, `.TH UDFPLAN 1 "`) || strings.Contains(stdout, "0001") {
		t.Errorf("prints %.60q", stdout)
	}
}

// TestVerbatim: examples can be copied, and prose is filled.
func TestVerbatim(t *testing.T) {
	got := verbatim("Run-it:\n  a --b-c\n  d\n.PP\nIt\n e")
	if want := "Run\\-it:\n.nf\n  a \\-\\-b\\-c\n  d\n.fi\n.PP\nIt\n.nf\n e"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
