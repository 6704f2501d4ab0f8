package source

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a text. Without escapes it is a piece of the source, not a copy.
func (s *jsonScanner) string() bool {
	start := s.at
	body := s.text[start+1:]
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '"':
			s.add(Text, start, 1, i)
			s.at = start + i + 2
			return true
		case c == '\\':
			return s.escapedString(start, start+1+i)
		case c < ' ':
			return s.fail(start+1+i, "found the control character %s inside a text; write it as \\u%04x", s.found(start+1+i), c)
		}
	}
	return s.fail(start, "this text has no closing quote")
}

// escapedString goes on where the first escape is.
func (s *jsonScanner) escapedString(start, at int) bool {
	var out strings.Builder
	out.WriteString(s.text[start+1 : at])
	for at < len(s.text) {
		c := s.text[at]
		switch {
		case c == '"':
			s.tree.add(Text, At(start), out.String())
			s.at = at + 1
			return true
		case c < ' ':
			return s.fail(at, "found the control character %s inside a text; write it as \\u%04x", s.found(at), c)
		case c != '\\':
			out.WriteByte(c)
			at++
		default:
			r, size := s.escape(at)
			if size == 0 {
				return s.fail(at, `found an escape that JSON does not have; allowed are \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits`)
			}
			out.WriteRune(r)
			at += size
		}
	}
	return s.fail(start, "this text has no closing quote")
}

// escape decodes one escape, a pair of surrogates as one; size 0 says that it is not an escape. A lone surrogate is
// U+FFFD, as in encoding/json.
func (s *jsonScanner) escape(at int) (r rune, size int) {
	if at+1 >= len(s.text) {
		return 0, 0
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := strings.IndexByte(from, s.text[at+1]); i >= 0 {
		return rune(to[i]), 2
	}
	r = s.hex(at)
	if r < 0 {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if pair := utf16.DecodeRune(r, s.hex(at+6)); pair != utf8.RuneError {
		return pair, 12
	}
	return utf8.RuneError, 6
}

// hex reads \uXXXX; -1 if there is none.
func (s *jsonScanner) hex(at int) rune {
	if at+6 > len(s.text) || s.text[at] != '\\' || s.text[at+1] != 'u' {
		return -1
	}
	for _, c := range []byte(s.text[at+2 : at+6]) {
		if !isHex(c) {
			return -1
		}
	}
	n, err := strconv.ParseUint(s.text[at+2:at+6], 16, 32)
	if err != nil {
		return -1
	}
	return rune(n)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// number reads a number as RFC 8259 writes it, and keeps its text.
func (s *jsonScanner) number() bool {
	start, at := s.at, s.at
	if s.text[at] == '-' {
		at++
	}
	digits := func() bool {
		begin := at
		for at < len(s.text) && s.text[at] >= '0' && s.text[at] <= '9' {
			at++
		}
		return at > begin
	}
	zero := at < len(s.text) && s.text[at] == '0'
	intStart := at
	if !digits() {
		return s.fail(at, "expected a digit, found %s", s.found(at))
	}
	if zero && at > intStart+1 {
		return s.fail(start, "a number must not begin with 0; found %s", Excerpt(s.text[start:at]))
	}
	if at < len(s.text) && s.text[at] == '.' {
		at++
		if !digits() {
			return s.fail(at, "expected a digit behind the point, found %s", s.found(at))
		}
	}
	if at < len(s.text) && (s.text[at] == 'e' || s.text[at] == 'E') {
		at++
		if at < len(s.text) && (s.text[at] == '+' || s.text[at] == '-') {
			at++
		}
		if !digits() {
			return s.fail(at, "expected a digit in the exponent, found %s", s.found(at))
		}
	}
	s.add(Number, start, 0, at-start)
	s.at = at
	return true
}
