package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"udfplan/graph/flink"
)

// fakePython says what it was called with, under which limits.
const fakePython = `#!/bin/sh
echo "data $(ulimit -d) stack $(ulimit -s)"
for word in "$@"; do echo "[$word]"; done
cat
exit 7
`

// TestLimiter: under every shell that is here, which calls get a limit and which, and that all else is passed on.
func TestLimiter(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("limits need Linux")
	}
	const boot = "-m pyflink.fn_execution.beam.beam_boot --id=1-1"
	none, _ := exec.Command("sh", "-c", "echo data $(ulimit -d) stack $(ulimit -s)").Output()
	unlimited := strings.TrimSpace(string(none))
	for _, row := range []struct {
		limit  flink.MemorySize
		strict bool
		env    string
		args   string
		want   string // the first line of what Python saw; empty: it was not called
		says   string
		reason string
	}{
		{512 << 20, false, "", boot, "data 524288 stack 1024", "a limit of 536870912 bytes (written into the limiter)", "the limit that is written into it"},
		{512 << 20, false, "_PYTHON_WORKER_MEMORY_LIMIT=268435460", boot, "data 262144 stack 1024", "Flink's share of the slot", "Flink's own share is stronger"},
		{512 << 20, false, "_PYTHON_WORKER_MEMORY_LIMIT=-1", boot, "data 524288 stack 1024", "written into", "Flink gives none"},
		{0, false, "_PYTHON_WORKER_MEMORY_LIMIT=-1", boot, unlimited, "", "nobody gives one"},
		{512 << 20, false, "UDFPLAN_WORKER_LIMIT=1gb _PYTHON_WORKER_MEMORY_LIMIT=268435460", boot, "data 1048576 stack 1024", "UDFPLAN_WORKER_LIMIT", "the environment is strongest"},
		{512 << 20, false, "UDFPLAN_WORKER_LIMIT=none", boot, unlimited, "", "and may want none"},
		{512 << 20, false, "UDFPLAN_WORKER_LIMIT=lots", boot, unlimited, "is no memory size: lots; the worker runs without a limit", "no size"},
		{0, false, "_PYTHON_WORKER_MEMORY_LIMIT=80530638", boot, unlimited, "80530638 bytes (Flink's share of the slot) are below the 201326592 bytes", "too low to start"},
		{0, true, "_PYTHON_WORKER_MEMORY_LIMIT=80530638", boot, "", "the worker does not start (strict)", "too low to start, strictly"},
		{512 << 20, false, "", "-c|import pyflink; print('a  b')", unlimited, "", "a call that is no worker's, with blanks"},
		{512 << 20, false, "", "-m|pyflink.fn_execution.boot|--id=1", "data 524288 stack 1024", "a limit of", "a worker of 1.10"},
		{512 << 20, false, "", "job.py|pyflink.fn_execution.beam.beam_boot", unlimited, "", "who only speaks of it"},
	} {
		folder := t.TempDir()
		python, limiter := filepath.Join(folder, "real python's"), filepath.Join(folder, "limiter")
		if err := os.WriteFile(python, []byte(fakePython), 0o700); err != nil {
			t.Fatal(err)
		}
		writeJob(t, limiter, limiterText(row.limit, python, row.strict))
		args := strings.Split(row.args, "|")
		if len(args) == 1 {
			args = strings.Fields(row.args)
		}
		for _, shell := range []string{"dash", "busybox sh", "bash --posix", "sh"} {
			words := strings.Fields(shell)
			if _, err := exec.LookPath(words[0]); err != nil {
				continue
			}
			checkLimited(t, row.reason+", "+shell, append(append(words, limiter), args...), row.env, row.want, row.says, args)
		}
	}
}

func checkLimited(t *testing.T, reason string, command []string, env, want, says string, args []string) {
	t.Helper()
	var errs strings.Builder
	run := exec.Command(command[0], command[1:]...)
	run.Env = append([]string{"PATH=" + os.Getenv("PATH")}, strings.Fields(env)...)
	run.Stdin, run.Stderr = strings.NewReader("what stdin has"), &errs
	out, err := run.Output()
	var failed *exec.ExitError
	code := 0
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	}
	whole, wantCode := "", 1
	if want != "" {
		whole, wantCode = want+"\n["+strings.Join(args, "]\n[")+"]\nwhat stdin has", 7
	}
	if string(out) != whole || code != wantCode || !strings.Contains(errs.String(), says) || says == "" && errs.Len() > 0 {
		t.Errorf("%s: exit %d, %q, %q", reason, code, out, errs.String())
	}
}
