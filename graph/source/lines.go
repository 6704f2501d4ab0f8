package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// lineIndex finds lines and columns without reading the text again, however long a line is: a job on one line of JSON may
// have an error in each of its operators.
type lineIndex struct {
	starts []int32 // offsets of the lines' first bytes
	// runes[i] is how many code points begin before byte i*step; nil where each byte is one.
	runes []int32
	valid bool // UTF-8; only then runes are counted so
}

// step is from one count of code points to the next, in bytes.
const step = 1 << 10

// index finds the lines as an editor does: "\n", "\r\n" and a lone "\r" end one.
func (f *File) index() *lineIndex {
	if f.lines != nil {
		return f.lines
	}
	x := &lineIndex{starts: []int32{0}, valid: utf8.ValidString(f.Text)}
	ascii := true
	for i := 0; i < len(f.Text); i++ {
		c := f.Text[i]
		if c == '\n' || c == '\r' && !strings.HasPrefix(f.Text[i+1:], "\n") {
			x.starts = append(x.starts, int32(i+1))
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && x.valid {
		x.countRunes(f.Text)
	}
	f.lines = x
	return x
}

func (x *lineIndex) countRunes(text string) {
	count := int32(0)
	for i := 0; i < len(text); i++ {
		if i%step == 0 {
			x.runes = append(x.runes, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	x.runes = append(x.runes, count)
}

// runesBefore counts the code points before an offset.
func (x *lineIndex) runesBefore(text string, offset int) int {
	switch {
	case !x.valid:
		return utf8.RuneCountInString(text[:offset])
	case x.runes == nil:
		return offset
	}
	count := int(x.runes[offset/step])
	for i := offset / step * step; i < offset; i++ {
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	return count
}

// offsetOf is where the code point number n begins, counted from 0.
func (x *lineIndex) offsetOf(text string, n int) int {
	if x.valid && x.runes == nil {
		return min(n, len(text))
	}
	at := 0
	if x.valid {
		k := sort.Search(len(x.runes), func(i int) bool { return int(x.runes[i]) > n }) - 1
		at = min(k*step, len(text))
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++ // the rest of one that was counted before
		}
		n -= int(x.runes[k])
	}
	for i := range text[at:] {
		if n == 0 {
			return at + i
		}
		n--
	}
	return len(text)
}

// searchLine is the number of the line that holds offset.
func searchLine(starts []int32, offset int) int {
	return sort.Search(len(starts), func(i int) bool { return int(starts[i]) > offset })
}
