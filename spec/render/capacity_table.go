package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

func writeCapacityTable(w io.Writer, r *capacity.Assessment, o Options) error {
	return capacityTables{Assessment: r, tableStyle: tableStyle{color: o.Color, name: 30}, all: o.Verbose}.write(w)
}

func writeCapacityWide(w io.Writer, r *capacity.Assessment, o Options) error {
	return capacityTables{Assessment: r, tableStyle: tableStyle{color: o.Color, name: 60, wide: true}, all: true}.write(w)
}

type capacityTables struct {
	*capacity.Assessment
	tableStyle
	all bool // changes that cannot do it too
}

const (
	red   = "31"
	green = "32"
)

func (t capacityTables) write(w io.Writer) error {
	var out strings.Builder
	version := ""
	if t.Version.Stated() {
		version = "Flink " + t.Version.String() + ", "
	}
	out.WriteString(t.paint(bold, "cluster") + "  " + version + clusterLine(t.Assessment) + "\n\n")
	var grids []*grid
	if len(t.Jobs) == 0 || t.wide {
		grids = append(grids, t.memory())
	}
	if t.Shares != nil {
		grids = append(grids, t.shares())
	}
	if len(t.Jobs) > 0 {
		grids = append(grids, t.jobs())
	}
	if len(t.Running) > 0 {
		grids = append(grids, t.running())
	}
	if own := t.ownShares(); len(own.rows) > 0 || t.wide && len(t.Jobs) > 0 {
		grids = append(grids, own)
	}
	if t.wide && len(t.Alone) > 0 {
		grids = append(grids, t.alone())
	}
	for i, g := range grids {
		if i > 0 {
			out.WriteByte('\n')
		}
		if err := g.write(&out); err != nil {
			return err
		}
	}
	t.filledLines(&out)
	if len(t.Jobs) > 0 {
		fmt.Fprintf(&out, "\nmeasured: an idle worker takes %s (Flink %s); a pandas function with large batches took %s\n", t.Floor.Worker, t.Floor.Of, spec.MeasuredPandas)
	}
	t.containerLine(&out)
	out.WriteString(adviceList(t.Assessment, adviceStyle{all: t.all, patches: t.wide || t.ForDeployment, title: func(text string) string { return t.paint(bold, text) }}))
	_, err := io.WriteString(w, out.String())
	return err
}

// containerLine says what a TaskManager adds up to at worst, where that is more than its container may have, or all of it in wide.
func (t capacityTables) containerLine(out *strings.Builder) {
	k := t.Container
	if k == nil {
		return
	}
	limit := "process size " + t.size(k.Limit)
	if k.Measured {
		limit = "container limit " + t.size(k.Limit)
	}
	verdict := t.paint(green, "within it, "+t.size(-k.Over())+" to spare")
	if k.Over() > 0 {
		verdict = t.paint(red, t.size(k.Over())+" above it: the container can be killed")
	}
	parts := make([]string, 0, 4)
	for _, p := range k.Largest(3) {
		parts = append(parts, p.Name+" "+t.size(p.Size))
	}
	fmt.Fprintf(out, "container: a full TaskManager takes %s at worst; %s; %s (%s, …)\n", t.size(k.Worst), limit, verdict, strings.Join(parts, ", "))
}

func (t capacityTables) grid(header []string, right ...bool) *grid {
	return &grid{header: header, right: right, paint: func(text string) string { return t.paint(bold, text) }}
}

// memory is FLIP-49's list, and each slot's part.
func (t capacityTables) memory() *grid {
	g := t.grid([]string{"MEMORY OF A TASKMANAGER", "SIZE", "BYTES", "A SLOT"}, false, true, true, true)
	tm := t.TaskManager
	slot := map[string]flink.MemorySize{"taskHeap": tm.Slot.TaskHeap, "taskOffHeap": tm.Slot.TaskOffHeap, "managed": tm.Slot.Managed, "network": tm.Slot.Network}
	for _, part := range components(tm) {
		cell := ""
		if of, has := slot[part.name]; has {
			cell = of.String()
		}
		g.add(part.name, about(part.size), strconv.FormatInt(int64(part.size), 10), cell)
	}
	return g
}

// size is exact where there is room.
func (t capacityTables) size(size flink.MemorySize) string {
	if t.wide {
		return size.String()
	}
	return about(size)
}

