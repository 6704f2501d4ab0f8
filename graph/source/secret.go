package source

import (
	"slices"
	"strings"
)

// SensitiveWords are the words by which Flink tells a key whose value it never shows
// (GlobalConfiguration.SENSITIVE_KEYS, the words of all versions).
var SensitiveWords = []string{"password", "secret", "fs.azure.account.key", "apikey", "api-key", "auth-params",
	"service-key", "token", "basic-auth", "jaas.config", "http-headers"}

// nestedWords stand for the words with dots where every part has a mapping of its own: `jaas: {config: …}`.
var nestedWords = []string{"azure", "jaas"}

// IsSensitive says whether a key, or a line that holds one, is one whose value nobody may see.
func IsSensitive(key string) bool {
	at, _ := nextWord(key, 0, SensitiveWords)
	return at >= 0
}

// MaskSecrets replaces the values of sensitive keys by as many asterisks: in YAML and JSON of every form, in
// `key: value`, `key=value` and `key value` lines, and the value beside a name (`{"key": …, "value": …}`). What is a
// value is decided generously, because this text is for people: nothing is read from it.
func MaskSecrets(text string) string {
	m := masker{text: text}
	m.directHits(SensitiveWords, false)
	m.directHits(nestedWords, true)
	m.pathHits()
	return m.masked()
}

// masker collects the parts of a text that nobody may see.
type masker struct {
	text  string
	spans []hidden
	last  hidden // of spans: what is in it need not be looked at again
	// looked is how far values beside names were looked for: names may stand close together.
	looked int
}

type hidden struct{ start, end int }

func (h hidden) covers(at int) bool { return h.start <= at && at < h.end }

func (m *masker) hide(start, end int) {
	if start < end {
		m.spans = append(m.spans, hidden{start, end})
		if m.last.covers(start) {
			m.last.end = max(m.last.end, end)
		} else {
			m.last = hidden{start, end}
		}
	}
}

// masked keeps every line and column where it was.
func (m *masker) masked() string {
	if len(m.spans) == 0 {
		return m.text
	}
	slices.SortFunc(m.spans, func(a, b hidden) int { return a.start - b.start })
	var out strings.Builder
	at := 0
	for _, s := range m.spans {
		if s.end <= at {
			continue
		}
		start := max(s.start, at)
		out.WriteString(m.text[at:start])
		for _, r := range m.text[start:s.end] {
			if r == '\n' || r == '\r' || r == ' ' || r == '\t' {
				out.WriteRune(r)
			} else {
				out.WriteByte('*')
			}
		}
		at = s.end
	}
	return out.String() + m.text[at:]
}

// directHits finds words in the text itself. A nested word counts only where a mapping follows.
func (m *masker) directHits(words []string, nested bool) {
	for at := 0; ; {
		start, length := nextWord(m.text, at, words)
		if start < 0 {
			return
		}
		if m.last.covers(start) {
			at = m.last.end
			continue
		}
		at = start + length
		end := tokenEnd(m.text, at)
		value, isKey := m.afterKey(start, end)
		switch {
		case nested:
			if isKey && value < len(m.text) && m.text[value] == '{' {
				at = m.hideValue(value, start)
			}
		case isKey:
			at = max(end, m.hideValue(value, start))
		default:
			m.hideBeside(start)
		}
	}
}

// nextWord is the first of some words from an offset on, in whatever case; -1 where none comes.
func nextWord(text string, from int, words []string) (start, length int) {
	for i := from; i < len(text); i++ {
		switch text[i] | 0x20 { // the words' first letters, which most bytes are not
		case 'p', 's', 'f', 'a', 't', 'b', 'j', 'h':
			for _, word := range words {
				if len(text)-i >= len(word) && strings.EqualFold(text[i:i+len(word)], word) {
					return i, len(word)
				}
			}
		}
	}
	return -1, 0
}

// tokenEnd is where the key goes on to.
func tokenEnd(text string, at int) int {
	for at < len(text) && (isWordByte(text[at]) || strings.IndexByte(".-/$", text[at]) >= 0) {
		at++
	}
	return at
}

