package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/proc"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/measure"
	"udfplan/spec/render"
)

// measureProgram does the same reading as package proc with a shell alone.
//
//go:embed udfplan_measure.sh
var measureProgram string

type measureCommand struct {
	Program    []string     `arg:"" optional:"" help:"A program to run and to watch, behind --; or -, what the program of --script printed."`
	For        durationFlag `placeholder:"DURATION" help:"How long to watch, such as 10m; without it, one look. Interrupting it ends it early."`
	Every      durationFlag `default:"250ms" placeholder:"DURATION" help:"How often to look; ${default} by default, for less than a hundredth of a processor."`
	Pid        int64        `placeholder:"PID" help:"Only this process and what it started: one TaskManager of several."`
	Script     bool         `help:"Print a shell program that does the reading where no other program can be copied to."`
	Output     string       `short:"o" enum:"${formats}" default:"yaml" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile string       `placeholder:"PATH" help:"Write there, the whole or nothing; otherwise to standard output, beside a program to standard error."`
}

func (measureCommand) Help() string {
	return `Watches the Python workers that run on this machine or in this container, with the TaskManager's JVM and the memory limit they live under, and prints what they took: a Measurement, for --measured of the other commands. Workers are told by their command line; those of Flink 1.10 to 1.13 are two processes each.

With a program behind --, its workers are made processes of their own (PyFlink's loopback mode is off), and it is watched until it ends; its output and its exit code are passed on.

Examples:
  udfplan measure --for 10m > measured.yaml
  udfplan measure --output-file measured.yaml -- python job.py --input data
  udfplan measure --script > m.sh; kubectl exec taskmanager-1 -i -- sh -s 600 < m.sh | udfplan measure -

Formats:
` + render.Help(render.MeasureFormats)
}

func (c *measureCommand) Run(s *session) error {
	switch {
	case c.Script:
		return s.writeText(c.OutputFile, measureProgram)
	case len(c.Program) == 1 && c.Program[0] == files.Stdin:
		return c.read(s)
	case len(c.Program) > 0:
		return c.run(s)
	}
	return c.watch(s)
}

// read adds up what the shell program printed, or prints a Measurement in another format.
func (c *measureCommand) read(s *session) exitCode {
	var all []*measure.Measurement
	if file := s.read(files.Stdin, maxSizeFlag(64<<20)); file != nil {
		var problems source.List
		all, problems = measure.Read(file)
		s.add(problems)
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.MeasureFormats, c.Output, c.OutputFile, all, render.Options{})
}

// watch looks at what runs here.
func (c *measureCommand) watch(s *session) exitCode {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stop)
	var end <-chan time.Time
	if c.For > 0 {
		end = time.After(time.Duration(c.For))
	}
	w := c.newWatcher(s, c.Pid, true)
	for last := c.For == 0; ; {
		if err := w.look(); err != nil {
			return s.noWorkers(err.Error())
		}
		if last {
			return c.print(s, w, false)
		}
		select {
		case <-stop:
			last = true
		case <-end:
			last = true
		case <-time.After(time.Duration(c.Every)):
		}
	}
}

// run watches a program.
func (c *measureCommand) run(s *session) exitCode {
	program := exec.Command(c.Program[0], c.Program[1:]...)
	program.Stdin, program.Stdout, program.Stderr = s.in.Stdin, s.stdout, s.stderr
	program.Env = append(os.Environ(), "_python_worker_execution_mode=process")
	signal.Ignore(os.Interrupt) // the program gets it too, and decides
	defer signal.Reset(os.Interrupt)
	if err := program.Start(); err != nil {
		return s.wrongUsage(fmt.Sprintf("%s cannot be run: %s", c.Program[0], files.Reason(err)), "")
	}
	w := c.newWatcher(s, int64(program.Process.Pid), false)
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	for {
		if err := w.look(); err != nil {
			<-ended
			return s.noWorkers(err.Error())
		}
		select {
		case err := <-ended:
			exit := exitOf(err)
			if printed := c.print(s, w, true); exit == exitWell {
				exit = printed
			}
			return exit
		case <-time.After(time.Duration(c.Every)):
		}
	}
}

// exitOf is the exit code of a program; of one that a signal ended, what shells make of it.
func exitOf(err error) exitCode {
	var failed *exec.ExitError
	switch {
	case err == nil:
		return exitWell
	case !errors.As(err, &failed):
		return exitInput
	}
	if status, ok := failed.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return exitCode(128 + int(status.Signal()))
	}
	return exitCode(failed.ExitCode())
}

// watcher looks, and shows on a terminal what it has seen.
type watcher struct {
	machine *proc.Machine
	seen    *measure.Watch
	begun   time.Time
	told    time.Time
	out     io.Writer // nil: nobody looks
}

func (c *measureCommand) newWatcher(s *session, within int64, show bool) *watcher {
	w := &watcher{machine: proc.New(""), seen: measure.NewWatch(), begun: time.Now()}
	w.machine.Within = within
	if show && !s.Quiet && isTerminal(s.stderr) { // a program's own output is not to be written into
		w.out = s.stderr
	}
	return w
}

func (w *watcher) look() error {
	now := time.Now()
	if err := w.machine.Look(w.seen, now); err != nil {
		return err
	}
	if w.out != nil && now.Sub(w.told) >= time.Second {
		w.told = now
		m := w.seen.Measurement()
		fmt.Fprintf(w.out, "\r\x1b[K%s: %s, largest peak %s", now.Sub(w.begun).Round(time.Second), source.Count(int64(len(m.Workers)), "worker"), spec.Bytes(m.Peak()))
	}
	return nil
}

// print prints what was seen, beside the output of a program on standard error.
func (c *measureCommand) print(s *session, w *watcher, program bool) exitCode {
	if w.out != nil {
		fmt.Fprint(w.out, "\r\x1b[K")
	}
	m := w.seen.Measurement()
	if len(m.Workers) == 0 {
		reason := measure.NoWorkerReason
		if w.machine.Loopback {
			reason = "functions ran in the client's own process (loopback mode): run the program with udfplan measure -- PROGRAM, or submit it to a cluster"
		}
		return s.noWorkers("no Python worker was seen: " + reason)
	}
	format := render.Pick(render.MeasureFormats, c.Output)
	if program && c.OutputFile == "" {
		_ = format.Write(s.stderr, []*measure.Measurement{m}, render.Options{Color: s.colors(s.stderr)})
		return exitWell
	}
	return writeAs(s, render.MeasureFormats, c.Output, c.OutputFile, []*measure.Measurement{m}, render.Options{})
}

func (s *session) noWorkers(reason string) exitCode {
	s.problems.Errorf(source.Place{}, source.CodeNoWorkers, "%s", reason)
	return s.printProblems()
}
