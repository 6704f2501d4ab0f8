package main

import (
	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/render"
)

type capacityCommand struct {
	File         []string `arg:"" optional:"" help:"Job files or what Flink says of jobs; none: only the cluster."`
	planFlags    `embed:""`
	clusterFlags `embed:""`
	Fleet        bool     `help:"The files are fleets, or Kubernetes manifests: a row for each of their clusters."`
	FineGrained  string   `enum:",yaml,python" default:"" placeholder:"FORM" help:"Print instead the smallest profile of each slot sharing group in which everything fits: yaml (for a job file) or python (PyFlink code to paste)."`
	MaxProcess   sizeFlag `name:"max-process-size" placeholder:"SIZE" help:"The largest TaskManager that there can be (a node, a quota): then fewer slots in each and more TaskManagers may do it, and the least memory of all wins."`
	Sweep        []string `sep:"none" placeholder:"KEY=VALUES" help:"Try values of an option of the cluster or of the jobs, of --framework-memory, or of userMemory.OPERATOR, as 1..8 or 1g,2g; with two of them, a matrix."`
	Output       string   `short:"o" enum:"${formats}" default:"table" placeholder:"FORMAT" help:"One of the formats above; ${default} by default."`
	OutputFile   string   `placeholder:"PATH" help:"Write there instead of to standard output: the whole or nothing."`
}

func (capacityCommand) Help() string {
	return `Says what a TaskManager's slots give to Python workers, whether that is enough for these jobs, and what to change so that it is: the smallest TaskManager in which Python gets what it needs and nobody gets less than today, and the smallest change of each option alone. Exit code 1 says that something does not fit.

Examples:
  udfplan capacity --flink-conf conf/flink-conf.yaml --flink-version 1.20
  udfplan capacity jobs/*.yaml --flink-conf deployment.yaml
  udfplan capacity job.yaml -D taskmanager.memory.process.size=4g
  udfplan capacity http://localhost:8081
  udfplan capacity fleet.yaml
  kubectl get flinkdeployment -A -o yaml | udfplan capacity --fleet -
  udfplan capacity jobs/*.yaml --flink-conf deployment.yaml --max-process-size 8gb
  udfplan capacity --flink-version 1.20 --sweep taskmanager.numberOfTaskSlots=1..8

Formats:
` + render.Help(render.CapacityFormats)
}

func (c *capacityCommand) Run(s *session) error {
	s.readNeeds(&c.planFlags)
	if clusters, found := s.fleet(c.File, c.Fleet, &c.clusterFlags, &c.planFlags); found {
		if len(c.Sweep) > 0 {
			return s.wrongUsage("--sweep is about one cluster; this is a fleet", "")
		}
		return c.fleetCapacity(s, clusters)
	}
	conf := s.cluster(c.clusterFlags.target(c.File), &c.planFlags)
	s.add(conf.Config.Check(conf.Version))
	jobs := s.planOn(c, conf)
	if s.problems.HasErrors() {
		return s.printProblems()
	}
	if len(c.Sweep) > 0 {
		return c.sweep(s, conf, jobs)
	}
	report := s.assess(c, conf, jobs)
	if c.FineGrained != "" {
		return c.fineGrained(s, conf.cluster(jobs), report)
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	if c.Output == "wide" {
		report.Alone = conf.cluster(jobs).Alone(report)
	}
	exit := writeAs(s, render.CapacityFormats, c.Output, c.OutputFile, report, render.Options{Verbose: s.Verbose})
	if exit == exitWell && !report.Fits {
		return exitFindings
	}
	return exit
}

// planOn reads and plans the jobs as they run on a cluster: its configuration is the weakest.
func (s *session) planOn(c *capacityCommand, conf clusterConfig) (specs []*spec.Spec) {
	if len(c.File) == 0 {
		return nil
	}
	for _, job := range s.jobs(c.File, c.jobFlags.on(conf)) {
		s.add(capacity.ClusterOnly(job))
		sp, problems := c.specOf(job)
		s.add(problems)
		specs = append(specs, sp)
	}
	return specs
}

// assess asks what jobs get on a cluster of this configuration; nil if Flink refuses it.
func (s *session) assess(c *capacityCommand, conf clusterConfig, jobs []*spec.Spec) *capacity.Assessment {
	cluster := conf.cluster(jobs)
	r, problems, refused := cluster.Assess(jobs)
	s.add(problems)
	if refused != nil {
		s.addRefusal(conf, refused)
		return nil
	}
	r.ForDeployment = conf.isDeployment
	r.Running = conf.onEach(jobs)
	for _, f := range r.Jobs {
		if f.Spec.NeedsFrom == spec.FromFLIP88 && c.FrameworkMemory.From == "" { // else somebody thought of it
			s.add(f.BelowMeasured(r.Floor))
		}
	}
	bound := capacity.Bound{Process: flink.MemorySize(c.MaxProcess)}
	if !r.Fits || !bound.Allows(r.TaskManager.TotalProcess) {
		r.Recommendations = cluster.Recommend(r, bound)
	}
	return r
}
