package render

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/render/layout"
)

// writeTree draws chains, the operators in them, and lines that join what one Python worker serves, at 80 columns.
func writeTree(w io.Writer, specs []*spec.Spec, o Options) error {
	var out strings.Builder
	for i, s := range specs {
		if i > 0 {
			out.WriteByte('\n')
		}
		appendTree(&out, s, specs, o)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// appendTree draws one job of all.
func appendTree(out *strings.Builder, s *spec.Spec, all []*spec.Spec, o Options) {
	t := tree{Spec: s, tableStyle: tableStyle{color: o.Color, name: textColumns}, ascii: o.ASCII}
	t.collect()
	t.assignRails()
	var drawn strings.Builder
	drawn.WriteString(t.paint(bold, t.safe(s.Plan.Job.Name, textColumns)) + "\n" + t.safe(fileOf(s, all)+headline(s), textColumns) + "\n")
	for i := range t.lines {
		drawn.WriteString(t.line(i) + "\n")
	}
	if o.ASCII {
		out.WriteString(plainLines.Replace(drawn.String()))
	} else {
		out.WriteString(drawn.String())
	}
}

// plainLines draws in ASCII, one column for one. Names hold none of these then.
var plainLines = strings.NewReplacer("├", "|", "└", "`", "│", "|", "─", "-", "┬", "+", "┤", "+", "┘", "+", "×", "x", "←", "<", "…", "~")

const (
	treeNames = 46 // columns of what stands left of the rails
	mostRails = 4  // side by side; further workers are named at each operator
)

type tree struct {
	*spec.Spec
	tableStyle
	ascii bool
	lines []treeLine
	spans []layout.Span // of each worker: its first line and its last one
	rail  []int         // of each worker; -1: it has none
	rails int
	// passing are the rails that have a line drawn on them, by line.
	passing [][mostRails]bool
}

// treeLine is one line; operator is -1 of a group or a chain.
type treeLine struct {
	lead, text string
	operator   int32
}

// collect lists the lines: groups, in them their chains, in them their operators.
func (t *tree) collect() {
	t.spans = make([]layout.Span, len(t.Workers))
	chains := make([][]int, len(t.Plan.Groups))
	for c := range t.Plan.Chains {
		g := t.Plan.Operators[t.Plan.Chains[c].Head()].Group
		chains[g] = append(chains[g], c)
	}
	for g := range t.Plan.Groups {
		text := "slot sharing group " + t.safe(t.Plan.Groups[g].Name, treeNames) + ": " + slotsText(&t.Groups[g])
		t.lines = append(t.lines, treeLine{"", text, -1})
		for k, c := range chains[g] {
			t.chain(c, k == len(chains[g])-1)
		}
	}
}

func (t *tree) chain(c int, isLast bool) {
	ops := t.Plan.Chains[c].Operators
	fork, bar := "├─ ", "│  "
	if isLast {
		fork, bar = "└─ ", "   "
	}
	head := &t.Plan.Job.Operators[ops[0]]
	t.lines = append(t.lines, treeLine{fork, t.safe(head.ID, treeNames/2) + ": " + source.Count(int64(head.Parallelism), "subtask") + t.sources(ops), -1})
	for k, i := range ops {
		fork := "├─ "
		if k == len(ops)-1 {
			fork = "└─ "
		}
		op := &t.Plan.Job.Operators[i]
		name := op.Name
		if op.ID != op.Name {
			name = op.ID + " " + op.Name
		}
		if w := t.Plan.Operators[i].Worker; w >= 0 {
			s := &t.spans[w]
			if s.To = len(t.lines); s.From == 0 { // the first line is a group's
				s.From = s.To
			}
		}
		t.lines = append(t.lines, treeLine{bar + fork, name, i})
	}
}

// sources says where a chain's inputs are from, and why they are not in it.
func (t *tree) sources(ops []int32) string {
	var parts []string
	for _, i := range ops {
		first, end := t.Plan.Inputs(i)
		for e := first; e < end && len(parts) < textColumns/4; e++ { // a line holds no more
			if edge := &t.Plan.Edges[e]; !edge.Chained {
				parts = append(parts, t.safe(t.Plan.Job.Operators[edge.From].ID, treeNames/2)+" ("+edge.Short()+")")
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " ← " + strings.Join(parts, ", ")
}

// assignRails gives the workers of several operators a line to the right of the names.
func (t *tree) assignRails() {
	t.rail = make([]int, len(t.Workers))
	var workers []int
	var spans []layout.Span
	for w := range t.Workers {
		t.rail[w] = -1
		if len(t.Plan.Workers[w].Operators) > 1 {
			workers, spans = append(workers, w), append(spans, t.spans[w])
		}
	}
	tracks, count := layout.Tracks(spans)
	t.passing = make([][mostRails]bool, len(t.lines))
	t.rails = min(count, mostRails)
	for i, w := range workers {
		if tracks[i] < mostRails {
			t.rail[w] = tracks[i]
			for k := spans[i].From; k <= spans[i].To; k++ {
				t.passing[k][tracks[i]] = true
			}
		}
	}
}

// line draws one line, at most 80 columns.
func (t *tree) line(i int) string {
	l := &t.lines[i]
	if l.operator < 0 && t.passing[i] == [mostRails]bool{} {
		return l.lead + t.cut(l.text, textColumns-width(l.lead))
	}
	left := l.lead + t.safe(l.text, treeNames-width(l.lead))
	if l.operator < 0 {
		left = l.lead + t.cut(l.text, treeNames-width(l.lead))
	}
	right, label := t.right(i)
	left += strings.Repeat(" ", treeNames-width(left))
	line := left + t.paint(cyan, right)
	if label != "" {
		line += t.paint(cyan, t.cut(" "+label, textColumns-treeNames-width(right)))
	}
	return strings.TrimRight(line, " ")
}

// right draws what stands behind the names: a mark of a Python operator, its line to its worker's rail, and all rails that pass.
func (t *tree) right(i int) (rails, label string) {
	cells := make([]rune, 2*t.rails)
	for k := range cells {
		if cells[k] = ' '; k%2 == 0 && t.passing[i][k/2] {
			cells[k] = '│'
		}
	}
	op := t.lines[i].operator
	if op < 0 || t.Plan.Job.Operators[op].Python == nil {
		return "     " + strings.TrimRight(string(cells), " "), ""
	}
	if t.Plan.Job.Operators[op].Python.Mode == graph.Thread {
		return " py  " + strings.TrimRight(string(cells), " "), "thread mode"
	}
	w := t.Plan.Operators[op].Worker
	end := t.rail[w] // the line runs to there, and where the worker is named to the end
	isFirst := t.spans[w].From == i
	if isFirst || end < 0 {
		end = t.rails
		label = "worker " + t.safe(t.Plan.Workers[w].ID, treeNames/2) + " " + t.Workers[w].Memory.String() + " × " + fmt.Sprint(t.Workers[w].Instances)
	}
	for k := range min(2*end+1, len(cells)) {
		if cells[k] == ' ' {
			cells[k] = '─'
		}
	}
	if r := t.rail[w]; r >= 0 {
		cells[2*r] = map[bool]rune{true: '┬', false: '┤'}[isFirst]
		if t.spans[w].To == i {
			cells[2*r] = '┘'
		}
	}
	return " py ─" + strings.TrimRight(string(cells), " "), label
}

// safe makes a stranger's text safe and short enough; in ASCII, what is none is escaped.
func (t *tree) safe(text string, most int) string {
	text = Sanitize(text)
	if t.ascii {
		text = escapeNonASCII(text)
	}
	return t.cut(text, most)
}

func (t *tree) cut(text string, most int) string { return truncate(text, max(most, 1)) }

func escapeNonASCII(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			out.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
