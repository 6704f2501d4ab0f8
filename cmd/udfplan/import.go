package main

import (
	"io"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec/render"
)

type importCommand struct {
	File       []string `arg:"" help:"What Flink says of a job, or a job file; folders, globs, and - for standard input."`
	jobFlags   `embed:""`
	OutputFile string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (importCommand) Help() string {
	return `Prints a job as a job file, to read, edit and commit: name a worker, add userMemory. Compiling it gives the plan of the document itself. Comments mark what the document left open; options whose values Flink hides, such as passwords, are left out.

Examples:
  udfplan import plan.json --flink-version 1.20 --mode streaming > job.yaml
  curl -s localhost:8081/jobs/JOBID | udfplan import - --python-operator 'score*'`
}

func (c *importCommand) Run(s *session) error {
	jobs := s.jobs(c.File, &c.jobFlags)
	s.noteSecrets(jobs)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return s.write(c.OutputFile, func(w io.Writer, _ bool) error { return render.WriteJobFiles(w, jobs) })
}

// noteSecrets says once which options are left out, never their values.
func (s *session) noteSecrets(jobs []*graph.Job) {
	var keys []string
	var first source.Place
	for _, job := range jobs {
		for i := range job.Config {
			if e := &job.Config[i]; e.Sensitive() && !slices.Contains(keys, e.Key) {
				if keys == nil {
					first = e.Place
				}
				keys = append(keys, e.Key)
			}
		}
	}
	if keys != nil {
		s.problems.Notef(first, source.CodeSensitiveOption, "left out, as job files are read by others: %s", strings.Join(keys, ", ")).
			Hint = "they change no plan; keep them where Flink hides them, in the cluster's configuration or the environment"
	}
}
