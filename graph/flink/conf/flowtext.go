package conf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// text is YamlParserUtils.toYAMLString: a scalar as it is in Java, a collection as flow YAML on one line.
func (r *confReader) text(v *javaValue) string {
	switch {
	case v.kind == javaBinary:
		return "!!binary |-\n  " + v.text
	case v.isCollection():
		return r.flow(v)
	}
	return v.text
}

func (r *confReader) flow(v *javaValue) string {
	w := flowWriter{next: &r.anchors, seen: map[*javaValue]string{}}
	w.look(v)
	w.write(v)
	return w.out.String()
}

// flowWriter writes a value as snakeyaml-engine does in flow style.
type flowWriter struct {
	out  strings.Builder
	next *int
	// seen are the collections met: the name of their anchor if they are there twice, with a * once written.
	seen map[*javaValue]string
	// depth is how many collections are open, line where the last line of out begins.
	depth, line int
}

// look gives anchors to what is there twice, in the order in which that is found.
func (w *flowWriter) look(v *javaValue) {
	if !v.isCollection() {
		return
	}
	name, again := w.seen[v]
	if again {
		if name == "" {
			*w.next++
			w.seen[v] = fmt.Sprintf("&id%03d", *w.next)
		}
		return
	}
	w.seen[v] = ""
	for _, item := range v.items {
		w.look(item)
	}
}

func (w *flowWriter) write(v *javaValue) {
	if !v.isCollection() {
		w.out.WriteString(flowScalar(v))
		return
	}
	if name := w.seen[v]; strings.HasPrefix(name, "*") {
		w.out.WriteString(name)
		return
	} else if name != "" {
		w.out.WriteString(name + " ")
		w.seen[v] = "*" + name[1:]
	}
	w.depth++
	defer func() { w.depth-- }()
	if v.kind == javaList {
		w.out.WriteByte('[')
		for i, item := range v.items {
			w.comma(i)
			w.write(item)
		}
		w.out.WriteByte(']')
		return
	}
	if v.kind == javaSet {
		w.out.WriteString("!!set ")
	}
	w.out.WriteByte('{')
	for i := 0; i < len(v.items); i++ {
		w.comma(i)
		w.key(v.items[i])
		if v.kind == javaSet {
			w.out.WriteString("null")
		} else if i++; i < len(v.items) {
			w.write(v.items[i])
		}
	}
	w.out.WriteByte('}')
}

func (w *flowWriter) comma(i int) {
	if i > 0 {
		w.out.WriteString(", ")
	}
}

// key writes a key and its colon; one that is empty, long or a collection with something in it has a question mark,
// and on a line that is full by then its colon on the next one (Emitter.ExpectFlowMappingValue).
func (w *flowWriter) key(v *javaValue) {
	const longest, widest = 128, 80
	simple := v.text != "" && utf8.RuneCountInString(v.text) < longest && !strings.Contains(v.text, "\n")
	if v.isCollection() {
		simple = len(v.items) == 0
	}
	if simple {
		w.write(v)
		w.out.WriteString(": ")
		return
	}
	w.out.WriteString("? ")
	w.write(v)
	if w.column() > widest {
		w.out.WriteString("\n")
		w.line = w.out.Len()
		w.out.WriteString(strings.Repeat("  ", w.depth) + ": ")
		return
	}
	w.out.WriteString(" : ")
}

// column is how far the last line has come, as Java counts characters.
func (w *flowWriter) column() (units int) {
	for _, r := range w.out.String()[w.line:] {
		units += utf16.RuneLen(r)
	}
	return units
}

// flowScalar is a scalar inside brackets: plain, in single quotes or in double ones.
func flowScalar(v *javaValue) string {
	switch {
	case v.kind == javaBinary:
		return "!!binary " + doubleQuoted(v.text)
	case v.kind != javaText:
		return v.text
	case strings.IndexFunc(v.text, notInQuotes) >= 0:
		return doubleQuoted(v.text)
	case coreTag(v.text) != "!!str" || !plainInFlow(v.text):
		return "'" + strings.ReplaceAll(v.text, "'", "''") + "'"
	}
	return v.text
}

// notInQuotes tells a character that stands only in double quotes, mostly as an escape.
func notInQuotes(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029', r == '\uFEFF', r >= 0xFFFE && r <= 0xFFFF:
		return true
	}
	return false
}

// plainInFlow is Emitter.analyzeScalar for a text without breaks and special characters.
func plainInFlow(text string) bool {
	switch {
	case text[0] == ' ' || text[len(text)-1] == ' ',
		strings.HasPrefix(text, "---"), strings.HasPrefix(text, "..."),
		strings.IndexByte("#&*!|>'\"%@`-?:", text[0]) >= 0 && (text[0] != '-' || len(text) == 1 || text[1] == ' '):
		return false
	}
	return !strings.ContainsAny(text, ",?[]{}:") && !strings.Contains(text, " #")
}

// doubleQuoted is Emitter.writeDoubleQuoted.
func doubleQuoted(text string) string {
	const from, to = "\x00\a\b\t\n\v\f\r\x1b\"\\\u0085\u00A0\u2028\u2029", `0abtnvfre"\N_LP`
	short := map[rune]byte{}
	for i, r := range []rune(from) {
		short[r] = to[i]
	}
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		c, isShort := short[r]
		switch {
		case isShort:
			out.WriteString(`\` + string(c))
		case !notInQuotes(r) || unicode.IsGraphic(r):
			out.WriteRune(r)
		case r <= 0xFF:
			out.WriteString(`\x` + hexDigits(r, 2))
		default:
			out.WriteString(`\u` + hexDigits(r, 4))
		}
	}
	out.WriteByte('"')
	return out.String()
}

func hexDigits(r rune, width int) string {
	digits := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(0, width-len(digits))) + digits
}
