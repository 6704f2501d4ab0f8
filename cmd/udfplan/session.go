package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/spec/render"
)

// session is one run of a command: what it reads, where it writes, and the problems to print.
type session struct {
	*cli
	in             *files.Inputs
	stdout, stderr io.Writer
	problems       source.List
	args           []string // files and folders that were named
	remote         *remote
	found          map[string]bool // paths that stand in a folder or match a glob: nobody named them
	passed         []string        // those of them that are no jobs
}

// fork is a session for one of many files, which runs beside the others. Its problems are to be added in order.
func (s *session) fork() session {
	return session{cli: s.cli, in: s.in, remote: s.remote, found: s.found}
}

// join takes over what came of a fork.
func (s *session) join(fork *session) {
	s.add(fork.problems)
	s.passed = append(s.passed, fork.passed...)
}

func (s *session) add(problems source.List) { s.problems = append(s.problems, problems...) }

// addQuietly adds problems, but notes only with --verbose.
func (s *session) addQuietly(problems source.List) {
	for i := range problems {
		if problems[i].Severity != source.Note || s.Verbose {
			s.problems = append(s.problems, problems[i])
		}
	}
}

// read reads a file, or the answer that a job's URL gives; nil where it cannot.
func (s *session) read(path string, most maxSizeFlag) *source.File {
	if rest.IsURL(path) {
		if s.remote.client == nil {
			s.unreachable(path, errors.New("a URL stands for jobs, or for --flink-conf"))
			return nil
		}
		return s.fetch(path)
	}
	file, problems := s.in.Read(path, int64(most))
	s.add(problems)
	return file
}

// paths lists the files that arguments name, and the jobs of URLs.
func (s *session) paths(args []string, flags *jobFlags) (paths []string) {
	for begin := 0; begin < len(args); {
		end := begin
		for end < len(args) && !rest.IsURL(args[end]) {
			end++
		}
		if end > begin {
			found, problems := files.Paths(args[begin:end])
			s.add(problems)
			paths = append(paths, found...)
		}
		if end < len(args) {
			paths = append(paths, s.urlPaths(args[end], flags)...)
			end++
		}
		begin = end
	}
	paths = once(paths)
	s.args = append(s.args, args...)
	if s.found == nil {
		s.found = map[string]bool{}
	}
	named := map[string]bool{}
	for _, arg := range args {
		named[filepath.Clean(arg)] = true
	}
	for _, path := range paths {
		if !named[path] && !rest.IsURL(path) {
			s.found[path] = true
		}
	}
	return paths
}

// once leaves out what is there a second time.
func once(paths []string) (kept []string) {
	seen := map[string]bool{}
	for _, path := range paths {
		if !seen[path] {
			seen[path] = true
			kept = append(kept, path)
		}
	}
	return kept
}

// passOver reports whether all documents of a file are plainly no jobs, and it was found in a folder: then it is named at the end
// instead of being an error.
func (s *session) passOver(path string, documents []document.Document) bool {
	if len(documents) == 0 || !s.found[path] {
		return false
	}
	for i := range documents {
		if documents[i].Other == "" {
			return false
		}
	}
	s.passed = append(s.passed, fmt.Sprintf("%s (%s)", path, documents[0].Other))
	return true
}

// notePassed names the files that were passed over; read is how many were not.
func (s *session) notePassed(read int) {
	const most = 5
	n := len(s.passed)
	if n == 0 {
		return
	}
	names := s.passed
	if n > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("and %d more", n-most))
	}
	text := strings.Join(names, ", ")
	s.passed = nil
	if read == 0 && !s.problems.HasErrors() {
		s.problems.Errorf(source.Place{}, source.CodeNotAJob, "there is no job among these files: %s", text).
			Hint = files.NoJobHint(s.args)
		return
	}
	s.problems.Notef(source.Place{}, source.CodeNotAJob, "passed over, as %s: %s", map[bool]string{true: "it is no job", false: "they are no jobs"}[n == 1], text)
}

// printProblems prints the problems, and is the exit code if no output follows.
func (s *session) printProblems() exitCode {
	sorted := s.problems.Sorted()
	// If standard error cannot be written, nobody can be told so.
	_ = render.Diagnostics(s.stderr, sorted, render.DiagnosticOptions{
		Color: s.colors(s.stderr), Quiet: s.Quiet, Verbose: s.Verbose, Most: int(s.MaxDiagnostics),
	})
	if sorted.HasErrors() {
		return exitInput
	}
	return exitWell
}

// wrongUsage says what is wrong with the command line; the hint may be "".
func (s *session) wrongUsage(text, hint string) exitCode {
	fmt.Fprintf(s.stderr, "error: %s\n", render.Sanitize(text))
	if hint != "" {
		fmt.Fprintf(s.stderr, "  hint: %s\n", hint)
	}
	return exitUsage
}

// colors goes by --color. auto is what most programs do: colours on a terminal, unless NO_COLOR is set.
func (s *session) colors(w io.Writer) bool {
	if s.Color != "auto" {
		return s.Color == "always"
	}
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}

// isTerminal says whether w is a terminal that understands control sequences.
func isTerminal(w io.Writer) bool {
	f, isFile := w.(*os.File)
	if !isFile || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
