package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// What somebody meant whose command line kong cannot make sense of. Nothing of it is repeated but a command, a flag's name and a
// file: values may be secret.

// helpHint is where the flags of the command are explained.
func helpHint(args []string) string {
	if command := firstCommand(args); command != "" {
		return "see udfplan " + command + " --help"
	}
	return "see udfplan --help, or udfplan COMMAND --help"
}

// firstCommand is the first argument that is a command's name.
func firstCommand(args []string) string {
	for _, arg := range args {
		if slices.ContainsFunc(commands, func(c command) bool { return c.name == arg }) {
			return arg
		}
	}
	return ""
}

// meant is the hint for an error of kong.
func meant(text string, args []string) string {
	command, first := firstCommand(args), args[0]
	flag, unknownFlag := strings.CutPrefix(text, "unknown flag ")
	flag, _, _ = strings.Cut(flag, ",") // what kong takes it for is in the message
	switch {
	case first == "help" && command != "":
		return "did you mean udfplan " + command + " --help?"
	case first == "help":
		return "did you mean udfplan --help?"
	case first == "--version" || first == "-V" || first == "-version":
		return "did you mean udfplan version?"
	case command == "" && strings.HasPrefix(text, "unexpected argument "):
		return meantFile(first)
	case command == "" && strings.HasPrefix(text, "expected one of "):
		return "to begin with: udfplan compile job.yaml -o table"
	case command == "":
		return helpHint(args)
	case unknownFlag && first != command:
		return "a command comes first: udfplan " + command + " " + flag + " …"
	case unknownFlag:
		return meantCommand(flag, args)
	case strings.HasPrefix(text, "expected \"<"):
		return "for example: udfplan " + command + " " + example(command)
	}
	return helpHint(args)
}

// example are arguments of a command.
func example(command string) string {
	switch command {
	case "diff":
		return "old.yaml new.yaml"
	case "export":
		return "job.py"
	case "completion":
		return "bash"
	}
	return "job.yaml"
}

// meantFile is the hint for a file where a command is wanted.
func meantFile(name string) string {
	switch ending := strings.ToLower(filepath.Ext(name)); {
	case name == files.Stdin:
		return "did you mean udfplan compile -?"
	case ending == ".py":
		return document.ProgramHint(name)
	case slices.Contains([]string{".yaml", ".yml", ".json", ".txt"}, ending) || files.Exists(name):
		return "did you mean udfplan compile " + source.ShellWord(name) + "?"
	}
	return helpHint(nil)
}

// meantCommand is the hint for a flag that only other commands have.
func meantCommand(flag string, args []string) string {
	var having []string
	for _, node := range newParser(&cli{}, nil, io.Discard, io.Discard, func(int) {}).Model.Children {
		for _, f := range node.Flags {
			if "--"+f.Name == flag {
				having = append(having, node.Name)
			}
		}
	}
	if len(having) == 0 {
		return helpHint(args)
	}
	return flag + " is a flag of " + strings.Join(having, ", ") + ": udfplan " + having[0] + " job.yaml " + flag + " …"
}
