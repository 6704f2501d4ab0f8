package main

import (
	"fmt"
	"io"
	"time"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/python"
	"udfplan/graph/source"
)

type exportCommand struct {
	Program     []string        `arg:"" passthrough:"partial" help:"A PyFlink program and its arguments, as for python."`
	Python      string          `placeholder:"PATH" help:"The Python that has PyFlink; else that of the active virtual environment, python3 or python, the first that has it."`
	Jar         []string        `short:"j" sep:"none" placeholder:"FILE" help:"A jar that the program needs, as with flink run; may be repeated."`
	PyFiles     []string        `name:"pyfiles" placeholder:"FILES" help:"What the program imports, as with flink run: files, folders and archives, with commas between them."`
	Parallelism parallelismFlag `short:"p" placeholder:"N" help:"The default parallelism, as with flink run."`
	Define      defineFlag      `short:"D" sep:"none" placeholder:"KEY=VALUE" help:"A Flink option, as with flink run; may be repeated."`
	Timeout     durationFlag    `default:"5m" placeholder:"DURATION" help:"How long the program may run; ${default} by default."`
	OutputFile  string          `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (exportCommand) Help() string {
	return `Runs a PyFlink program up to what it submits, and prints that as job files; nothing is submitted, and no cluster is needed. The program has its arguments, environment, folder and standard input; what it prints goes to standard error.

Examples:
  udfplan export job.py > job.yaml
  udfplan export job.py --input data | udfplan capacity - --flink-conf conf/config.yaml
  udfplan export --jar flink-sql-connector-kafka.jar --python .venv/bin/python job.py

Without udfplan where the program runs: udfplan exporter prints a program that does the same.`
}

func (c *exportCommand) Run(s *session) error {
	if !files.Exists(c.Program[0]) {
		return s.exportFailed(c, "there is no such file", "")
	}
	if files.IsFolder(c.Program[0]) {
		return s.exportFailed(c, "is a folder: name the program in it", "")
	}
	found, err := python.Find(c.Python)
	if err != nil {
		return s.exportFailed(c, err.Error(), "")
	}
	if s.Verbose {
		s.problems.Notef(source.Place{}, source.CodeExport, "%s, with PyFlink %s", found.Path, found.PyFlink)
		s.printProblems()
		s.problems = nil
	}
	run := python.Export{Python: found, Exporter: exporterProgram, Options: c.options(), Program: c.Program[0], Args: c.Program[1:], PyFiles: c.PyFiles,
		Stdin: s.in.Stdin, Stderr: s.stderr, Quiet: s.Quiet, Timeout: time.Duration(c.Timeout)}
	jobs, ended, err := run.Run()
	if err != nil {
		return s.exportFailed(c, fmt.Sprintf("cannot be run: %s", files.Reason(err)), "")
	}
	if len(jobs) > 0 {
		if exit := s.write(c.OutputFile, func(w io.Writer, _ bool) error { _, err := w.Write(jobs); return err }); exit != exitWell {
			return exit
		}
	}
	switch {
	case ended.Stopped:
		return s.exportFailed(c, "was interrupted", "")
	case ended.TimeOut:
		return s.exportFailed(c, fmt.Sprintf("has not ended after %s", time.Duration(c.Timeout)), "it may wait for input or for a cluster, or need longer: --timeout")
	case len(jobs) == 0:
		return s.exportFailed(c, "nothing was exported", found.Advice(ended.Said))
	case ended.Code != 0:
		return exitInput // it has said why it could not go on
	}
	return exitWell
}

// options are those of the exporter.
func (c *exportCommand) options() (options []string) {
	for _, jar := range c.Jar {
		options = append(options, "--jar", jar)
	}
	if c.Parallelism > 0 {
		options = append(options, "-p", fmt.Sprint(c.Parallelism))
	}
	for _, e := range c.Define {
		options = append(options, "-D", e.Key+"="+e.Value)
	}
	return options
}

// exportFailed says that a program was not exported, and what to do.
func (s *session) exportFailed(c *exportCommand, what, advice string) exitCode {
	s.problems.Errorf(source.Place{File: &source.File{Name: c.Program[0]}}, source.CodeExport, "%s", what).Hint = advice
	return s.printProblems()
}
