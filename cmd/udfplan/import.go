package main

import (
	"io"

	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph"
	"udfplan/graph/source"
)

type importCommand struct {
	File       []string `arg:"" help:"What Flink says of a job, or a job file; folders, globs, and - for standard input."`
	jobFlags   `embed:""`
	OutputFile string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

// Help is the long help.
func (importCommand) Help() string {
	return `Prints a job as a job file, to read, edit and commit: name a worker, add userMemory. Compiling it gives the plan of the document itself. Comments mark what the document left open.

Examples:
  udfplan import plan.json --flink-version 1.20 --mode streaming > job.yaml
  curl -s localhost:8081/jobs/JOBID | udfplan import - --python-operator 'score*'`
}

func (s *session) importJobs(c *importCommand) int {
	jobs := s.jobs(c.File, &c.jobFlags)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	return s.write(c.OutputFile, func(w io.Writer, _ bool) error { return render.WriteJobFiles(w, jobs) })
}

func merge(into, more []bool) {
	for i, yes := range more {
		into[i] = into[i] || yes
	}
}

func (s *session) unmatched(matched bool, flag, glob string) {
	if !matched {
		s.problems.Warnf(source.Place{}, "unmatched-glob", "%s %q matches no operator", flag, glob)
	}
}

// jobs reads all jobs of all files. Whatever is wrong with any of them is in the session's problems.
func (s *session) jobs(paths []string, flags *jobFlags) (all []*graph.Job) {
	options := flags.options()
	globs, groups := make([]bool, len(flags.PythonOperator)), make([]bool, len(flags.SlotSharingGroup))
	for _, file := range s.read(paths, int64(flags.MaxSize)) {
		jobs, problems := graph.Read(file, options)
		s.problems = append(s.problems, problems...)
		if problems.HasErrors() {
			continue
		}
		all = append(all, jobs...)
		for _, job := range jobs {
			merge(globs, job.MatchedGlobs)
			merge(groups, job.MatchedGroups)
		}
	}
	if len(all) > 0 {
		for i, matched := range globs {
			s.unmatched(matched, "--python-operator", flags.PythonOperator[i])
		}
		for i, matched := range groups {
			s.unmatched(matched, "--slot-sharing-group", flags.SlotSharingGroup[i].Glob)
		}
	}
	return all
}
