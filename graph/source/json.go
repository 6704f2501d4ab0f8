package source

import (
	"fmt"
	"unicode/utf8"
)

// readJSON reads RFC 8259 texts one after the other. It has a scanner of its own because encoding/json
// gives offsets only through its token reader, which alone takes twice a bare Unmarshal; a fuzz target
// holds it to encoding/json. ok is false where the text is no JSON: problems then ends with why.
func readJSON(f *File) (docs []Node, problems List, ok bool) {
	s := jsonScanner{text: f.Text, tree: &Tree{File: f}}
	s.tree.nodes = make([]node, 0, len(f.Text)/12+16) // a job file has a value per 12 to 20 bytes
	for s.skipSpace(); s.at < len(s.text); s.skipSpace() {
		start := int32(len(s.tree.nodes))
		if !s.value(0) {
			break
		}
		docs = append(docs, Node{s.tree, start})
	}
	if s.wrong != "" {
		problems = append(problems, s.problems...)
		problems.Errorf(Place{f, At(min(s.wrongAt, len(f.Text)))}, s.code, "%s", s.wrong)
		return docs, problems, s.code == CodeTooDeep
	}
	return docs, s.problems, true
}

type jsonScanner struct {
	text     string
	at       int
	tree     *Tree
	problems List
	keys     keySet
	// wrong says why reading ended at wrongAt.
	wrong   string
	wrongAt int
	code    string
}

func (s *jsonScanner) fail(at int, format string, args ...any) bool {
	s.wrong, s.wrongAt, s.code = fmt.Sprintf(format, args...), at, CodeJSONSyntax
	return false
}

// found names the character at a place, for a message.
func (s *jsonScanner) found(at int) string {
	if at >= len(s.text) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRuneInString(s.text[at:])
	return fmt.Sprintf("%q", r)
}

func (s *jsonScanner) skipSpace() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (s *jsonScanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// add appends a value whose text stands in the source: so many bytes, behind a quote or none.
func (s *jsonScanner) add(kind Kind, at, skip, size int) {
	s.tree.nodes = append(s.tree.nodes, node{pos: At(at), next: int32(len(s.tree.nodes)) + 1, size: int32(size), kind: kind, skip: uint8(skip)})
}

func (s *jsonScanner) value(depth int) bool {
	switch c := s.peek(); {
	case c == '"':
		return s.string()
	case c == '{':
		return s.object(depth + 1)
	case c == '[':
		return s.array(depth + 1)
	case c == 't':
		return s.literal("true", Bool)
	case c == 'f':
		return s.literal("false", Bool)
	case c == 'n':
		return s.literal("null", Null)
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	return s.fail(s.at, "expected a value, found %s", s.found(s.at))
}

func (s *jsonScanner) literal(word string, kind Kind) bool {
	end := s.at
	for end < len(s.text) && s.text[end] >= 'a' && s.text[end] <= 'z' {
		end++
	}
	if s.text[s.at:end] != word {
		return s.fail(s.at, "expected a value, found %q: texts are quoted, and the only words are true, false and null", Excerpt(s.text[s.at:end]))
	}
	s.add(kind, s.at, 0, len(word))
	s.at = end
	return true
}

func (s *jsonScanner) tooDeep(depth int) bool {
	if depth <= MaxDepth {
		return false
	}
	s.fail(s.at, "nested more than %d levels deep", MaxDepth)
	s.code = CodeTooDeep
	return true
}

func (s *jsonScanner) array(depth int) bool {
	if s.tooDeep(depth) {
		return false
	}
	start := len(s.tree.nodes)
	s.add(Sequence, s.at, 0, 0)
	s.at++
	items := int32(0)
	for {
		s.skipSpace()
		if s.peek() == ']' && items == 0 {
			break
		}
		if !s.value(depth) {
			return false
		}
		items++
		s.skipSpace()
		if c := s.peek(); c == ']' {
			break
		} else if c != ',' {
			return s.fail(s.at, "expected , or ] in a list, found %s", s.found(s.at))
		}
		s.at++
	}
	s.at++
	s.tree.nodes[start].size = items
	s.tree.nodes[start].next = int32(len(s.tree.nodes))
	return true
}

func (s *jsonScanner) object(depth int) bool {
	if s.tooDeep(depth) {
		return false
	}
	start := len(s.tree.nodes)
	s.add(Mapping, s.at, 0, 0)
	s.at++
	mark := s.keys.open()
	for first := true; ; first = false {
		s.skipSpace()
		if s.peek() == '}' && first {
			break
		}
		if !s.field(depth, mark) {
			return false
		}
		s.skipSpace()
		if c := s.peek(); c == '}' {
			break
		} else if c != ',' {
			return s.fail(s.at, "expected , or } in an object, found %s", s.found(s.at))
		}
		s.at++
	}
	s.at++
	s.keys.close(mark)
	s.tree.nodes[start].next = int32(len(s.tree.nodes))
	return true
}

// field reads one key and its value; those of a key that was there before are dropped.
func (s *jsonScanner) field(depth, mark int) bool {
	if s.peek() != '"' {
		return s.fail(s.at, "expected a key in double quotes, found %s", s.found(s.at))
	}
	key := len(s.tree.nodes)
	if !s.string() {
		return false
	}
	text, pos := s.tree.text(int32(key)), s.tree.nodes[key].pos
	first, twice := s.keys.put(mark, text, pos)
	if twice {
		s.problems.duplicateKey(s.tree.File, text, pos, first)
	}
	s.skipSpace()
	if s.peek() != ':' {
		return s.fail(s.at, "expected : behind a key, found %s", s.found(s.at))
	}
	s.at++
	s.skipSpace()
	if !s.value(depth) {
		return false
	}
	if twice {
		s.tree.nodes = s.tree.nodes[:key]
	}
	return true
}

func (l *List) duplicateKey(f *File, key string, at, first Pos) {
	d := l.Errorf(Place{f, at}, CodeDuplicateKey, "key %q is there twice", Excerpt(key))
	d.Related = []Related{{Place{f, first}, "first here"}}
}
