package render

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"udfplan/graph/flink"
)

// emitter writes one document as YAML or JSON from the same calls. yaml.v3's encoder is not used: it takes
// several times as long as reading and planning together (BenchmarkWriteYAML has both), and cannot put one
// list in block style with its entries in flow style on one line whatever their length.
type emitter struct {
	w      io.Writer
	json   bool
	buf    []byte
	err    error
	levels []level
	// space: a YAML key was written, and a value on the same line has to keep its distance.
	space bool
}

// level is one mapping or list that is open.
type level struct {
	count  int32
	indent uint8
	list   bool
	inline bool // on one line
	joined bool // a YAML mapping whose first key stands behind the "- " of its list
}

const flushSize = 1 << 16

func (e *emitter) flush() error {
	if e.err == nil && len(e.buf) > 0 {
		_, e.err = e.w.Write(e.buf)
	}
	e.buf = e.buf[:0]
	return e.err
}

func (e *emitter) top() *level { return &e.levels[len(e.levels)-1] }

// next goes to the place of the next key or item.
func (e *emitter) next() {
	if len(e.buf) > flushSize {
		_ = e.flush() // kept in err
	}
	l := e.top()
	l.count++
	if l.inline {
		if l.count > 1 {
			e.buf = append(e.buf, ", "...)
		}
		return
	}
	if l.count > 1 && e.json {
		e.buf = append(e.buf, ',')
	}
	switch {
	case l.joined && l.count == 1:
	default:
		e.newline(l.indent)
	}
	if l.list && !e.json {
		e.buf = append(e.buf, "- "...)
	}
}

const blanks = "                "

func (e *emitter) newline(indent uint8) {
	if e.json || len(e.levels) > 1 || e.top().count > 1 {
		e.buf = append(e.buf, '\n')
	}
	e.buf = append(e.buf, blanks[:indent]...)
}

// key writes a key of the mapping that is open; the value follows. Keys are plain text in YAML.
func (e *emitter) key(name string) {
	e.next()
	if e.json {
		e.buf = append(append(append(e.buf, '"'), name...), `": `...)
		return
	}
	e.buf = append(append(e.buf, name...), ':')
	e.space = true
}

// value goes to the place of a value that stands on this line.
func (e *emitter) value() {
	if e.space {
		e.buf = append(e.buf, ' ')
		e.space = false
	}
}

// mapping begins a mapping with a key a line, flow one on a single line; sequence and flowSequence are the same of lists. close
// ends each. JSON has one line for whatever lies deeper than the entries of a top-level list.
func (e *emitter) mapping()      { e.open(false, false) }
func (e *emitter) flow()         { e.open(false, true) }
func (e *emitter) sequence()     { e.open(true, false) }
func (e *emitter) flowSequence() { e.open(true, true) }

// The same behind a key.
func (e *emitter) mappingAt(key string)      { e.key(key); e.mapping() }
func (e *emitter) flowAt(key string)         { e.key(key); e.flow() }
func (e *emitter) sequenceAt(key string)     { e.key(key); e.sequence() }
func (e *emitter) flowSequenceAt(key string) { e.key(key); e.flowSequence() }

func (e *emitter) open(list, inline bool) {
	depth := len(e.levels)
	if e.json {
		inline = depth > 1 || depth == 1 && !list
	}
	l := level{list: list, inline: inline, indent: uint8(2 * depth)}
	if e.json {
		l.indent += 2
	}
	if depth > 0 && !inline && !e.json {
		l.joined = e.top().list
	}
	e.levels = append(e.levels, l)
	if inline || e.json {
		e.value()
		e.buf = append(e.buf, bracket(list, false))
	}
	e.space = e.space && inline
}

func (e *emitter) close() {
	l := *e.top()
	e.levels = e.levels[:len(e.levels)-1]
	if !l.inline && !e.json {
		return
	}
	if e.json && !l.inline && l.count > 0 {
		e.buf = append(e.buf, '\n')
		e.buf = append(e.buf, blanks[:l.indent-2]...)
	}
	e.buf = append(e.buf, bracket(l.list, true))
}

func bracket(list, closing bool) byte {
	switch {
	case list && closing:
		return ']'
	case list:
		return '['
	case closing:
		return '}'
	}
	return '{'
}

// emptyList writes a list without entries.
func (e *emitter) emptyList() {
	e.value()
	e.buf = append(e.buf, "[]"...)
}

// word writes text that is known to be plain in YAML: words of the document's own, and sizes.
func (e *emitter) word(text string) {
	e.value()
	if e.json {
		e.buf = append(append(append(e.buf, '"'), text...), '"')
		return
	}
	e.buf = append(e.buf, text...)
}

func (e *emitter) size(size flink.MemorySize) {
	e.value()
	if e.json {
		e.buf = append(size.AppendText(append(e.buf, '"')), '"')
		return
	}
	e.buf = size.AppendText(e.buf)
}

func (e *emitter) integer(n int64) {
	e.value()
	e.buf = strconv.AppendInt(e.buf, n, 10)
}

func (e *emitter) boolean(b bool) {
	e.value()
	e.buf = strconv.AppendBool(e.buf, b)
}

// raw writes a scalar that quote has made.
func (e *emitter) raw(quoted []byte) {
	e.value()
	e.buf = append(e.buf, quoted...)
}

func (e *emitter) text(text string) {
	e.value()
	e.buf = e.quote(e.buf, text)
}

// quote appends a text as a scalar: as JSON does it, which YAML reads as well; in YAML bare where that is
// clearly safe.
func (e *emitter) quote(dst []byte, text string) []byte {
	if !e.json && plain(text) {
		return append(dst, text...)
	}
	return appendQuoted(dst, text)
}

// bare are the bytes that stand in quotes as they are.
var bare = func() (bare [256]bool) {
	for c := ' '; c < 0x7F; c++ {
		bare[c] = c != '"' && c != '\\'
	}
	return bare
}()

func appendQuoted(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if bare[c] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case c == '"' || c == '\\':
			dst = append(append(dst, text[start:i]...), '\\', c)
		case unsafe(r):
			dst = appendEscape(append(dst, text[start:i]...), r)
		default:
			i += size
			continue
		}
		i += size
		start = i
	}
	return append(append(dst, text[start:]...), '"')
}

// plain reports whether every reader of YAML, 1.1 or 1.2, takes the text for just this text without quotes, in
// block and in flow style. It is meant to say no too often.
func plain(text string) bool {
	if text == "" || len(text) > 64 || !letter(text[0]) {
		return false
	}
	for i := 1; i < len(text); i++ {
		if c := text[i]; !letter(c) && (c < '0' || c > '9') && c != '-' && c != '.' && c != '/' && c != '#' {
			return false
		}
	}
	if len(text) > len("false") {
		return true
	}
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return false
	}
	return true
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }
