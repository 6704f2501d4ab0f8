package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/render"
	"udfplan/spec/change"
	"udfplan/spec/policy"
)

type diffCommand struct {
	File        []string `arg:"" help:"OLD and NEW: plans, job files or what Flink says of jobs; folders, and - for standard input. With --git: the new side."`
	planFlags   `embed:""`
	Git         string        `placeholder:"REVISION" help:"Read the old side of these files from a revision of their git repository."`
	MaxIncrease increaseFlags `sep:"none" placeholder:"SIZE|PERCENT" help:"The Python memory of no job may grow by more, such as 64mb or 10%; may be repeated."`
	ExitCode    bool          `help:"Exit with 1 if there are changes."`
	Output      string        `short:"o" enum:"${diffFormats}" default:"text" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile  string        `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

// Help is the long help.
func (diffCommand) Help() string {
	return `Says what changed between two plans: operators, chains, Python workers, slot sharing groups, totals. Operators are told by their ids: one that moved to another chain has changed, one that only stands elsewhere in the file has not.

Examples:
  udfplan diff old.yaml new.yaml
  udfplan diff plan.json job.yaml --max-increase 10%
  udfplan diff --git main jobs/ -o markdown
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

// Run is the command.
func (c *diffCommand) Run(s *session) error {
	if c.Git == "" && len(c.File) != 2 {
		fmt.Fprintf(s.stderr, "error: diff needs two files, OLD and NEW; found %d\n  hint: --git REVISION reads the old side from git\n", len(c.File))
		return exitUsage
	}
	if c.Git == "" && c.File[0] == files.Stdin && c.File[1] == files.Stdin {
		fmt.Fprintf(s.stderr, "error: only one side can be standard input\n")
		return exitUsage
	}
	old, now := s.sides(c)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	d := policy.JudgeDiff(change.Compare(old, now), c.MaxIncrease)
	exit := writeAs(s, render.DiffFormats, c.Output, c.OutputFile, d, render.Options{})
	if exit == exitWell && (len(d.Findings) > 0 || c.ExitCode && len(d.Jobs) > 0) {
		return exitFindings
	}
	return exit
}

// sides are the plans of the old side and of the new one.
func (s *session) sides(c *diffCommand) (old, now []*change.Snapshot) {
	if c.Git == "" {
		return s.side(c.File[0], &c.planFlags), s.side(c.File[1], &c.planFlags)
	}
	read, paths := s.in.AtRevision(c.Git, c.File, int64(c.MaxSize))
	s.problems = append(s.problems, s.in.Told()...)
	old = s.snapshots(len(read), &c.planFlags, func(_ *session, i int) (*source.File, string, bool) { return read[i], paths[i], true })
	var left []string
	for _, arg := range c.File {
		gone := !files.Exists(arg) && slices.Contains(paths, files.Relative(arg))
		if !gone && !(files.IsFolder(arg) && len(paths) > 0 && !s.hasJobs(arg)) { // else all that was there was removed since
			left = append(left, arg)
		}
	}
	return old, s.planFiles(s.paths(left), &c.planFlags, files.Relative)
}

// side are the plans of one file, or of all files of a folder; those of a folder tell where in it they lie.
func (s *session) side(arg string, flags *planFlags) []*change.Snapshot {
	within := func(string) string { return "" }
	if files.IsFolder(arg) {
		within = func(path string) string {
			path, _ = filepath.Rel(arg, path)
			return path
		}
	}
	return s.planFiles(s.paths([]string{arg}), flags, within)
}

// planFiles are the plans of files; path says where one lies on its side of a comparison.
func (s *session) planFiles(names []string, flags *planFlags, path func(file string) string) []*change.Snapshot {
	return s.snapshots(len(names), flags, func(fork *session, i int) (*source.File, string, bool) {
		file, ok := fork.readOne(names[i], flags.MaxSize)
		return file, path(names[i]), ok
	})
}

// snapshots are the plans of n files, several read at a time. open gives one of them, and where it lies on its side.
func (s *session) snapshots(n int, flags *planFlags, open func(fork *session, i int) (file *source.File, path string, ok bool)) (all []*change.Snapshot) {
	forks, shots := make([]session, n), make([][]*change.Snapshot, n)
	each(n, func(i int) {
		forks[i] = s.fork()
		if file, path, ok := open(&forks[i], i); ok {
			shots[i] = forks[i].plans(file, path, flags)
		}
	})
	for i := range forks {
		s.join(&forks[i])
		all = append(all, shots[i]...)
	}
	return all
}

// hasJobs tells whether anything in a folder is taken for a job.
func (s *session) hasJobs(folder string) bool {
	var quiet files.Inputs
	return len(quiet.Folder(folder)) > 0
}

// plans are the plans that a file holds, or those of its jobs. path tells where it lies on its side; empty: that says nothing.
func (s *session) plans(file *source.File, path string, flags *planFlags) (shots []*change.Snapshot) {
	var docs []source.Node
	var problems source.List
	if strings.Contains(file.Text, "Plan") { // else it can be none, and is read once
		docs, problems = source.Read(file)
	}
	if len(docs) > 0 && change.IsPlan(docs[0]) {
		read, more := change.ReadPlans(docs)
		s.problems = append(append(s.problems, problems...), more...)
		shots = read
	} else {
		shots = s.planned(file, flags)
	}
	for _, shot := range shots {
		shot.Path = path
	}
	return shots
}

// planned are the plans of a file's jobs.
func (s *session) planned(file *source.File, flags *planFlags) (shots []*change.Snapshot) {
	jobs, problems := document.Read(file, flags.options())
	s.keep(problems)
	if problems.HasErrors() {
		return nil
	}
	for _, job := range jobs {
		sp, problems := flags.specOf(job)
		s.keep(problems)
		shots = append(shots, change.Take(sp))
	}
	return shots
}

// keep takes what stages tell; notes only for those who look closer.
func (s *session) keep(problems source.List) {
	for i := range problems {
		if problems[i].Severity != source.Note || s.Verbose {
			s.problems = append(s.problems, problems[i])
		}
	}
}

// baseline reads what check compares with.
func (s *session) baseline(c *checkCommand) *policy.Baseline {
	if c.Baseline == "" {
		return nil
	}
	return policy.NewBaseline(s.side(c.Baseline, &c.planFlags))
}
