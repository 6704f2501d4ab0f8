package main

import (
	"bytes"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// commandNodes are the commands that kong knows.
func commandNodes(t *testing.T) []*kong.Node {
	t.Helper()
	var c cli
	all := newParser(&c, nil, io.Discard, io.Discard, func(int) {}).Model.Leaves(false)
	if len(all) < 9 {
		t.Fatalf("only %d commands", len(all))
	}
	return all
}

// TestCommandsRun: every command has its Run, so that none can end well by doing nothing.
func TestCommandsRun(t *testing.T) {
	for _, command := range commandNodes(t) {
		run := command.Target.Addr().MethodByName("Run")
		if !run.IsValid() || run.Type() != reflect.TypeOf(func(*session) error { return nil }) {
			t.Errorf("%s has no Run(*session) error", command.Name)
		}
	}
}

// TestExitCodes: what each command ends with (design.md 4.5). A command that reads something ends in all of the ways that it can.
func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	writeJob(t, "old.yaml", "operators: [{id: a, python: true}]")
	writeJob(t, "same.yaml", "operators: [{id: a, python: true}]")
	const job = "operators: [{id: a, python: {userMemory: 1gb}}]"
	seen := map[string]map[exitCode]bool{}
	for _, row := range []struct {
		args   string
		stdin  string
		want   exitCode
		reason string
	}{
		{"compile -", job, exitWell, ""},
		{"compile", "", exitUsage, "no file"},
		{"compile - -o yml", job, exitUsage, "no such format"},
		{"compile - --max-size 2gb", job, exitUsage, "no such size"},
		{"compile -", "operators: []", exitInput, "no operators"},
		{"compile no-such-file", "", exitInput, "unreadable"},
		{"compile - --output-file no/such/folder", job, exitInput, "the output cannot be written"},
		{"compile old.yaml --output-file ./old.yaml", "", exitInput, "the output is an input"},
		{"explain - a", job, exitWell, ""},
		{"explain - nobody", job, exitUsage, "the operator is a word of the command line"},
		{"explain -", "operators: []", exitInput, ""},
		{"import -", job, exitWell, ""},
		{"import - --mode fast", job, exitUsage, "no such mode"},
		{"import -", "operators: []", exitInput, ""},
		{"import - --output-file no/such/folder", job, exitInput, "the output cannot be written"},
		{"capacity old.yaml", "", exitWell, ""},
		{"capacity - -D taskmanager.memory.managed.size=1m", job, exitFindings, "does not fit"},
		{"capacity - --sweep taskmanager.memory.managed.size=1m,2m", job, exitWell, "a sweep shows what does not fit"},
		{"capacity - --sweep nothing", job, exitUsage, "no values to try"},
		{"capacity - --sweep a=1 --sweep b=1 --sweep c=1", job, exitUsage, "three axes"},
		{"capacity - --sweep a=1..101 --sweep b=1..100", job, exitUsage, "too many cells"},
		{"capacity - -D taskmanager.memory.process.size=1m", job, exitInput, "Flink refuses the cluster"},
		{"capacity - --flink-conf no-such-file", job, exitInput, "unreadable"},
		{"check -", job, exitWell, ""},
		{"check - --max-worker-memory 1mb", job, exitFindings, "above the limit"},
		{"check - --max-worker-memory 1mb --fail-on never", job, exitWell, "asked not to fail"},
		{"check - --max-worker-memory 1mb --severity worker-memory=warning", job, exitWell, "a warning does not fail"},
		{"check - --max-worker-memory 1mb --severity worker-memory=warning --fail-on warning", job, exitFindings, "unless asked for"},
		{"check - --severity nothing=off", job, exitUsage, "no such rule"},
		{"check - --limits no-such-file", job, exitInput, "unreadable limits"},
		{"check - --flink-version 1.20 -D taskmanager.memory.process.size=1m", job, exitInput, "Flink refuses the cluster"},
		{"check - --max-worker-memory 1mb --output-file json=no/such/folder", job, exitInput, "a report that is missing is worse than a finding"},
		{"diff old.yaml -", job, exitWell, "changes are no findings"},
		{"diff old.yaml - --exit-code", job, exitFindings, "unless asked for"},
		{"diff old.yaml same.yaml --exit-code", "", exitWell, "no changes"},
		{"diff old.yaml - --max-increase 1mb", job, exitFindings, "grew too much"},
		{"diff old.yaml", "", exitUsage, "one side"},
		{"diff - -", job, exitUsage, "both sides cannot be standard input"},
		{"diff old.yaml -", "operators: []", exitInput, ""},
		{"graph -", job, exitWell, ""},
		{"graph - --max-worker-memory 1mb", job, exitUsage, "a flag of check"},
		{"graph - --job nothing", job, exitInput, "no such job"},
		{"measure -", "udfplan measure 1\nlook 0\nworker 5 1 VmHWM 7\n", exitWell, ""},
		{"measure -", "udfplan measure 1\nlook 0\n", exitInput, "nothing was measured"},
		{"measure - -o svg", "", exitUsage, "no such format"},
		{"measure -- no-such-program", "", exitUsage, "no such program"},
		{"report -", job, exitWell, "what does not fit is told, and no finding of the command"},
		{"report - --sweep nothing", job, exitUsage, "no values to try"},
		{"report - --limits no-such-file", job, exitInput, "unreadable limits"},
		{"limiter", "", exitWell, ""},
		{"limiter --job -", job, exitWell, ""},
		{"limiter --job -", "operators: []", exitInput, ""},
		{"limiter --limit much", "", exitUsage, "no size"},
		{"rules", "", exitWell, ""},
		{"rules nothing", "", exitUsage, "no such rule"},
		{"schema job", "", exitWell, ""},
		{"schema", "", exitUsage, "no document"},
		{"schema plan", "", exitUsage, "no such schema"},
		{"version", "", exitWell, ""},
		{"version -o yaml", "", exitUsage, "no such format"},
		{"completion bash", "", exitWell, ""},
		{"completion tcsh", "", exitUsage, "no such shell"},
		{"man", "", exitWell, ""},
		{"man 7", "", exitUsage, ""},
		{"version more", "", exitUsage, ""},
		{"export", "", exitUsage, "no program"},
		{"export no-such-file.py", "", exitInput, ""},
		{"exporter", "", exitWell, ""},
		{"exporter more", "", exitUsage, ""},
		{"--help", "", exitWell, ""},
		{"compile --help", "", exitWell, ""},
		{"", "", exitUsage, "no command"},
		{"--nothing", "", exitUsage, "no such flag"},
	} {
		var out, errs bytes.Buffer
		if exit := run(strings.Fields(row.args), strings.NewReader(row.stdin), &out, &errs); exit != row.want {
			t.Errorf("udfplan %s (%s): exit %d, want %d\n%s", row.args, row.reason, exit, row.want, errs.String())
		}
		if (row.want == exitUsage || row.want == exitInput) != strings.Contains(errs.String(), "error: ") {
			t.Errorf("udfplan %s (%s): exit %d and %q", row.args, row.reason, row.want, errs.String())
		}
		command, _, _ := strings.Cut(row.args, " ")
		if seen[command] == nil {
			seen[command] = map[exitCode]bool{}
		}
		seen[command][row.want] = true
	}
	seen["export"][exitWell] = true // by TestExportRuns: it needs a Python
	judging, silent := []string{"capacity", "check", "diff"}, []string{"rules", "schema", "version", "exporter", "completion", "man"}
	for _, command := range commandNodes(t) {
		for code, is := range map[exitCode]bool{exitWell: true, exitFindings: slices.Contains(judging, command.Name), exitUsage: true,
			exitInput: !slices.Contains(silent, command.Name)} {
			if seen[command.Name][code] != is {
				t.Errorf("%s with exit code %d: tried %v, want %v", command.Name, code, !is, is)
			}
		}
	}
}
