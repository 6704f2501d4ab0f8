package main

import (
	"io"

	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/change"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

type reportCommand struct {
	File         []string `arg:"" help:"Job files or what Flink says of jobs; folders, globs, and - for standard input."`
	planFlags    `embed:""`
	clusterFlags `embed:""`
	Limits       string   `placeholder:"FILE" help:"What is allowed: findings are listed."`
	Today        dayFlag  `placeholder:"DATE" help:"The day by which waivers expire, instead of today."`
	Before       string   `placeholder:"FILE" help:"Older plans or jobs, a file or a folder: what changed since is shown side by side."`
	Sweep        []string `sep:"none" placeholder:"KEY=VALUES" help:"Values of an option of the cluster, as 1..8 or 1g,2g; with two of them, a matrix."`
	OutputFile   string   `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (reportCommand) Help() string {
	return `Writes one HTML page that needs no network and no other file: what the Python workers need and get, what does not fit and what to change, every job's operators, workers and edges, findings, and what changed.

Examples:
  udfplan report jobs/ --flink-conf conf/config.yaml --output-file report.html
  udfplan report job.yaml --limits limits.yaml --before plan.yaml > report.html
  udfplan report jobs/ --sweep taskmanager.numberOfTaskSlots=1..8 --output-file report.html`
}

func (c *reportCommand) Run(s *session) error {
	on := capacityCommand{File: c.File, planFlags: c.planFlags, clusterFlags: c.clusterFlags, Sweep: c.Sweep}
	axes, err := on.axes()
	if err != nil {
		return s.wrongUsage(err.Error(), "")
	}
	s.readNeeds(&on.planFlags)
	conf := s.cluster(on.clusterFlags.target(c.File), &on.planFlags)
	s.add(conf.Config.Check(conf.Version))
	limits := s.reportLimits(c)
	r := render.Report{Specs: s.planOn(&on, conf)}
	if s.problems.HasErrors() {
		return s.printProblems()
	}
	if err := sweepable(axes, r.Specs); err != nil {
		return s.wrongUsage(err.Error(), "")
	}
	r.Capacity = s.assess(&on, conf, r.Specs)
	if r.Capacity != nil && limits != nil {
		r.Findings = reportFindings(conf.cluster(r.Specs), &r, &policy.Options{Limits: limits, Today: c.Today.day()})
	}
	if len(axes) > 0 {
		r.Sweep = conf.cluster(r.Specs).Sweep(axes, on.planner(s, axes, conf, r.Specs))
	}
	if c.Before != "" {
		now := make([]*change.Snapshot, len(r.Specs))
		for i, sp := range r.Specs {
			now[i] = change.Take(sp)
		}
		r.Diff = policy.JudgeDiff(change.Compare(s.side(c.Before, &on.planFlags), now), nil)
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return s.write(c.OutputFile, func(w io.Writer, _ bool) error { return render.WriteReport(w, &r) })
}

// reportLimits reads the limits; nil where none are named.
func (s *session) reportLimits(c *reportCommand) *policy.Limits {
	if c.Limits == "" {
		return nil
	}
	return s.readLimits(c.Limits, c.MaxSize)
}

// reportFindings judges the jobs as check does.
func reportFindings(cluster *capacity.Cluster, r *render.Report, o *policy.Options) *policy.Report {
	var judged []policy.Judged
	for _, f := range r.Capacity.Jobs {
		c := policy.Case{Spec: f.Spec, Fit: f, Floor: r.Capacity.Floor, Container: r.Capacity.Container,
			Smallest: func() (capacity.Recommendation, bool) { return cluster.Smallest(r.Capacity) }}
		judged = append(judged, policy.Judged{Verdict: policy.Check(&c, o), JobResult: resultOf(f.Spec)})
	}
	return policy.NewReport(judged, o, source.Error, true)
}
