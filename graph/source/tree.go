package source

import (
	"iter"
	"strconv"
	"strings"
)

// Kind is the shape of a Node.
type Kind uint8

// The kinds of JSON; YAML is read into the same ones.
const (
	Null Kind = iota
	Bool
	Number
	Text
	Sequence
	Mapping
)

// Tree holds every document of a File, flat and in the order of the text: a node stands before its
// children, and knows where the next node beside it is. One slice without pointers keeps a job of 100,000 operators cheap: it is
// half as large as one with texts in it, and the garbage collector does not look into it.
type Tree struct {
	File  *File
	nodes []node
	texts []string // of the scalars whose text is not a piece of the File's
}

type node struct {
	pos  Pos
	next int32 // index behind the last node below this one
	// size is the length of a scalar's text in the File's, or, below 0, the complement of its index in texts; of a Sequence, how many
	// items it has.
	size int32
	kind Kind
	skip uint8 // from pos to the text: 1 behind a quote
}

// add appends a scalar, or the beginning of a mapping or list, of which the text is empty.
func (t *Tree) add(kind Kind, pos Pos, text string) {
	n := node{pos: pos, next: int32(len(t.nodes)) + 1, kind: kind}
	if text != "" {
		n.size, n.skip = t.keep(pos, text)
	}
	t.nodes = append(t.nodes, n)
}

// keep says where the text of a scalar stands.
func (t *Tree) keep(pos Pos, text string) (size int32, skip uint8) {
	if offset, known := pos.Offset(); known {
		for skip = range uint8(2) {
			if strings.HasPrefix(t.File.Text[min(offset+int(skip), len(t.File.Text)):], text) {
				return int32(len(text)), skip
			}
		}
	}
	t.texts = append(t.texts, text)
	return ^int32(len(t.texts) - 1), 0
}

func (t *Tree) text(i int32) string {
	n := &t.nodes[i]
	switch {
	case n.size < 0:
		return t.texts[^n.size]
	case n.kind >= Sequence || n.size == 0:
		return ""
	}
	start := int(n.pos) - 1 + int(n.skip)
	return t.File.Text[start : start+int(n.size)]
}

// Node is one value of a Tree. The zero Node is no value: Valid is false.
type Node struct {
	tree *Tree
	i    int32
}

// Valid reports whether there is a value at all.
func (n Node) Valid() bool { return n.tree != nil }

// Kind is the shape of the value.
func (n Node) Kind() Kind { return n.tree.nodes[n.i].kind }

// Text is the text of a scalar: decoded for Text; the source text for numbers, booleans and null.
func (n Node) Text() string { return n.tree.text(n.i) }

// Pos is where the value begins.
func (n Node) Pos() Pos { return n.tree.nodes[n.i].pos }

// Place is Pos with its File.
func (n Node) Place() Place { return Place{n.tree.File, n.tree.nodes[n.i].pos} }

// File is the text the value stands in.
func (n Node) File() *File { return n.tree.File }

// Len is the number of items of a Sequence; 0 of any other kind.
func (n Node) Len() int {
	if n.Kind() != Sequence {
		return 0
	}
	return int(n.tree.nodes[n.i].size)
}

// Items are the values of a Sequence, in order; none of any other kind.
func (n Node) Items() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		nodes := n.tree.nodes
		if nodes[n.i].kind != Sequence {
			return
		}
		for i := n.i + 1; i < nodes[n.i].next; i = nodes[i].next {
			if !yield(Node{n.tree, i}) {
				return
			}
		}
	}
}

// ItemsOrNone is Items, and nothing where there is no value.
func (n Node) ItemsOrNone() iter.Seq[Node] {
	if !n.Valid() {
		return func(func(Node) bool) {}
	}
	return n.Items()
}

// Fields are the keys and values of a Mapping, in order; none of any other kind. Keys are Text nodes; no
// key is there twice.
func (n Node) Fields() iter.Seq2[Node, Node] {
	return func(yield func(key, value Node) bool) {
		nodes := n.tree.nodes
		if nodes[n.i].kind != Mapping {
			return
		}
		for i := n.i + 1; i < nodes[n.i].next; {
			value := nodes[i].next
			if !yield(Node{n.tree, i}, Node{n.tree, value}) {
				return
			}
			i = nodes[value].next
		}
	}
}

// Field is the value of a Mapping's key; not Valid if there is none.
func (n Node) Field(key string) Node {
	for k, v := range n.Fields() {
		if k.Text() == key {
			return v
		}
	}
	return Node{}
}

// TextOf is the Text of a Mapping's key; empty where there is none, or another kind of value.
func (n Node) TextOf(key string) string {
	if !n.Valid() {
		return ""
	}
	if value := n.Field(key); value.Valid() && value.Kind() == Text {
		return value.Text()
	}
	return ""
}

// Int reads a Number that is written as a plain decimal: digits, perhaps a minus, no leading zero.
// 010, 0x10, 1_000, 1e3 and 1.5 are not, nor is anything outside 64 bits.
func (n Node) Int() (int64, bool) {
	text := n.Text()
	digits := text
	if len(digits) > 1 && digits[0] == '-' {
		digits = digits[1:]
	}
	if n.Kind() != Number || digits == "" || digits[0] < '0' || digits[0] > '9' || digits[0] == '0' && len(text) > 1 {
		return 0, false
	}
	for i := 1; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
	}
	value, err := strconv.ParseInt(text, 10, 64)
	return value, err == nil
}

// Describe says what was found, for a message: `a list`, `the number 1.5`, `the text "x"`.
func (n Node) Describe() string {
	switch n.Kind() {
	case Null:
		return "null"
	case Bool:
		return "the boolean " + Excerpt(n.Text())
	case Number:
		return "the number " + Excerpt(n.Text())
	case Text:
		return "the text " + strconv.Quote(Excerpt(n.Text()))
	case Sequence:
		return "a list"
	}
	return "a mapping"
}

// Excerpt is a stranger's text in a message: cut where it is too long, its secrets masked.
func Excerpt(text string) string {
	const most = 60
	if IsSensitive(text) {
		text = MaskSecrets(text)
	}
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// Count is a number with its noun, for a message: "1 slot", "2 slots".
func Count(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.FormatInt(n, 10) + " " + noun
}
