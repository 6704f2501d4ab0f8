package render

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"udfplan/graph/source"
)

// DiagnosticOptions say how much is told.
type DiagnosticOptions struct {
	Color   bool
	Quiet   bool // no notes
	Verbose bool // the line of the source under notes too
}

var severityColor = [...]string{source.Error: "1;31", source.Warning: "1;33", source.Note: "1;36"}

// Diagnostics writes a list as text: a line each, under it the line of the source with a caret at the place.
func Diagnostics(w io.Writer, list source.List, o DiagnosticOptions) error {
	var out strings.Builder
	d := diagnosticText{out: &out, DiagnosticOptions: o}
	for i := range list {
		if !o.Quiet || list[i].Severity != source.Note {
			d.diagnostic(&list[i])
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

type diagnosticText struct {
	out *strings.Builder
	DiagnosticOptions
}

func (t *diagnosticText) paint(code, text string) string {
	return tableStyle{color: t.Color}.paint(code, text)
}

func (t *diagnosticText) diagnostic(d *source.Diagnostic) {
	code := ""
	if d.Code != "" {
		code = t.paint(dim, " ["+d.Code+"]")
	}
	t.headLine(d.Place, d.Severity, Sanitize(d.Message)+code)
	if d.Severity != source.Note || t.Verbose {
		t.sourceLine(d.Place)
	}
	if d.Hint != "" {
		fmt.Fprintf(t.out, "  hint: %s\n", Sanitize(d.Hint))
	}
	for _, r := range d.Related {
		t.headLine(r.Place, source.Note, Sanitize(r.Message))
		t.sourceLine(r.Place)
	}
}

func (t *diagnosticText) headLine(at source.Place, severity source.Severity, text string) {
	if place := at.String(); place != "" {
		t.out.WriteString(t.paint(bold, Sanitize(place)+":") + " ")
	}
	fmt.Fprintf(t.out, "%s %s\n", t.paint(severityColor[severity], severity.String()+":"), text)
}

// Most bytes, and columns, of a source line that are shown on either side of the place.
const (
	nearBytes     = 300
	columnsBefore = 50
	columnsAfter  = 50
)

// sourceLine shows the line of a place, or what is near the place if the line is long, and a caret.
func (t *diagnosticText) sourceLine(at source.Place) {
	if at.File == nil {
		return
	}
	line, column := at.File.Position(at.Pos)
	text := at.File.Line(line)
	if column == 0 || strings.TrimSpace(text) == "" {
		return
	}
	offset := byteOffset(text, column-1)
	before := showLine(suffix(text[:offset], nearBytes))
	after := truncate(showLine(prefix(text[offset:], nearBytes)), columnsAfter)
	if cut := lastColumns(before, columnsBefore); cut != before || offset > nearBytes {
		before = "…" + cut
	}
	gutter := fmt.Sprintf("%5d | ", line)
	fmt.Fprintf(t.out, "%s%s%s\n", t.paint(dim, gutter), before, after)
	fmt.Fprintf(t.out, "%s%s%s\n", t.paint(dim, "      | "), strings.Repeat(" ", width(before)), t.paint("1;32", "^"))
}

// byteOffset is where the code point number n of a line begins.
func byteOffset(line string, n int) int {
	for i := range line {
		if n == 0 {
			return i
		}
		n--
	}
	return len(line)
}

// showLine makes a piece of a stranger's file safe; a tab is four blanks, for the caret's sake.
func showLine(text string) string {
	return Sanitize(strings.ReplaceAll(text, "\t", "    "))
}

func prefix(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

func suffix(text string, most int) string {
	start := len(text) - most
	if start <= 0 {
		return text
	}
	for start < len(text) && !utf8.RuneStart(text[start]) {
		start++
	}
	return text[start:]
}

// lastColumns cuts a text at its front.
func lastColumns(text string, most int) string {
	for width(text) > most {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return text
}
