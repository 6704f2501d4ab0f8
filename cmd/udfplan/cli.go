package main

import (
	"io"

	"github.com/alecthomas/kong"

	"udfplan/spec/render"
)

// cli is the command line. What a flag allows is said by the type that reads it.
type cli struct {
	Compile  compileCommand  `cmd:"" help:"What each operator needs: the resource spec of every operator of a job."`
	Explain  explainCommand  `cmd:"" help:"Why: chains, workers, memory, and the rules that decided."`
	Capacity capacityCommand `cmd:"" help:"What a cluster gives Python workers, whether it is enough, and what to change."`
	Check    checkCommand    `cmd:"" help:"Whether plans are allowed: limits, what is known to hurt, what a cluster gives."`
	Diff     diffCommand     `cmd:"" help:"What changed between two plans, and whether it grew too much."`
	Rules    rulesCommand    `cmd:"" help:"The rules of check and diff: what they are about, why, and what to do."`
	Measure  measureCommand  `cmd:"" help:"What the Python workers that run now really take: a Measurement."`
	Import   importCommand   `cmd:"" help:"What Flink says of a job, as a job file."`
	Exporter exporterCommand `cmd:"" help:"Print a Python program that makes the job file of a PyFlink job."`
	Version  versionCommand  `cmd:"" help:"Print the version."`

	Color   string `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Colours: auto (on a terminal), always or never."`
	Quiet   bool   `short:"q" xor:"loudness" help:"No notes, only warnings and errors."`
	Verbose bool   `short:"v" xor:"loudness" help:"More detail in the notes."`

	MaxDiagnostics uint `default:"100" placeholder:"N" help:"So many problems and findings are shown as text, the rest are counted; 0 shows all. Default: ${default}."`
}

func kongOptions(stdout, stderr io.Writer, exit func(int)) []kong.Option {
	return []kong.Option{
		kong.Name("udfplan"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100, Compact: true}),
		kong.Vars{"formats": render.Names(render.Formats), "explanationFormats": render.Names(render.ExplanationFormats),
			"capacityFormats": render.Names(render.CapacityFormats), "checkFormats": render.Names(render.CheckFormats),
			"diffFormats": render.Names(render.DiffFormats), "ruleFormats": render.Names(render.RuleFormats), "measureFormats": render.Names(render.MeasureFormats)},
	}
}

const description = `What the Python workers of a PyFlink job need, before the job is submitted.

Examples:
  udfplan compile job.yaml --mode batch
  udfplan compile jobs/ --flink-version 1.20 -o table
  flink info -py job.py | udfplan compile - --python-operator 'Map*'
  udfplan explain job.yaml score

Exit codes:
  0  all well
  1  findings (commands that judge a plan)
  2  wrong command line
  3  the input could not be read or planned, or the output not written`
