package main

import (
	"fmt"
	"io"
	"os"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/render"
)

// session is one run of a command: what it reads, where it writes, and the problems to print.
type session struct {
	*cli
	in             *files.Inputs
	stdout, stderr io.Writer
	problems       source.List
}

// fork is a session for one of many files, which runs beside the others. Its problems are to be added in order.
func (s *session) fork() session { return session{cli: s.cli, in: s.in} }

func (s *session) add(problems source.List) { s.problems = append(s.problems, problems...) }

// addQuietly adds problems, but notes only with --verbose.
func (s *session) addQuietly(problems source.List) {
	for i := range problems {
		if problems[i].Severity != source.Note || s.Verbose {
			s.problems = append(s.problems, problems[i])
		}
	}
}

// read reads a file; nil where it cannot.
func (s *session) read(path string, most maxSizeFlag) *source.File {
	file, problems := s.in.Read(path, int64(most))
	s.add(problems)
	return file
}

// paths lists the files that arguments name.
func (s *session) paths(args []string) []string {
	paths, problems := files.Paths(args)
	s.add(problems)
	return paths
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
