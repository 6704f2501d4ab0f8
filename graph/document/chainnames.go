package document

import (
	"regexp"
	"strings"

	"udfplan/graph/source"
)

// execNode is the description of an SQL operator from 1.15 on: `[17]:PythonCalc(select=[...])`. Its name is
// then `PythonCalc[17]`, a source's `Source: table[17]`, a sink's `Sink: table[17]` (ExecNodeBase.createFormattedTransformationName).
var execNode = source.Pattern(`^\[(\d+)\]:(\w+)\(`)

// shortName makes of such a description the name; any other text is a name already.
func shortName(description string) string {
	if name := windowName(description); name != "" {
		return name
	}
	m := execNode().FindStringSubmatch(description)
	if m == nil {
		return description
	}
	kind := m[2]
	if table := tablePath().FindStringSubmatch(description); table != nil {
		switch kind {
		case "TableSourceScan":
			kind = "Source: " + table[1]
		case "Sink":
			kind = "Sink: " + table[1]
		}
	}
	return kind + "[" + m[1] + "]"
}

// tablePath finds a table's name: `table=[[catalog, database, name]]` of a scan, `table=[catalog.database.name]` of a sink.
var tablePath = source.Pattern(`\(table=\[(?:\[(?:[^\],]*, )*|(?:[^\].,]*\.)*)([^\],]+)\]`)

// chainNames finds the operators' names in the name of their vertex, with the help of the tree, which knows
// how many there are and how they hang together. sure is false where the two do not fit; the names are then
// made of the descriptions.
func chainNames(tree *chained, vertexName string) (names []string, sure bool) {
	list, _ := tree.all()
	text := vertexName[len(indexPrefix().FindString(vertexName)):]
	names = make([]string, len(list))
	for i, c := range list {
		names[i] = shortName(c.name)
	}
	if text == "" {
		return names, true
	}
	if composed(tree, literally) == text {
		for i, c := range list {
			names[i] = c.name // the descriptions are the names
		}
		return names, true
	}
	const longest = 200_000 // a pattern takes some dozens of bytes for each of its own
	if len(text) > longest {
		return names, false
	}
	pattern, err := regexp.Compile("^(?s:" + composed(tree, asPattern) + ")$")
	if err != nil {
		return names, false
	}
	found := pattern.FindStringSubmatch(text)
	if found == nil {
		return names, false
	}
	for i, at := range composedOrder(tree, list) {
		names[at] = found[i+1]
	}
	return names, true
}

// literally and asPattern are how composed writes a name, and the punctuation between names.
func literally(text string, _ bool) string { return text }

func asPattern(text string, isName bool) string {
	if !isName {
		return regexp.QuoteMeta(text)
	}
	if m := execNode().FindStringSubmatch(text); m != nil {
		return `(.+?\[` + m[1] + `\]|` + regexp.QuoteMeta(text) + `)`
	}
	if name := windowName(text); name != "" {
		return `(` + regexp.QuoteMeta(name) + `|` + regexp.QuoteMeta(text) + `|.+?)` // the last one: the user named it
	}
	return `(` + regexp.QuoteMeta(text) + `)`
}

// composed writes a chain as createChainedName does.
func composed(c *chained, write func(text string, isName bool) string) string {
	var out strings.Builder
	var walk func(c *chained)
	walk = func(c *chained) {
		out.WriteString(write(c.name, true))
		for i, name := range c.sources {
			out.WriteString(write([]string{" [", separator}[min(i, 1)], false))
			out.WriteString(write(name, true))
		}
		if len(c.sources) > 0 {
			out.WriteString(write("]", false))
		}
		if len(c.outs) == 0 {
			return
		}
		out.WriteString(write(arrow, false))
		if len(c.outs) == 1 {
			walk(c.outs[0])
			return
		}
		for i, next := range c.outs {
			out.WriteString(write([]string{"(", separator}[min(i, 1)], false))
			walk(next)
		}
		out.WriteString(write(")", false))
	}
	walk(c)
	return out.String()
}

// composedOrder says of the names that composed writes, one after the other, which in list each is: the
// head's sources come right behind the head.
func composedOrder(tree *chained, list []*chained) []int {
	sources := len(tree.sources)
	order := []int{0}
	for i := range sources {
		order = append(order, len(list)-sources+i)
	}
	for i := 1; i < len(list)-sources; i++ {
		order = append(order, i)
	}
	return order
}
