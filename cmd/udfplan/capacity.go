package main

import (
	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

type capacityCommand struct {
	File            []string `arg:"" optional:"" help:"Job files or what Flink says of jobs; none: only the cluster."`
	planFlags       `embed:""`
	clusterFlags    `embed:""`
	FrameworkMemory frameworkFlag `placeholder:"SIZE" help:"What a worker's framework takes, instead of FLIP-88's figure: a size, or measured."`
	Sweep           []string      `sep:"none" placeholder:"KEY=VALUES" help:"Try values of an option, as 1..8 or 1g,2g; with two of them, a matrix."`
	Output          string        `short:"o" enum:"${capacityFormats}" default:"table" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile      string        `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

// Help is the long help.
func (capacityCommand) Help() string {
	return `Says what a TaskManager's slots give to Python workers, whether that is enough for these jobs, and the smallest change of each option after which it is. Exit code 1 says that something does not fit.

Examples:
  udfplan capacity --flink-conf conf/flink-conf.yaml --flink-version 1.20
  udfplan capacity jobs/*.yaml --flink-conf deployment.yaml
  udfplan capacity job.yaml -D taskmanager.memory.process.size=4g
  udfplan capacity --flink-version 1.20 --sweep taskmanager.numberOfTaskSlots=1..8

Formats:
` + render.Help(render.CapacityFormats)
}

// frameworkFlag is a size, or measured (-1).
type frameworkFlag flink.MemorySize

func (f *frameworkFlag) UnmarshalText(text []byte) error {
	if string(text) == "measured" {
		*f = -1
		return nil
	}
	size, err := flink.ParseMemorySize(string(text))
	*f = frameworkFlag(size)
	return err
}

func (s *session) capacity(c *capacityCommand) int {
	conf := s.cluster(&c.clusterFlags, &c.planFlags)
	s.problems = append(s.problems, conf.Config.Check(conf.Version)...)
	jobs := s.jobsOn(c, conf)
	if s.problems.HasErrors() {
		return s.tell()
	}
	if len(c.Sweep) > 0 {
		return s.sweep(c, conf, jobs)
	}
	report := s.report(c, conf, jobs)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	exit := writeAs(s, render.CapacityFormats, c.Output, c.OutputFile, report, render.Options{})
	if exit == exitWell && !report.Fits {
		return exitFindings
	}
	return exit
}

// jobsOn reads the jobs as they run on a cluster: its configuration is the weakest.
func (s *session) jobsOn(c *capacityCommand, conf clusterConfig) []*graph.Job {
	if len(c.File) == 0 {
		return nil
	}
	flags := c.jobFlags.on(conf)
	jobs := s.jobs(c.File, flags)
	for _, job := range jobs {
		s.problems = append(s.problems, capacity.ClusterOnly(job)...)
	}
	return jobs
}

// report assesses jobs on a cluster of this configuration; nil if Flink refuses it.
func (s *session) report(c *capacityCommand, conf clusterConfig, jobs []*graph.Job) *capacity.Report {
	site := c.site(conf, jobs)
	r, problems, refused := site.Assess(jobs)
	s.problems = append(s.problems, problems...)
	if refused != nil {
		s.refuse(conf, refused)
		return nil
	}
	r.ForDeployment = conf.isDeployment
	if c.FrameworkMemory == 0 { // else somebody thought of it
		for _, f := range r.Jobs {
			s.problems = append(s.problems, f.BelowMeasured(r.Floor)...)
		}
	}
	if !r.Fits {
		r.Recommendations = site.Recommend(jobs, r)
	}
	return r
}

// refuse tells that Flink refuses a cluster's configuration.
func (s *session) refuse(conf clusterConfig, refused *flink.Refusal) {
	s.problems.Errorf(conf.place(conf.Config, refused.Key), "refused-by-flink", "%s", refused.Message)
}

// site is the cluster, as it is before anything is derived.
func (c *capacityCommand) site(conf clusterConfig, jobs []*graph.Job) *capacity.Site {
	site := &capacity.Site{Config: conf.Config, Version: versionOf(conf, jobs), Deployment: conf.Deployment,
		Plan: c.planOptions(), Framework: flink.MemorySize(c.FrameworkMemory)}
	if c.FrameworkMemory < 0 {
		site.Framework = taskmanager.MeasuredIn(site.Version).Worker
	}
	return site
}

// versionOf is the cluster's version: as stated, else the first job's.
func versionOf(conf clusterConfig, jobs []*graph.Job) flink.Version {
	for _, job := range jobs {
		if !conf.Version.Stated() {
			return job.Version
		}
	}
	return conf.Version
}
