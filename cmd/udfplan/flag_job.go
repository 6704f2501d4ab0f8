package main

import (
	"fmt"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// planFlags say how jobs are read and planned.
type planFlags struct {
	jobFlags        `embed:""`
	LaunchOrder     string       `enum:"dataflow,open" default:"dataflow" placeholder:"ORDER" help:"Which operator launches a worker: the first in dataflow order, or the first that Flink opens (open). Default: ${default}."`
	FrameworkMemory needsFlag    `predictor:"needs" placeholder:"SIZE" help:"What a worker takes before it does anything: flip-88 (64mb, or its option), measured (an idle worker of that version), or a size. Default: measured from Flink 1.12 on, else flip-88."`
	Measured        []string     `sep:"none" placeholder:"FILE" help:"What your own workers took, as udfplan measure prints it: the largest counts; may be repeated."`
	Headroom        headroomFlag `default:"10%" placeholder:"PERCENT" help:"How much more than was measured; ${default} by default."`
	needs           spec.Needs   `kong:"-"` // by the three
}

func (f *planFlags) planOptions() plan.Options {
	return plan.Options{Open: f.LaunchOrder == "open"}
}

// jobFlags say what a document leaves open, or are stronger than what it says.
type jobFlags struct {
	Mode             modeFlag        `predictor:"mode" placeholder:"MODE" help:"batch or streaming; stronger than the file."`
	FlinkVersion     versionFlag     `predictor:"version" placeholder:"VERSION" help:"Flink version, such as 1.20; stronger than the file."`
	Sharing          sharingFlag     `predictor:"sharing" placeholder:"SCOPE" help:"Who shares a Python worker: none, chain or slot; by default what the Flink version does."`
	Define           defineFlag      `short:"D" sep:"none" placeholder:"KEY=VALUE" help:"A Flink option, stronger than the file's config; may be repeated."`
	Parallelism      parallelismFlag `placeholder:"N" help:"Parallelism of operators whose document says none; stronger than the file's default."`
	PythonOperator   []string        `sep:"none" placeholder:"GLOB" help:"Operators whose name or id matches are Python operators; may be repeated."`
	SlotSharingGroup groupFlag       `sep:"none" placeholder:"GLOB=NAME" help:"Operators whose name or id matches are in that slot sharing group; may be repeated."`
	base             flink.Config    `kong:"-"` // the cluster's, weaker than the file's config
	restFlags        `embed:""`
	MaxSize          maxSizeFlag `default:"64mb" placeholder:"SIZE" help:"The largest input that is read (${default})."`
}

func (f *jobFlags) options() graph.Options {
	return graph.Options{Mode: graph.Mode(f.Mode), Version: flink.Version(f.FlinkVersion), Sharing: graph.Sharing(f.Sharing),
		Overrides: flink.Config(f.Define), PythonOperators: f.PythonOperator,
		Parallelism: int32(f.Parallelism), Groups: f.SlotSharingGroup, Base: f.base}
}

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
	if near, found := nearest(string(text), allowed); found {
		err += "; did you mean " + near + "?"
	}
	return fmt.Errorf("%s", err)
}

type versionFlag flink.Version

func (f *versionFlag) UnmarshalText(text []byte) error {
	v, err := flink.ParseVersion(string(text))
	if number := strings.TrimLeft(string(text), "vV"); err != nil && number != string(text) {
		if _, wrong := flink.ParseVersion(number); wrong == nil {
			return fmt.Errorf("must be a version of Flink, such as 1.20; found %q; did you mean %s?", source.Excerpt(string(text)), number)
		}
	}
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
