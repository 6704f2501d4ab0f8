package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/measure"
)

// fakeWorker is a shell whose command line is a worker's.
const fakeWorker = "sleep 20; :"

func startWorker(t *testing.T) *exec.Cmd {
	t.Helper()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("no /proc here")
	}
	worker := exec.Command("sh", "-c", fakeWorker, "x", "-m", "pyflink.fn_execution.beam.beam_boot")
	worker.Env = append(os.Environ(), "_PYTHON_WORKER_MEMORY_LIMIT=268435460")
	if err := worker.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = worker.Process.Kill(); _ = worker.Wait() })
	awaitSleep(worker.Process.Pid)
	return worker
}

// awaitSleep waits until a shell's child is sleep: between fork and exec the child has the command line of a worker too.
func awaitSleep(shell int) {
	for range 200 {
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", shell))
		for _, child := range strings.Fields(string(children)) {
			if name, _ := os.ReadFile("/proc/" + child + "/comm"); strings.HasPrefix(string(name), "sleep") {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// seenOf is the worker of an id in what measure printed.
func seenOf(t *testing.T, printed string, pid int) measure.Worker {
	t.Helper()
	all, problems := measure.Read(source.NewFile("printed", []byte(printed)))
	if problems.HasErrors() {
		t.Fatalf("%v of\n%s", problems, printed)
	}
	for _, m := range all {
		for _, w := range m.Workers {
			if w.PID == int64(pid) {
				return w
			}
		}
	}
	t.Fatalf("no worker %d in\n%s", pid, printed)
	return measure.Worker{}
}

// near: the kernel counts a process's pages on each processor and adds them up late, so two looks at a sleeping process differ by some
// pages. What is shared (Proportional) changes with who else runs, and is not compared.
func near(a, b flink.MemorySize) bool { return max(a-b, b-a) <= 64<<10 }

// TestMeasureScript: the shell program sees what the binary sees, under every shell that is here.
func TestMeasureScript(t *testing.T) {
	worker := startWorker(t)
	pid := worker.Process.Pid
	printed, _ := udfplan(t, exitWell, "", "measure")
	want := seenOf(t, printed, pid)
	if want.Share != 268435460 || want.Peak == 0 {
		t.Errorf("%+v", want)
	}
	script, _ := udfplan(t, exitWell, "", "measure", "--script")
	path := filepath.Join(t.TempDir(), "m.sh")
	writeJob(t, path, script)
	tried := 0
	for _, shell := range []string{"dash", "busybox sh", "bash --posix", "sh"} {
		words := append(strings.Fields(shell), path)
		if _, err := exec.LookPath(words[0]); err != nil {
			continue
		}
		tried++
		var errs strings.Builder
		run := exec.Command(words[0], words[1:]...)
		run.Stderr = &errs
		out, err := run.Output()
		if err != nil || errs.String() != "" {
			t.Errorf("%s: %v %s", shell, err, errs.String())
			continue
		}
		got := seenOf(t, string(out), pid)
		if got.PID != want.PID || got.Share != want.Share || !near(got.Peak, want.Peak) || !near(got.Resident, want.Resident) || !near(got.Anonymous, want.Anonymous) {
			t.Errorf("%s: %+v, want %+v", shell, got, want)
		}
	}
	if tried == 0 {
		t.Skip("no shell here")
	}
}

// TestMeasureProgram: its output and exit code are passed on, its workers are seen, and PyFlink is told to start any.
func TestMeasureProgram(t *testing.T) {
	startWorker(t).Process.Kill() // only where there is a /proc
	t.Chdir(t.TempDir())
	const program = `echo "mode $_python_worker_execution_mode"; sh -c 'sleep 3; :' x -m pyflink.fn_execution.beam.beam_boot; exit 7`
	out, errs := udfplan(t, 7, "", "measure", "--every", "50ms", "--output-file", "m.yaml", "--", "sh", "-c", program)
	text, err := os.ReadFile("m.yaml")
	if err != nil || out != "mode process\n" || errs != "" {
		t.Fatalf("%v, %q, %q", err, out, errs)
	}
	all, problems := measure.Read(source.NewFile("m.yaml", text))
	if problems != nil || len(all) != 1 || len(all[0].Workers) != 1 {
		t.Errorf("%v\n%s", problems, text)
	}
	if out, errs := udfplan(t, exitWell, "", "measure", "-o", "table", "--every", "50ms", "--", "sh", "-c", strings.Replace(program, "exit 7", "exit 0", 1)); !strings.Contains(errs, "largest peak") || out != "mode process\n" {
		t.Errorf("without a file the Measurement goes to standard error: %q, %q", out, errs)
	}
	if _, errs := udfplan(t, exitInput, "", "measure", "--", "true"); !strings.Contains(errs, "no Python worker was seen") {
		t.Error(errs)
	}
	if _, errs := udfplan(t, 128+9, "", "measure", "--", "sh", "-c", "kill -9 $$"); !strings.Contains(errs, "no Python worker was seen") {
		t.Error(errs)
	}
}

// TestMeasurePid: one TaskManager of several.
func TestMeasurePid(t *testing.T) {
	worker := startWorker(t)
	pid := strconv.Itoa(worker.Process.Pid)
	printed, _ := udfplan(t, exitWell, "", "measure", "--pid", pid)
	if seenOf(t, printed, worker.Process.Pid); strings.Count(printed, "pid: ") != 1 {
		t.Errorf("more than was asked for:\n%s", printed)
	}
	if _, errs := udfplan(t, exitInput, "", "measure", "--pid", "1000000"); !strings.Contains(errs, "no Python worker was seen") {
		t.Error(errs)
	}
}

// TestMeasureFor: it watches as long as it is told.
func TestMeasureFor(t *testing.T) {
	worker := startWorker(t)
	begun := time.Now()
	printed, _ := udfplan(t, exitWell, "", "measure", "--for", "1500ms", "--every", "100ms")
	if w := seenOf(t, printed, worker.Process.Pid); w.Seconds < 1 || time.Since(begun) < 1400*time.Millisecond {
		t.Errorf("%+v after %s", w, time.Since(begun))
	}
}
