package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestImportIsTheSameJob: of every recorded document and every golden job, the imported job file gives the plan
// of the document itself, byte by byte, and importing it again gives the same file.
func TestImportIsTheSameJob(t *testing.T) {
	documents, _ := filepath.Glob("../../testdata/flink/formats/*/*.[A-F]*")
	jobs, _ := filepath.Glob("../../testdata/golden/*/job.yaml")
	if len(documents) < 200 || len(jobs) < 100 {
		t.Fatalf("%d documents, %d jobs", len(documents), len(jobs))
	}
	imported := 0
	for _, file := range append(documents, jobs...) {
		direct, exit := output("", "compile", file, "-q", "-o", "json")
		if exit != exitWell {
			if strings.Contains(file, "formats") {
				t.Errorf("%s: exit %d", file, exit)
			}
			continue
		}
		imported++
		job, exit := output("", "import", file, "-q")
		if exit != exitWell {
			t.Errorf("import %s: exit %d", file, exit)
			continue
		}
		again, exit := output(job, "compile", "-", "-q", "-o", "json")
		if diff := cmp.Diff(direct, again); diff != "" || exit != exitWell {
			t.Errorf("%s: exit %d; compiled (-), imported and compiled (+):\n%s", file, exit, diff)
		}
		second, _ := output(job, "import", "-", "-q")
		if diff := cmp.Diff(withoutRemarks(job), second); diff != "" {
			t.Errorf("%s: imported once (-), twice (+):\n%s", file, diff)
		}
	}
	if imported < 280 {
		t.Errorf("only %d could be imported", imported)
	}
}

// output is what a command writes to standard output, and its exit code.
func output(stdin string, args ...string) (string, exitCode) {
	var out bytes.Buffer
	exit := run(args, strings.NewReader(stdin), &out, &bytes.Buffer{})
	return out.String(), exit
}

// withoutRemarks drops the comments that mark guesses: a job file has none left.
func withoutRemarks(job string) string {
	var out strings.Builder
	for line := range strings.SplitAfterSeq(job, "\n") {
		before, _, found := strings.Cut(line, "  # ")
		if found {
			before += "\n"
		}
		out.WriteString(before)
	}
	return out.String()
}
