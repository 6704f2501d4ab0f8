package render

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/policy"
)

// Drawing is a job to draw.
type Drawing struct {
	Spec *spec.Spec
	// TooLarge are the findings of what is above a limit or a share; they are marked.
	TooLarge []policy.Finding
	// ChainsOnly draws chains without the operators in them.
	ChainsOnly bool
}

// CollapseAbove is the number of operators above which a drawing shows chains alone, unless somebody asks for more.
const CollapseAbove = 200

// picture is what all kinds of drawings show, in the words that they share. Its texts are strangers' and not yet safe.
type picture struct {
	name, about string
	tooLarge    []string // about the job
	regions     []pictureRegion
	boxes       []pictureBox
	rows        []pictureRow
	edges       []pictureEdge
	workers     []pictureWorker
}

type pictureRegion struct {
	name, detail string
	tooLarge     []string
}

// inRegions are the boxes and the workers of each region.
func (p *picture) inRegions() (boxes, workers [][]int) {
	boxes, workers = make([][]int, len(p.regions)), make([][]int, len(p.regions))
	regionOf := make([]int, len(p.rows))
	for b := range p.boxes {
		r := p.boxes[b].region
		boxes[r] = append(boxes[r], b)
		for _, row := range p.boxes[b].rows {
			regionOf[row] = r
		}
	}
	for w := range p.workers {
		r := regionOf[p.workers[w].rows[0]]
		workers[r] = append(workers[r], w)
	}
	return boxes, workers
}

// pictureBox is a chain.
type pictureBox struct {
	title  string
	region int
	rows   []int
}

// pictureRow is an operator, or a chain without its operators.
type pictureRow struct {
	name, detail, about  string
	isPython, isInThread bool
	// change is what happened to it, in a drawing of what changed: +, - or ~; else empty.
	change   string
	tooLarge []string
}

type pictureEdge struct {
	from, to      int
	label, reason string // empty: chained
}

// pictureWorker is a Python worker, and the rows of the operators that it serves.
type pictureWorker struct {
	name, detail string
	rows         []int
	change       string // as that of a row
	tooLarge     []string
}

// painter makes the picture of a drawing.
type painter struct {
	*Drawing
	picture
	job    *graph.Job
	rowOf  []int // of each operator
	faults map[policy.Subject][]string
}

func paint(d *Drawing) *picture {
	p := painter{Drawing: d, job: d.Spec.Plan.Job, faults: map[policy.Subject][]string{}}
	for i := range d.TooLarge {
		f := &d.TooLarge[i]
		p.faults[f.Subject] = append(p.faults[f.Subject], f.Message)
	}
	t := d.Spec.Total
	p.name = p.job.Name
	p.about = headline(d.Spec) + "; " + source.Count(t.Workers, "Python worker") + ", " + t.PythonMemory.String() + " in " + source.Count(t.Slots, "slot")
	p.tooLarge = p.above(policy.AboutJob, p.job.Name)
	p.paintRegions()
	p.paintChains()
	p.paintEdges()
	p.paintWorkers()
	return &p.picture
}

// above are the messages of what is too large of a thing.
func (p *painter) above(kind policy.Kind, name string) []string {
	return p.faults[policy.Subject{Kind: kind, Name: name}]
}

func (p *painter) paintRegions() {
	for g := range p.Spec.Plan.Groups {
		name := p.Spec.Plan.Groups[g].Name
		p.regions = append(p.regions, pictureRegion{name, slotsText(&p.Spec.Groups[g]), p.above(policy.AboutGroup, name)})
	}
}

// slotsText says how many slots a slot sharing group has, and what Python takes in the fullest.
func slotsText(group *spec.Sum) string {
	text := source.Count(group.Slots, "slot")
	if group.Workers > 0 {
		text += ", up to " + group.PythonMemory.String() + " of Python"
	}
	return text
}

