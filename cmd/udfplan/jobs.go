package main

import (
	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// jobs reads all jobs of all files. Whatever is wrong with any of them is in the session's problems.
func (s *session) jobs(paths []string, flags *jobFlags) (all []*graph.Job) {
	globs := newGlobs(flags)
	for _, path := range s.paths(paths) {
		jobs := s.jobsOf(path, flags)
		all = append(all, jobs...)
		globs.matchedBy(jobs)
	}
	if len(all) > 0 {
		s.problems = append(s.problems, globs.unmatched()...)
	}
	return all
}

// jobsOf reads the jobs of one file; none where something is wrong with it.
func (s *session) jobsOf(path string, flags *jobFlags) []*graph.Job {
	file, ok := s.readOne(path, flags.MaxSize)
	if !ok {
		return nil
	}
	jobs, problems := document.Read(file, flags.options())
	s.problems = append(s.problems, problems...)
	if problems.HasErrors() {
		return nil
	}
	return jobs
}

// specOf plans a job and computes what it needs.
func (f *planFlags) specOf(job *graph.Job) (*spec.Spec, source.List) {
	p, planned := plan.Make(job, f.planOptions())
	sp, computed := spec.Compute(p)
	return sp, append(planned, computed...)
}

// globs remembers which of the flags that name operators have found one.
type globs struct {
	flags          *jobFlags
	python, groups []bool
}

func newGlobs(flags *jobFlags) *globs {
	return &globs{flags, make([]bool, len(flags.PythonOperator)), make([]bool, len(flags.SlotSharingGroup))}
}

func (g *globs) matchedBy(jobs []*graph.Job) {
	for _, job := range jobs {
		merge(g.python, job.MatchedGlobs)
		merge(g.groups, job.MatchedGroups)
	}
}

func merge(into, more []bool) {
	for i, yes := range more {
		into[i] = into[i] || yes
	}
}

// unmatched warns of those that found none.
func (g *globs) unmatched() (problems source.List) {
	warn := func(matched bool, flag, glob string) {
		if !matched {
			problems.Warnf(source.Place{}, "unmatched-glob", "%s %q matches no operator", flag, glob)
		}
	}
	for i, matched := range g.python {
		warn(matched, "--python-operator", g.flags.PythonOperator[i])
	}
	for i, matched := range g.groups {
		warn(matched, "--slot-sharing-group", g.flags.SlotSharingGroup[i].Glob)
	}
	return problems
}
