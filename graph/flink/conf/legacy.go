package conf

import (
	"strings"
	"unicode/utf8"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// readLegacy reads flink-conf.yaml as Flink up to 1.20 does (GlobalConfiguration.loadYAMLResource), line
// by line: what is behind the first # is a comment, quotes or not; the first colon with a blank parts key
// and value; a line that is no such pair is skipped with a warning, whose text is that of the version.
// Flink's reader keeps a byte order mark as part of the first key; source.NewFile drops it, a File made
// without has it.
func readLegacy(f *source.File, v flink.Version) (flink.Config, source.List) {
	var c flink.Config
	var problems source.List
	for at, next := 0, 0; at < len(f.Text); at = next {
		var line string
		line, next = cutLine(f.Text, at)
		body, _, _ := strings.Cut(line, "#")
		body, at := trimAt(body, at)
		key, value, found := strings.Cut(body, ": ")
		valueAt := at + len(key) + len(": ")
		key, keyAt := trimAt(key, at)
		value, valueAt = trimAt(value, valueAt)
		switch {
		case body == "":
		case !found:
			skipLine(&problems, f, at, v, line, "Error while trying to split key and value", noPair)
		case key == "" || value == "":
			skipLine(&problems, f, at, v, line, "Error after splitting key and value", "Key or value was empty")
		default:
			c = append(c, flink.Entry{Key: javaUTF8(key), Value: javaUTF8(value), Legacy: true,
				Place:      source.Place{File: f, Pos: source.At(keyAt)},
				ValuePlace: source.Place{File: f, Pos: source.At(valueAt)}})
		}
	}
	return c, problems
}

const noPair = "Line is not a key-value pair (missing space after ':'?)"

// cutLine is the line at an offset, as BufferedReader.readLine has it, and where the next begins.
func cutLine(text string, at int) (line string, next int) {
	size := strings.IndexAny(text[at:], "\r\n")
	if size < 0 {
		return text[at:], len(text)
	}
	line, next = text[at:at+size], at+size+1
	if strings.HasPrefix(text[at+size:], "\r\n") {
		next++
	}
	return line, next
}

// trimAt is JavaTrim of a text at an offset, and the offset of what is left.
func trimAt(text string, at int) (string, int) {
	trimmed := flink.JavaTrim(text)
	if trimmed == "" {
		return "", at
	}
	return trimmed, at + strings.IndexByte(text, trimmed[0])
}

// skipLine says what Flink logs. Up to 1.16 it logs the line itself; that of a password is hidden here.
func skipLine(problems *source.List, f *source.File, at int, v flink.Version, line, what, why string) {
	if flink.SkippedLineShown.In(v) {
		if why = `"` + javaUTF8(line) + `"`; source.IsSensitive(line) {
			why = `"******"`
		}
	}
	d := problems.Warnf(source.Place{File: f, Pos: source.At(at)}, source.CodeSkippedLine, "%s: %s", what, why)
	d.Hint = "Flink skips this line; an option is written as key: value, with a blank behind the colon"
}

// javaUTF8 replaces what is no UTF-8 as Java's decoder does: the longest beginning of a character by one U+FFFD.
func javaUTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			if len(text) > 2 && text[0] == 0xED && text[1]&^0x1F == 0xA0 && text[2]&^0x3F == 0x80 {
				size = 3 // a surrogate
			}
			for n := min(3, len(text)); n > 1; n-- {
				if !utf8.FullRuneInString(text[:n]) {
					size = n
					break
				}
			}
		}
		out.WriteRune(r)
		text = text[size:]
	}
	return out.String()
}
