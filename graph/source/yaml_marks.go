package source

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// marks turns yaml.v3's lines and columns into offsets. Its columns count runes, and its lines end also at
// NEL, LS and PS, which an editor's do not. Nodes come mostly in the order of the text, so it goes on from
// where it was: one long line costs no more than many short ones.
type marks struct {
	text                 string
	line, column, offset int // the last place found, counted from 0
}

func (m *marks) pos(n *yaml.Node) Pos {
	line, column := max(n.Line-1, 0), max(n.Column-1, 0)
	if line < m.line || line == m.line && column < m.column {
		m.line, m.column, m.offset = 0, 0, 0 // an alias: its anchor is further up
	}
	for m.line < line && m.offset < len(m.text) {
		m.nextLine()
	}
	for m.column < column && m.offset < len(m.text) {
		m.offset += runeSize(m.text[m.offset])
		m.column++
	}
	return At(min(m.offset, len(m.text)))
}

// nextLine goes behind the next line break, as yaml.v3's is_break knows them.
func (m *marks) nextLine() {
	for m.offset < len(m.text) {
		size := breakSize(m.text[m.offset:])
		m.offset += max(size, 1)
		if size > 0 {
			break
		}
	}
	m.line++
	m.column = 0
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
