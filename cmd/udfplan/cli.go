package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/render"
)

// cli is the command line. What a flag allows is said by the type that reads it.
type cli struct {
	Compile  compileCommand  `cmd:"" help:"What each operator needs: the resource spec of every operator of a job."`
	Explain  explainCommand  `cmd:"" help:"Why: chains, workers, memory, and the rules that decided."`
	Capacity capacityCommand `cmd:"" help:"What a cluster gives Python workers, whether it is enough, and what to change."`
	Check    checkCommand    `cmd:"" help:"Whether plans are allowed: limits, what is known to hurt, what a cluster gives."`
	Diff     diffCommand     `cmd:"" help:"What changed between two plans, and whether it grew too much."`
	Rules    rulesCommand    `cmd:"" help:"The rules of check and diff: what they are about, why, and what to do."`
	Import   importCommand   `cmd:"" help:"What Flink says of a job, as a job file."`
	Exporter exporterCommand `cmd:"" help:"Print a Python program that makes the job file of a PyFlink job."`
	Version  versionCommand  `cmd:"" help:"Print the version."`

	Color   string `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Colours: auto (on a terminal), always or never."`
	Quiet   bool   `short:"q" xor:"loudness" help:"No notes, only warnings and errors."`
	Verbose bool   `short:"v" xor:"loudness" help:"More detail in the notes."`
}

// planFlags say how jobs are read and planned.
type planFlags struct {
	jobFlags    `embed:""`
	LaunchOrder string `enum:"dataflow,open" default:"dataflow" placeholder:"ORDER" help:"Which operator launches a worker: the first in dataflow order, or the first that Flink opens (open). Default: ${default}."`
}

func (f *planFlags) planOptions() plan.Options {
	return plan.Options{Open: f.LaunchOrder == "open"}
}

// jobFlags say what a document does not, or say it stronger.
type jobFlags struct {
	Mode             modeFlag        `placeholder:"MODE" help:"batch or streaming; stronger than the file."`
	FlinkVersion     versionFlag     `placeholder:"VERSION" help:"Flink version, such as 1.20; stronger than the file."`
	Sharing          sharingFlag     `placeholder:"SCOPE" help:"Who shares a Python worker: none, chain or slot; by default what the Flink version does."`
	Define           defineFlag      `short:"D" sep:"none" placeholder:"KEY=VALUE" help:"A Flink option, stronger than the file's config; may be repeated."`
	Parallelism      parallelismFlag `placeholder:"N" help:"Parallelism of operators whose document says none; stronger than the file's default."`
	PythonOperator   []string        `sep:"none" placeholder:"GLOB" help:"Operators whose name or id matches are Python operators; may be repeated."`
	SlotSharingGroup groupFlag       `sep:"none" placeholder:"GLOB=NAME" help:"Operators whose name or id matches are in that slot sharing group; may be repeated."`
	base             flink.Config    `kong:"-"` // weaker than the file's config; set by capacity
	MaxSize          maxSizeFlag     `default:"64mb" placeholder:"SIZE" help:"The largest input that is read (${default})."`
}

func (f *jobFlags) options() graph.Options {
	return graph.Options{Mode: graph.Mode(f.Mode), Version: flink.Version(f.FlinkVersion), Sharing: graph.Sharing(f.Sharing),
		Overrides: flink.Config(f.Define), PythonOperators: f.PythonOperator,
		Parallelism: int32(f.Parallelism), Groups: f.SlotSharingGroup, Base: f.base}
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
			"diffFormats": render.Names(render.DiffFormats), "ruleFormats": render.Names(render.RuleFormats)},
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

type modeFlag graph.Mode

func (f *modeFlag) UnmarshalText(text []byte) error {
	mode, ok := graph.ParseMode(string(text))
	*f = modeFlag(mode)
	return oneOf(ok, text, "batch", "streaming")
}

type sharingFlag graph.Sharing

func (f *sharingFlag) UnmarshalText(text []byte) error {
	sharing, ok := graph.ParseSharing(string(text))
	*f = sharingFlag(sharing)
	return oneOf(ok, text, "none", "chain", "slot")
}

func oneOf(ok bool, text []byte, allowed ...string) error {
	if ok {
		return nil
	}
	err := fmt.Sprintf("must be one of %s; found %q", strings.Join(allowed, ", "), source.Excerpt(string(text)))
	if near, found := source.Nearest(string(text), allowed); found {
		err += "; did you mean " + near + "?"
	}
	return fmt.Errorf("%s", err)
}

type versionFlag flink.Version

func (f *versionFlag) UnmarshalText(text []byte) error {
	v, err := flink.ParseVersion(string(text))
	*f = versionFlag(v)
	return err
}

type maxSizeFlag int64

func (f *maxSizeFlag) UnmarshalText(text []byte) error {
	size, err := flink.ParseMemorySize(string(text))
	// source.File counts places in 31 bits.
	if const1GiB := flink.MemorySize(1 << 30); err == nil && (size < 1 || size > const1GiB) {
		err = fmt.Errorf("must be between 1b and 1gb; found %s", size)
	}
	*f = maxSizeFlag(size)
	return err
}

type parallelismFlag int32

func (f *parallelismFlag) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 1 || n > graph.MaxParallelismBound {
		return fmt.Errorf("must be between 1 and %d; found %q", graph.MaxParallelismBound, source.Excerpt(string(text)))
	}
	*f = parallelismFlag(n)
	return nil
}
