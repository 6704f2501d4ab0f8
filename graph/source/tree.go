package source

import (
	"iter"
	"strconv"
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
// children, and knows where the next node beside it is. One slice keeps a job of 100,000 operators cheap.
type Tree struct {
	File  *File
	nodes []node
}

type node struct {
	text string // a scalar's text: decoded for Text, else as it stands in the source
	pos  Pos
	next int32 // index behind the last node below this one
	kind Kind
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
func (n Node) Text() string { return n.tree.nodes[n.i].text }

// Pos is where the value begins.
func (n Node) Pos() Pos { return n.tree.nodes[n.i].pos }

// Place is Pos with its File.
func (n Node) Place() Place { return Place{n.tree.File, n.tree.nodes[n.i].pos} }

// File is the text the value stands in.
func (n Node) File() *File { return n.tree.File }

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
