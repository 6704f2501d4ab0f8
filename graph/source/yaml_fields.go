package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// fields copies the keys and values of a mapping, its own first and then those merged in with <<: own keys
// are stronger than merged ones, earlier merged ones stronger than later.
func (w *yamlWalker) fields(n *yaml.Node, depth, mark int) {
	var merges []merged
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if isMerge(key) {
			w.marks.pos(key)
			merges = append(merges, merged{value, w.marks.at})
			continue
		}
		w.field(key, value, depth, mark, false)
	}
	behind := w.marks.at
	for _, m := range merges {
		w.marks.at = m.at
		w.merge(m.value, depth, mark)
	}
	w.marks.at = behind
}

// merged is the value of a << and where it stands.
type merged struct {
	value *yaml.Node
	at    spot
}

func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Style == 0
}

// field copies one key and its value. A key that is there already is an error, unless it is merged in.
func (w *yamlWalker) field(key, value *yaml.Node, depth, mark int, merged bool) {
	before := len(w.tree.nodes)
	text, ok := w.key(key)
	if !ok {
		return
	}
	at := w.marks.pos(key)
	if merged {
		w.added++
	}
	if first, twice := w.keys.put(mark, text, at); twice {
		if !merged {
			w.problems.duplicateKey(w.tree.File, text, at, first)
		}
		return
	}
	w.addAt(Text, at, text)
	if !w.value(value, depth+1) {
		w.tree.nodes = w.tree.nodes[:before]
	}
}

// key is the text of a key.
func (w *yamlWalker) key(n *yaml.Node) (string, bool) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.ScalarNode {
		kind, text := scalar(n)
		if kind == Text {
			return text, true
		}
		w.problems.Errorf(w.place(n), CodeKeyNotText, "a key must be text; found %s", Excerpt(n.Value)).
			Hint = `quote it: "` + Excerpt(n.Value) + `"`
		return "", false
	}
	w.problems.Errorf(w.place(n), CodeKeyNotText, "a key must be text; found a list or a mapping")
	return "", false
}

// merge copies the fields of a mapping, or of a list of mappings, into the one that is open.
func (w *yamlWalker) merge(n *yaml.Node, depth, mark int) bool {
	if depth > MaxDepth {
		w.problems.tooDeep(w.place(n))
		return false
	}
	if n.Anchor != "" {
		w.openAnchor(n)
		defer w.closeAnchor(n)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return w.alias(n, func(target *yaml.Node) bool { return w.merge(target, depth+1, mark) })
	case yaml.SequenceNode:
		for _, item := range n.Content {
			w.merge(item, depth+1, mark)
		}
		return true
	case yaml.MappingNode:
		if w.checkTag(n) {
			w.mergeMapping(n, depth, mark)
		}
		return true
	}
	found := Excerpt(n.Value)
	if found == "" {
		found = "null"
	}
	w.problems.Errorf(w.place(n), CodeBadMerge, "<< takes a mapping or a list of mappings; found %s", found)
	return false
}

// mergeMapping merges a mapping in: its own fields are stronger than those that are merged into it.
func (w *yamlWalker) mergeMapping(n *yaml.Node, depth, mark int) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !isMerge(n.Content[i]) {
			w.field(n.Content[i], n.Content[i+1], depth, mark, true)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if isMerge(n.Content[i]) {
			w.merge(n.Content[i+1], depth+1, mark)
		}
	}
}

// checkTag accepts the tags of the JSON kinds, where the value fits; the library fills in others by itself.
func (w *yamlWalker) checkTag(n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle == 0 {
		return true
	}
	want := map[string]yaml.Kind{"!!map": yaml.MappingNode, "!!seq": yaml.SequenceNode,
		"!!str": yaml.ScalarNode, "!!int": yaml.ScalarNode, "!!float": yaml.ScalarNode,
		"!!bool": yaml.ScalarNode, "!!null": yaml.ScalarNode}[n.ShortTag()]
	if want == n.Kind && n.Kind == yaml.ScalarNode && !fits(n.ShortTag(), n.Value) {
		w.problems.Errorf(w.place(n), CodeBadTag, "%q is no %s", Excerpt(n.Value), strings.TrimPrefix(n.ShortTag(), "!!")).
			Hint = "leave the tag out"
		return false
	}
	if want == n.Kind {
		return true
	}
	w.problems.Errorf(w.place(n), CodeUnknownTag, "tag %s is not allowed here", Excerpt(n.Tag)).
		Hint = "leave it out; allowed are !!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
	return false
}

// fits reports whether a scalar's text is of the kind that its tag says.
func fits(tag, text string) bool {
	switch kind := plainKind(text); tag {
	case "!!null":
		return kind == Null
	case "!!bool":
		return kind == Bool
	case "!!int", "!!float":
		return kind == Number
	}
	return true
}

// scalar is the kind and text of a scalar: what is quoted is text, the rest is judged by how it looks.
func scalar(n *yaml.Node) (Kind, string) {
	if n.Style&yaml.TaggedStyle != 0 {
		switch n.ShortTag() {
		case "!!str":
			return Text, n.Value
		case "!!null":
			return Null, n.Value
		case "!!bool":
			return Bool, n.Value
		default:
			return Number, n.Value
		}
	}
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if n.Style&quoted != 0 {
		return Text, n.Value
	}
	return plainKind(n.Value), n.Value
}

// plainKind judges an unquoted scalar. What YAML 1.1 or YAML 1.2 would read as a number is one; yes, no, on,
// off and dates are text, as in YAML 1.2.
func plainKind(text string) Kind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	if c := text[0]; (c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.') && looksNumeric(text) {
		return Number
	}
	return Text
}

// looksNumeric tells integers of all bases, floats, infinities and not-a-number, underscores included.
func looksNumeric(text string) bool {
	body := strings.ToLower(strings.ReplaceAll(strings.TrimLeft(text, "+-"), "_", ""))
	if len(text)-len(strings.TrimLeft(text, "+-")) > 1 || body == "" {
		return false
	}
	switch {
	case body == ".inf" || body == ".nan":
		return true
	case strings.HasPrefix(body, "0x"):
		return len(body) > 2 && strings.Trim(body[2:], "0123456789abcdef") == ""
	case strings.HasPrefix(body, "0o"):
		return len(body) > 2 && strings.Trim(body[2:], "01234567") == ""
	case strings.HasPrefix(body, "0b"):
		return len(body) > 2 && strings.Trim(body[2:], "01") == ""
	}
	mantissa, exponent, hasExponent := strings.Cut(body, "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if hasExponent {
		if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
		if exponent == "" || !allDigits(exponent) {
			return false
		}
	}
	return allDigits(whole) && allDigits(fraction) && whole+fraction != ""
}

func allDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }
