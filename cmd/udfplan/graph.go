package main

import (
	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

type graphCommand struct {
	File         []string `arg:"" help:"Job files or what Flink says of jobs; folders, globs, and - for standard input."`
	Job          []string `sep:"none" placeholder:"NAME" help:"Only the jobs of that name, * and ? allowed; may be repeated."`
	Limits       string   `placeholder:"FILE" help:"Mark what is above these limits."`
	planFlags    `embed:""`
	clusterFlags `embed:""`
	Collapse     *bool  `negatable:"" help:"Draw chains without the operators in them. Default: where a job has more than 200 operators; --no-collapse never does."`
	Output       string `short:"o" enum:"${formats}" default:"svg" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile   string `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (graphCommand) Help() string {
	return `Draws jobs: data flows from left to right, operators stand in their chains, chains in their slot sharing groups. Python operators are marked Py; a coloured line joins those that one Python worker serves with its name, its memory and how many such processes there are. An edge says why it does not chain; the whole reason is shown where the mouse rests.

--limits and --flink-conf mark what is above a limit, or above what the cluster gives.

Examples:
  udfplan graph job.yaml --output-file job.svg
  udfplan graph jobs/ --job 'ml-*' --limits limits.yaml > jobs.svg
  udfplan graph job.yaml -o dot | dot -Tpdf -o job.pdf
  udfplan graph job.yaml -o mermaid --flink-conf conf/config.yaml

Formats:
` + render.Help(render.GraphFormats)
}

func (c *graphCommand) Run(s *session) error {
	s.readNeeds(&c.planFlags)
	options := policy.Options{Limits: s.readLimits(c.Limits, c.MaxSize), Today: dayFlag("").day()}
	var conf clusterConfig
	flags := &c.jobFlags
	if c.FlinkConf != "" {
		conf = s.cluster(&c.clusterFlags, &c.planFlags)
		flags = c.jobFlags.on(conf)
	}
	jobs := c.chosen(s, s.jobs(c.File, flags))
	var drawings []*render.Drawing
	for _, job := range jobs {
		sp, problems := c.specOf(job)
		s.add(problems)
		if !s.problems.HasErrors() {
			drawings = append(drawings, c.drawing(s, sp, &options, conf))
		}
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.GraphFormats, c.Output, c.OutputFile, drawings, render.Options{})
}

// chosen are the jobs that --job names.
func (c *graphCommand) chosen(s *session, jobs []*graph.Job) (chosen []*graph.Job) {
	matched := make([]bool, len(c.Job))
	var names []string
	for _, job := range jobs {
		names = append(names, job.Name)
		isChosen := len(c.Job) == 0
		for i, glob := range c.Job {
			if graph.GlobPattern(glob).MatchString(job.Name) {
				matched[i], isChosen = true, true
			}
		}
		if isChosen {
			chosen = append(chosen, job)
		}
	}
	for i, glob := range c.Job {
		if !matched[i] && !s.problems.HasErrors() {
			s.noJob(glob, names)
		}
	}
	return chosen
}

// noJob says that --job matches nothing.
func (s *session) noJob(glob string, names []string) {
	var hint string
	if near, found := source.Nearest(glob, names); found {
		hint = "did you mean " + source.Excerpt(near) + "?"
	}
	s.problems.Errorf(source.Place{}, source.CodeUnmatchedGlob, "--job %q matches no job", source.Excerpt(glob)).Hint = hint
}

// drawing is a job, and what of it is too large.
func (c *graphCommand) drawing(s *session, sp *spec.Spec, options *policy.Options, conf clusterConfig) *render.Drawing {
	d := &render.Drawing{Spec: sp, ChainsOnly: len(sp.Operators) > render.CollapseAbove}
	if c.Collapse != nil {
		d.ChainsOnly = *c.Collapse
	}
	judged := policy.Case{Spec: sp}
	if c.FlinkConf != "" && !s.assessCase(&judged, conf) {
		return d
	}
	verdict := policy.Check(&judged, options)
	s.add(verdict.Notes)
	for _, f := range verdict.Findings {
		if f.Measured {
			d.TooLarge = append(d.TooLarge, f)
		}
	}
	return d
}
