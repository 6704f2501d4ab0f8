package main

import (
	"path/filepath"
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/change"
	"udfplan/spec/policy"
)

// sides are the plans of the old side and of the new one.
func (s *session) sides(c *diffCommand) (old, now []*change.Snapshot) {
	if c.Git == "" {
		return s.side(c.File[0], &c.planFlags), s.side(c.File[1], &c.planFlags)
	}
	read, paths, problems := files.AtRevision(c.Git, c.File, int64(c.MaxSize))
	s.add(problems)
	old = s.snapshots(len(read), &c.planFlags, func(_ *session, i int) (*source.File, string) { return read[i], paths[i] })
	return old, s.planFiles(s.paths(files.Remaining(c.File, paths), &c.jobFlags), &c.planFlags, files.Relative)
}

// baseline are the plans that check compares with.
func (s *session) baseline(c *checkCommand) *policy.Baseline {
	if c.Baseline == "" {
		return nil
	}
	return policy.NewBaseline(s.side(c.Baseline, &c.planFlags))
}

// side are the plans of one file, or of a folder's files; those of a folder say where in it they lie.
func (s *session) side(arg string, flags *planFlags) []*change.Snapshot {
	within := func(string) string { return "" }
	if files.IsFolder(arg) {
		within = func(path string) string {
			path, _ = filepath.Rel(arg, path)
			return path
		}
	}
	return s.planFiles(s.paths([]string{arg}, &flags.jobFlags), flags, within)
}

// planFiles are the plans of files; within says where on its side of a comparison one lies.
func (s *session) planFiles(paths []string, flags *planFlags, within func(path string) string) []*change.Snapshot {
	return s.snapshots(len(paths), flags, func(fork *session, i int) (*source.File, string) {
		return fork.read(paths[i], flags.MaxSize), within(paths[i])
	})
}

// snapshots are the plans of n files, several read at a time. open is one of the files, nil where it cannot be read, and where on its
// side it lies.
func (s *session) snapshots(n int, flags *planFlags, open func(fork *session, i int) (*source.File, string)) (all []*change.Snapshot) {
	forks, shots := make([]session, n), make([][]*change.Snapshot, n)
	each(n, func(i int) {
		forks[i] = s.fork()
		if file, path := open(&forks[i], i); file != nil {
			shots[i] = forks[i].plans(file, path, flags)
		}
	})
	for i := range forks {
		s.join(&forks[i])
		all = append(all, shots[i]...)
	}
	s.notePassed(len(all))
	return all
}

// plans are the plans that a file holds, or those of its jobs. path is where on its side it lies; "" says nothing.
func (s *session) plans(file *source.File, path string, flags *planFlags) (shots []*change.Snapshot) {
	var docs []source.Node
	var problems source.List
	if strings.Contains(file.Text, "Plan") { // else it holds none, and need not be parsed twice
		docs, problems = source.Read(file)
	}
	if len(docs) > 0 && change.IsPlan(docs[0]) {
		read, more := change.ReadPlans(docs)
		s.add(problems)
		s.add(more)
		shots = read
	} else {
		shots = s.planned(file, flags)
	}
	for _, shot := range shots {
		shot.Path = path
	}
	return shots
}

// planned are the plans of a file's jobs.
func (s *session) planned(file *source.File, flags *planFlags) (shots []*change.Snapshot) {
	jobs, problems := s.readJobs(file.Name, file, &flags.jobFlags)
	s.addQuietly(problems)
	if problems.HasErrors() {
		return nil
	}
	for _, job := range jobs {
		sp, problems := flags.specOf(job)
		s.addQuietly(problems)
		shots = append(shots, change.Take(sp))
	}
	return shots
}
