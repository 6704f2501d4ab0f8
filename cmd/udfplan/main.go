// Command udfplan says, before a PyFlink job is submitted, what memory its Python workers need. This package
// has the flags, the files and the exit codes; everything else is computed below it.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/alecthomas/kong"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/render"
)

func main() {
	os.Exit(int(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)))
}

// exitCode is how a command ends; it rides on the error that Run returns.
type exitCode int

func (e exitCode) Error() string { return "exit " + strconv.Itoa(int(e)) }

// Exit codes (design.md 4.5). 1 is for findings: of check, capacity and diff.
const (
	exitWell     exitCode = 0
	exitFindings exitCode = 1
	exitUsage    exitCode = 2
	exitInput    exitCode = 3
)

// run is the whole program.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) exitCode {
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
	s := session{stdout: stdout, stderr: stderr, cli: &c, in: files.Inputs{Stdin: stdin}}
	var code exitCode
	if err := context.Run(&s); errors.As(err, &code) {
		return code
	} else if err != nil {
		panic(err) // a command without Run: TestCommandsRun sees it
	}
	return exitWell
}

// session is one run: where its bytes go, and what it has to tell.
type session struct {
	*cli
	stdout, stderr io.Writer
	in             files.Inputs
	problems       source.List
}

// tell writes what there is to tell, and is the exit code if no output follows.
func (s *session) tell() exitCode {
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
