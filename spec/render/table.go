package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

func writeTable(w io.Writer, specs []*spec.Spec, o Options) error {
	return writeTables(w, specs, tableStyle{color: o.Color, name: 27, worker: 24})
}

func writeWide(w io.Writer, specs []*spec.Spec, o Options) error {
	return writeTables(w, specs, tableStyle{color: o.Color, name: 60, worker: 40, wide: true})
}

// tableStyle says how a table is drawn; name and worker are the most columns that those may take. With short
// ids a table has 80 columns, with any at most 100.
type tableStyle struct {
	color, wide  bool
	name, worker int
}

func writeTables(w io.Writer, specs []*spec.Spec, style tableStyle) error {
	var out strings.Builder
	for i, s := range specs {
		if i > 0 {
			out.WriteByte('\n')
		}
		t := tables{Spec: s, tableStyle: style}
		out.WriteString(t.paint(bold, style.fit(s.Plan.Job.Name)) + "  " + fileOf(s, specs) + headline(s) + "\n\n")
		if err := t.operators().write(&out); err != nil {
			return err
		}
		if len(s.Workers) > 0 {
			out.WriteByte('\n')
			if err := t.workers().write(&out); err != nil {
				return err
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// fileOf says which file a job is from, where the jobs are from several: their names may be the same, or none.
func fileOf(s *spec.Spec, all []*spec.Spec) string {
	file := s.Plan.Job.Place.File
	if file == nil || !slices.ContainsFunc(all, func(other *spec.Spec) bool { return other.Plan.Job.Place.File != file }) {
		return ""
	}
	return "(" + Sanitize(file.Name) + ") "
}

// headline is what a reader has to know of a job before any number.
func headline(s *spec.Spec) string {
	text := s.Plan.Job.Mode.String()
	if v := s.Plan.Job.Version; v.Stated() {
		text += ", Flink " + v.String()
	}
	text += ", " + string(s.Model) + ", sharing " + s.Plan.Sharing.String()
	switch {
	case s.Model != spec.FLIP141:
	case s.NeedsFrom == spec.FromMeasured:
		text += " (estimate)"
	default:
		text += " (estimate: " + string(s.NeedsFrom) + ")"
	}
	return text
}

// tables makes the tables of one job.
type tables struct {
	*spec.Spec
	tableStyle
}

const (
	bold = "1"
	dim  = "2"
	cyan = "36"
)

func (s tableStyle) paint(code, text string) string {
	if !s.color || text == "" || code == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// fit makes a stranger's name safe and short enough for a column.
func (s tableStyle) fit(name string) string { return truncate(Sanitize(name), s.name) }

func (t *tables) operators() *grid {
	g := &grid{header: []string{"CHAIN / OPERATOR", "PARALLELISM", "PYTHON WORKER", "TASK HEAP", "MANAGED"}, right: []bool{false, true, false, true, true}}
	if t.wide {
		g.header = append(g.header, "ID", "SLOT SHARING GROUP", "INPUTS")
		g.right = append(g.right, false, false, false)
	}
	g.paint = func(text string) string { return t.paint(bold, text) }
	for c := range t.Plan.Chains {
		chain := &t.Plan.Chains[c]
		g.add(t.fit(t.Plan.Job.Operators[chain.Head()].ID))
		for _, i := range chain.Operators {
			g.add(t.operatorRow(i)...)
		}
	}
	g.add(t.totalRow()...)
	return g
}

func (t *tables) operatorRow(i int32) []string {
	op := &t.Plan.Job.Operators[i]
	name := op.Name
	if !t.wide && op.ID != op.Name {
		name = op.ID + " " + op.Name // workers go by ids
	}
	name = "  " + truncate(Sanitize(name), t.name-2)
	if op.Python != nil {
		name = t.paint(cyan, name)
	}
	row := []string{name, strconv.Itoa(int(op.Parallelism)), t.workerCell(i), t.known(t.Operators[i].TaskHeap), t.known(t.Operators[i].ManagedOffHeap)}
	if t.wide {
		row = append(row, t.fit(op.ID), t.fit(t.Plan.Groups[t.Plan.Operators[i].Group].Name), t.inputsCell(i))
	}
	return row
}

func (t *tables) workerCell(i int32) string {
	op := &t.Plan.Job.Operators[i]
	w := t.Plan.Operators[i].Worker
	switch {
	case op.Python == nil:
		return ""
	case op.Python.Mode == graph.Thread:
		return "thread mode"
	}
	name := truncate(Sanitize(t.Plan.Workers[w].ID), t.worker-len("launches "))
	if t.Plan.Workers[w].LaunchedBy == i {
		return t.paint(cyan, "launches "+name)
	}
	return t.paint(cyan, "shares "+name)
}

// inputsCell says of every input where it comes from and how.
func (t *tables) inputsCell(i int32) string {
	var parts []string
	first, end := t.Plan.Inputs(i)
	for e := first; e < end; e++ {
		edge := &t.Plan.Edges[e]
		how := "chained"
		if !edge.Chained {
			how = edge.Ship.String() + ", " + edge.Partition.String()
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", truncate(Sanitize(t.Plan.Job.Operators[edge.From].ID), 24), how))
		if len(parts) == 3 && end-e > 2 {
			parts = append(parts, fmt.Sprintf("%d more", end-e-1))
			break
		}
	}
	return strings.Join(parts, "; ")
}

func (t *tables) known(size flink.MemorySize) string {
	if !t.Known {
		return t.paint(dim, "unknown")
	}
	return size.String()
}

func (t *tables) totalRow() []string {
	sum := t.Total
	slots := "TOTAL in " + source.Count(sum.Slots, "slot")
	workers := fmt.Sprintf("%s, %s", source.Count(sum.Workers, "worker"), sum.PythonMemory)
	row := []string{slots, "", workers, t.known(sum.TaskHeap), t.known(sum.ManagedOffHeap)}
	for i, cell := range row {
		row[i] = t.paint(bold, cell)
	}
	return row
}

// workers is the second table: what one process takes, and how many there are.
func (t *tables) workers() *grid {
	g := &grid{header: []string{"PYTHON WORKER", "PROCESSES", "FRAMEWORK", "BUFFERS", "USER", "MEMORY EACH"}, right: []bool{false, true, true, true, true, true}}
	if t.wide {
		g.header, g.right = append(g.header, "OPERATORS"), append(g.right, false)
	}
	g.paint = func(text string) string { return t.paint(bold, text) }
	for w := range t.Workers {
		m := &t.Workers[w]
		row := []string{t.paint(cyan, t.fit(t.Plan.Workers[w].ID)), strconv.Itoa(m.Instances), m.Framework.String(), m.Buffers.String(), m.UserMemory.String(), m.Memory.String()}
		if t.wide {
			row = append(row, t.idList(t.Plan.Workers[w].Operators))
		}
		g.add(row...)
	}
	return g
}

func (t *tables) idList(ops []int32) string {
	ids := make([]string, len(ops))
	for k, i := range ops {
		ids[k] = Sanitize(t.Plan.Job.Operators[i].ID)
	}
	return truncate(strings.Join(ids, ", "), t.name)
}
