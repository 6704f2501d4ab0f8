package render

import (
	"fmt"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/change"
)

// changePainter makes the picture of what changed in one job: the operators that changed, came or went, those of workers that did,
// and what they are connected with.
type changePainter struct {
	picture
	diff    *change.JobDiff
	said    map[[2]string]*change.Change // by kind and name
	shown   map[string]bool              // ids of operators
	rowOf   map[string]int
	groupOf map[string]int
}

func paintChange(j *change.JobDiff) *picture {
	p := changePainter{diff: j, said: map[[2]string]*change.Change{}, shown: map[string]bool{}, rowOf: map[string]int{}, groupOf: map[string]int{}}
	p.name, p.about = j.Job, "what changed"
	for i := range j.Changes {
		p.said[[2]string{j.Changes[i].About, j.Changes[i].Name}] = &j.Changes[i]
	}
	p.choose()
	p.paintSide(j.New)
	if j.Old != nil {
		p.paintSide(p.gone())
	}
	return &p.picture
}

// of is what happened to a thing; nil: nothing.
func (p *changePainter) of(about, name string) *change.Change { return p.said[[2]string{about, name}] }

// whole: the job itself came or went, and all of it is drawn.
func (p *changePainter) whole() bool { return p.diff.Action != change.Changed }

// choose finds the operators to show.
func (p *changePainter) choose() {
	var sides []*change.Snapshot
	for _, side := range []*change.Snapshot{p.diff.Old, p.diff.New} {
		if side != nil {
			sides = append(sides, side)
		}
	}
	changed := map[string]bool{}
	for _, side := range sides {
		for i := range side.Operators {
			if id := side.Operators[i].ID; p.whole() || p.of("operator", id) != nil {
				changed[id] = true
			}
		}
		for i := range side.Workers {
			if w := &side.Workers[i]; p.of("worker", w.ID) != nil {
				for _, id := range w.Operators {
					changed[id] = true
				}
			}
		}
	}
	for id := range changed {
		p.shown[id] = true
	}
	for _, side := range sides {
		for _, e := range side.Edges {
			if changed[e.From] || changed[e.To] {
				p.shown[e.From], p.shown[e.To] = true, true
			}
		}
	}
}

// gone is what of the old side is not on the new one.
func (p *changePainter) gone() *change.Snapshot {
	old := &change.Snapshot{}
	left := map[string]bool{}
	for _, o := range p.diff.Old.Operators {
		if _, isThere := p.rowOf[o.ID]; !isThere && p.shown[o.ID] {
			old.Operators = append(old.Operators, o)
			left[o.ID] = true
		}
	}
	for _, c := range p.diff.Old.Chains {
		var ops []string
		for _, id := range c.Operators {
			if left[id] {
				ops = append(ops, id)
			}
		}
		if !p.whole() {
			c.ID += " (before)"
		}
		if c.Operators = ops; len(ops) > 0 {
			old.Chains = append(old.Chains, c)
		}
	}
	for _, e := range p.diff.Old.Edges {
		if left[e.From] || left[e.To] {
			old.Edges = append(old.Edges, e)
		}
	}
	for _, w := range p.diff.Old.Workers {
		if c := p.of("worker", w.ID); p.whole() || c != nil && c.Action == change.Removed {
			old.Workers = append(old.Workers, w)
		}
	}
	return old
}

// paintSide adds the chosen things of one side.
func (p *changePainter) paintSide(s *change.Snapshot) {
	if s == nil {
		return
	}
	operator := map[string]*change.OperatorShot{}
	for i := range s.Operators {
		operator[s.Operators[i].ID] = &s.Operators[i]
	}
	for i := range s.Chains {
		p.chain(&s.Chains[i], operator)
	}
	for _, e := range s.Edges {
		from, isFrom := p.rowOf[e.From]
		to, isTo := p.rowOf[e.To]
		if isFrom && isTo {
			label := e.Ship
			if e.Chained {
				label = ""
			}
			p.edges = append(p.edges, pictureEdge{from: from, to: to, label: label})
		}
	}
	for i := range s.Workers {
		p.worker(&s.Workers[i])
	}
}

func (p *changePainter) chain(c *change.ChainShot, operator map[string]*change.OperatorShot) {
	box := pictureBox{title: c.ID + " · " + source.Count(c.Parallelism, "subtask")}
	for _, id := range c.Operators {
		if o := operator[id]; o != nil && p.shown[id] {
			p.rowOf[id] = len(p.rows)
			box.rows = append(box.rows, len(p.rows))
			p.rows = append(p.rows, p.row(o))
		}
	}
	if len(box.rows) > 0 {
		box.region = p.region(c.Group)
		p.boxes = append(p.boxes, box)
	}
}

func (p *changePainter) region(group string) int {
	i, known := p.groupOf[group]
	if !known {
		i = len(p.regions)
		p.groupOf[group] = i
		p.regions = append(p.regions, pictureRegion{name: group, detail: "slot sharing group"})
	}
	return i
}

func (p *changePainter) row(o *change.OperatorShot) pictureRow {
	row := pictureRow{name: o.Name, isPython: o.Python, isInThread: o.Mode == "thread", detail: fmt.Sprintf("×%d", o.Parallelism)}
	if o.Name != o.ID {
		row.detail = o.ID + " · " + row.detail
	}
	switch c := p.of("operator", o.ID); {
	case p.whole():
		row.change = p.diff.Action.String()
	case c != nil:
		row.change = c.Action.String()
		if text := fieldsText(c); text != "" {
			row.detail += " · " + text
		}
	}
	return row
}

// fieldsText says what of a thing changed; of one that came or went, its action says it.
func fieldsText(c *change.Change) string {
	if c.Action != change.Changed {
		return ""
	}
	var parts []string
	for i := range c.Fields {
		if f := &c.Fields[i]; f.New.Items == nil && f.Old.Items == nil { // lists are in the table
			parts = append(parts, f.Key+" "+side(f.Old)+" -> "+side(f.New))
		}
	}
	return strings.Join(parts, "; ")
}

func (p *changePainter) worker(w *change.WorkerShot) {
	out := pictureWorker{name: w.ID, detail: fmt.Sprintf("%s × %d", w.Memory, w.Instances)}
	for _, id := range w.Operators {
		if row, is := p.rowOf[id]; is {
			out.rows = append(out.rows, row)
		}
	}
	if len(out.rows) == 0 {
		return
	}
	switch c := p.of("worker", w.ID); {
	case p.whole():
		out.change = p.diff.Action.String()
	case c != nil:
		out.change = c.Action.String()
		if text := fieldsText(c); text != "" {
			out.detail += " · " + text
		}
	}
	p.workers = append(p.workers, out)
}
