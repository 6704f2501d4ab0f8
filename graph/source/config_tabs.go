package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// configScalar is a value that is no list or mapping with something in it, as far as tabs need it.
type configScalar struct {
	begin  int // with its anchor and tag
	offset int // without
	style  configStyle
	inFlow bool // inside brackets, where a comma ends a plain scalar
}

type configStyle uint8

const (
	noText configStyle = iota // an alias, an empty value
	plainText
	singleQuoted
	doubleQuoted
	blockText
)

// note keeps where a value's own text begins, behind its anchor and tag.
func (r *configReader) note(n *yaml.Node, inFlow bool) {
	s := configScalar{inFlow: inFlow}
	s.begin, _ = r.marks.pos(n).Offset()
	s.offset = s.begin
	if n.Kind != yaml.AliasNode {
		s.offset = behindProperties(r.marks.text, s.begin)
	}
	switch {
	case n.Kind != yaml.ScalarNode:
	case n.Style&yaml.SingleQuotedStyle != 0:
		s.style = singleQuoted
	case n.Style&yaml.DoubleQuotedStyle != 0:
		s.style = doubleQuoted
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.style = blockText
	case n.Value != "":
		s.style = plainText
		r.flowText(s.offset, n.Value, inFlow)
	}
	r.scalars = append(r.scalars, s)
}

func behindProperties(text string, offset int) int {
	for offset < len(text) && (text[offset] == '&' || text[offset] == '!') {
		for offset < len(text) && !strings.ContainsRune(" \t\r\n", rune(text[offset])) {
			offset++
		}
		for offset < len(text) && strings.ContainsRune(" \t\r\n", rune(text[offset])) {
			offset++
		}
	}
	return offset
}

// tabs refuses those between tokens: snakeyaml-engine takes them in texts, in comments and behind a plain
// scalar. yaml.v3 takes them in more places and does not say where a scalar ends.
func (r *configReader) tabs() {
	text := r.marks.text
	if !strings.Contains(text, "\t") {
		return
	}
	at, last := 0, configScalar{}
	for i := 0; i <= len(r.scalars); i++ {
		end, next := len(text), configScalar{}
		if i < len(r.scalars) {
			next = r.scalars[i]
			end = max(next.offset, at)
		}
		properties := end
		if i < len(r.scalars) {
			properties = max(next.begin, at)
		}
		r.tabsBetween(at, properties, last)
		r.tabsBetween(properties, end, configScalar{})
		at, last = end, next
		switch next.style {
		case singleQuoted, doubleQuoted:
			at = behindQuotes(text, end)
		case blockText:
			at = len(text)
			if i+1 < len(r.scalars) {
				at = max(end, strings.LastIndexByte(text[:r.scalars[i+1].offset], '\n')+1)
			}
		}
	}
}

// tabsBetween looks at the text from the end or, if it is plain, from the start of a scalar to the next.
func (r *configReader) tabsBetween(at, end int, last configScalar) {
	text := r.marks.text
	for i := at; i < end; i++ {
		switch c := text[i]; {
		case c == '#' && (i == 0 || strings.IndexByte(" \t\r\n", text[i-1]) >= 0),
			c == '%' && len(r.scalars) > 0 && i < r.scalars[0].offset && (i == 0 || text[i-1] == '\n'):
			for i < end && text[i] != '\n' && text[i] != '\r' {
				i++
			}
		case c == '\t' && !behindPlain(text, i, last):
			r.problems.Errorf(r.at(At(i)), codeYAMLSyntax, "found a tab between values, which Flink's YAML reader refuses").
				Hint = "use spaces"
			return
		}
	}
}

// behindPlain reports whether what stands before the blanks at a place is the text of a plain scalar.
func behindPlain(text string, tab int, last configScalar) bool {
	begin := strings.TrimRight(text[:tab], " \t")
	if last.style != plainText || len(begin) <= last.offset {
		return false
	}
	line := begin[strings.LastIndexAny(begin, "\r\n")+1:]
	switch c := begin[len(begin)-1]; c {
	case '\n', '\r', ':':
		return false
	case ',', '[', ']', '{', '}':
		return !last.inFlow
	default:
		return strings.Trim(line, " \t-?:") != ""
	}
}

// behindQuotes is where the quoted text ends that begins at a place.
func behindQuotes(text string, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch {
		case text[at] == '\\' && quote == '"':
			at++
		case text[at] != quote:
		case quote == '\'' && strings.HasPrefix(text[at:], "''"):
			at++
		default:
			return at + 1
		}
	}
	return len(text)
}
