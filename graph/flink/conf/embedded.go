package conf

import (
	"regexp"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// embedded is a configuration file inside another: the value of a key in a ConfigMap or of FLINK_PROPERTIES.
type embedded struct {
	file, around *source.File
	// at is where the value begins, for what is found in it; nil: every place in file is that in the file around it.
	at *source.Place
}

// blockHeader begins a literal block: its text is that of the lines below.
var blockHeader = regexp.MustCompile(`^(?:[&!]\S*[ \t]+)*\|[-+0-9]*[ \t]*(?:#.*)?$`)

// embed makes a file of a text value. Of a literal block its lines stay where they are, all else becomes blanks, so that
// places are those in the file as it is.
func embed(n source.Node) embedded {
	f, place := n.File(), n.Place()
	if offset, known := place.Pos.Offset(); known && offset <= len(f.Text) {
		if text, ok := blockText(f.Text, offset, n.Text()); ok {
			return embedded{file: &source.File{Name: f.Name, Text: text}, around: f}
		}
	}
	return embedded{file: &source.File{Name: f.Name, Text: n.Text()}, at: &place}
}

// blockText is a text of which only the lines of the block at an offset are left; false if there is no such block, or it
// is not what was read.
func blockText(text string, offset int, want string) (string, bool) {
	header, next := cutLine(text, offset)
	if !blockHeader.MatchString(header) {
		return "", false
	}
	out := []byte(strings.Repeat(" ", len(text)))
	for i := range offset { // the lines above, which number those below
		if text[i] == '\n' || text[i] == '\r' {
			out[i] = text[i]
		}
	}
	copy(out[offset+len(header):next], text[offset+len(header):next])
	var got strings.Builder
	indent := -1
	for at := next; at < len(text); at = next {
		var line string
		line, next = cutLine(text, at)
		body := strings.TrimLeft(line, " ")
		depth := len(line) - len(body)
		switch {
		case body == "":
			depth = min(depth, max(indent, 0))
		case indent < 0:
			indent = depth
		case depth < indent:
			next = len(text)
			continue
		}
		if indent >= 0 {
			got.WriteString(line[min(indent, len(line)):])
		}
		got.WriteByte('\n')
		copy(out[at:next], text[at:next])
	}
	if strings.TrimRight(got.String(), "\n ") != strings.TrimRight(want, "\n ") {
		return "", false
	}
	return string(out), true
}

// place puts what was read from an embedded file where people find it: offsets in a block are those of the file around it.
func (e embedded) place(c flink.Config, problems source.List) {
	move := func(p *source.Place) {
		if e.at != nil {
			*p = *e.at
		} else {
			p.File = e.around
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
func (e embedded) read(name string, o Options) (flink.Config, source.List) {
	var c flink.Config
	var problems source.List
	if isStandard(name, o) {
		c, problems = readStandard(e.file)
	} else {
		c, problems = readLegacy(e.file, o.Version)
	}
	e.place(c, problems)
	return c, problems
}
