package main

import (
	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/render"
)

// fineGrained prints the profiles of the jobs' slot sharing groups. It belongs to capacity, as consumer weights and what a slot has now
// are the cluster's.
func (c *capacityCommand) fineGrained(s *session, cluster *capacity.Cluster, report *capacity.Assessment) error {
	if report != nil && len(report.Jobs) == 0 && !s.problems.HasErrors() {
		s.problems.Errorf(source.Place{}, source.CodeMissingKey, "--fine-grained is of jobs: there is none").
			Hint = "give a job file"
	}
	var profiles []capacity.Profiles
	if report != nil {
		var problems source.List
		profiles, problems = cluster.FineGrained(report)
		s.add(problems)
	}
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.ProfileFormats, c.FineGrained, c.OutputFile, profiles, render.Options{})
}
