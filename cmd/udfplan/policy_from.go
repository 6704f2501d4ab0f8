package main

import (
	"slices"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// revision is that of --policy-from; nil where there is none. An empty name is none that was given: it is no revision either, or a
// variable that is not set would open the gate.
func (s *session) revision(name *string) *files.Revision {
	if name == nil {
		return nil
	}
	revision, problems := files.OpenRevision("--policy-from", *name)
	s.add(problems)
	return revision
}

// limitsAt are the limits that a revision has, where now are those of the working tree, in a file at path; "": there is none. had: the revision
// has such a file.
func (s *session) limitsAt(revision *files.Revision, path string, now *policy.Limits, c *checkCommand) (limits *policy.Limits, had bool) {
	paths := revision.Above(limitsName)
	if c.Limits != "" {
		if paths = []string{path}; !revision.Has(path) {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, source.CodeLimits, "lies outside of the repository, where no change of it leads: these limits are used as they are")
			return now, false
		}
	}
	if path == "" {
		now = nil
	}
	read, problems := revision.Read(paths, int64(c.MaxSize))
	s.add(problems)
	for i, file := range read {
		if file == nil {
			continue
		}
		before := s.limitsBefore(revision, file)
		limits = policy.Inherit(before, now)
		if now != nil && files.Relative(path) != files.Relative(paths[i]) {
			limits.Changed(now.Place, false, "this limits file is read in place of %s, which %s has", source.Excerpt(paths[i]), source.Excerpt(revision.Name))
		}
		return limits, true
	}
	limits = policy.Inherit(nil, now)
	if now != nil {
		limits.Changed(now.Place, c.Limits != "", "%s has no such limits file, and so no limits", source.Excerpt(revision.Name))
	}
	return limits, false
}

// limitsBefore reads the limits file of a revision.
func (s *session) limitsBefore(revision *files.Revision, file *source.File) *policy.Limits {
	place := source.Place{File: &source.File{Name: file.Name}}
	limits, problems := policy.ReadLimits(file)
	s.add(problems)
	if problems.HasErrors() {
		s.problems.Notef(place, source.CodeLimits, "%s decides what is allowed, and this is wrong there: the change that mends it is checked without --policy-from", source.Excerpt(revision.Name))
	} else {
		s.problems.Notef(place, source.CodeLimits, "these limits are used")
	}
	return limits
}

// filesBefore is what a revision has of files, by their paths now; one that was renamed since is found by its content. What cannot be read
// there waives nothing.
func (s *session) filesBefore(revision *files.Revision, paths []string, most maxSizeFlag) map[string]*source.File {
	was, problems := revision.Renamed()
	s.add(problems)
	old := make([]string, len(paths))
	for i, path := range paths {
		if old[i] = path; was[files.Relative(path)] != "" {
			old[i] = was[files.Relative(path)]
		}
	}
	read, problems := revision.Read(old, int64(most))
	for _, d := range problems {
		s.problems.Notef(d.Place, d.Code, "no waiver in it is in force: %s", d.Message)
	}
	before := map[string]*source.File{}
	for i, file := range read {
		if file != nil {
			before[paths[i]] = file
		}
	}
	return before
}

// jobsBefore are the jobs of a file as old has them, one for each document; nil where there was none.
func (f *checkedFile) jobsBefore(file, old *source.File, documents []document.Document, flags *jobFlags) []*graph.Job {
	before := make([]*graph.Job, len(documents))
	switch {
	case old == nil:
		return before
	case old.Text == file.Text:
		for i := range documents {
			before[i] = documents[i].Job
		}
		return before
	}
	jobs, problems := document.Join(document.ReadEach(old, flags.options()))
	if problems.HasErrors() {
		f.problems.Notef(source.Place{File: old}, source.CodeUnreadable, "it has errors there, and no waiver in it is in force")
		return before
	}
	sameName := func(job, was *graph.Job) bool { return job.Name == was.Name }
	left := pairJobs(before, documents, jobs, sameName)
	if slices.Index(before, nil) >= 0 {
		pairJobs(before, documents, left, func(_, _ *graph.Job) bool { return true }) // renamed, in order
	}
	return before
}

// pairJobs gives documents that have none yet the first job that is theirs, and returns those that are left.
func pairJobs(before []*graph.Job, documents []document.Document, jobs []*graph.Job, is func(job, was *graph.Job) bool) []*graph.Job {
	left := slices.Clone(jobs)
	for i := range documents {
		if documents[i].Job == nil || before[i] != nil {
			continue
		}
		if k := slices.IndexFunc(left, func(was *graph.Job) bool { return is(documents[i].Job, was) }); k >= 0 {
			before[i] = left[k]
			left = slices.Delete(left, k, k+1)
		}
	}
	return left
}
