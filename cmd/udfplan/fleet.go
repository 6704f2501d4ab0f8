package main

import (
	"path/filepath"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

// fleetCluster is one cluster of a run that is about several, and the arguments that name its jobs.
type fleetCluster struct {
	name       string
	conf       clusterConfig
	args       []string
	notPlanned []capacity.NotPlanned
}

// fleet are the clusters of a run: those of a fleet file or a manifest, or those that several URLs name. none: the run is about one.
func (s *session) fleet(args []string, is bool, c *clusterFlags, flags *planFlags) (clusters []fleetCluster, found bool) {
	bases := basesOf(args)
	switch {
	case is || isFleetFile(args, flags):
		if c.FlinkConf != "" {
			s.problems.Errorf(source.Place{}, source.CodeSeveralClusters, "--flink-conf is about one cluster; a fleet names the configuration of each")
		}
		for _, arg := range args {
			if file := s.read(arg, flags.MaxSize); file != nil {
				clusters = append(clusters, s.fleetOf(file, c, flags)...)
			}
		}
		return clusters, true
	case c.FlinkConf != "" || len(bases) == 0 || c.target(args) != c:
		return nil, false
	}
	named := map[string][]string{} // arguments by cluster; of none are the files beside URLs
	for _, arg := range args {
		named[baseOf(arg)] = append(named[baseOf(arg)], arg)
	}
	for _, base := range bases {
		on := *c
		on.FlinkConf = base
		clusters = append(clusters, fleetCluster{name: base, conf: s.cluster(&on, flags), args: named[base]})
	}
	if beside := named[""]; len(beside) > 0 {
		clusters = append(clusters, fleetCluster{name: "files", conf: s.cluster(c, flags), args: beside})
	}
	return clusters, true
}

// isFleetFile says whether the one file that is named is a fleet.
func isFleetFile(args []string, flags *planFlags) bool {
	if len(args) != 1 || args[0] == files.Stdin || rest.IsURL(args[0]) {
		return false
	}
	file := files.Peek(args[0], int64(flags.MaxSize))
	return file != nil && capacity.SaysFleet(file)
}

// fleetOf are the clusters of a fleet file, or of a manifest.
func (s *session) fleetOf(file *source.File, c *clusterFlags, flags *planFlags) (clusters []fleetCluster) {
	if !capacity.SaysFleet(file) {
		return s.deployed(file, c, flags)
	}
	fleet, problems := capacity.ReadFleet(file)
	s.add(problems)
	if problems.HasErrors() {
		return nil
	}
	folder := ""
	if file.Name != source.StdinName {
		folder = filepath.Dir(file.Name)
	}
	within := func(path string) string {
		if rest.IsURL(path) || filepath.IsAbs(path) || path == files.Stdin {
			return path
		}
		return filepath.Join(folder, path)
	}
	for i := range fleet.Clusters {
		e := &fleet.Clusters[i]
		f := fleetCluster{name: e.Name}
		for _, job := range e.Jobs {
			f.args = append(f.args, within(job))
		}
		on, as := *c, *flags
		if on.FlinkConf = ""; e.FlinkConf != "" {
			on.FlinkConf = within(e.FlinkConf)
		}
		if e.Version.Stated() {
			as.FlinkVersion = versionFlag(e.Version)
		}
		f.conf = s.cluster(on.target(f.args), &as)
		clusters = append(clusters, f)
	}
	return clusters
}

// notInManifest is why a job of a manifest is not planned.
const notInManifest = "a manifest says how it is started, not what it is made of: name its job file or the cluster's URL in a fleet file"

// deployed are the clusters of a manifest.
func (s *session) deployed(file *source.File, c *clusterFlags, flags *planFlags) (clusters []fleetCluster) {
	all, problems := conf.ReadDeployed(file, conf.Options{Syntax: confSyntaxes[c.ConfSyntax]})
	s.add(problems)
	for i := range all {
		d := &all[i]
		f := fleetCluster{name: d.Name, conf: s.emptyCluster(c, flags)}
		f.conf.name = file.Name
		s.takeConf(&f.conf, file, d.Configuration, nil)
		s.overCluster(&f.conf, flags)
		for _, job := range d.Jobs {
			why := notInManifest
			if job.What != "" {
				why = job.What + ": " + why
			}
			f.notPlanned = append(f.notPlanned, capacity.NotPlanned{Job: job.Name, Why: why})
		}
		clusters = append(clusters, f)
	}
	return clusters
}

// fleetCapacity is capacity of several clusters.
func (c *capacityCommand) fleetCapacity(s *session, clusters []fleetCluster) exitCode {
	var fleet capacity.Fleet
	for i := range clusters {
		f := &clusters[i]
		s.add(f.conf.Config.Check(f.conf.Version))
		on := *c
		on.File = f.args
		jobs := s.planOn(&on, f.conf)
		if s.problems.HasErrors() {
			continue // the others' problems are told too
		}
		if report := s.assess(&on, f.conf, jobs); report != nil {
			fleet.Add(capacity.FleetCluster{Name: f.name, Assessment: report, NotPlanned: f.notPlanned})
		}
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	exit := writeAs(s, render.FleetFormats, c.Output, c.OutputFile, &fleet, render.Options{})
	if exit == exitWell && !fleet.Fits {
		return exitFindings
	}
	return exit
}

// checkFleet judges the jobs of every cluster by what it gives.
func (s *session) checkFleet(run *checkRun, clusters []fleetCluster) (judged []policy.Judged) {
	run.onCluster = true
	for i := range clusters {
		f := &clusters[i]
		on, command := *run, *run.command
		command.File, on.command, on.conf = f.args, &command, f.conf
		on.flags = run.command.jobFlags.on(f.conf)
		if len(f.args) > 0 {
			judged = append(judged, s.checkFiles(&on)...)
		}
		if n := len(f.notPlanned); n > 0 {
			s.problems.Notef(source.Place{File: &source.File{Name: f.conf.name}}, source.CodeNotAJob, "%s on %s not judged: %s", source.Count(int64(n), "job"), source.Excerpt(f.name), notInManifest)
		}
	}
	return judged
}
