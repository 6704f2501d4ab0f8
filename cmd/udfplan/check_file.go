package main

import (
	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/policy"
)

// checkRun is what one run of check needs for every file.
type checkRun struct {
	command   *checkCommand
	flags     *jobFlags
	options   policy.Options
	onCluster bool
	limited   bool // a limits file or a flag says what is allowed
	conf      clusterConfig
	revision  *files.Revision         // that decides what is allowed; nil: the working tree does
	before    map[string]*source.File // what it has of the job files, by their paths now
}

// checkedFile is what came of one file.
type checkedFile struct {
	session // its problems
	judged  []policy.Judged
	matches graph.Matches
}

// checkFiles judges the jobs of all files, several files at a time.
func (s *session) checkFiles(run *checkRun) (judged []policy.Judged) {
	paths := s.withoutCompanions(s.paths(run.command.File, run.flags))
	if run.revision != nil {
		run.before = s.filesBefore(run.revision, paths, run.flags.MaxSize)
	}
	checked := make([]checkedFile, len(paths))
	progress := s.newProgress(len(paths))
	each(len(paths), func(i int) {
		checked[i].session = s.fork()
		checked[i].check(paths[i], run)
		progress.step()
	})
	progress.end()
	var matches graph.Matches
	for i := range checked {
		s.join(&checked[i].session)
		judged = append(judged, checked[i].judged...)
		matches.Join(&checked[i].matches)
	}
	if len(judged) > 0 {
		s.warnUnmatched(run.flags, &matches)
	}
	s.notePassed(len(judged))
	return judged
}

// withoutCompanions leaves out what was read already: a folder of jobs may hold the limits and the cluster's configuration too.
func (s *session) withoutCompanions(paths []string) []string {
	if rest := s.in.Unread(paths); len(rest) > 0 {
		return rest
	}
	return paths // somebody meant them
}

// check reads and judges the jobs of one file.
func (f *checkedFile) check(path string, run *checkRun) {
	file := f.read(path, run.flags.MaxSize)
	if file == nil {
		return
	}
	documents, problems := f.documents(path, file, run.flags)
	if f.passOver(path, documents) {
		return
	}
	f.add(problems)
	before := f.jobsBefore(file, run.before[path], documents, run.flags)
	for i, d := range documents {
		f.addUnruled(d.Problems)
		if d.Job != nil && !d.Problems.HasErrors() {
			f.judge(d, before[i], run)
		}
	}
}

// addUnruled adds the problems that no rule makes a finding of.
func (f *checkedFile) addUnruled(problems source.List) {
	for i := range problems {
		if !policy.BecomesFinding(&problems[i]) {
			f.addQuietly(problems[i : i+1])
		}
	}
}

func (f *checkedFile) judge(d document.Document, before *graph.Job, run *checkRun) {
	sp, problems := run.command.specOf(d.Job)
	f.addUnruled(problems)
	c := policy.Case{Spec: sp, Told: append(d.Problems, problems...), Before: before}
	c.Told = append(c.Told, capacity.ClusterOnly(d.Job)...)
	if c.Told.HasErrors() {
		return
	}
	if run.onCluster && !f.assessCase(&c, run.conf) {
		return
	}
	v := policy.Check(&c, &run.options)
	f.add(v.Notes)
	result := resultOf(sp)
	if run.command.Graph {
		result.Spec = sp
	}
	f.judged = append(f.judged, policy.Judged{Verdict: v, JobResult: result})
	f.matches.Add(d.Job)
}

// resultOf is what a report says of a job, whatever was found.
func resultOf(sp *spec.Spec) policy.JobResult {
	job := sp.Plan.Job
	return policy.JobResult{Name: job.Name, File: job.Place.File.Name, Operators: len(sp.Operators), Workers: sp.Total.Workers}
}

// assessCase asks what the cluster gives the job of a case; false where Flink refuses the cluster itself.
func (s *session) assessCase(c *policy.Case, conf clusterConfig) bool {
	jobs := []*spec.Spec{c.Spec}
	cluster := conf.cluster(jobs)
	report, told, refused := cluster.Assess(jobs)
	if refused != nil {
		s.addRefusal(conf, refused)
		return false
	}
	c.FitTold, c.Floor, c.Container = told, report.Floor, report.Container
	if len(report.Jobs) == 1 {
		c.Fit = report.Jobs[0]
	}
	c.Smallest = func() (capacity.Recommendation, bool) { return cluster.Smallest(report) }
	return true
}
