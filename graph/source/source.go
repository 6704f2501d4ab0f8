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

	lines *lineIndex // made at the first question
	shown *File      // the text as people may see it; made at the first question
}

// NewFile takes a text; a UTF-8 byte order mark at its start is dropped. A text may have at most 2 GiB
// (callers cap input far below that).
func NewFile(name string, src []byte) *File {
	return NewText(name, string(src))
}

// NewText is NewFile for whoever has the text as a string: it is not copied.
func NewText(name, text string) *File {
	return &File{Name: name, Text: strings.TrimPrefix(text, "\uFEFF")}
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
	x := f.index()
	line = searchLine(x.starts, offset)
	return line, x.runesBefore(f.Text, offset) - x.runesBefore(f.Text, int(x.starts[line-1])) + 1
}

// ByteColumn is the column of a place as programs count it that count bytes of UTF-8, from 1; zero means unknown.
func (f *File) ByteColumn(p Pos) int {
	offset, known := p.Offset()
	if !known {
		return 0
	}
	offset = min(offset, len(f.Text))
	starts := f.index().starts
	return offset - int(starts[searchLine(starts, offset)-1]) + 1
}

// Line is a line for people to see, counted from 1, without its line break; empty where there is no such line. The
// values of sensitive keys are masked, here and in Around and nowhere else; every column stays where it was.
func (f *File) Line(n int) string {
	start, end := f.masked().line(n)
	return f.shown.Text[start:end]
}

// Around is what stands on either side of a place in its line, as Line has it, at most so many bytes each. more: the line
// begins further to the left.
func (f *File) Around(p Pos, most int) (before, after string, more bool) {
	line, column := f.Position(p)
	shown := f.masked()
	start, end := shown.line(line)
	if column == 0 {
		return "", "", false
	}
	x := shown.index()
	at := min(x.offsetOf(shown.Text, x.runesBefore(shown.Text, start)+column-1), end)
	from, to := max(start, at-most), min(end, at+most)
	for from < at && !utf8.RuneStart(shown.Text[from]) {
		from++
	}
	for to < end && to > at && !utf8.RuneStart(shown.Text[to]) {
		to--
	}
	return shown.Text[from:at], shown.Text[at:to], at-start > most
}

func (f *File) masked() *File {
	if f.shown == nil {
		f.shown = &File{Text: MaskSecrets(f.Text)}
	}
	return f.shown
}

// line is where a line begins and ends, its break left out; nowhere if there is no such line.
func (f *File) line(n int) (start, end int) {
	starts := f.index().starts
	if n < 1 || n > len(starts) {
		return 0, 0
	}
	start, end = int(starts[n-1]), len(f.Text)
	if n < len(starts) {
		end = int(starts[n])
	}
	for end > start && isBreak(f.Text[end-1]) {
		end--
	}
	return start, end
}

// Place is a Pos in its File. The zero Place is unknown.
type Place struct {
	File *File
	Pos  Pos
}
