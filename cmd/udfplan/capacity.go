package main

import (
	"fmt"
	"io"
	"strings"

	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec/capacity"
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
	help := `Says what a TaskManager's slots give to Python workers, whether that is enough for these jobs, and the smallest change of each option after which it is. Exit code 1 says that something does not fit.

Examples:
  udfplan capacity --flink-conf conf/flink-conf.yaml --flink-version 1.20
  udfplan capacity jobs/*.yaml --flink-conf deployment.yaml
  udfplan capacity job.yaml -D taskmanager.memory.process.size=4g
  udfplan capacity --flink-version 1.20 --sweep taskmanager.numberOfTaskSlots=1..8

Formats:
`
	for _, f := range render.CapacityFormats {
		help += fmt.Sprintf("  %-9s %s\n", f.Name, f.Doc)
	}
	return help
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
	report := s.report(c, conf, jobs, conf.Config, true)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	for _, f := range render.CapacityFormats {
		if f.Name == c.Output {
			exit := s.write(c.OutputFile, func(w io.Writer, color bool) error {
				return f.Write(w, report, render.Options{Color: color})
			})
			if exit == exitWell && !report.Fits {
				return exitFindings
			}
			return exit
		}
	}
	panic("the flag allows a format that does not exist")
}

// jobsOn reads the jobs as they run on a cluster: its configuration is the weakest.
func (s *session) jobsOn(c *capacityCommand, conf clusterConfig) []*graph.Job {
	if len(c.File) == 0 {
		return nil
	}
	flags := c.jobFlags
	if !flink.Version(flags.FlinkVersion).Stated() && conf.Version.Stated() {
		flags.FlinkVersion = versionFlag(conf.Version)
	}
	if flags.Parallelism == 0 {
		flags.Parallelism = parallelismFlag(conf.Parallelism)
	}
	flags.base = conf.Config
	jobs := s.jobs(c.File, &flags)
	for _, job := range jobs {
		s.tellClusterOnly(job)
	}
	return jobs
}

// tellClusterOnly warns of options in a job's own configuration that only the cluster's can set (run on
// clusters: PYTHON:0 in a job's configuration had no effect).
func (s *session) tellClusterOnly(job *graph.Job) {
	for _, e := range job.Config {
		if e.Place.File == job.Place.File && strings.HasPrefix(e.Key, "taskmanager.") {
			s.problems.Warnf(e.Place, "cluster-only", "%s has no effect in a job's configuration: only the cluster's sets it", e.Key).
				Hint = "give it with --flink-conf or -D"
		}
	}
}

// report assesses jobs on a cluster of this configuration; nil if Flink refuses it.
func (s *session) report(c *capacityCommand, conf clusterConfig, jobs []*graph.Job, config flink.Config, recommend bool) *capacity.Report {
	version := versionOf(conf, jobs)
	r, refused := assessAll(c, jobs, config, version, conf.Deployment, &s.problems)
	if refused != nil {
		s.problems.Errorf(conf.place(config, refused.Key), "refused-by-flink", "%s", refused.Message)
		return nil
	}
	r.ForDeployment = conf.isDeployment
	s.tellFloor(c, r)
	if recommend && !r.Fits {
		pools := map[capacity.Pool]bool{}
		for _, f := range r.Jobs {
			pools[f.Pool] = pools[f.Pool] || !f.Fits
			pools[capacity.OfSlot] = pools[capacity.OfSlot] || f.Unshared
			pools[capacity.TaskOffHeap] = pools[capacity.TaskOffHeap] || f.Outside
		}
		r.Recommendations = capacity.Recommend(config, version, r.TaskManager, pools, func(trial flink.Config) (bool, *flink.Refusal) {
			var ignored source.List
			tried, refused := assessAll(c, jobs, trial, version, conf.Deployment, &ignored)
			return refused == nil && tried.Fits && !ignored.HasErrors(), refused
		})
	}
	return r
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

func assessAll(c *capacityCommand, jobs []*graph.Job, config flink.Config, version flink.Version, d capacity.Deployment, problems *source.List) (*capacity.Report, *flink.Refusal) {
	tm, refused := capacity.Derive(config, version, d)
	if refused == nil {
		refused = tm.SlotRefusal
	}
	if refused != nil {
		return nil, refused
	}
	r := &capacity.Report{Version: version, TaskManager: tm, Fits: true, Floor: capacity.MeasuredIn(version)}
	if len(jobs) == 0 {
		r.Shares, refused = capacity.SharesOf(config, version, tm.Slot.Managed)
		return r, refused
	}
	cluster := capacity.Cluster{Config: config, TaskManager: tm, Framework: c.framework(version)}
	for _, job := range jobs {
		fit, more := capacity.Assess(job, plan.Options{Open: c.LaunchOrder == "open"}, &cluster)
		*problems = append(*problems, more...)
		if fit != nil {
			r.Add(fit)
		}
	}
	return r, nil
}

func (c *capacityCommand) framework(v flink.Version) flink.MemorySize {
	if c.FrameworkMemory < 0 {
		return capacity.MeasuredIn(v).Worker
	}
	return flink.MemorySize(c.FrameworkMemory)
}

// tellFloor warns where a worker gets less than an idle one was seen to take.
func (s *session) tellFloor(c *capacityCommand, r *capacity.Report) {
	if c.FrameworkMemory != 0 {
		return // somebody thought of it
	}
	floor := r.Floor
	for _, f := range r.Jobs {
		for g := range f.Groups {
			group := &f.Groups[g]
			if group.Workers == 0 || f.Pool == capacity.TaskOffHeap || group.Outside > 0 {
				continue
			}
			if each := group.Gets / flink.MemorySize(group.Workers); each < floor.Worker {
				s.problems.Warnf(f.Spec.Plan.Job.Place, "below-measured", "slot sharing group %q gives a worker %s; an idle one was seen to take %s (%s)",
					source.Excerpt(f.Spec.Plan.Groups[g].Name), each, floor.Worker, floor.Of).
					Hint = "--framework-memory measured plans with it"
			}
		}
	}
}
