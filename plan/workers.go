package plan

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/source"
)

// workerKey says which operators share a worker: those with equal keys.
type workerKey struct {
	named bool
	alone bool   // of this operator only
	name  string // the worker's name, or the environment
	scope int32  // operator, chain or group, by the scope in force
}

// assignWorkers finds the Python workers (design.md 3.2).
func (b *builder) assignWorkers() {
	b.plan.Job, b.plan.ins = b.job, b.ins
	b.plan.Open = b.open
	b.plan.Sharing = inForce(b.job)
	sizes, all := b.numberWorkers()
	b.plan.Workers = make([]Worker, len(sizes))
	users := make([]int32, all) // every worker has a piece of it
	for i := range b.job.Operators {
		w := b.plan.Operators[i].Worker
		if w < 0 {
			continue
		}
		worker, op := &b.plan.Workers[w], b.op(int32(i))
		if worker.Operators == nil {
			worker.ID = op.ID
			if op.Python.Worker != "" {
				worker.ID = op.Python.Worker
			}
			worker.Operators, users = users[:0:sizes[w]], users[sizes[w]:]
		}
		b.checkSharing(w, int32(i))
		worker.Operators = append(worker.Operators, int32(i))
	}
	b.suffixTaken()
	b.chooseLaunchers()
}

// numberWorkers gives every operator its worker's number, by first operators; sizes are how many operators each has, and all their sum.
func (b *builder) numberWorkers() (sizes []int32, all int32) {
	index := map[workerKey]int32{}
	for i := range b.job.Operators {
		p := b.op(int32(i)).Python
		b.plan.Operators[i].Worker = -1
		if p == nil || p.Mode == graph.Thread {
			continue
		}
		k := b.workerKey(int32(i), p)
		w, known := index[k]
		if !known {
			w = int32(len(sizes))
			sizes = append(sizes, 0)
			if !k.alone { // nobody asks for it again
				index[k] = w
			}
		}
		sizes[w]++
		all++
		b.plan.Operators[i].Worker = w
	}
	return sizes, all
}

func (b *builder) workerKey(i int32, p *graph.Python) workerKey {
	switch {
	case p.Worker != "":
		return workerKey{named: true, name: p.Worker, scope: -1}
	case p.Alone:
		return workerKey{alone: true, scope: i}
	case b.plan.Sharing == graph.SharingChain:
		return workerKey{name: p.Env, scope: b.plan.Operators[i].Chain}
	case b.plan.Sharing == graph.SharingSlot:
		return workerKey{name: p.Env, scope: b.plan.Operators[i].Group}
	}
	return workerKey{alone: true, scope: i}
}

// checkSharing refuses operators that cannot share a worker: they never meet in a slot, or their environments
// differ. Only a worker that is named can be wrong.
func (b *builder) checkSharing(w, i int32) {
	if len(b.plan.Workers[w].Operators) == 0 {
		return
	}
	first := b.plan.Workers[w].Operators[0]
	a, c := b.op(first), b.op(i)
	var differs string
	if ga, gc := b.plan.Operators[first].Group, b.plan.Operators[i].Group; ga != gc {
		differs = fmt.Sprintf("their slot sharing groups differ (%s, %s)", b.plan.Groups[ga].Name, b.plan.Groups[gc].Name)
	} else if a.Python.Env != c.Python.Env {
		differs = fmt.Sprintf("their environments differ (%s, %s)", orNone(a.Python.Env), orNone(c.Python.Env))
	} else if a.Python.Alone || c.Python.Alone {
		differs = "Python inside a MultipleInput runs alone"
	} else {
		return
	}
	d := b.problems.Errorf(source.Place{File: b.job.Place.File, Pos: c.Python.Pos}, source.CodeCannotShareWorker,
		"%q and %q name the worker %q but cannot share it: %s", source.Excerpt(a.ID), source.Excerpt(c.ID), source.Excerpt(c.Python.Worker), differs)
	d.Related = []source.Related{{Place: source.Place{File: b.job.Place.File, Pos: a.Python.Pos}, Message: "named here too"}}
}

func orNone(env string) string {
	if env == "" {
		return "none"
	}
	return env
}

// suffixTaken gives a suffix to every worker whose operator's id is taken by a worker's name.
func (b *builder) suffixTaken() {
	named := func(w *Worker) bool {
		p := b.op(w.Operators[0]).Python
		return p.Worker != ""
	}
	taken := map[string]bool{}
	clash := false
	for i := range b.plan.Workers {
		if w := &b.plan.Workers[i]; named(w) {
			taken[w.ID], clash = true, true
		}
	}
	if !clash {
		return
	}
	var late []*Worker
	for i := range b.plan.Workers {
		switch w := &b.plan.Workers[i]; {
		case named(w):
		case taken[w.ID]:
			late = append(late, w)
		default:
			taken[w.ID] = true
		}
	}
	for _, w := range late {
		id := w.ID
		for n := 2; taken[w.ID]; n++ {
			w.ID = fmt.Sprintf("%s#%d", id, n)
		}
		taken[w.ID] = true
	}
}

// chooseLaunchers finds the operator of each worker that starts it.
func (b *builder) chooseLaunchers() {
	if len(b.plan.Workers) == 0 {
		return
	}
	var order []int32
	if b.open {
		order = b.openOrder()
	} else {
		order = graph.TopologicalOrder(b.job.Operators)
	}
	for i := range b.plan.Workers {
		b.plan.Workers[i].LaunchedBy = -1
	}
	for _, i := range order {
		if w := b.plan.Operators[i].Worker; w >= 0 && b.plan.Workers[w].LaunchedBy < 0 {
			b.plan.Workers[w].LaunchedBy = i
		}
	}
}