// about is a size for reading: exact where it is short, else in mebibytes.
func about(size flink.MemorySize) string {
	if text := size.String(); len(text) <= 7 {
		return text
	}
	return fmt.Sprintf("~%.1fmb", float64(size)/(1<<20))
}

func (t capacityTables) shares() *grid {
	g := t.grid([]string{"PYTHON'S SHARE OF A SLOT", "SIZE", "BYTES"}, false, true, true)
	for _, part := range []component{{"Python alone", t.Shares.Python}, {"beside batch operators", t.Shares.WithOperators},
		{"beside RocksDB", t.Shares.WithStateBackend}, {"beside both", t.Shares.WithBoth}} {
		g.add(part.name, about(part.size), strconv.FormatInt(int64(part.size), 10))
	}
	return g
}

func (t capacityTables) jobs() *grid {
	g := t.grid(capacityHeader, false, true, true, true, true, true, false)
	for _, f := range t.Jobs {
		g.add(t.fit(jobTitle(f, t.Assessment)))
		for i := range f.Groups {
			row := capacityRow(f, i, t.size)
			row[0] = "  " + truncate(Sanitize(row[0]), t.name-2)
			row[6] = t.verdict(row[6], f.Groups[i].Workers > 0, f.Groups[i].Fits)
			g.add(row...)
		}
	}
	row := []string{"TOTAL", "", source.Count(t.Workers(), "worker"), "", "", "", fmt.Sprintf("%s, %s", source.Count(t.TaskManagers, "TaskManager"), t.TotalProcess)}
	for i, cell := range row {
		row[i] = t.paint(bold, cell)
	}
	g.add(row...)
	return g
}

func (t capacityTables) verdict(text string, python, fits bool) string {
	switch {
	case !python:
		return t.paint(dim, text)
	case fits:
		return t.paint(green, text)
	}
	return t.paint(red, text)
}

// ownShares lists the operators that have a share of their own (1.10, 1.11); wide, all that declare something.
func (t capacityTables) ownShares() *grid {
	g := t.grid([]string{"OPERATOR", "FRACTION OF ITS SLOT", "NEEDS", "GETS", "VERDICT"}, false, true, true, true, false)
	for _, f := range t.Jobs {
		for k := range f.Operators {
			o := &f.Operators[k]
			id := t.fit(f.Spec.Plan.Job.Operators[o.Operator].ID)
			switch {
			case o.Own:
				verdict := "fits"
				if !o.Fits {
					verdict = "short by " + t.size(o.Needs-o.Gets)
				}
				g.add(id, strconv.FormatFloat(o.Fractions.Whole, 'g', -1, 64), t.size(o.Needs), t.size(o.Gets), t.verdict(verdict, true, o.Fits))
			case t.wide:
				g.add(id, fractionsText(f, &o.Fractions))
			}
		}
	}
	return g
}

// alone lists what slot sharing groups of their own would change for the largest Python operators: now -> then.
func (t capacityTables) alone() *grid {
	g := t.grid([]string{"IN A SLOT SHARING GROUP OF ITS OWN", "WORKERS", "SLOTS", "FULLEST SLOT", "ITS OWN SLOT", "THE JOB"}, false, true, true, true, true, false)
	for i := range t.Alone {
		a := &t.Alone[i]
		spare := t.size(max(a.Spare, -a.Spare)) + " spare"
		if a.Spare < 0 {
			spare = t.size(-a.Spare) + " short"
		}
		verdict := "fits"
		if !a.Fits {
			verdict = "does not fit"
		}
		g.add(t.fit(a.Job.Plan.Job.Operators[a.Operator].ID), fmt.Sprintf("%d -> %d", a.Workers[0], a.Workers[1]), fmt.Sprintf("%d -> %d", a.Slots[0], a.Slots[1]),
			t.size(a.Memory[0])+" -> "+t.size(a.Memory[1]), spare, t.verdict(verdict, true, a.Fits))
	}
	return g
}

func fractionsText(f *capacity.Fit, o *capacity.Fractions) string {
	if !flink.WorkerPerSlot.In(f.Spec.Plan.Job.Settings.Version) {
		return strconv.FormatFloat(o.Whole, 'g', -1, 64)
	}
	var parts []string
	for _, part := range []struct {
		name  string
		value float64
	}{{"operator", o.OfOperator}, {"stateBackend", o.OfState}, {"python", o.OfPython}} {
		if part.value != 0 {
			parts = append(parts, part.name+" "+strconv.FormatFloat(part.value, 'g', -1, 64))
		}
	}
	return strings.Join(parts, ", ")
}
