// Command udfplan says, before a PyFlink job is submitted, what memory its Python workers need. This package
// has the flags, the files and the exit codes; everything else is computed below it.
package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/alecthomas/kong"

	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph/source"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit codes (design.md 4.5). 1 is for findings: of check, capacity and diff.
const (
	exitWell     = 0
	exitFindings = 1
	exitUsage    = 2
	exitInput    = 3
)

// run is the whole program.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c cli
	done := false // --help or --version has said all
	parser, err := kong.New(&c, kongOptions(stdout, stderr, func(int) { done = true })...)
	if err != nil {
		panic(err) // the structs are wrong: every test would see it
	}
	context, err := parser.Parse(args)
	switch {
	case done:
		return exitWell
	case err != nil:
		fmt.Fprintf(stderr, "error: %s\n  hint: see udfplan --help, or udfplan COMMAND --help\n", render.Sanitize(err.Error()))
		return exitUsage
	}
	s := session{stdin: stdin, stdout: stdout, stderr: stderr, cli: &c}
	switch context.Command() {
	case "compile <file>":
		return s.compile(&c.Compile)
	case "import <file>":
		return s.importJobs(&c.Import)
	case "capacity", "capacity <file>":
		return s.capacity(&c.Capacity)
	case "check <file>":
		return s.check(&c.Check)
	case "rules", "rules <rule>":
		return s.rules(&c.Rules)
	case "diff <file>":
		return s.diff(&c.Diff)
	case "exporter":
		return s.exporter()
	case "explain <file>", "explain <file> <operator>":
		return s.explain(&c.Explain)
	}
	return s.version()
}

// session is one run: where its bytes go, and what it has to tell.
type session struct {
	*cli
	stdin          io.Reader
	stdout, stderr io.Writer
	problems       source.List
	inputs         []fs.FileInfo // of regular files
}

// tell writes what there is to tell, and is the exit code if no output follows.
func (s *session) tell() (exit int) {
	sorted := s.problems.Sorted()
	// If stderr cannot be written, there is nobody left to tell.
	_ = render.Diagnostics(s.stderr, sorted, render.DiagnosticOptions{
		Color: s.colors(s.stderr), Quiet: s.Quiet, Verbose: s.Verbose,
	})
	if sorted.HasErrors() {
		return exitInput
	}
	return exitWell
}

// colors decides by --color, and for auto as most programs do: a terminal, and nobody who says no.
func (s *session) colors(w io.Writer) bool {
	if s.Color != "auto" {
		return s.Color == "always"
	}
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}
