package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how bad a Diagnostic is. The zero value is an error.
type Severity uint8

// An Error stops the output; a Warning and a Note do not.
const (
	Error Severity = iota
	Warning
	Note
)

func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// Diagnostic is something to tell the user, from whatever stage: a reader, a check, the planner.
type Diagnostic struct {
	Severity Severity
	Code     string // stable, in kebab-case: "unknown-key"
	Message  string // what was found and what is allowed; never the place
	Hint     string // what to do about it; may be empty
	Place    Place
	Related  []Related // other places that belong to it: the first of two duplicates
	Edit     *Edit     // nil: nobody knows for sure what to write instead
}

// Edit is what makes a Diagnostic go and leaves the text's meaning as it is: another word for the one that stands at its Place.
type Edit struct{ Old, New string }

// Range is where the old word begins and ends, bare or in quotes; false where it does not stand at the place as it is.
func (e *Edit) Range(at Place) (start, end Pos, is bool) {
	offset, known := at.Pos.Offset()
	if at.File == nil || !known || offset >= len(at.File.Text) {
		return 0, 0, false
	}
	if quote := at.File.Text[offset]; quote == '"' || quote == '\'' {
		offset++
	}
	return At(offset), At(offset + len(e.Old)), strings.HasPrefix(at.File.Text[offset:], e.Old)
}

// Related is a second place of a Diagnostic.
type Related struct {
	Place   Place
	Message string
}

// List is what a stage has to tell. It is no failure: the stage's value comes beside it.
type List []Diagnostic

// Errorf adds an error and returns it, so that a hint or a related place can be set. The pointer is good
// until the next addition.
func (l *List) Errorf(at Place, code, format string, args ...any) *Diagnostic {
	return l.add(Error, at, code, format, args)
}

// Warnf adds a warning; as Errorf.
func (l *List) Warnf(at Place, code, format string, args ...any) *Diagnostic {
	return l.add(Warning, at, code, format, args)
}

// Notef adds a note; as Errorf.
func (l *List) Notef(at Place, code, format string, args ...any) *Diagnostic {
	return l.add(Note, at, code, format, args)
}

func (l *List) add(severity Severity, at Place, code, format string, args []any) *Diagnostic {
	*l = append(*l, Diagnostic{Severity: severity, Code: code, Message: fmt.Sprintf(format, args...), Place: at})
	return &(*l)[len(*l)-1]
}

// HasErrors reports whether any entry is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted is the list ordered by file name, place, code and message, without repetitions.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, compareDiagnostics)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return compareDiagnostics(a, b) == 0 })
}

func compareDiagnostics(a, b Diagnostic) int {
	return cmp.Or(
		ComparePlaces(a.Place, b.Place),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
	)
}

// ComparePlaces orders by file name, line and column; what is not known comes first.
func ComparePlaces(a, b Place) int {
	if a.File == b.File && a.Pos == b.Pos {
		return 0
	}
	aLine, aColumn := a.position()
	bLine, bColumn := b.position()
	return cmp.Or(cmp.Compare(a.name(), b.name()), cmp.Compare(aLine, bLine), cmp.Compare(aColumn, bColumn))
}

func (p Place) name() string {
	if p.File == nil {
		return ""
	}
	return p.File.Name
}

func (p Place) position() (line, column int) {
	if p.File == nil {
		return 0, 0
	}
	return p.File.Position(p.Pos)
}

// String is "file:line:column", or as much of it as is known. The file's name is as it was given: a
// renderer makes it safe for a terminal.
func (p Place) String() string {
	line, column := p.position()
	switch {
	case p.File == nil:
		return ""
	case line == 0:
		return p.File.Name
	case column == 0:
		return fmt.Sprintf("%s:%d", p.File.Name, line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File.Name, line, column)
}
