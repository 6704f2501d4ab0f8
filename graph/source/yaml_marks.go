package source

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// marks turns yaml.v3's lines and columns into offsets. Its columns count runes, and its lines end also at
// NEL, LS and PS, which an editor's do not. Nodes come in the order of the text, so it goes on from where it
// was, and costs no more than reading the text once; whoever goes back (to an anchor, to a merged mapping)
// sets at to a spot kept from there.
type marks struct {
	text string
	// simple: every byte is a code point, and lines end with "\n" only, so that nothing has to be counted byte by byte.
	simple bool
	at     spot
}

func newMarks(text string) marks {
	simple := true
	for i := 0; i < len(text) && simple; i++ {
		simple = text[i] < utf8.RuneSelf && text[i] != '\r'
	}
	return marks{text: text, simple: simple}
}

// spot is a place: line and column as yaml.v3 counts them, but from 0, and the offset.
type spot struct{ line, column, offset int }

func (m *marks) pos(n *yaml.Node) Pos {
	line, column := max(n.Line-1, 0), max(n.Column-1, 0)
	if line < m.at.line || line == m.at.line && column < m.at.column {
		m.at = spot{}
	}
	for m.at.line < line && m.at.offset < len(m.text) {
		m.nextLine()
	}
	if m.simple {
		m.at.offset, m.at.column = min(m.at.offset+column-m.at.column, len(m.text)), column
		return At(m.at.offset)
	}
	for m.at.column < column && m.at.offset < len(m.text) {
		m.at.offset += runeSize(m.text[m.at.offset])
		m.at.column++
	}
	return At(min(m.at.offset, len(m.text)))
}

// nextLine goes behind the next line break, as yaml.v3's is_break knows them.
func (m *marks) nextLine() {
	if m.simple {
		if i := strings.IndexByte(m.text[m.at.offset:], '\n'); i >= 0 {
			m.at = spot{m.at.line + 1, 0, m.at.offset + i + 1}
			return
		}
	}
	for m.at.offset < len(m.text) {
		size := breakSize(m.text[m.at.offset:])
		m.at.offset += max(size, 1)
		if size > 0 {
			break
		}
	}
	m.at.line++
	m.at.column = 0
}

// breakSize is the length of the line break that a text begins with; 0 if it begins with none.
func breakSize(text string) int {
	switch text[0] {
	case '\n':
		return 1
	case '\r':
		if strings.HasPrefix(text, "\r\n") {
			return 2
		}
		return 1
	case 0xC2:
		if strings.HasPrefix(text, "\u0085") {
			return 2
		}
	case 0xE2:
		if strings.HasPrefix(text, "\u2028") || strings.HasPrefix(text, "\u2029") {
			return 3
		}
	}
	return 0
}

func runeSize(first byte) int {
	switch {
	case first < utf8.RuneSelf:
		return 1
	case first < 0xE0:
		return 2
	case first < 0xF0:
		return 3
	}
	return 4
}