func isWordByte(c byte) bool {
	return c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// afterKey is where the value behind a key begins: behind `:` or `=`, or behind a blank where the key begins its
// line, as people write who forget the colon.
func (m *masker) afterKey(start, end int) (value int, isKey bool) {
	at := end
	for at < len(m.text) && (m.text[at] == '"' || m.text[at] == '\'' || m.text[at] == '\\' || m.text[at] == ']') {
		at++
	}
	quoted := at > end
	gap := at
	for at < len(m.text) && (isBlank(m.text[at]) || quoted && isBreak(m.text[at])) {
		at++
	}
	switch {
	case at < len(m.text) && (m.text[at] == ':' || m.text[at] == '='):
		at++
		for at < len(m.text) && (isBlank(m.text[at]) || quoted && isBreak(m.text[at])) {
			at++
		}
		return at, true
	case at > gap && at < len(m.text) && !isBreak(m.text[at]) && m.beginsLine(start):
		return at, true
	}
	return 0, false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
func isBreak(c byte) bool { return c == '\n' || c == '\r' }

// beginsLine says whether nothing but the rest of its key stands before an offset in its line.
func (m *masker) beginsLine(at int) bool {
	const longestKey = 500
	start := m.lineStartNear(at, longestKey)
	line := m.text[start:at]
	return at-start < longestKey && !strings.ContainsAny(strings.TrimLeft(line, " \t-\"'"), " \t:=,{[")
}

func (m *masker) lineStart(at int) int {
	return strings.LastIndexAny(m.text[:at], "\r\n") + 1
}

// lineStartNear is where the line begins, but not further back than so many bytes: looking further costs the square of a long line.
func (m *masker) lineStartNear(at, most int) int {
	from := max(at-most, 0)
	return from + strings.LastIndexAny(m.text[from:at], "\r\n") + 1
}

func (m *masker) lineEnd(at int) int {
	if i := strings.IndexAny(m.text[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(m.text)
}

// lineEndNear is where the line ends, but not further than so many bytes.
func (m *masker) lineEndNear(at, most int) int {
	to := min(at+most, len(m.text))
	if i := strings.IndexAny(m.text[at:to], "\r\n"); i >= 0 {
		return at + i
	}
	return to
}

// hideValue hides the value that begins at an offset, of the key at another, and is where it ends.
func (m *masker) hideValue(value, key int) (end int) {
	if value >= len(m.text) {
		return value
	}
	switch c := m.text[value]; {
	case c == '"' || c == '\'':
		end = m.quotedEnd(value)
	case c == '[' || c == '{':
		end = m.bracketEnd(value, len(m.text))
	case isBreak(c):
		end = m.belowEnd(value, key)
	default:
		end = m.belowEnd(m.lineEnd(value), key)
	}
	m.hide(value, end)
	return end
}

// quotedEnd is the end of a quoted value, or of the text where the quote is never closed.
func (m *masker) quotedEnd(at int) int {
	quote := m.text[at]
	for i := at + 1; i < len(m.text); i++ {
		switch {
		case m.text[i] == '\\' && quote == '"':
			i++
		case m.text[i] != quote:
		case quote == '\'' && strings.HasPrefix(m.text[i+1:], "'"):
			i++ // two of them are one, in YAML
		default:
			return i + 1
		}
	}
	return len(m.text)
}

// bracketEnd is the end of a flow collection, or the limit where it is not closed before.
func (m *masker) bracketEnd(at, limit int) int {
	open := 0
	for i := at; i < limit; i++ {
		switch c := m.text[i]; c {
		case '[', '{':
			open++
		case ']', '}':
			if open--; open == 0 {
				return i + 1
			}
		case '"', '\'':
			if i > 0 && !isWordByte(m.text[i-1]) { // an apostrophe inside a word opens nothing
				i = m.quotedEnd(i) - 1
			}
		}
	}
	return limit
}

// belowEnd goes on over the lines that are indented further than the key's, or list entries right below it.
func (m *masker) belowEnd(end, key int) int {
	own := m.indent(m.lineStart(key))
	for end < len(m.text) {
		next := end + 1
		if m.text[end] == '\r' && next < len(m.text) && m.text[next] == '\n' {
			next++
		}
		stop := m.lineEnd(next)
		if line := m.text[next:stop]; strings.TrimSpace(line) != "" {
			depth := m.indent(next)
			isEntry := strings.HasPrefix(line[min(depth, len(line)):], "- ")
			if depth < own || depth == own && !isEntry {
				break
			}
		}
		end = stop
	}
	return end
}

// indent counts the blanks at the start of a line, up to the key of its first entry.
func (m *masker) indent(at int) int {
	start := at
	for at < len(m.text) && isBlank(m.text[at]) {
		at++
	}
	return at - start
}
