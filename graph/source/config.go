package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// ConfigValue is a value of YAML as it is written: what a plain scalar means is left to the reader.
type ConfigValue struct {
	// Kind is Text for every scalar, else Sequence or Mapping.
	Kind Kind
	Text string
	// Plain is a scalar without quotes and without a tag.
	Plain bool
	// Tag is the tag as it is written, with !! for YAML's own; empty if there is none.
	Tag   string
	Place Place
	// Items are a list's values, or the keys and values of a mapping in turn. What aliases stand for is
	// shared, never inside itself.
	Items []*ConfigValue
}

// maxConfigAliases is how many aliases of lists and mappings snakeyaml-engine takes.
const maxConfigAliases = 50

// ReadConfigYAML reads YAML 1.2 as snakeyaml-engine 2.6 composes it, which reads Flink's config.yaml: one
// document, no tab between tokens, %YAML 1.x of any x, NEL, LS and PS are no line breaks, << is a key like
// any other. Without a document it returns nil. Duplicate keys are the reader's, who knows when two are equal.
func ReadConfigYAML(f *File) (*ConfigValue, List) {
	r := configReader{file: f, done: map[*yaml.Node]*ConfigValue{}}
	if !r.decode() {
		return nil, r.problems
	}
	text, ok := r.yaml11()
	if !ok {
		return nil, r.problems
	}
	r.marks.text = text
	roots, failure := parseYAML(text)
	var root *ConfigValue
	if len(roots) > 0 {
		root = r.value(roots[0], 0, false)
	}
	if len(roots) > 1 {
		r.problems.Errorf(r.place(roots[1]), CodeSecondDocument, "a configuration is one document; found another")
	}
	if failure != nil {
		var problems List
		problems.yamlSyntax(r.read, failure)
		r.fail(problems[0])
	} else {
		r.tabs()
	}
	if r.problems.HasErrors() {
		return nil, r.problems
	}
	return root, r.problems
}

type configReader struct {
	file     *File
	read     *File // file, or what it is in UTF-8
	shift    int   // bytes of file before those of read
	marks    marks
	restore  *strings.Replacer           // gives the characters back that yaml.v3 takes for others
	slash    string                      // stands for the escape \/
	done     map[*yaml.Node]*ConfigValue // nil: still being read
	scalars  []configScalar              // every value but non-empty lists and mappings, in the order of the text
	aliases  int
	indent   int // of the list or mapping in lines that is being read: the column of its dashes or keys, from 0
	problems List
}

// decode finds the text. A byte order mark is skipped; UTF-16 is known by it, and knows only its lines.
func (r *configReader) decode() bool {
	r.read = r.file
	if text, isUTF16 := decodeUTF16(r.file.Text); isUTF16 {
		r.read = &File{Name: r.file.Name, Text: text}
	} else if text, hasMark := strings.CutPrefix(r.file.Text, "\uFEFF"); hasMark {
		r.read, r.shift = &File{Name: r.file.Name, Text: text}, len("\uFEFF")
	}
	if bad, found := invalidUTF8(r.read.Text); found {
		r.problems.Errorf(r.at(At(bad)), CodeNotUTF8, "the text is not UTF-8: found the byte 0x%02X", r.read.Text[bad])
		return false
	}
	return true
}

// at is a place of the text read as one of the file.
func (r *configReader) at(p Pos) Place {
	offset, known := p.Offset()
	switch {
	case r.read == r.file:
	case known && r.shift > 0:
		p = At(offset + r.shift)
	case known:
		line, _ := r.read.Position(p)
		p = AtLine(min(line, len(r.file.index().starts)))
	}
	return Place{r.file, p}
}

func (r *configReader) place(n *yaml.Node) Place { return r.at(r.marks.pos(n)) }

// fail takes over a problem of the text read.
func (r *configReader) fail(d Diagnostic) {
	d.Place = r.at(d.Place.Pos)
	r.problems = append(r.problems, d)
}

func (r *configReader) value(n *yaml.Node, depth int, inFlow bool) *ConfigValue {
	v := &ConfigValue{Kind: Text, Place: r.place(n)}
	switch {
	case depth > MaxDepth:
		r.problems.tooDeep(v.Place)
		return v
	case n.Kind == yaml.AliasNode:
		r.note(n, inFlow)
		return r.alias(n, v)
	}
	r.done[n] = nil
	v.Tag = r.tag(n)
	if n.Kind == yaml.ScalarNode {
		const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
		v.Text, v.Plain = r.text(n), n.Style&quoted == 0 && v.Tag == ""
		r.note(n, inFlow)
		r.blockText(n)
	} else {
		v.Kind = Mapping
		if n.Kind == yaml.SequenceNode {
			v.Kind = Sequence
		}
		if len(n.Content) == 0 {
			r.note(n, inFlow)
		}
		for i, child := range n.Content {
			if n.Kind == yaml.SequenceNode || i%2 == 0 {
				r.marks.pos(child)
				r.indent = r.indentOf(n)
			}
			indent := r.indent // of the key, which stays that of its value
			v.Items = append(v.Items, r.value(child, depth+1, inFlow || n.Style&yaml.FlowStyle != 0))
			r.indent = indent
		}
	}
	r.done[n] = v
	return v
}

// alias is what the alias stands for: a scalar at the alias's own place, else the same value.
func (r *configReader) alias(n *yaml.Node, at *ConfigValue) *ConfigValue {
	target := r.done[n.Alias]
	if target == nil {
		r.problems.Errorf(at.Place, CodeAliasCycle, "alias *%s stands inside its own anchor", Excerpt(n.Value))
		return at
	}
	if target.Kind == Text {
		own := *target
		own.Place = at.Place
		return &own
	}
	if r.aliases++; r.aliases == maxConfigAliases+1 {
		r.problems.Errorf(at.Place, codeAliasBomb, "there are more than %d aliases of lists and mappings, which Flink refuses", maxConfigAliases)
	}
	return target
}

// tag is the tag of a value. Of the tag ! yaml.v3 leaves no trace but the text: it makes a scalar text.
func (r *configReader) tag(n *yaml.Node) string {
	if n.Style&yaml.TaggedStyle != 0 {
		return n.ShortTag()
	}
	offset, _ := r.marks.pos(n).Offset()
	rest := strings.TrimPrefix(r.marks.text[offset:], "&"+n.Anchor)
	if n.Anchor != "" {
		rest = strings.TrimLeft(rest, " ")
	}
	if n.Kind == yaml.ScalarNode && rest != "" && rest[0] == '!' && (rest == "!" || strings.IndexByte(" \r\n", rest[1]) >= 0) {
		return "!!str"
	}
	return ""
}

func (r *configReader) text(n *yaml.Node) string {
	text := r.restore.Replace(n.Value)
	if r.slash == "" {
		return text
	}
	if n.Style&yaml.DoubleQuotedStyle != 0 {
		return strings.ReplaceAll(text, r.slash, "/")
	}
	return strings.ReplaceAll(text, r.slash, `\/`)
}
