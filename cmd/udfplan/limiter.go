package main

import (
	_ "embed"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

//go:embed udfplan_limiter.sh
var limiterProgram string

// leastLimit is a data limit, in bytes, with which workers start when their stacks are 1 MiB. In 1.20.5 160mb were enough once
// (docs/pyflink-facts.md 3), but with Python 3.11 and 160mb the job hung, and 176mb were needed; in 2.3.0 192mb are enough (.ci/reality).
const leastLimit flink.MemorySize = 192 << 20

type limiterCommand struct {
	Limit     sizeFlag `placeholder:"SIZE" help:"The limit of a worker to which Flink gives none of its own."`
	Job       string   `placeholder:"FILE" help:"Take the largest worker of this job, and --headroom more, for a limit."`
	Python    string   `default:"python3" placeholder:"PATH" help:"The real Python; ${default} by default. UDFPLAN_PYTHON in the environment is stronger."`
	Strict    bool     `help:"A worker whose limit cannot be set does not start, instead of running without."`
	planFlags `embed:""`
}

func (limiterCommand) Help() string {
	return `Prints a shell program for python.executable: it gives every Python worker a memory limit of its own, so that a function that takes too much gets Python's MemoryError, with its traceback in Flink's failure message, before the kernel kills the container.

Strongest first, the limit is UDFPLAN_WORKER_LIMIT in the worker's environment, Flink's own share of the slot, and --limit or the plan of --job. Limits need Linux; macOS does not keep to them.

Examples:
  udfplan limiter > limited-python && chmod +x limited-python
  udfplan limiter --limit 512mb --python /opt/venv/bin/python > limited-python
  udfplan limiter --job job.yaml --flink-version 1.20 > limited-python`
}

// sizeFlag is a memory size.
type sizeFlag flink.MemorySize

func (f *sizeFlag) UnmarshalText(text []byte) error {
	size, err := flink.ParseMemorySize(string(text))
	*f = sizeFlag(size)
	return err
}

func (c *limiterCommand) Run(s *session) error {
	if c.Limit > 0 && c.Job != "" {
		return s.wrongUsage("--limit and --job say the same thing; one is enough", "")
	}
	limit := flink.MemorySize(c.Limit)
	if c.Job != "" {
		limit = max(s.largestWorker(c), leastLimit)
	}
	if limit > 0 && limit < leastLimit {
		s.problems.Warnf(source.Place{}, source.CodeLimitTooLow, "a limit of %s is below the %s that a worker needs to start: it will be said in the worker's log, and not set", limit, leastLimit)
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return s.writeText("", limiterText(limit, c.Python, c.Strict))
}

// largestWorker is the largest worker of a job, with headroom, in bytes.
func (s *session) largestWorker(c *limiterCommand) (largest flink.MemorySize) {
	for _, sp := range s.plan([]string{c.Job}, &c.planFlags) {
		for _, w := range sp.Workers {
			largest = max(largest, w.Memory)
		}
	}
	if c.needs.Largest > 0 { // the headroom is in it
		return largest
	}
	return withHeadroom(largest, float64(c.Headroom))
}

func limiterText(limit flink.MemorySize, python string, strict bool) string {
	bytes, flag := "", "0"
	if limit > 0 {
		bytes = strconv.FormatInt(int64(limit), 10)
	}
	if strict {
		flag = "1"
	}
	return strings.NewReplacer("@LIMIT@", bytes, "@LEAST@", strconv.FormatInt(int64(leastLimit), 10), "@STRICT@", flag, "@PYTHON@", shellWord(python)).Replace(limiterProgram)
}

// shellWord is a text as one word inside a ${variable:-default} of a shell.
func shellWord(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
