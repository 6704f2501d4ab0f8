package render

import (
	"fmt"
	"io"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

const (
	// markdownMost keeps a comment below what GitHub takes, 65,536 characters.
	markdownMost = 60_000
	markdownRows = 10
	markdownCell = 400 // characters of a text before escapes
)

// Markers let a bot find its comment again.
const (
	checkMarker = "<!-- udfplan check -->\n"
	diffMarker  = "<!-- udfplan diff -->\n"
)

// foldedTable is a table of which ten rows are shown and the others folded, and which ends before it is too long.
type foldedTable struct {
	out    *strings.Builder
	header []string
	right  []bool
	rows   [][]string // escaped
	what   string     // "findings"
}

func (t *foldedTable) write() {
	first := min(markdownRows, len(t.rows))
	written := t.table(t.rows[:first])
	if rest := t.rows[first:]; written == first && len(rest) > 0 {
		fmt.Fprintf(t.out, "\n<details>\n<summary>%s more</summary>\n\n", grouped(int64(len(rest))))
		written += t.table(rest)
		t.out.WriteString("\n</details>\n")
	}
	if left := len(t.rows) - written; left > 0 {
		fmt.Fprintf(t.out, "\n%s more %s have no room here.\n", grouped(int64(left)), t.what)
	}
}

// table writes rows as long as there is room, and tells how many.
func (t *foldedTable) table(rows [][]string) (written int) {
	table := markdownTable{t.out}
	right := ""
	for _, isNumber := range t.right {
		right += map[bool]string{true: "r", false: " "}[isNumber]
	}
	table.header(right, t.header...)
	for _, row := range rows {
		if t.out.Len()+len(strings.Join(row, " | ")) > markdownMost {
			break
		}
		table.row(row...)
		written++
	}
	return written
}

// markdownText is a text for a cell: not too long, and nothing but text.
func markdownText(text string) string {
	n := 0
	for i := range text {
		if n++; n > markdownCell {
			text = text[:i] + "…"
			break
		}
	}
	return escapeMarkdown(text)
}

func writeCheckMarkdown(w io.Writer, r *policy.Report, o Options) error {
	var out strings.Builder
	out.WriteString(checkMarker + "### udfplan: " + headlineOf(r) + "\n\n" + SummaryLine(r.Summary) + "\n")
	table := foldedTable{out: &out, what: "findings", header: []string{"", "Job", "What", "To pass", "Where"}, right: make([]bool, 5)}
	for _, f := range worstFirst(shown(r.Findings, o)) {
		table.rows = append(table.rows, markdownFinding(&f, f.Severity.String(), f.Fix))
	}
	if o.ShowWaived {
		for i := range r.Waived {
			table.rows = append(table.rows, markdownFinding(&r.Waived[i], "waived", waivedBy(r.Waived[i].Waiver)))
		}
	}
	if len(table.rows) > 0 {
		out.WriteByte('\n')
		table.write()
	}
	writeCheckCharts(&out, r)
	_, err := io.WriteString(w, out.String())
	return err
}

// headlineOf says the worst.
func headlineOf(r *policy.Report) string {
	s := r.Summary
	switch {
	case s.Failed > 0:
		return fmt.Sprintf("%s of %s failed", grouped(s.Failed), groupedCount(s.Jobs, "job"))
	case r.Fails():
		return "failed"
	case s.Warned > 0:
		return fmt.Sprintf("passed, %s with warnings", groupedCount(s.Warned, "job"))
	}
	return "passed"
}

func markdownFinding(f *policy.Finding, how, last string) []string {
	job := ""
	if f.Job >= 0 {
		job = markdownText(f.JobName)
	}
	return []string{markdownMark[how] + how, job, markdownText(f.Message) + " `" + f.Rule.ID + "`", markdownText(last), markdownText(f.Place.String())}
}

var markdownMark = map[string]string{source.Error.String(): "❌ ", source.Warning.String(): "⚠️ "}
