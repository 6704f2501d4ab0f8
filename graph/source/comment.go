package source

import (
	"slices"
	"strings"
)

// Comment is one comment of a YAML text.
type Comment struct {
	Text  string // what follows the word it begins with, without blanks around it
	Pos   Pos    // of the #
	Alone bool   // nothing stands before it on its line
}

// Comments are the comments of a text that begin with a word, such as "udfplan:", in order. docs are the
// documents that Read found in it. What looks like a comment inside a text does not count; JSON has no comments.
func Comments(f *File, docs []Node, word string) (found []Comment) {
	var texts []span // those that end further on
	for at, next := nextComment(f.Text, 0, word); at >= 0; at, next = nextComment(f.Text, next, word) {
		if texts == nil {
			texts = textsWith(docs, word)
		}
		for len(texts) > 0 && texts[0].to <= at {
			texts = texts[1:]
		}
		if len(texts) > 0 && texts[0].from <= at {
			continue
		}
		line := f.Text[strings.LastIndexAny(f.Text[:at], "\r\n")+1 : at]
		end := next + lineLength(f.Text[next:])
		found = append(found, Comment{Text: strings.TrimSpace(f.Text[next:end]), Pos: At(at), Alone: strings.Trim(line, " \t") == ""})
	}
	return found
}

// nextComment finds the next # that a word follows; a # in the middle of a word begins no comment. next lies behind the word.
func nextComment(text string, from int, word string) (at, next int) {
	for {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1, 0
		}
		next = from + i + len(word)
		at = len(strings.TrimRight(text[:from+i], " \t")) - 1
		if at >= 0 && text[at] == '#' && (at == 0 || strings.IndexByte(" \t\r\n", text[at-1]) >= 0) {
			return at, next
		}
		from = next
	}
}

func lineLength(text string) int {
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		return end
	}
	return len(text)
}

// span is a piece of a text, by offsets.
type span struct{ from, to int }

// textsWith are the places of all texts that hold a word, in the order of the file: an alias brings a text again, from further up.
func textsWith(docs []Node, word string) (spans []span) {
	spans = []span{}
	if len(docs) == 0 {
		return spans
	}
	tree := docs[0].tree
	for i := range tree.nodes {
		n := &tree.nodes[i]
		if offset, known := n.pos.Offset(); known && n.kind == Text && strings.Contains(tree.text(int32(i)), word) {
			inside := scalarSpan(tree.File.Text[offset:])
			spans = append(spans, span{offset + inside.from, offset + inside.to})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	return slices.Compact(spans)
}

// scalarSpan is the part, of the scalar that a text begins with, in which a # begins no comment. A plain scalar has none.
func scalarSpan(text string) span {
	rest := text
	for rest != "" && (rest[0] == '&' || rest[0] == '!') { // an anchor, a tag
		rest = strings.TrimLeft(rest[strings.IndexAny(rest+" ", " \t\r\n"):], " \t\r\n")
	}
	start := len(text) - len(rest)
	switch {
	case rest == "":
		return span{}
	case rest[0] == '"' || rest[0] == '\'':
		return span{start, start + quotedLength(rest)}
	case rest[0] == '|' || rest[0] == '>':
		header := lineLength(rest) // a comment may stand there
		return span{start + header, start + header + blockLength(rest[header:])}
	}
	return span{}
}

func quotedLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] == text[0] && text[0] == '\'' && strings.HasPrefix(text[i+1:], "'"):
			i++
		case text[i] == text[0]:
			return i + 1
		}
	}
	return len(text)
}

// blockLength is the length of a block scalar's lines: they are indented as the first that is not blank. The text begins with the
// line break of the header.
func blockLength(text string) int {
	indent, length := -1, 0
	first := true
	for line := range strings.Lines(text) {
		own := len(line) - len(strings.TrimLeft(line, " "))
		switch blank := strings.TrimSpace(line) == ""; {
		case first || blank:
			first = false
		case indent < 0:
			indent = own
		case own < indent:
			return length
		}
		length += len(line)
	}
	return length
}