func (p *painter) paintChains() {
	p.rowOf = make([]int, len(p.job.Operators))
	for c := range p.Spec.Plan.Chains {
		ops := p.Spec.Plan.Chains[c].Operators
		head := &p.job.Operators[ops[0]]
		box := pictureBox{region: int(p.Spec.Plan.Operators[ops[0]].Group), title: head.ID + " · " + source.Count(int64(head.Parallelism), "subtask")}
		if p.ChainsOnly {
			box.rows = []int{len(p.rows)}
			p.rows = append(p.rows, p.chainRow(ops))
			for _, i := range ops {
				p.rowOf[i] = box.rows[0]
			}
		} else {
			for _, i := range ops {
				p.rowOf[i] = len(p.rows)
				box.rows = append(box.rows, len(p.rows))
				p.rows = append(p.rows, p.operatorRow(i))
			}
		}
		p.boxes = append(p.boxes, box)
	}
}

func (p *painter) operatorRow(i int32) pictureRow {
	op := &p.job.Operators[i]
	row := pictureRow{name: op.Name, tooLarge: p.above(policy.AboutOperator, op.ID)}
	row.about = op.ID
	if op.Name != op.ID {
		row.about += " " + op.Name
		row.detail = op.ID + " · "
	}
	row.detail += "×" + fmt.Sprint(op.Parallelism)
	row.about += ", " + source.Count(int64(op.Parallelism), "subtask")
	if p.Spec.Known {
		r := p.Spec.Operators[i]
		row.about += fmt.Sprintf(", task heap %s, managed off-heap %s", r.TaskHeap, r.ManagedOffHeap)
		if r.ManagedOffHeap > 0 {
			row.detail += " · " + r.ManagedOffHeap.String()
		}
	}
	if op.Python == nil {
		return row
	}
	row.isPython, row.isInThread = true, op.Python.Mode == graph.Thread
	w := p.Spec.Plan.Operators[i].Worker
	switch {
	case row.isInThread:
		row.detail += " · thread mode"
		row.about += ", Python in thread mode"
	case p.Spec.Plan.Workers[w].LaunchedBy == i:
		row.about += ", Python, launches worker " + p.Spec.Plan.Workers[w].ID
	default:
		row.about += ", Python, shares worker " + p.Spec.Plan.Workers[w].ID
	}
	return row
}

// chainRow stands for all operators of a chain.
func (p *painter) chainRow(ops []int32) pictureRow {
	row := pictureRow{name: p.job.Operators[ops[0]].Name}
	python := int64(0)
	for _, i := range ops {
		row.tooLarge = append(row.tooLarge, p.above(policy.AboutOperator, p.job.Operators[i].ID)...)
		if p.job.Operators[i].Python != nil {
			python++
		}
	}
	row.detail = source.Count(int64(len(ops)), "operator")
	if row.isPython = python > 0; row.isPython {
		row.detail += fmt.Sprintf(", %d Python", python)
	}
	row.about = fmt.Sprintf("chain of %s: %s", p.job.Operators[ops[0]].ID, row.detail)
	return row
}

func (p *painter) paintEdges() {
	for i := range p.Spec.Plan.Edges {
		edge := &p.Spec.Plan.Edges[i]
		e := pictureEdge{from: p.rowOf[edge.From], to: p.rowOf[edge.To], label: edge.Short()}
		if !edge.Chained {
			e.reason = fmt.Sprintf("%s -> %s, not chained: %s (records travel by %s, exchange %s)",
				p.job.Operators[edge.From].ID, p.job.Operators[edge.To].ID, edge.Reason(), edge.Ship, edge.Partition)
		}
		if e.from != e.to {
			p.edges = append(p.edges, e)
		}
	}
}

func (p *painter) paintWorkers() {
	for w := range p.Spec.Plan.Workers {
		worker, m := &p.Spec.Plan.Workers[w], &p.Spec.Workers[w]
		out := pictureWorker{name: worker.ID, detail: fmt.Sprintf("%s × %d", m.Memory, m.Instances), tooLarge: p.above(policy.AboutWorker, worker.ID)}
		for _, i := range worker.Operators {
			if row := p.rowOf[i]; len(out.rows) == 0 || out.rows[len(out.rows)-1] != row {
				out.rows = append(out.rows, row)
			}
		}
		p.workers = append(p.workers, out)
	}
}
