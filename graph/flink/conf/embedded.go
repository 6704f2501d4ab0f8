package conf

import (
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// embedded is a configuration file inside another: the value of a key in a ConfigMap or of FLINK_PROPERTIES.
type embedded struct {
	file, around *source.File
	// at is where the value begins, for what is found in it; nil: the file is a piece of the one around it.
	at      *source.Place
	start   int   // of the piece
	offsets []int // where each byte of the file stands, if it is no piece but a text in quotes
}

// blockHeader begins a literal block: its text is that of the lines below.
var blockHeader = source.Pattern(`^(?:[&!]\S*[ \t]+)*\|[-+0-9]*[ \t]*(?:#.*)?$`)

// embed makes a file of a text value. Of a literal block it is the lines as they are, so that every place is known.
func embed(n source.Node) embedded {
	f, place := n.File(), n.Place()
	if offset, known := place.Pos.Offset(); known && offset <= len(f.Text) {
		if start, end, ok := blockLines(f.Text, offset, n.Text()); ok {
			return embedded{file: &source.File{Name: f.Name, Text: f.Text[start:end]}, around: f, start: start}
		}
		if strings.HasPrefix(f.Text[offset:], n.Text()) {
			return embedded{file: &source.File{Name: f.Name, Text: n.Text()}, around: f, start: offset}
		}
		if offsets := unquote(n); offsets != nil {
			return embedded{file: &source.File{Name: f.Name, Text: n.Text()}, around: f, offsets: offsets}
		}
	}
	return embedded{file: &source.File{Name: f.Name, Text: n.Text()}, at: &place}
}

// blockLines is where the lines of the block at an offset begin and end; false if there is no such block, or it is not what
// was read.
func blockLines(text string, offset int, want string) (start, end int, ok bool) {
	header, start := cutLine(text, offset)
	if !blockHeader().MatchString(header) {
		return 0, 0, false
	}
	var got strings.Builder
	indent := -1
	for end = start; end < len(text); {
		line, next := cutLine(text, end)
		body := strings.TrimLeft(line, " ")
		depth := len(line) - len(body)
		if body != "" && indent < 0 {
			indent = depth
		}
		if body != "" && depth < indent || got.Len() > len(want)+len(line) {
			break
		}
		if indent >= 0 {
			got.WriteString(line[min(indent, len(line)):])
		}
		got.WriteByte('\n')
		end = next
	}
	return start, end, strings.TrimRight(got.String(), "\n ") == strings.TrimRight(want, "\n ")
}

// offset is where in the file around it a byte stands.
func (e *embedded) offset(at int) int {
	if e.offsets != nil {
		return e.offsets[min(at, len(e.offsets)-1)]
	}
	return e.start + at
}

// place puts what was read from an embedded file where people find it.
func (e *embedded) place(c flink.Config, problems source.List) {
	move := func(p *source.Place) {
		offset, known := p.Pos.Offset()
		switch {
		case e.at != nil:
			*p = *e.at
		case known:
			*p = source.Place{File: e.around, Pos: source.At(e.offset(offset))}
		case p.Pos < 0:
			start := 0
			for line := int(-p.Pos); line > 1 && start < len(e.file.Text); line-- {
				_, start = cutLine(e.file.Text, start)
			}
			line, _ := e.around.Position(source.At(e.offset(start)))
			*p = source.Place{File: e.around, Pos: source.AtLine(line)}
		}
	}
	for i := range c {
		move(&c[i].Place)
		move(&c[i].ValuePlace)
	}
	for i := range problems {
		move(&problems[i].Place)
		for k := range problems[i].Related {
			move(&problems[i].Related[k].Place)
		}
	}
}

// read reads it as the file of a name.
func (e *embedded) read(name string, o Options) (flink.Config, source.List) {
	c, problems := readFile(e.file, name, o)
	e.place(c, problems)
	return c, problems
}
