package main

import (
	"io"
	"slices"

	"github.com/alecthomas/kong"

	"udfplan/spec/render"
)

// cli are the flags that every command has. What a flag allows is said by the type that reads it.
type cli struct {
	Color   string `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Colours: auto (on a terminal), always or never."`
	Quiet   bool   `short:"q" xor:"loudness" help:"No notes, only warnings and errors."`
	Verbose bool   `short:"v" xor:"loudness" help:"More detail in the notes."`

	MaxDiagnostics uint `default:"100" placeholder:"N" help:"So many problems and findings are shown as text, the rest are counted; 0 shows all. Default: ${default}."`
}

// command is one command: a structure of flags and arguments, with its Run, and what its --output allows.
type command struct {
	name, help string
	flags      func() any
	formats    string // empty: it has no --output
}

// commands are all commands, in the order in which help lists them.
var commands = []command{
	{"compile", "What each operator needs: the resource spec of every operator of a job.", func() any { return new(compileCommand) }, render.Names(render.Formats)},
	{"explain", "Why: chains, workers, memory, and the rules that decided.", func() any { return new(explainCommand) }, render.Names(render.ExplanationFormats)},
	{"capacity", "What a cluster gives Python workers, whether it is enough, and what to change.", func() any { return new(capacityCommand) }, render.Names(render.CapacityFormats)},
	{"check", "Whether plans are allowed: limits, what is known to hurt, what a cluster gives.", func() any { return new(checkCommand) }, render.Names(render.CheckFormats)},
	{"diff", "What changed between two plans, and whether it grew too much.", func() any { return new(diffCommand) }, render.Names(render.DiffFormats)},
	{"graph", "A drawing: chains, the operators in them, slot sharing groups, and what each Python worker serves.", func() any { return new(graphCommand) }, render.Names(render.GraphFormats)},
	{"report", "All of it as one HTML page: needs, capacity, findings, drawings.", func() any { return new(reportCommand) }, ""},
	{"rules", "The rules of check and diff: what they are about, why, and what to do.", func() any { return new(rulesCommand) }, render.Names(render.RuleFormats)},
	{"measure", "What the Python workers that run now really take: a Measurement.", func() any { return new(measureCommand) }, render.Names(render.MeasureFormats)},
	{"limiter", "Print a program that gives Python workers a memory limit of their own.", func() any { return new(limiterCommand) }, ""},
	{"import", "What Flink says of a job, as a job file.", func() any { return new(importCommand) }, ""},
	{"export", "The job files of a PyFlink program, which runs up to what it submits.", func() any { return new(exportCommand) }, ""},
	{"exporter", "Print a Python program that makes the job file of a PyFlink job.", func() any { return new(exporterCommand) }, ""},
	{"schema", "The JSON Schema of a document that udfplan reads, for editors.", func() any { return new(schemaCommand) }, ""},
	{"completion", "Print what bash, zsh or fish needs to complete commands and flags.", func() any { return new(completionCommand) }, ""},
	{"man", "Print the manual page.", func() any { return new(manCommand) }, ""},
	{"version", "Print the version, the commit and its date.", func() any { return new(versionCommand) }, render.Names(versionFormats)},
}

// tags set the command's formats for its flags alone: kong looks through every variable again at every flag.
func (c command) tags() []string {
	if c.formats == "" {
		return nil
	}
	return []string{`set:"formats=` + c.formats + `"`}
}

// newParser is the parser of a command line. Where the first word names a command, only that one is built: the model of all of them
// takes longer than a small job.
func newParser(c *cli, args []string, stdout, stderr io.Writer, exit func(int)) *kong.Kong {
	options := kongOptions(stdout, stderr, exit)
	named := len(args) > 0 && slices.ContainsFunc(commands, func(row command) bool { return row.name == args[0] })
	for _, row := range commands {
		if !named || row.name == args[0] {
			options = append(options, kong.DynamicCommand(row.name, row.help, "", row.flags(), row.tags()...))
		}
	}
	parser, err := kong.New(c, options...)
	if err != nil {
		panic(err) // the structs are wrong: every test would see it
	}
	return parser
}

func kongOptions(stdout, stderr io.Writer, exit func(int)) []kong.Option {
	return []kong.Option{
		kong.Name("udfplan"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100, Compact: true}),
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
