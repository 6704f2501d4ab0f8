// Command udfplan says, before a PyFlink job is submitted, what memory its Python workers need. Here are the flags, the files and
// the exit codes; what they are for is computed in the packages of the module.
package main

import (
	"errors"
	"io"
	"os"
	"strconv"

	"udfplan/cmd/udfplan/internal/files"
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
	s := session{cli: &cli{}, in: &files.Inputs{Stdin: stdin}, remote: newRemote(), stdout: stdout, stderr: stderr}
	helped := false // --help has printed all there is
	alone := len(args) == 0
	if alone {
		args = []string{"--help"}
	}
	context, err := newParser(s.cli, args, stdout, stderr, func(int) { helped = true }).Parse(args)
	switch {
	case alone:
		return s.wrongUsage("expected a command", "to begin with: udfplan compile job.yaml -o table")
	case helped:
		return exitWell
	case err != nil:
		return s.wrongUsage(usageError(err.Error(), args))
	}
	var code exitCode
	if err := context.Run(&s); err != nil && !errors.As(err, &code) {
		panic(err) // a command without Run: TestCommandsRun sees it
	}
	return code
}
