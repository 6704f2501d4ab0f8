package main

import (
	"udfplan/spec/render"
)

type compileCommand struct {
	File       []string `arg:"" help:"Job files or Flink's execution plans; folders, globs, and - for standard input."`
	planFlags  `embed:""`
	Output     string `short:"o" enum:"${formats}" default:"yaml" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	ASCII      bool   `help:"Draw a tree with plain ASCII, as it is where the locale is not UTF-8."`
	OutputFile string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (compileCommand) Help() string {
	return `Reads job graphs and prints, for every operator, its resource spec: task heap and managed off-heap memory of one subtask; with the chains, the Python workers and the slot sharing groups behind it.

Examples:
  udfplan compile job.yaml --mode batch
  udfplan compile job.yaml -o table --sharing none
  udfplan compile job.yaml -o tree
  udfplan compile job.yaml -D python.fn-execution.buffer.memory.size=30mb
  udfplan compile jobs/*.yaml -o json --output-file plans.json

Formats:
` + render.Help(render.Formats)
}

func (c *compileCommand) Run(s *session) error {
	specs := s.plan(c.File, &c.planFlags)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.Formats, c.Output, c.OutputFile, specs, render.Options{ASCII: s.ascii(c.ASCII)})
}
