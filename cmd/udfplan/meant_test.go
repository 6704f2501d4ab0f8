package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestMeant: what cannot be understood ends with what was meant, and repeats no value of a flag.
func TestMeant(t *testing.T) {
	t.Chdir(t.TempDir())
	writeJob(t, "job", "operators: [{id: a}]")
	for _, row := range []struct {
		args []string
		want string // of the last line
	}{
		{[]string{""}, "see udfplan --help, or udfplan COMMAND --help"},
		{[]string{"-"}, "did you mean udfplan compile -?"},
		{[]string{"job"}, "did you mean udfplan compile job?"},
		{[]string{"my jobs.yaml"}, "did you mean udfplan compile 'my jobs.yaml'?"},
		{[]string{"-v"}, "to begin with: udfplan compile job.yaml -o table"},
		{[]string{"help"}, "did you mean udfplan --help?"},
		{[]string{"-D", "s3.secret-key=PLANTED", "compile", "job"}, "a command comes first: udfplan compile -D …"},
		{[]string{"compile", "job", "--limits=PLANTED"}, "--limits is a flag of check, graph, report: udfplan check job.yaml --limits …"},
		{[]string{"compile", "job", "--nothing-like-it=PLANTED"}, "see udfplan compile --help"},
		{[]string{"check", "job", "-D"}, "see udfplan check --help"},
		{[]string{"diff"}, "for example: udfplan diff old.yaml new.yaml"},
	} {
		var stdout, stderr bytes.Buffer
		if exit := run(row.args, strings.NewReader(""), &stdout, &stderr); exit != exitUsage {
			t.Errorf("%q: exit %d", row.args, exit)
		}
		if !strings.HasSuffix(stderr.String(), "  hint: "+row.want+"\n") || strings.Contains(stderr.String(), "PLANTED") {
			t.Errorf("%q: %s", row.args, stderr.String())
		}
	}
}
