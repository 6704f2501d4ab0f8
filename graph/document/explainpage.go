package document

import (
	"slices"
	"strings"

	"udfplan/graph/source"
)

// EXPLAIN as people have it: whole or a single section; as Flink prints it, inside the SQL client's box with the
// prompt before it, or pasted with an indentation. Line ends may be those of Windows. The places of what is read
// are those in the text as it is.

// The sections of EXPLAIN, in the order in which Flink prints them (PlannerBase.explain, TableEnvironmentImpl).
const (
	sectionAST       = "Abstract Syntax Tree"
	sectionLogical   = "Optimized Logical Plan" // until 1.12
	sectionPhysical  = "Optimized Physical Plan"
	sectionAdvice    = "Optimized Physical Plan With Advice"
	sectionExecution = "Optimized Execution Plan"
	sectionJSON      = "Physical Execution Plan" // JSON since 1.13
)

var sectionOrder = []string{sectionAST, sectionLogical, sectionPhysical, sectionAdvice, sectionExecution, sectionJSON}

// treeSections hold trees that can be read, best first: what is nearest to the job. Before 1.13 that is the optimized
// logical plan. (The last section of 1.10 to 1.12 shows operators one below the other, but only one input of each.)
var treeSections = []string{sectionExecution, sectionPhysical, sectionAdvice, sectionLogical}

// pageLine is one line of a section: its text without what stands around it, and where that begins in the file.
type pageLine struct {
	text string
	at   int
}

// section is a part of a page under its title.
type section struct {
	title string
	line  int // of the title, from 1
	lines []pageLine
}

// page is one output of EXPLAIN.
type page []section

// What a terminal puts around the text: the box that the SQL client draws, the count of rows below it, prompts; and the
// fence of a code block in Markdown.
var (
	boxBorder  = source.Pattern(`^\s*\+-[-+]*\+\s*$`)
	rowCount   = source.Pattern(`^\s*(?:\d+ rows? in set|Empty set|OK$)`)
	promptLine = source.Pattern(`^\s*(?:Flink SQL>|>>>|>)(?:\s|$)`)
	otherTitle = source.Pattern(`^\s*== [A-Z][\w ]* ==\s*$`) // of whoever adds a section of their own
	codeFence  = source.Pattern("^\\s*(?:```|~~~)")
)

// explainPages cuts a text into the outputs of EXPLAIN that it holds; none where it is something else. Anything may
// stand before a title that begins its line, as in a log; before an indented one, only what a terminal prints: it could
// be part of a text in YAML.
func explainPages(text string) (pages []page) {
	// One look for what all titles have: that is all that a long document costs.
	if !strings.Contains(text, "==") || !strings.Contains(text, " Plan ==") && !strings.Contains(text, " Plan With Advice ==") && !strings.Contains(text, "== "+sectionAST+" ==") {
		return nil
	}
	open, strange := false, false
	for at, number := 0, 1; at < len(text); number++ {
		raw, next := lineAt(text, at)
		line := unboxed(raw, at)
		at = next
		bare := strings.TrimLeft(raw, " \t") // a line deep in a tree begins with very many
		title, indented := titleOf(line.text), raw != bare
		switch {
		case title != "" && (len(pages) > 0 || !indented || !strange):
			pages, open = withSection(pages, section{title: title, line: number}), true
		case len(pages) == 0:
			strange = strange || !aroundText(raw)
		case boxBorder().MatchString(bare), rowCount().MatchString(bare), strings.HasPrefix(raw, "Flink SQL>"), codeFence().MatchString(bare),
			otherTitle().MatchString(strings.TrimLeft(line.text, " \t")):
			open = false
		case open:
			p := pages[len(pages)-1]
			last := &p[len(p)-1]
			last.lines = append(last.lines, line)
		}
	}
	for _, p := range pages {
		for i := range p {
			p[i].cutIndentation()
		}
	}
	return pages
}

// withSection begins a section: of the last page, or of a new one where Flink would have printed it earlier.
func withSection(pages []page, s section) []page {
	if len(pages) > 0 {
		p := &pages[len(pages)-1]
		if slices.Index(sectionOrder, s.title) > slices.Index(sectionOrder, (*p)[len(*p)-1].title) {
			*p = append(*p, s)
			return pages
		}
	}
	return append(pages, page{s})
}

// titleOf is the title in a line; empty in any other line.
func titleOf(line string) string {
	inner, opened := strings.CutPrefix(strings.TrimSpace(line), "== ")
	inner, closed := strings.CutSuffix(inner, " ==")
	if !opened || !closed || !slices.Contains(sectionOrder, inner) {
		return ""
	}
	return inner
}

// unboxed is a line without the sides of a box: `| ` before the first line of a cell, ` |` behind its last.
func unboxed(raw string, at int) pageLine {
	text := raw
	if rest, cut := strings.CutPrefix(strings.TrimLeft(text, " \t"), "|"); cut {
		text = strings.TrimPrefix(rest, " ")
		at += len(raw) - len(text)
	}
	if body := strings.TrimRight(text, " \t"); strings.HasSuffix(body, " |") || body == "|" {
		text = strings.TrimRight(strings.TrimSuffix(body, "|"), " \t")
	}
	return pageLine{text, at}
}

// aroundText reports whether a line can stand before the first title: nothing, a box, a prompt and the statement behind it.
func aroundText(raw string) bool {
	return strings.TrimSpace(raw) == "" || boxBorder().MatchString(raw) || promptLine().MatchString(raw) || codeFence().MatchString(raw) ||
		strings.HasPrefix(strings.TrimLeft(raw, " \t"), "|")
}

// cutIndentation takes away the blanks that every line of the section begins with.
func (s *section) cutIndentation() {
	common, any := "", false
	for _, line := range s.lines {
		body := strings.TrimLeft(line.text, " \t")
		if body == "" {
			continue
		}
		indent := line.text[:len(line.text)-len(body)]
		if !any {
			common, any = indent, true
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	for i := range s.lines {
		if line := &s.lines[i]; strings.HasPrefix(line.text, common) {
			line.text, line.at = line.text[len(common):], line.at+len(common)
		}
	}
}

// bestTree is the section to read; nil where none holds a tree.
func (p page) bestTree() *section {
	for _, title := range treeSections {
		for i := range p {
			if p[i].title == title {
				return &p[i]
			}
		}
	}
	return nil
}

// executionPlan is the section that holds Flink's JSON; nil where there is none, or a text as in 1.10 to 1.12.
func (p page) executionPlan() *section {
	for i := range p {
		if p[i].title != sectionJSON {
			continue
		}
		for _, line := range p[i].lines {
			if body := strings.TrimSpace(line.text); body != "" {
				if body[0] == '{' {
					return &p[i]
				}
				break
			}
		}
	}
	return nil
}
