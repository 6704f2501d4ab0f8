package source

import (
	"strings"
	"unicode"
)

// StdinName is the name of standard input in messages; on a command line it is -.
const StdinName = "<stdin>"

// ShellWord is a file's name as one word of a shell's command: messages end with commands that people copy, and names are
// strangers'.
func ShellWord(name string) string {
	switch {
	case name == StdinName:
		return "-"
	case strings.HasPrefix(name, "-"):
		name = "./" + name // else it is a flag
	}
	special := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-./:@%+,=", r)
	}
	if name != "" && strings.IndexFunc(name, special) < 0 {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}
