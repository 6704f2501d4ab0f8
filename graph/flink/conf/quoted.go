package conf

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"udfplan/graph/source"
)

// quoted reads a text in quotes, of YAML or JSON, and keeps where each byte of it stands: kubectl prints files in a ConfigMap so.
type quoted struct {
	text    string // the file around it
	at      int
	out     []byte
	offsets []int // of the bytes of out
	solid   int   // out without blanks at its end that a line break would swallow
}

// unquote is where the bytes of a value stand, and where it ends; nil if it is not in quotes.
func unquote(n source.Node) []int {
	text := n.File().Text
	offset, known := n.Pos().Offset()
	if !known || offset >= len(text) || text[offset] != '"' && text[offset] != '\'' {
		return nil
	}
	q := quoted{text: text, at: offset + 1}
	for q.at < len(text) && q.next(text[offset]) {
	}
	if string(q.out) != n.Text() {
		return nil
	}
	return append(q.offsets, min(q.at, len(text)))
}

// put adds what stands in size bytes of the text.
func (q *quoted) put(value string, size int) {
	for range len(value) {
		q.offsets = append(q.offsets, q.at)
	}
	q.out = append(q.out, value...)
	q.at += size
}

// next reads one character; false at the closing quote.
func (q *quoted) next(quote byte) bool {
	switch c := q.text[q.at]; {
	case c == quote && quote == '\'' && strings.HasPrefix(q.text[q.at:], "''"):
		q.put("'", 2)
	case c == quote:
		return false
	case c == '\\' && quote == '"':
		q.escape()
	case c == '\n' || c == '\r':
		q.fold()
		return true
	case c == ' ' || c == '\t':
		q.put(string(c), 1)
		return true
	default:
		q.put(q.text[q.at:q.at+1], 1)
	}
	q.solid = len(q.out)
	return true
}

// fold is a line break: a blank, or as many breaks as lines are empty.
func (q *quoted) fold() {
	q.out, q.offsets = q.out[:q.solid], q.offsets[:q.solid]
	begin, breaks := q.at, 0
	for ; q.at < len(q.text) && strings.IndexByte(" \t\r\n", q.text[q.at]) >= 0; q.at++ {
		if q.text[q.at] == '\n' || q.text[q.at] == '\r' && !strings.HasPrefix(q.text[q.at:], "\r\n") {
			breaks++
		}
	}
	value := " "
	if breaks > 1 {
		value = strings.Repeat("\n", breaks-1)
	}
	end := q.at
	q.at = begin
	q.put(value, end-begin)
	q.solid = len(q.out)
}

// escapes are those of one character and what they stand for.
var escapes = strings.NewReplacer("0", "\x00", "a", "\a", "b", "\b", "t", "\t", "n", "\n", "v", "\v", "f", "\f", "r", "\r", "e", "\x1b",
	"N", "\u0085", "_", "\u00A0", "L", "\u2028", "P", "\u2029")

func (q *quoted) escape() {
	rest := q.text[q.at+1:]
	if rest == "" {
		q.at++
		return
	}
	if rest[0] == '\n' || rest[0] == '\r' { // the line goes on behind the blanks of the next
		size := 1 + len(rest) - len(strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n"), " \t"))
		q.at += size
		return
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[0]]
	if digits == 0 {
		q.put(escapes.Replace(rest[:1]), 2)
		return
	}
	r, size := hexRune(rest, digits), 2+digits
	if utf16.IsSurrogate(r) && strings.HasPrefix(q.text[min(q.at+size, len(q.text)):], `\u`) {
		r = utf16.DecodeRune(r, hexRune(q.text[q.at+size+1:], digits))
		size *= 2
	}
	q.put(string(r), size)
}

// hexRune is the character of so many digits behind the first byte.
func hexRune(text string, digits int) rune {
	if len(text) <= digits {
		return utf8.RuneError
	}
	value, err := strconv.ParseUint(text[1:1+digits], 16, 32)
	if err != nil || value > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(value)
}
