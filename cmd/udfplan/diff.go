package main

import (
	"fmt"
	"slices"

	"github.com/alecthomas/kong"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/spec/change"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

type diffCommand struct {
	File        []string `arg:"" help:"OLD and NEW: plans, job files or what Flink says of jobs; folders, and - for standard input. With --git: the new side."`
	planFlags   `embed:""`
	Git         string        `placeholder:"REVISION" help:"Read the old side of these files from a revision of their git repository."`
	MaxIncrease increaseFlags `sep:"none" placeholder:"SIZE|PERCENT" help:"The Python memory of no job may grow by more, such as 64mb or 10%; may be repeated."`
	Graph       bool          `help:"Add a folded drawing of what changed to a report as markdown."`
	ExitCode    bool          `help:"Exit with 1 if there are changes."`
	Output      string        `short:"o" enum:"${formats}" default:"text" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile  string        `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (diffCommand) Help() string {
	return `Says what changed between two plans: operators, chains, Python workers, slot sharing groups, totals. Operators are told by their ids: one that moved to another chain has changed, one that only stands elsewhere in the file has not.

Examples:
  udfplan diff old.yaml new.yaml
  udfplan diff plan.json job.yaml --max-increase 10%
  udfplan diff --git main jobs/ -o markdown --graph
  udfplan diff http://localhost:8081/jobs/ID job.yaml
  udfplan compile job.yaml | udfplan diff plan.yaml - --exit-code

Exit code 1 says that something grew too much, or with --exit-code that something changed.

Formats:
` + render.Help(render.DiffFormats)
}

// increaseFlags are the --max-increase that were given.
type increaseFlags []policy.Increase

// Decode reads one SIZE or PERCENT.
func (f *increaseFlags) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("SIZE|PERCENT", &text); err != nil {
		return err
	}
	increase, err := policy.ParseIncrease(text)
	*f = append(*f, increase)
	return err
}

func (c *diffCommand) Run(s *session) error {
	if c.Git == "" && len(c.File) != 2 {
		return s.wrongUsage(fmt.Sprintf("diff needs two files, OLD and NEW; found %d", len(c.File)), "udfplan diff old.yaml new.yaml; or, with the old side from git: udfplan diff --git main jobs/")
	}
	if c.Git == "" && c.File[0] == files.Stdin && c.File[1] == files.Stdin {
		return s.wrongUsage("only one side can be standard input", "")
	}
	if c.Git != "" && slices.ContainsFunc(c.File, rest.IsURL) {
		return s.wrongUsage("--git is about files; what runs now has no revision", "udfplan diff http://localhost:8081/jobs/ID job.yaml")
	}
	s.readNeeds(&c.planFlags)
	old, now := s.sides(c)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	d := policy.JudgeDiff(change.Compare(old, now), c.MaxIncrease)
	exit := writeAs(s, render.DiffFormats, c.Output, c.OutputFile, d, render.Options{Graph: c.Graph})
	if exit == exitWell && (len(d.Findings) > 0 || c.ExitCode && len(d.Jobs) > 0) {
		return exitFindings
	}
	return exit
}
