package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const workedJob = `name: clickstream-features
operators:
  - id: source
    name: "Source: Kafka"
  - id: clean
    inputs: [source]
    python: true
  - id: score
    inputs: [clean]
    python: {functions: [score_v2]}
`

// udfplan runs a command in the current folder and fails the test if the exit code is another.
func udfplan(t *testing.T, want exitCode, stdin string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if exit := run(args, strings.NewReader(stdin), &out, &errs); exit != want {
		t.Fatalf("udfplan %s: exit %d, want %d\n%s", strings.Join(args, " "), exit, want, errs.String())
	}
	return out.String(), errs.String()
}

func writeJob(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Nothing around the command changes a byte: no locale, no colour wish, no folder that cannot be written.
func TestSameBytesEverywhere(t *testing.T) {
	rows := []struct {
		reason, key, value string
	}{
		{"a locale in which ambiguous characters are wide", "LANG", "ja_JP.UTF-8"},
		{"a locale that is none", "LC_ALL", "nonsense"},
		{"no colours wanted", "NO_COLOR", "1"},
		{"a runewidth setting that libraries read", "RUNEWIDTH_EASTASIAN", "1"},
		{"a narrow terminal", "COLUMNS", "40"},
		{"no terminal at all", "TERM", "dumb"},
	}
	folder := t.TempDir()
	t.Chdir(folder)
	writeJob(t, "job.yaml", strings.Replace(workedJob, "Source: Kafka", "Quelle ü → 表 ±", 1))
	for _, format := range []string{"yaml", "json", "table", "wide", "markdown", "csv"} {
		args := []string{"compile", "job.yaml", "--mode", "batch", "-o", format}
		want, _ := udfplan(t, exitWell, "", args...)
		for _, row := range rows {
			t.Run(format+"/"+row.key, func(t *testing.T) {
				t.Setenv(row.key, row.value)
				if got, _ := udfplan(t, exitWell, "", args...); got != want {
					t.Errorf("%s: prints\n%s\ninstead of\n%s", row.reason, got, want)
				}
			})
		}
		if err := os.Chmod(folder, 0o555); err != nil {
			t.Fatal(err)
		}
		if got, _ := udfplan(t, exitWell, "", args...); got != want {
			t.Errorf("%s: other bytes in a read-only folder", format)
		}
		if err := os.Chmod(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHugeScalar(t *testing.T) {
	huge := strings.Repeat("x", 50<<20)
	job := "name: huge\noperators:\n  - id: a\n    name: " + huge + "\n    python: true\n"
	stdout, _ := udfplan(t, exitWell, job, "compile", "-", "-o", "json")
	if !strings.Contains(stdout, huge) {
		t.Error("the name is not printed whole")
	}
	if table, _ := udfplan(t, exitWell, job, "compile", "-", "-o", "table"); len(table) > 2000 {
		t.Errorf("a table of %d bytes", len(table))
	}
	_, stderr := udfplan(t, exitInput, strings.Replace(job, "python:", "pyton:", 1), "compile", "-")
	if len(stderr) > 1000 || !strings.Contains(stderr, "<stdin>:5:5: error: unknown key") {
		t.Errorf("stderr has %d bytes: %.200s", len(stderr), stderr)
	}
	_, stderr = udfplan(t, exitInput, "name: x\noperators:\n  - id: a\n    parallelism: "+huge+"\n", "compile", "-")
	if len(stderr) > 1000 || !strings.Contains(stderr, "<stdin>:4:18: error: parallelism must be an integer") {
		t.Errorf("stderr has %d bytes: %.200s", len(stderr), stderr)
	}
}

func TestOutputFile(t *testing.T) {
	t.Chdir(t.TempDir())
	writeJob(t, "job.yaml", workedJob)
	want, _ := udfplan(t, exitWell, "", "compile", "job.yaml")
	compile := func(path string) {
		t.Helper()
		if stdout, _ := udfplan(t, exitWell, "", "compile", "job.yaml", "--output-file", path); stdout != "" {
			t.Errorf("%s: something on stdout: %s", path, stdout)
		}
	}

	writeJob(t, "target", "old")
	if err := os.Chmod("target", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("target", "link"); err != nil {
		t.Fatal(err)
	}
	compile("link")
	if info, err := os.Lstat("link"); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the symbolic link is gone")
	}
	if text, _ := os.ReadFile("target"); string(text) != want {
		t.Errorf("behind the link is %q", text)
	}
	if info, err := os.Stat("target"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's rights are %v (%v)", info.Mode(), err)
	}
	if files, _ := filepath.Glob(".*udfplan*"); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

type brokenPipe struct{ after int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestOutputThatFails(t *testing.T) {
	for _, format := range []string{"yaml", "json", "table", "wide", "markdown", "csv"} {
		var errs bytes.Buffer
		exit := run([]string{"compile", "-", "-o", format}, strings.NewReader(workedJob), &brokenPipe{20}, &errs)
		if exit != exitInput || !strings.Contains(errs.String(), "cannot be written: io: read/write on closed pipe") {
			t.Errorf("%s: exit %d, %s", format, exit, errs.String())
		}
	}
}

// TestExporter: the program is printed as it is, and is Python where there is one to say so. (.ci/pyflink runs it.)
func TestExporter(t *testing.T) {
	stdout, stderr := udfplan(t, exitWell, "", "exporter")
	file, err := os.ReadFile("udfplan_export.py")
	if err != nil || stdout != string(file) || stderr != "" {
		t.Errorf("%d bytes of %d (%v), %s", len(stdout), len(file), err, stderr)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no Python here")
	}
	check := exec.Command(python, "-c", "import ast, sys; ast.parse(sys.stdin.read())")
	check.Stdin = strings.NewReader(stdout)
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
