package main

import (
	"slices"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/source"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

type checkCommand struct {
	File         []string `arg:"" help:"Job files or what Flink says of jobs; folders, globs, and - for standard input."`
	Limits       string   `placeholder:"FILE" help:"What is allowed; else .udfplan.yaml here or in a folder above, up to the repository's."`
	limitFlags   `embed:""`
	planFlags    `embed:""`
	clusterFlags `embed:""`
	Baseline     string      `placeholder:"FILE" help:"Older plans or jobs: only what grew since then fails."`
	PolicyFrom   *string     `placeholder:"REVISION" help:"Judge by the limits file and the waivers that this git revision has: what a change allows itself is a finding."`
	FailOn       string      `enum:"error,warning,never" default:"error" placeholder:"LEVEL" help:"Exit with 1 on an error, on a warning too, or never; ${default} by default."`
	Severity     levelFlag   `sep:"none" predictor:"severity" placeholder:"RULE=LEVEL" help:"Another severity of a rule: error, warning, note or off; may be repeated."`
	Graph        bool        `help:"Add a folded drawing of each job to a report as markdown."`
	ShowWaived   bool        `help:"Show what is waived, too."`
	Today        dayFlag     `placeholder:"DATE" help:"The day by which waivers expire, instead of today."`
	Output       string      `short:"o" enum:"${formats}" default:"text" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile   reportFlags `sep:"none" placeholder:"FORMAT=FILE" help:"Write a report there too, or with FILE alone instead of to standard output; may be repeated."`
}

func (checkCommand) Help() string {
	return `Judges plans: by limits, by what is known to hurt, and with --flink-conf (or -D taskmanager.*) by what the cluster gives. Exit code 1 says that something failed.

Examples:
  udfplan check jobs/ --limits limits.yaml
  udfplan check job.yaml --max-worker-memory 256mb --fail-on warning
  udfplan check jobs/ --flink-conf conf/config.yaml --flink-version 1.20
  udfplan check jobs/ -o github --output-file sarif=udfplan.sarif
  udfplan check job.yaml --baseline plan.json
  udfplan check jobs/ --policy-from origin/main
  udfplan check jobs/ -o markdown --graph

A waiver stands in the limits file, or at the operator:
  # udfplan: ignore worker-memory until 2027-01-31 -- model is 1.1 GB
udfplan rules lists all rules.

Formats:
` + render.Help(render.CheckFormats)
}

func (c *checkCommand) Run(s *session) error {
	run := checkRun{command: c, flags: &c.jobFlags, options: policy.Options{Levels: c.Severity.levels(), Today: c.Today.day()}}
	s.readNeeds(&c.planFlags)
	run.revision = s.revision(c.PolicyFrom)
	run.options.Inherit = run.revision != nil
	run.options.Limits, run.limited = s.limits(&run)
	run.options.Baseline = s.baseline(c)
	if clusters, found := s.fleet(c.File, false, &c.clusterFlags, &c.planFlags); found {
		return s.finishCheck(&run, s.checkFleet(&run, clusters))
	}
	on := c.clusterFlags.target(c.File)
	if run.onCluster = c.hasCluster() || on.FlinkConf != ""; run.onCluster {
		run.conf = s.cluster(on, &c.planFlags)
		run.flags = c.jobFlags.on(run.conf)
	}
	return s.finishCheck(&run, s.checkFiles(&run))
}

// finishCheck reports what was judged.
func (s *session) finishCheck(run *checkRun, judged []policy.Judged) exitCode {
	c := run.command
	s.add(run.options.Baseline.Follow(judged))
	if !run.limited && !s.problems.HasErrors() {
		s.noteNoLimits()
	}
	if exit := s.printProblems(); exit != exitWell {
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

// hasCluster says whether the command line says anything about the cluster.
func (c *checkCommand) hasCluster() bool {
	return c.FlinkConf != "" || slices.ContainsFunc(c.Define, ofTaskManager)
}

// writeReports writes every report that was asked for, the one on standard output last.
func (s *session) writeReports(c *checkCommand, report *policy.Report) exitCode {
	options := render.Options{ShowWaived: c.ShowWaived, Quiet: s.Quiet, Most: int(s.MaxDiagnostics), InRepository: inRepository()}
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

// inRepository gives the name that a file has in the repository; that of a URL stays.
func inRepository() func(file string) string {
	inRepository := files.InRepository()
	return func(file string) string {
		if rest.IsURL(file) {
			return file
		}
		return inRepository(file)
	}
}
