package main

import (
	"io"

	"udfplan/spec/render"
)

type importCommand struct {
	File       []string `arg:"" help:"What Flink says of a job, or a job file; folders, globs, and - for standard input."`
	jobFlags   `embed:""`
	OutputFile string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (importCommand) Help() string {
	return `Prints a job as a job file, to read, edit and commit: name a worker, add userMemory. Compiling it gives the plan of the document itself. Comments mark what the document left open.

Examples:
  udfplan import plan.json --flink-version 1.20 --mode streaming > job.yaml
  curl -s localhost:8081/jobs/JOBID | udfplan import - --python-operator 'score*'`
}

func (c *importCommand) Run(s *session) error {
	jobs := s.jobs(c.File, &c.jobFlags)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return s.write(c.OutputFile, func(w io.Writer, _ bool) error { return render.WriteJobFiles(w, jobs) })
}
