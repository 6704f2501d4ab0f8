package main

import (
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// revision is that of --policy-from; nil where there is none.
func (s *session) revision(name string) *files.Revision {
	if name == "" {
		return nil
	}
	revision, problems := files.OpenRevision("--policy-from", name)
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

// jobsBefore are the jobs of a file as old has them, one for each document; nil where there was none, or nothing waived in it. Jobs are
// told by their names, and the only one of a file may have another.
func (f *checkedFile) jobsBefore(file, old *source.File, documents []document.Document, flags *jobFlags) []*graph.Job {
	before := make([]*graph.Job, len(documents))
	switch {
	case old == nil || !strings.Contains(old.Text, graph.RemarkMark):
		return before
	case old.Text == file.Text:
		for i := range documents {
			before[i] = documents[i].Job
		}
		return before
	}
	then, problems := document.ReadEach(old, flags.options())
	jobs, problems := document.Join(then, problems)
	if problems.HasErrors() {
		f.problems.Notef(source.Place{File: old}, source.CodeUnreadable, "it has errors there, and no waiver in it is in force")
		return before
	}
	taken := make([]bool, len(jobs))
	for i := range documents {
		for k := range jobs {
			only := len(documents) == 1 && len(jobs) == 1
			if documents[i].Job != nil && !taken[k] && (only || jobs[k].Name == documents[i].Job.Name) {
				before[i], taken[k] = jobs[k], true
				break
			}
		}
	}
	return before
}
