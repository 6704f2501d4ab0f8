package source

import (
	"strings"
)

// besideKey finds the value that goes with a name: `value: …`, `"value": …` (REST answers, environments of containers).
var besideKey = Pattern(`(?i)(?:^|[\s{,])["']?value["']?\s*[:=]\s*`)

// hideBeside hides the value that stands beside a sensitive name, in the same braces, or within two lines.
func (m *masker) hideBeside(name int) {
	start, end := m.around(name)
	const longest = 64 // of what besideKey finds
	start = max(start, min(m.looked-longest, end))
	m.looked = max(m.looked, end)
	for _, found := range besideKey().FindAllStringIndex(m.text[start:end], -1) {
		if !m.last.covers(start + found[1]) {
			m.hideValue(start+found[1], start+found[0])
		}
	}
}

// around is the innermost pair of braces around an offset, else the lines next to it.
func (m *masker) around(at int) (start, end int) {
	const far = 4096 // an entry is small; looking further would cost the square of a long line
	open := 0
	for i := at - 1; i >= 0 && i > at-far; i-- {
		switch m.text[i] {
		case '}':
			open++
		case '{':
			if open--; open < 0 {
				return i + 1, m.bracketEnd(i, min(len(m.text), at+far))
			}
		}
	}
	start, end = m.lineStartNear(at, far), m.lineEndNear(at, far)
	for range 2 {
		start = m.lineStartNear(max(start-1, 0), far)
		end = m.lineEndNear(min(end+1, len(m.text)), far)
	}
	return max(start, at-far), min(end, at+far)
}

// blockKey is a line of block YAML, or of JSON with a key a line: its indentation, its key, and what stands before the value.
var blockKey = Pattern(`^([ \t]*(?:- +)*)["']?([^\s:"'#\[\]{},][^:"']*?)["']?\s*:(?:\s+|$)`)

// pathHits finds keys that are sensitive only as a path: the parts of `sasl.jaas.config` may be three lines.
func (m *masker) pathHits() {
	type level struct {
		indent int
		path   string
	}
	var above []level
	below := 0 // up to here all is hidden already
	for at := 0; at < len(m.text); {
		end := m.lineEnd(at)
		if found := blockKey().FindStringSubmatchIndex(m.text[at:end]); found != nil {
			indent, key := found[3]-found[2], m.text[at+found[4]:at+found[5]]
			for len(above) > 0 && above[len(above)-1].indent >= indent {
				above = above[:len(above)-1]
			}
			path := key
			if len(above) > 0 {
				path = above[len(above)-1].path + "." + key
			}
			const longest = 200
			path = path[max(0, len(path)-longest):]
			above = append(above, level{indent, path})
			if at >= below && strings.Contains(path, ".") && IsSensitive(path) {
				below = m.hideValue(at+found[1], at+found[4])
			}
		}
		at = end + 1
	}
}
