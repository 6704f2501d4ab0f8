package change

import (
	"slices"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Grown is memory before and after, in bytes.
func Grown(was, is flink.MemorySize) *Field {
	return &Field{Key: "pythonMemory", Old: size(was), New: size(is)}
}

// GrownMost is the place of the operator to look at first where memory grew: of the worker that grew most.
func (now *Snapshot) GrownMost(old *Snapshot) source.Place {
	best, most := -1, flink.MemorySize(0)
	for j, i := range match(workerNames(old), workerNames(now)).of {
		grown := total(&now.Workers[j])
		if i >= 0 {
			grown -= total(&old.Workers[i])
		}
		if grown > most {
			best, most = j, grown
		}
	}
	if best < 0 {
		return now.Place
	}
	id := grownOperator(old, now, &now.Workers[best])
	if i := slices.IndexFunc(now.Operators, func(o OperatorShot) bool { return o.ID == id }); i >= 0 {
		return now.Operators[i].Place
	}
	return now.Place
}

// grownOperator is the operator of a worker that reserves most more than before, as far as that is known; else the first that is new;
// else the one that launches it.
func grownOperator(old, now *Snapshot, w *WorkerShot) string {
	before := map[string]*OperatorShot{}
	for i := range old.Operators {
		before[old.Operators[i].ID] = &old.Operators[i]
	}
	best, most := "", flink.MemorySize(0)
	for i := range now.Operators {
		o := &now.Operators[i]
		was := before[o.ID]
		if o.Worker != w.ID {
			continue
		}
		if was == nil && best == "" {
			best = o.ID
		}
		if was != nil && was.Known && o.Known && o.ManagedOffHeap-was.ManagedOffHeap > most {
			best, most = o.ID, o.ManagedOffHeap-was.ManagedOffHeap
		}
	}
	if best == "" {
		return w.LaunchedBy
	}
	return best
}

// total is the memory of all processes of a worker, or the most that can be counted.
func total(w *WorkerShot) flink.MemorySize {
	product, ok := flink.Times(w.Memory, int(min(w.Instances, 1<<31)))
	if !ok {
		return 1<<63 - 1
	}
	return product
}
