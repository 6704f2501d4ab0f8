package main

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/render"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/policy"
)

type checkCommand struct {
	File         []string `arg:"" help:"Job files or what Flink says of jobs; folders, globs, and - for standard input."`
	Limits       string   `placeholder:"FILE" help:"What is allowed; else .udfplan.yaml here or in a folder above, up to the repository's."`
	limitFlags   `embed:""`
	planFlags    `embed:""`
	clusterFlags `embed:""`
	Baseline     string      `placeholder:"FILE" help:"Older plans or jobs: only what grew since then fails."`
	FailOn       string      `enum:"error,warning,never" default:"error" placeholder:"LEVEL" help:"Exit with 1 on an error, on a warning too, or never; ${default} by default."`
	Severity     levelFlag   `sep:"none" placeholder:"RULE=LEVEL" help:"Another severity of a rule: error, warning, note or off; may be repeated."`
	ShowWaived   bool        `help:"Show what is waived, too."`
	Today        dayFlag     `placeholder:"DATE" help:"The day by which waivers expire, instead of today."`
	Output       string      `short:"o" enum:"${checkFormats}" default:"text" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile   reportFlags `sep:"none" placeholder:"FORMAT=FILE" help:"Write a report there too, or with FILE alone instead of to standard output; may be repeated."`
}

// Help is the long help.
func (checkCommand) Help() string {
	return `Judges plans: by limits, by what is known to hurt, and with --flink-conf (or -D taskmanager.*) by what the cluster gives. Exit code 1 says that something failed.

Examples:
  udfplan check jobs/ --limits limits.yaml
  udfplan check job.yaml --max-worker-memory 256mb --fail-on warning
  udfplan check jobs/ --flink-conf conf/config.yaml --flink-version 1.20
  udfplan check jobs/ -o github --output-file sarif=udfplan.sarif
  udfplan check job.yaml --baseline plan.json

A waiver stands in the limits file, or at the operator:
  # udfplan: ignore worker-memory until 2027-01-31 -- model is 1.1 GB
udfplan rules lists all rules.

Formats:
` + render.Help(render.CheckFormats)
}

// Run is the command.
func (c *checkCommand) Run(s *session) error {
	run := checkRun{command: c, flags: &c.jobFlags, options: policy.Options{Levels: c.Severity.levels(), Today: c.Today.day()}}
	run.options.Limits = s.limits(c)
	run.options.Baseline = s.baseline(c)
	if run.onCluster = c.hasCluster(); run.onCluster {
		run.conf = s.cluster(&c.clusterFlags, &c.planFlags)
		run.flags = c.jobFlags.on(run.conf)
	}
	judged := s.judge(&run)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	failOn := source.Error
	if c.FailOn == "warning" {
		failOn = source.Warning
	}
	report := policy.NewReport(judged, &run.options, failOn, run.onCluster)
	if exit := s.writeReports(c, report); exit != exitWell {
		return exit
	}
	if c.FailOn != "never" && report.Fails() {
		return exitFindings
	}
	return exitWell
}

// hasCluster tells whether anything is said about the cluster.
func (c *checkCommand) hasCluster() bool {
	return c.FlinkConf != "" || slices.ContainsFunc(c.Define, func(e flink.Entry) bool { return strings.HasPrefix(e.Key, "taskmanager.") })
}

// checkRun is what one run of check needs for every file.
type checkRun struct {
	command   *checkCommand
	flags     *jobFlags
	options   policy.Options
	onCluster bool
	conf      clusterConfig
}

// checkedFile is what came of one file.
type checkedFile struct {
	session session // its problems
	judged  []policy.Judged
	jobs    []*graph.Job // until the globs were told
}

// judge checks all files, several at a time.
func (s *session) judge(run *checkRun) (judged []policy.Judged) {
	paths := s.withoutCompanions(s.paths(run.command.File))
	files := make([]checkedFile, len(paths))
	globs := newGlobs(run.flags)
	progress := s.newProgress(len(paths))
	each(len(paths), func(i int) {
		files[i].session = s.fork()
		files[i].check(paths[i], run)
		progress.step()
	})
	progress.end()
	for i := range files {
		s.join(&files[i].session)
		judged = append(judged, files[i].judged...)
		globs.matchedBy(files[i].jobs)
	}
	if len(judged) > 0 {
		s.problems = append(s.problems, globs.unmatched()...)
	}
	return judged
}

// check reads and judges the jobs of one file.
func (f *checkedFile) check(path string, run *checkRun) {
	s := &f.session
	file, ok := s.readOne(path, run.flags.MaxSize)
	if !ok {
		return
	}
	documents, problems := document.ReadEach(file, run.flags.options())
	s.problems = append(s.problems, problems...)
	for _, d := range documents {
		f.told(d.Problems)
		if d.Job != nil && !d.Problems.HasErrors() {
			f.judge(d, run)
		}
	}
}

// told keeps what does not become a finding. Notes of reading are for those who look closer.
func (f *checkedFile) told(problems source.List) {
	for i := range problems {
		if d := &problems[i]; !policy.Tells(d) && (d.Severity != source.Note || f.session.Verbose) {
			f.session.problems = append(f.session.problems, *d)
		}
	}
}

func (f *checkedFile) judge(d document.Document, run *checkRun) {
	sp, problems := run.command.specOf(d.Job)
	f.told(problems)
	c := policy.Case{Spec: sp, Told: append(d.Problems, problems...)}
	c.Told = append(c.Told, capacity.ClusterOnly(d.Job)...)
	if c.Told.HasErrors() {
		return
	}
	if run.onCluster && !f.assess(&c, run) {
		return
	}
	v := policy.Check(&c, &run.options)
	f.session.problems = append(f.session.problems, v.Notes...)
	f.judged = append(f.judged, policy.Judged{Verdict: v, JobResult: policy.JobResult{Name: d.Job.Name, File: d.Job.Place.File.Name,
		Operators: len(sp.Operators), Workers: sp.Total.Workers}})
	f.jobs = append(f.jobs, &graph.Job{MatchedGlobs: d.Job.MatchedGlobs, MatchedGroups: d.Job.MatchedGroups})
}

// assess asks what the cluster gives the job; false where Flink refuses the cluster itself.
func (f *checkedFile) assess(c *policy.Case, run *checkRun) bool {
	jobs := []*spec.Spec{c.Spec}
	cluster := run.conf.cluster(jobs)
	report, told, refused := cluster.Assess(jobs)
	if refused != nil {
		f.session.refuse(run.conf, refused)
		return false
	}
	c.FitTold, c.Floor = told, report.Floor
	if len(report.Jobs) == 1 {
		c.Fit = report.Jobs[0]
	}
	c.Smallest = func() (capacity.Recommendation, bool) { return cluster.Smallest(report) }
	return true
}

// formatOfEnding are the formats that a file's ending asks for, where nothing else does.
var formatOfEnding = map[string]string{".sarif": "sarif", ".xml": "junit", ".json": "json", ".md": "markdown"}

// formatFor is the format of a file that goes without one: that of -o, or where that asks for none, of its ending.
func formatFor(path, output string) string {
	if byEnding := formatOfEnding[strings.ToLower(filepath.Ext(path))]; byEnding != "" && output == "text" {
		return byEnding
	}
	return output
}

// writeReports writes every report that was asked for, the one on standard output last.
func (s *session) writeReports(c *checkCommand, report *policy.Report) exitCode {
	options := render.Options{ShowWaived: c.ShowWaived, Quiet: s.Quiet}
	toStdout := true
	for _, to := range c.OutputFile {
		format := to.format
		if format == "" {
			format, toStdout = formatFor(to.path, c.Output), false
		}
		if exit := writeAs(s, render.CheckFormats, format, to.path, report, options); exit != exitWell {
			return exit
		}
	}
	if !toStdout {
		return exitWell
	}
	return writeAs(s, render.CheckFormats, c.Output, "", report, options)
}

// dayFlag is a date.
type dayFlag policy.Day

func (f *dayFlag) UnmarshalText(text []byte) error {
	day, err := policy.ParseDay(string(text))
	*f = dayFlag(day)
	return err
}

func (f dayFlag) day() policy.Day {
	if f == "" {
		return policy.Day(time.Now().Format(time.DateOnly))
	}
	return policy.Day(f)
}
