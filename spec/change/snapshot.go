// Package change says what changed between plans. Start with Take, which keeps of a plan what can be compared (or
// ReadPlans, for plans that were written), and Compare. What may change is the business of policy.
package change

import (
	"slices"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

// Snapshot is a plan as its document has it (design.md 4.2), whether it was planned now or read from such a document: what two plans
// are compared by. Ids instead of indexes, sizes in bytes.
type Snapshot struct {
	Place source.Place
	// Path is where the job lies on its side of a comparison, such as jobs/a.yaml; empty: it does not tell.
	Path string
	Job  string
	// Settings are the job's own words: mode, flinkVersion, model, sharing; empty where they are not said.
	Settings  []Setting
	Operators []OperatorShot
	Edges     []EdgeShot // for a drawing; nobody compares them
	Chains    []ChainShot
	Workers   []WorkerShot
	Groups    []GroupShot
	Total     Sums
}

// Setting is one word of a plan about the whole job.
type Setting struct{ Key, Value string }

// OperatorShot is an operator; its resources are per subtask.
type OperatorShot struct {
	ID, Name, Chain string
	Worker, Mode    string // empty: none, process
	Python          bool
	Parallelism     int64
	Known           bool // its resources are
	TaskHeap        flink.MemorySize
	ManagedOffHeap  flink.MemorySize
	Place           source.Place
}

// EdgeShot is an edge between operators.
type EdgeShot struct {
	From, To, Ship string
	Chained        bool
}

// ChainShot is a chain.
type ChainShot struct {
	ID, Group   string
	Operators   []string
	Parallelism int64
}

// WorkerShot is a Python worker; its memory is per process.
type WorkerShot struct {
	ID, LaunchedBy                         string
	Operators                              []string
	Framework, Buffers, UserMemory, Memory flink.MemorySize
	Instances                              int64
}

// GroupShot is a slot sharing group; its numbers are of the fullest slot.
type GroupShot struct {
	Name string
	// Operators are those of its chains.
	Operators []string
	// Profile is what a slot gets, as text; empty where it gets an equal part.
	Profile string
	Sums
}

// Sums add up a slot, or the whole job.
type Sums struct {
	Slots, Workers           int64
	PythonMemory             flink.MemorySize
	Known                    bool // the two resources are
	TaskHeap, ManagedOffHeap flink.MemorySize
}

// Take makes the snapshot of a spec.
func Take(s *spec.Spec) *Snapshot {
	p, job := s.Plan, s.Plan.Job
	shot := &Snapshot{Place: job.Place, Job: job.Name, Total: sums(s, s.Total)}
	version := ""
	if job.Version.Stated() {
		version = job.Version.String()
	}
	shot.Settings = []Setting{{"mode", job.Mode.String()}, {"flinkVersion", version}, {"model", string(s.Model)}, {"sharing", p.Sharing.String()}, {"needsFrom", string(s.NeedsFrom)}}
	ids := func(operators []int32) (out []string) {
		for _, i := range operators {
			out = append(out, job.Operators[i].ID)
		}
		return out
	}
	for i := range job.Operators {
		op, at := &job.Operators[i], p.Operators[i]
		o := OperatorShot{ID: op.ID, Name: op.Name, Chain: job.Operators[p.Chains[at.Chain].Head()].ID, Python: op.Python != nil, Parallelism: int64(op.Parallelism),
			Known: s.Known, TaskHeap: s.Operators[i].TaskHeap, ManagedOffHeap: s.Operators[i].ManagedOffHeap, Place: source.Place{File: job.Place.File, Pos: op.Pos}}
		if at.Worker >= 0 {
			o.Worker = p.Workers[at.Worker].ID
		} else if op.Python != nil {
			o.Mode = op.Python.Mode.String()
		}
		shot.Operators = append(shot.Operators, o)
	}
	for _, e := range p.Edges {
		shot.Edges = append(shot.Edges, EdgeShot{From: job.Operators[e.From].ID, To: job.Operators[e.To].ID, Ship: e.Ship.String(), Chained: e.Chained})
	}
	for _, c := range p.Chains {
		head := &job.Operators[c.Head()]
		shot.Chains = append(shot.Chains, ChainShot{ID: head.ID, Operators: ids(c.Operators), Parallelism: int64(head.Parallelism), Group: p.Groups[p.Operators[c.Head()].Group].Name})
	}
	for w := range p.Workers {
		worker, m := &p.Workers[w], &s.Workers[w]
		shot.Workers = append(shot.Workers, WorkerShot{ID: worker.ID, LaunchedBy: job.Operators[worker.LaunchedBy].ID, Operators: ids(worker.Operators),
			Framework: m.Framework, Buffers: m.Buffers, UserMemory: m.UserMemory, Memory: m.Memory, Instances: int64(m.Instances)})
	}
	for g := range p.Groups {
		group := GroupShot{Name: p.Groups[g].Name, Operators: ids(p.Groups[g].Operators), Sums: sums(s, s.Groups[g])}
		if profile := p.Groups[g].Profile; profile != nil {
			group.Profile = profile.String()
		}
		shot.Groups = append(shot.Groups, group)
	}
	return shot
}

func sums(s *spec.Spec, of spec.Sum) Sums {
	return Sums{Slots: of.Slots, Workers: of.Workers, PythonMemory: of.PythonMemory, Known: s.Known, TaskHeap: of.TaskHeap, ManagedOffHeap: of.ManagedOffHeap}
}

// groupOperators finds the operators of the groups by their chains, as a plan's document has them.
func (s *Snapshot) groupOperators() {
	for _, c := range s.Chains {
		if g := slices.IndexFunc(s.Groups, func(g GroupShot) bool { return g.Name == c.Group }); g >= 0 {
			s.Groups[g].Operators = append(s.Groups[g].Operators, c.Operators...)
		}
	}
}
