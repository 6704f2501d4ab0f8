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
	open     []*yaml.Node // anchors being copied, to find an alias inside itself
	aliases  int          // how deep we are in aliases
	added    int          // nodes made by aliases
	stopped  bool         // aliases made too many
}

func (w *yamlWalker) place(n *yaml.Node) Place { return Place{w.tree.File, w.marks.pos(n)} }

func (w *yamlWalker) add(kind Kind, n *yaml.Node, text string) {
	if w.aliases > 0 {
		w.added++
	}
	i := int32(len(w.tree.nodes))
	w.tree.nodes = append(w.tree.nodes, node{text: text, pos: w.marks.pos(n), next: i + 1, kind: kind})
}

// value copies one value. false: it was refused, and the caller takes back what was copied of it.
func (w *yamlWalker) value(n *yaml.Node, depth int) bool {
	if depth > MaxDepth {
		w.problems.Errorf(w.place(n), codeTooDeep, "nested more than %d levels deep", MaxDepth)
		return false
	}
	if n.Kind != yaml.AliasNode && !w.checkTag(n) {
		return false
	}
	switch n.Kind {
	case yaml.ScalarNode:
		kind, text := scalar(n)
		w.add(kind, n, text)
		return true
	case yaml.AliasNode:
		return w.alias(n, func(target *yaml.Node) bool { return w.value(target, depth) })
	}
	start := len(w.tree.nodes)
	if n.Kind == yaml.SequenceNode {
		w.add(Sequence, n, "")
		for _, item := range n.Content {
			before := len(w.tree.nodes)
			if !w.value(item, depth+1) {
				w.tree.nodes = w.tree.nodes[:before]
			}
		}
	} else {
		w.add(Mapping, n, "")
		mark := w.keys.open()
		w.fields(n, depth, mark)
		w.keys.close(mark)
	}
	w.tree.nodes[start].next = int32(len(w.tree.nodes))
	return true
}

// alias copies what an alias stands for, with the places of the anchor's text.
func (w *yamlWalker) alias(n *yaml.Node, read func(*yaml.Node) bool) bool {
	for _, outer := range w.open {
		if outer == n.Alias {
			w.problems.Errorf(w.place(n), "alias-cycle", "alias *%s stands inside its own anchor", Excerpt(n.Value))
			return false
		}
	}
	if w.stopped {
		return false
	}
	if w.added > maxAliasNodes {
		w.stopped = true
		w.problems.Errorf(w.place(n), "alias-bomb", "aliases make more than %d values of this file", maxAliasNodes)
		return false
	}
	w.open = append(w.open, n.Alias)
	w.aliases++
	ok := read(n.Alias)
	w.aliases--
	w.open = w.open[:len(w.open)-1]
	return ok
}
