package render

import (
	"html"
	"strconv"
	"strings"
)

// svg writes one drawing. Colours are custom properties, for light and dark; several drawings can live in one page.
type svg struct {
	strings.Builder
	inPage bool // the page has the rules of all classes
}

// svgLight and svgDark are the colours of all drawings: each has a contrast of at least 4.5 to what it lies on where it is text.
const (
	svgLight   = `--ink:#1b1f24;--dim:#57606a;--line:#8c959f;--paper:#fff;--track:#eaeef2;--a:#0b5ed7;--b:#17717a;--c:#b34700;--d:#7a4bd0;--bad:#c01c28;--good:#18733a;--on:#fff`
	svgDark    = `--ink:#e6edf3;--dim:#9ea7b3;--line:#6e7681;--paper:#0d1117;--track:#21262d;--a:#58a6ff;--b:#39a9b0;--c:#f0883e;--d:#b28cff;--bad:#ff7b72;--good:#3fb950;--on:#0d1117`
	svgClasses = `.uf{font:13px system-ui,sans-serif}.uf text{fill:var(--ink)}.uf .dim{fill:var(--dim)}.uf .bad{fill:var(--bad)}.uf .good{fill:var(--good)}.uf .strong{font-weight:600}.uf .paper{fill:var(--paper)}
`
)

// svgColors are those of a drawing that stands alone.
const svgColors = ".uf{" + svgLight + "}\n@media (prefers-color-scheme:dark){.uf{" + svgDark + "}}\n" + svgClasses

// open begins a drawing that is described by a title, with the rules of its own classes.
func (s *svg) open(width, height float64, title, rules string) {
	s.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="uf" role="img" viewBox="0 0 ` + coordinate(width) + " " + coordinate(height) +
		`" width="` + coordinate(width) + `" height="` + coordinate(height) + "\">\n")
	s.element("title", title)
	if s.inPage {
		return
	}
	s.WriteString("<style>" + svgColors + rules + "</style>\n")
	s.WriteString(`<rect class="paper" width="100%" height="100%"/>` + "\n")
}

func (s *svg) end() { s.WriteString("</svg>\n") }

// element writes text inside an element without attributes.
func (s *svg) element(name, text string) {
	s.WriteString("<" + name + ">" + svgText(text) + "</" + name + ">\n")
}

// rect draws a box; a title is what is told of it.
func (s *svg) rect(class string, x, y, width, height float64, title string) {
	s.WriteString(`<rect class="` + class + `" x="` + coordinate(x) + `" y="` + coordinate(y) + `" width="` + coordinate(max(width, 0)) + `" height="` + coordinate(height) + `"`)
	if title == "" {
		s.WriteString("/>\n")
		return
	}
	s.WriteString("><title>" + svgText(title) + "</title></rect>\n")
}

// line draws a straight line.
func (s *svg) line(class string, x1, y1, x2, y2 float64) {
	s.WriteString(`<line class="` + class + `" x1="` + coordinate(x1) + `" y1="` + coordinate(y1) + `" x2="` + coordinate(x2) + `" y2="` + coordinate(y2) + "\"/>\n")
}

// text writes a line that begins, or with anchor ends or has its middle, at a place.
func (s *svg) text(class, anchor string, x, y float64, text string) {
	s.WriteString(`<text class="` + class + `" x="` + coordinate(x) + `" y="` + coordinate(y) + `"`)
	if anchor != "" {
		s.WriteString(` text-anchor="` + anchor + `"`)
	}
	s.WriteString(">" + svgText(text) + "</text>\n")
}

// svgText is a stranger's text as text of a document.
func svgText(text string) string { return html.EscapeString(Sanitize(text)) }

// coordinate writes a number with at most one decimal.
func coordinate(n float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0")
}

// coordinate2 writes a number with two decimals.
func coordinate2(n float64) string { return strconv.FormatFloat(n, 'f', 2, 64) }
