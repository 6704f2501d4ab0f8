package document

import (
	"html"
	"strings"

	"udfplan/graph/source"
)

// chained is an operator in the text of a chain, with those that are chained behind it.
type chained struct {
	name    string
	sources []string // chained in front of a head of several inputs: `A [Source: x, Source: y]` (1.12+)
	outs    []*chained
}

// The text of a chain (flink-formats.md 2.1) is its operators' names in one line,
// `A -> (B, C -> D)` (StreamingJobGraphGenerator.createChainedName), or, in the description of a JobGraph
// plan from 1.15 on, a tree of their descriptions: a line each, also the last ended by a line break.

// unescapeDescription undoes what JsonPlanGenerator does to a description, in reverse order.
func unescapeDescription(text string) string {
	text = strings.ReplaceAll(text, "&#92;", `\`)
	text = strings.ReplaceAll(text, "<br/>", "\n")
	return html.UnescapeString(text)
}

// parseChain reads a description, of either form.
func parseChain(text string) *chained {
	if body, isTree := strings.CutSuffix(text, "\n"); isTree {
		return parseTree(body)
	}
	return parseCascade(text, 0)
}

// treeLine is the prefix of a line below the head's.
var treeLine = source.Pattern(`^((?::  |   )*)(?::- |\+- )`)

// treePrefix is the length of a line's prefix and the depth that it says; 0, 0 where it has none.
func treePrefix(line string) (length, depth int) {
	m := treeLine().FindStringSubmatchIndex(line)
	if m == nil {
		return 0, 0
	}
	return m[1], m[3]/3 + 1
}

// parseTree reads a tree. A line that can be no operator's goes on with the text of the one before it: names
// may hold line breaks.
func parseTree(text string) *chained {
	var path []*chained // from the head to the last operator
	for i, line := range strings.Split(text, "\n") {
		length, depth := treePrefix(line)
		switch {
		case i == 0:
			path = append(path, &chained{name: line})
		case depth == 0 || depth > len(path):
			path[len(path)-1].name += "\n" + line
		default:
			c := &chained{name: line[length:]}
			path[depth-1].outs = append(path[depth-1].outs, c)
			path = append(path[:depth], c)
		}
	}
	path[0].takeSources()
	return path[0]
}

const (
	arrow     = " -> "
	separator = ", "
	// deepestFanOut bounds the recursion: fan-outs inside fan-outs.
	deepestFanOut = 100
)

// indexPrefix is what pipeline.vertex-name-include-index-prefix puts before a name.
var indexPrefix = source.Pattern(`^\[vertex-\d+\]`)

// parseCascade reads the names in one line, as well as it can be: they may hold anything.
func parseCascade(text string, depth int) *chained {
	if depth == 0 {
		text = text[len(indexPrefix().FindString(text)):]
	}
	brackets := balanced(text)
	head := &chained{}
	for at := head; ; {
		name, rest, more := cutOutside(text, arrow, brackets)
		at.name = name
		if !more {
			break
		}
		if inner, is := parenthesised(rest); is && brackets && depth < deepestFanOut {
			for more := true; more; {
				var part string
				part, inner, more = cutOutside(inner, separator, true)
				at.outs = append(at.outs, parseCascade(part, depth+1))
			}
			break
		}
		next := &chained{}
		at.outs = []*chained{next}
		at, text = next, rest
	}
	head.takeSources()
	return head
}

// balanced reports whether brackets can be trusted to belong together.
func balanced(text string) bool {
	open := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			open++
		case ')', ']':
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}

// cutOutside cuts at the first sep that stands outside all brackets.
func cutOutside(text, sep string, brackets bool) (before, after string, found bool) {
	if !brackets {
		return strings.Cut(text, sep)
	}
	open := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '(' || c == '[':
			open++
		case c == ')' || c == ']':
			open--
		case open == 0 && c == sep[0] && strings.HasPrefix(text[i:], sep):
			return text[:i], text[i+len(sep):], true
		}
	}
	return text, "", false
}

// parenthesised is what stands in the parentheses that a text is all of.
func parenthesised(text string) (string, bool) {
	if !strings.HasPrefix(text, "(") || !strings.HasSuffix(text, ")") {
		return "", false
	}
	open := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			open++
		case ')', ']':
			if open--; open == 0 && i < len(text)-1 {
				return "", false
			}
		}
	}
	return text[1 : len(text)-1], true
}

// chainedSources are those in front of a head, each with a source's name or description.
var (
	chainedSources = source.Pattern(`^(?s:(.*)) \[((?:Source: |\[\d+\]:TableSourceScan\()(?s:.*))\]$`)
	nextSource     = source.Pattern(`, (?:Source: |\[\d+\]:TableSourceScan\()`)
)

func (c *chained) takeSources() {
	m := chainedSources().FindStringSubmatch(c.name)
	if m == nil {
		return
	}
	c.name = m[1]
	rest := m[2]
	for {
		next := nextSource().FindStringIndex(rest)
		if next == nil {
			c.sources = append(c.sources, rest)
			return
		}
		c.sources = append(c.sources, rest[:next[0]])
		rest = rest[next[0]+len(separator):]
	}
}

// all lists the operators: head first, depth first, the chained sources last. up is the place of the one
// before it in the list; -1 for the head and for sources.
func (c *chained) all() (list []*chained, up []int) {
	type item struct {
		c  *chained
		up int
	}
	stack := []item{{c, -1}}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		list, up = append(list, top.c), append(up, top.up)
		at := len(list) - 1
		for i := len(top.c.outs) - 1; i >= 0; i-- {
			stack = append(stack, item{top.c.outs[i], at})
		}
	}
	for _, name := range c.sources {
		list, up = append(list, &chained{name: name}), append(up, -1)
	}
	return list, up
}
