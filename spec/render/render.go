// Package render puts bytes out. It decides nothing: what it prints was computed before.
//
// Start with WriteYAML or WriteJSON, which write plans for programs, and Diagnostics, which tells people what is wrong. Every
// command has a table of its formats (Formats, CheckFormats, DiffFormats and so on); a format is a function that writes a result.
package render

import (
	"fmt"
	"io"
	"strings"

	"udfplan/spec"
)

// Options say how a result may look, not what it says.
type Options struct {
	Color bool // ANSI colours, where a format has any
	ASCII bool // draw with ASCII alone, where a format draws
	// Of findings: Quiet leaves out notes, ShowWaived shows what is waived.
	Quiet, ShowWaived bool
	Graph             bool // a drawing is wanted with it
	Most              int  // of findings as text, as DiagnosticOptions has it
	// InRepository is a file's name as the repository has it, for a program that knows files only so; nil: as it was given.
	InRepository func(file string) string
	Verbose      bool // of changes: those that cannot do it, and why, in the table too
}

// Format is one way to write a result.
type Format[T any] struct {
	Name, Doc string
	Write     func(w io.Writer, result T, o Options) error
}

// Formats are all formats of `compile`; the flag's choices and its help are made from it, as from the other tables of formats.
var Formats = []Format[[]*spec.Spec]{
	{"yaml", "the plan as YAML, one document a job", WriteYAML},
	{"json", "the same document as JSON", WriteJSON},
	{"table", "for people: one row an operator, 80 columns", writeTable},
	{"wide", "the table with all columns", writeWide},
	{"markdown", "tables for a review comment", writeMarkdown},
	{"csv", "one row an operator, sizes in bytes", writeCSV},
	{"tree", "chains, operators and workers as a tree, 80 columns", writeTree},
}

// Names are the names of formats, as a flag lists its choices.
func Names[T any](formats []Format[T]) string {
	names := make([]string, len(formats))
	for i := range formats {
		names[i] = formats[i].Name
	}
	return strings.Join(names, ",")
}

// Help lists formats for the long help of a command.
func Help[T any](formats []Format[T]) string {
	help := ""
	for _, f := range formats {
		help += fmt.Sprintf("  %-9s %s\n", f.Name, f.Doc)
	}
	return help
}

// Pick is the format of a name that the flag allows.
func Pick[T any](formats []Format[T], name string) Format[T] {
	for _, f := range formats {
		if f.Name == name {
			return f
		}
	}
	panic("the flag allows a format that does not exist: " + name)
}

// Sanitize makes a stranger's text safe for a terminal and for one line: control characters, line breaks
// and those that turn the direction of writing become escapes, bytes that are no UTF-8 a replacement character.
func Sanitize(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.IndexFunc(text, unsafe) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if unsafe(r) {
			out.Write(appendEscape(nil, r))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unsafe are the characters that a terminal acts on instead of showing, or that no document may hold raw:
// C0, DEL, C1, line and paragraph separators, bidirectional controls, byte order mark, non-characters.
func unsafe(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F:
		return true
	case r < 0x200E:
		return r == 0x061C
	case r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}

// appendEscape writes \n, \t, \r, or \u and four hexadecimal digits: an escape in JSON as in YAML.
func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '\n':
		return append(dst, `\n`...)
	case '\t':
		return append(dst, `\t`...)
	case '\r':
		return append(dst, `\r`...)
	}
	const digits = "0123456789abcdef"
	return append(dst, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
