package main

import _ "embed"

//go:embed udfplan_export.py
var exporterProgram string

type exporterCommand struct{}

func (exporterCommand) Help() string {
	return `The program runs a PyFlink job as Python would, but nothing is submitted: it prints the job file of every submission, with what no document of Flink's has.

Examples:
  udfplan exporter > udfplan_export.py
  python udfplan_export.py job.py --my-arguments > job.yaml`
}

func (exporterCommand) Run(s *session) error {
	return s.writeText("", exporterProgram)
}
