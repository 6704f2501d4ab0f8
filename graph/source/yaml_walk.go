package source

import (
	"gopkg.in/yaml.v3"
)

// maxAliasNodes bounds what aliases may add to a file: a thousand jobs of a thousand values.
const maxAliasNodes = 1_000_000

// yamlWalker copies yaml.v3's nodes into the Tree, and checks what the library does not.
type yamlWalker struct {
	tree     *Tree
	marks    marks
	problems List
	keys     keySet
	anchors  map[*yaml.Node]anchor
	aliases  int  // how deep we are in aliases
	added    int  // nodes made by aliases
	stopped  bool // aliases made too many
}

// anchor is a value that aliases can stand for.
type anchor struct {
	begin spot
	open  bool // being copied: an alias of it here would stand inside itself
}

func (w *yamlWalker) place(n *yaml.Node) Place { return Place{w.tree.File, w.marks.pos(n)} }

func (w *yamlWalker) add(kind Kind, n *yaml.Node, text string) { w.addAt(kind, w.marks.pos(n), text) }

func (w *yamlWalker) addAt(kind Kind, at Pos, text string) {
	if w.aliases > 0 {
		w.added++
	}
	w.tree.add(kind, at, text)
}

// value copies one value. false: it was refused, and the caller takes back what was copied of it.
func (w *yamlWalker) value(n *yaml.Node, depth int) bool {
	switch {
	case depth > MaxDepth:
		w.problems.tooDeep(w.place(n))
		return false
	case n.Kind == yaml.AliasNode:
		return w.alias(n, func(target *yaml.Node) bool { return w.value(target, depth) })
	case w.stopped || !w.checkTag(n):
		return false
	}
	if n.Anchor != "" {
		w.openAnchor(n)
		defer w.closeAnchor(n)
	}
	switch n.Kind {
	case yaml.ScalarNode:
		kind, text := scalar(n)
		w.add(kind, n, text)
	case yaml.SequenceNode:
		w.sequence(n, depth)
	default:
		w.mapping(n, depth)
	}
	return true
}

func (w *yamlWalker) sequence(n *yaml.Node, depth int) {
	start := len(w.tree.nodes)
	w.add(Sequence, n, "")
	items := int32(0)
	for _, item := range n.Content {
		before := len(w.tree.nodes)
		if w.value(item, depth+1) {
			items++
		} else {
			w.tree.nodes = w.tree.nodes[:before]
		}
	}
	w.tree.nodes[start].size = items
	w.tree.nodes[start].next = int32(len(w.tree.nodes))
}

func (w *yamlWalker) mapping(n *yaml.Node, depth int) {
	start := len(w.tree.nodes)
	w.add(Mapping, n, "")
	mark := w.keys.open()
	w.fields(n, depth, mark)
	w.keys.close(mark)
	w.tree.nodes[start].next = int32(len(w.tree.nodes))
}

func (w *yamlWalker) openAnchor(n *yaml.Node) {
	if w.anchors == nil {
		w.anchors = map[*yaml.Node]anchor{}
	}
	w.marks.pos(n)
	w.anchors[n] = anchor{begin: w.marks.at, open: true}
}

func (w *yamlWalker) closeAnchor(n *yaml.Node) {
	w.anchors[n] = anchor{begin: w.anchors[n].begin}
}

// alias copies what an alias stands for, with the places of the anchor's text.
func (w *yamlWalker) alias(n *yaml.Node, read func(*yaml.Node) bool) bool {
	if w.stopped {
		return false
	}
	target := w.anchors[n.Alias]
	if target.open {
		w.problems.Errorf(w.place(n), CodeAliasCycle, "alias *%s stands inside its own anchor", Excerpt(n.Value))
		return false
	}
	if w.added > maxAliasNodes {
		w.stopped = true
		w.problems.Errorf(w.place(n), codeAliasBomb, "aliases make more than %d values of this file", maxAliasNodes)
		return false
	}
	behind := w.marks.at
	w.marks.at = target.begin
	w.openAnchor(n.Alias)
	w.aliases++
	w.added++ // merged mappings may add nothing, but take as long
	ok := read(n.Alias)
	w.aliases--
	w.closeAnchor(n.Alias)
	w.marks.at = behind
	return ok
}

func (l *List) tooDeep(at Place) {
	l.Errorf(at, CodeTooDeep, "nested more than %d levels deep", MaxDepth)
}

const codeAliasBomb = "alias-bomb"
