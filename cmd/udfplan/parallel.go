package main

import (
	"runtime"
	"sync"
	"sync/atomic"

	"udfplan/graph/source"
)

// each calls work for every number below n, as many at a time as there are processors. What work makes belongs into a slice, at
// its number: then the order of the result is not that of the processors.
func each(n int, work func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	all.Wait()
}

// fork is a session for one of many files, which may run beside the others.
func (s *session) fork() session { return session{cli: s.cli, in: s.in.Fork()} }

// join takes what a fork has to tell; the caller keeps the order.
func (s *session) join(fork *session) {
	s.problems = append(s.problems, fork.problems...)
	s.in.Join(&fork.in)
}

// readOne reads a file; false where it could not.
func (s *session) readOne(path string, most maxSizeFlag) (*source.File, bool) {
	file, ok := s.in.Read(path, int64(most))
	s.problems = append(s.problems, s.in.Told()...)
	return file, ok
}

// paths are the files that arguments name.
func (s *session) paths(args []string) []string {
	paths := s.in.Paths(args)
	s.problems = append(s.problems, s.in.Told()...)
	return paths
}
