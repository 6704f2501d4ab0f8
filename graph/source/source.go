// Package source is the leaf that everything reads with: texts with places, strict YAML and JSON in one
// tree, and diagnostics. It opens no files; a text comes in as a name and its bytes.
//
// Start with NewFile and Read. Every Node of the tree knows its Place. A List gathers what is wrong, so that reading goes on after
// the first mistake.
package source

import (
	"strings"
	"unicode/utf8"
)

// File is one input text under the name that people know it by.
type File struct {
	// Name is shown before every place: a path as the user gave it, "<stdin>", or "-D" for the command line.
	Name string
	// Text is the input without its byte order mark.
	Text string

	lineStarts []int32 // offsets of the lines' first bytes; made at the first question
	shown      *File   // the text as people may see it; made at the first question
}

// NewFile takes a text; a UTF-8 byte order mark at its start is dropped. A text may have at most 2 GiB
// (callers cap input far below that).
func NewFile(name string, src []byte) *File {
	return &File{Name: name, Text: strings.TrimPrefix(string(src), "\uFEFF")}
}

// Pos is a place in a File: the byte offset plus one. Zero is unknown; a negative value knows only the line.
type Pos int32

// At is the Pos of a byte offset.
func At(offset int) Pos { return Pos(offset + 1) }

// AtLine is a Pos that knows only its line, counted from 1.
func AtLine(line int) Pos { return Pos(-line) }

// Offset is the byte offset, and false where the Pos has none.
func (p Pos) Offset() (int, bool) { return int(p) - 1, p > 0 }

// Position gives line and column, both counted from 1; columns count code points. Zero means unknown.
func (f *File) Position(p Pos) (line, column int) {
	if p < 0 {
		return int(-p), 0
	}
	offset, known := p.Offset()
	if !known {
		return 0, 0
	}
	offset = min(offset, len(f.Text))
	starts := f.starts()
	line = searchLine(starts, offset)
	return line, utf8.RuneCountInString(f.Text[starts[line-1]:offset]) + 1
}

// Line is a line for people to see, counted from 1, without its line break; empty where there is no such line. The
// values of sensitive keys are masked, here and nowhere else; every column stays where it was.
func (f *File) Line(n int) string {
	if f.shown == nil {
		f.shown = &File{Text: MaskSecrets(f.Text)}
	}
	return f.shown.line(n)
}

func (f *File) line(n int) string {
	starts := f.starts()
	if n < 1 || n > len(starts) {
		return ""
	}
	end := len(f.Text)
	if n < len(starts) {
		end = int(starts[n])
	}
	return strings.TrimRight(f.Text[starts[n-1]:end], "\r\n")
}

// starts finds the lines as an editor does: "\n", "\r\n" and a lone "\r" end one.
func (f *File) starts() []int32 {
	if f.lineStarts != nil {
		return f.lineStarts
	}
	f.lineStarts = append(f.lineStarts, 0)
	for i := 0; i < len(f.Text); i++ {
		c := f.Text[i]
		if c == '\n' || c == '\r' && !strings.HasPrefix(f.Text[i+1:], "\n") {
			f.lineStarts = append(f.lineStarts, int32(i+1))
		}
	}
	return f.lineStarts
}

// searchLine is the number of the line that holds offset.
func searchLine(starts []int32, offset int) int {
	low, high := 0, len(starts)
	for high-low > 1 {
		if mid := (low + high) / 2; int(starts[mid]) <= offset {
			low = mid
		} else {
			high = mid
		}
	}
	return low + 1
}

// Place is a Pos in its File. The zero Place is unknown.
type Place struct {
	File *File
	Pos  Pos
}
