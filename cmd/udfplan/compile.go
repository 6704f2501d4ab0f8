package main

import (
	"udfplan/graph/source"
	"udfplan/render"
	"udfplan/spec"
)

type compileCommand struct {
	File       []string `arg:"" help:"Job files or Flink's execution plans; folders, globs, and - for standard input."`
	planFlags  `embed:""`
	Output     string `short:"o" enum:"${formats}" default:"yaml" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

// Help is the long help.
func (compileCommand) Help() string {
	return `Reads job graphs and prints, for every operator, its resource spec: task heap and managed off-heap memory of one subtask; with the chains, the Python workers and the slot sharing groups behind it.

Examples:
  udfplan compile job.yaml --mode batch
  udfplan compile job.yaml -o table --sharing none
  udfplan compile job.yaml -D python.fn-execution.buffer.memory.size=30mb
  udfplan compile jobs/*.yaml -o json --output-file plans.json

Formats:
` + render.Help(render.Formats)
}

// Run is the command.
func (c *compileCommand) Run(s *session) error {
	specs := s.plan(c.File, &c.planFlags)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.Formats, c.Output, c.OutputFile, specs, render.Options{})
}

// plan reads and plans all jobs of all files. Whatever is wrong with any of them is in the session's problems.
func (s *session) plan(paths []string, flags *planFlags) []*spec.Spec {
	var specs []*spec.Spec
	for _, job := range s.jobs(paths, &flags.jobFlags) {
		sp, problems := flags.specOf(job)
		s.problems = append(s.problems, problems...)
		specs = append(specs, sp)
	}
	s.summarise(specs)
	return specs
}

// summarise adds one line about several jobs, and with --verbose one about each.
func (s *session) summarise(specs []*spec.Spec) {
	if s.problems.HasErrors() {
		return
	}
	operators, python, workers := 0, 0, int64(0)
	for _, sp := range specs {
		mine := 0
		for i := range sp.Plan.Job.Operators {
			if sp.Plan.Job.Operators[i].Python != nil {
				mine++
			}
		}
		if s.Verbose {
			s.problems.Notef(sp.Plan.Job.Place, "job", "job %q: %s (%d Python) in %s, %s, %s", source.Excerpt(sp.Plan.Job.Name),
				source.Count(int64(len(sp.Operators)), "operator"), mine, source.Count(int64(len(sp.Plan.Chains)), "chain"),
				source.Count(int64(len(sp.Groups)), "slot sharing group"), source.Count(sp.Total.Workers, "worker"))
		}
		operators, python, workers = operators+len(sp.Operators), python+mine, workers+sp.Total.Workers
	}
	if len(specs) > 1 {
		s.problems.Notef(source.Place{}, "summary", "%s, %s (%d Python), %s", source.Count(int64(len(specs)), "job"),
			source.Count(int64(operators), "operator"), python, source.Count(workers, "worker"))
	}
}
