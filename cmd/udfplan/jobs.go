package main

import (
	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// jobs reads all jobs of all files.
func (s *session) jobs(args []string, flags *jobFlags) (all []*graph.Job) {
	var matches graph.Matches
	for _, path := range s.withoutCompanions(s.paths(args, flags)) {
		for _, job := range s.jobsOf(path, flags) {
			all = append(all, job)
			matches.Add(job)
		}
	}
	if len(all) > 0 {
		s.warnUnmatched(flags, &matches)
	}
	s.notePassed(len(all))
	return all
}

// jobsOf reads the jobs of one file; none where something is wrong with it.
func (s *session) jobsOf(path string, flags *jobFlags) []*graph.Job {
	file := s.read(path, flags.MaxSize)
	if file == nil {
		return nil
	}
	jobs, problems := s.readJobs(path, file, flags)
	s.add(problems)
	if problems.HasErrors() {
		return nil
	}
	return jobs
}

// readJobs reads the jobs of a file, unless it is passed over.
func (s *session) readJobs(path string, file *source.File, flags *jobFlags) ([]*graph.Job, source.List) {
	documents, problems := s.documents(path, file, flags)
	if s.passOver(path, documents) {
		return nil, nil
	}
	return document.Join(documents, problems)
}

// warnUnmatched warns of flags that name operators and match none in any job.
func (s *session) warnUnmatched(flags *jobFlags, matches *graph.Matches) {
	options := flags.options()
	python, groups := matches.Missing(&options)
	for _, row := range []struct {
		flag  string
		globs []string
	}{{"--python-operator", python}, {"--slot-sharing-group", groups}} {
		for _, glob := range row.globs {
			s.problems.Warnf(source.Place{}, source.CodeUnmatchedGlob, "%s %q matches no operator", row.flag, glob)
		}
	}
}

// plan reads and plans all jobs of all files.
func (s *session) plan(args []string, flags *planFlags) (specs []*spec.Spec) {
	s.readNeeds(flags)
	for _, job := range s.jobs(args, &flags.jobFlags) {
		sp, problems := flags.specOf(job)
		s.add(problems)
		specs = append(specs, sp)
	}
	if !s.problems.HasErrors() {
		s.add(spec.Summary(specs, s.Verbose))
	}
	return specs
}

// specOf plans a job and computes what it needs.
func (f *planFlags) specOf(job *graph.Job) (*spec.Spec, source.List) {
	p, planned := plan.Make(job, f.planOptions())
	sp, computed := spec.ComputeWith(p, f.needs)
	return sp, append(planned, computed...)
}
