package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// indentOf is the indent of a list or mapping in lines of which an item or key begins where the marks are: the column of the dash, of the
// question mark before the key, or of the key.
func (r *configReader) indentOf(n *yaml.Node) int {
	at := r.marks.at
	if n.Style&yaml.FlowStyle != 0 {
		return at.column // no text in lines is inside brackets
	}
	mark, otherwise := byte('?'), at.column
	if n.Kind == yaml.SequenceNode {
		mark, otherwise = '-', n.Column-1
	}
	line := r.marks.text[strings.LastIndexAny(r.marks.text[:at.offset], "\r\n")+1 : at.offset]
	if before := strings.TrimRight(line, " "); len(before) < len(line) && before != "" && before[len(before)-1] == mark {
		return len(before) - 1
	}
	return otherwise
}

// blockText refuses what snakeyaml-engine does of a text in lines (| or >) and yaml.v3 does not (ScannerImpl.scanBlockScalar): a comment
// that begins right behind the indicators, and a text whose first line is indented less than it has to be.
func (r *configReader) blockText(n *yaml.Node) {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return
	}
	text, begin := r.marks.text, r.scalars[len(r.scalars)-1].offset
	at, more := begin+1, 0
	for ; at < len(text) && strings.IndexByte("+-123456789", text[at]) >= 0; at++ {
		if text[at] > '0' {
			more = int(text[at] - '0')
		}
	}
	if at < len(text) && text[at] == '#' {
		r.problems.Errorf(r.at(At(at)), codeYAMLSyntax, "a comment needs a blank before it, which Flink's YAML reader insists on here")
		return
	}
	at = behindLine(text, at)
	if at == len(text) && text[at-1] != '\n' {
		return // no line follows: at its end the text goes on behind a carriage return
	}
	column, least := firstColumn(text, at, max(r.indent+1, 1), more)
	if column < least && column != r.indent {
		r.problems.Errorf(r.at(At(begin)), codeYAMLSyntax, "the text's first line is indented by %s; Flink's YAML reader wants %d here", Count(int64(column), "blank"), least).
			Hint = `write an empty text as ""`
	}
}

// firstColumn is the column of the first character of a text that begins with the line at a place, behind its empty lines, and the
// column that it needs at least: what the indicator adds to the collection's, or without one as many blanks as an empty line has.
func firstColumn(text string, at, least, more int) (column, needs int) {
	most := 0
	for ; at < len(text); at++ {
		switch {
		case text[at] == '\r' && at == len(text)-1:
			column++
		case text[at] == '\n' || text[at] == '\r':
			column = 0
		case text[at] != ' ', more > 0 && column == least+more-1:
			return column, max(least+max(more, 1)-1, most)
		default:
			if column++; more == 0 {
				most = max(most, column)
			}
		}
	}
	return column, max(least+max(more, 1)-1, most)
}

// flowText refuses two plain texts inside brackets that yaml.v3 takes: a dash alone, which snakeyaml-engine does not, and one that ends with a
// colon, which is a key without a value to snakeyaml-engine.
func (r *configReader) flowText(at int, text string, inFlow bool) {
	switch {
	case !inFlow:
	case text == "-" && at+1 < len(r.marks.text) && strings.IndexByte(",]", r.marks.text[at+1]) >= 0:
		r.problems.Errorf(r.at(At(at)), codeYAMLSyntax, "a dash alone is no text inside brackets").Hint = `quote it: "-"`
	case strings.HasSuffix(text, ":") && strings.HasPrefix(r.marks.text[at:], text+":"): // the last colon but one
	case strings.HasSuffix(text, ":"):
		r.problems.Errorf(r.at(At(at)), codeYAMLSyntax, "a colon right before a comma or a bracket: Flink's YAML reader takes %s for a key without a value", Excerpt(strings.TrimSuffix(text, ":"))).
			Hint = "put a blank behind the colon, or quote the text"
	}
}
