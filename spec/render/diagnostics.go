package render

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"udfplan/graph/source"
)

// DiagnosticOptions say how much is told.
type DiagnosticOptions struct {
	Color   bool
	Quiet   bool // no notes
	Verbose bool // the line of the source under notes too
	Most    int  // so many, the worst; the rest are counted. 0: all
}

var severityColor = [...]string{source.Error: "1;31", source.Warning: "1;33", source.Note: "1;36"}

// Diagnostics writes a list as text: a line each, under it the line of the source with a caret at the place.
func Diagnostics(w io.Writer, list source.List, o DiagnosticOptions) error {
	var out strings.Builder
	d := diagnosticText{out: &out, DiagnosticOptions: o}
	if o.Quiet {
		list = slices.DeleteFunc(slices.Clone(list), func(d source.Diagnostic) bool { return d.Severity == source.Note })
	}
	d.list(list)
	_, err := io.WriteString(w, out.String())
	return err
}

type diagnosticText struct {
	out *strings.Builder
	DiagnosticOptions
}

// list writes the worst of a list, in its order, and counts the rest by code.
func (t *diagnosticText) list(list []source.Diagnostic) {
	room := [...]int{source.Error: 0, source.Warning: 0, source.Note: 0}
	left := t.Most
	for _, severity := range []source.Severity{source.Error, source.Warning, source.Note} {
		for i := range list {
			if left > 0 && list[i].Severity == severity {
				room[severity]++
				left--
			}
		}
	}
	rest := map[string]int64{}
	for i := range list {
		d := &list[i]
		if t.Most > 0 && room[d.Severity] == 0 {
			rest[d.Code]++
			continue
		}
		room[d.Severity]--
		t.diagnostic(d)
	}
	if len(rest) > 0 {
		t.notShown(rest)
	}
}

// notShown counts by code, the most frequent first.
func (t *diagnosticText) notShown(rest map[string]int64) {
	codes := slices.SortedFunc(maps.Keys(rest), func(a, b string) int { return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(a, b)) })
	total := int64(0)
	counts := make([]string, len(codes))
	for i, code := range codes {
		total += rest[code]
		counts[i] = grouped(rest[code]) + " " + code
	}
	t.headLine(source.Place{}, source.Note, grouped(total)+" more are not shown: "+strings.Join(counts, ", "))
	t.out.WriteString("  hint: --max-diagnostics 0 shows all\n")
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
	left, right, more := at.File.Around(at.Pos, nearBytes)
	if column == 0 || strings.TrimSpace(left+right) == "" {
		return
	}
	before := showLine(left)
	after := truncate(showLine(right), columnsAfter)
	if cut := lastColumns(before, columnsBefore); cut != before || more {
		before = "…" + cut
	}
	gutter := fmt.Sprintf("%5d | ", line)
	fmt.Fprintf(t.out, "%s%s%s\n", t.paint(dim, gutter), before, after)
	fmt.Fprintf(t.out, "%s%s%s\n", t.paint(dim, "      | "), strings.Repeat(" ", width(before)), t.paint("1;32", "^"))
}

// showLine makes a piece of a stranger's file safe; a tab is four blanks, for the caret's sake.
func showLine(text string) string {
	return Sanitize(strings.ReplaceAll(text, "\t", "    "))
}

// lastColumns cuts a text at its front. A character takes two columns at most, so that many can go at once.
func lastColumns(text string, most int) string {
	for over := width(text) - most; over > 0; over = width(text) - most {
		for range max(1, over/2) {
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
		}
	}
	return text
}
