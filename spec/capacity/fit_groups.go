package capacity

import (
	"fmt"
	"math"

	"udfplan/spec/taskmanager"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
)

// groups judges every slot sharing group as far as a whole slot decides.
func (a *assessor) groups() {
	a.fit.Fits = true
	s := a.fit.Spec
	a.fit.Groups = make([]GroupFit, len(s.Groups))
	f := fractioner{plan: s.Plan, out: a.fractions}
	for g := range s.Groups {
		out := &a.fit.Groups[g]
		out.Workers, out.Fits = s.Groups[g].Workers, true
		if a.fit.Pool == OfSlot {
			out.UseCases = f.UseCases(&s.Plan.Groups[g])
		}
		out.Needs, out.Outside = a.needsOf(g)
		if out.Workers == 0 {
			continue
		}
		switch a.fit.Pool {
		case AsNeeded:
			out.Gets = a.cluster.TaskManager.Slot.Managed
		case TaskOffHeap:
			out.Gets = a.cluster.TaskManager.Slot.TaskOffHeap
		case OfSlot:
			out.Gets = a.shareOf(g)
		case OfOperator:
			continue // the sum over operators, in operators
		}
		offHeap := a.cluster.TaskManager.Slot.TaskOffHeap
		a.fit.Outside = a.fit.Outside || out.Outside > 0
		if out.Outside > 0 && out.Needs == 0 { // nothing but such workers
			out.Needs, out.Gets = out.Outside, offHeap
		}
		out.Fits = out.Needs <= out.Gets && out.Outside <= offHeap
		a.fit.Fits = a.fit.Fits && out.Fits
	}
	a.tellTooLittleOffHeap()
}

// needsOf is what the workers of the fullest slot need, bytes; those that run alone stand outside a share.
func (a *assessor) needsOf(g int) (needs, outside flink.MemorySize) {
	s := a.fit.Spec
	for w := range s.Workers {
		first := s.Plan.Workers[w].Operators[0]
		switch {
		case int(s.Plan.Operators[first].Group) != g:
		case a.fit.Pool == OfSlot && s.Plan.Job.Operators[first].Python.Alone:
			outside, _ = flink.Add(outside, s.Workers[w].Memory)
		default:
			needs, _ = flink.Add(needs, s.Workers[w].Memory) // spec has refused what overflows
		}
	}
	return needs, outside
}

// shareOf is the Python share of a slot: floor(managed per slot x fraction); 0 where nothing declares it.
func (a *assessor) shareOf(g int) flink.MemorySize {
	p := a.fit.Spec.Plan
	for _, i := range p.Groups[g].Operators {
		if a.fractions[i].Python {
			return a.bytes(a.fractions[i].OfPython)
		}
	}
	return 0
}

func (a *assessor) bytes(fraction float64) flink.MemorySize {
	if fraction == 0 {
		return 0
	}
	bytes, refused := taskmanager.Bytes(a.cluster.TaskManager.Slot.Managed, fraction, a.job.Settings.Version)
	if refused != nil {
		a.refuse(refused)
	}
	return bytes
}

// tellTooLittleOffHeap: 1.11 refuses the job (CommonPythonBase, read in its byte code).
func (a *assessor) tellTooLittleOffHeap() {
	if a.fit.Pool != TaskOffHeap || flink.WorkerPerSlot.In(a.job.Settings.Version) || len(a.fit.Spec.Workers) == 0 {
		return
	}
	configured, required := a.cluster.TaskManager.TaskOffHeap, a.job.Settings.Framework+a.job.Settings.Buffer
	if configured < required {
		a.fit.Fits = false
		a.problems.Warnf(a.place(flink.KeyTaskOffHeap), codeRefused,
			"Flink will refuse this job: The configured Task Off-Heap Memory %s is less than the least required Python worker Memory %s. The Task Off-Heap Memory can be configured using the configuration key 'taskmanager.memory.task.off-heap.size'.",
			configured.FlinkText(), required.FlinkText())
	}
}

// operators judges what has a fraction of its own, and lists what declares something.
func (a *assessor) operators() {
	p := a.fit.Spec.Plan
	for i := range p.Job.Operators {
		op, f := &p.Job.Operators[i], a.fractions[i]
		if op.Python == nil && op.ManagedMemory < 0 && op.Resources == nil && !op.StateBackend && !op.Keyed {
			continue
		}
		out := OperatorFit{Operator: int32(i), Fractions: f, Fits: true}
		if w := p.Operators[i].Worker; a.fit.Pool == OfOperator && w >= 0 {
			a.ownShare(&out, &p.Workers[w])
		}
		a.fit.Operators = append(a.fit.Operators, out)
	}
}

// ownShare is 1.10's and 1.11's: floor(managed per slot x fraction), for each Python operator.
func (a *assessor) ownShare(out *OperatorFit, w *plan.Worker) {
	s := a.fit.Spec
	op := &s.Plan.Job.Operators[out.Operator]
	out.Own = true
	out.Needs, _ = flink.Add(s.Buffer, op.Python.UserMemory)
	if w.LaunchedBy == out.Operator {
		out.Needs, _ = flink.Add(out.Needs, s.Framework)
	}
	out.Gets = a.bytes(out.Fractions.Whole)
	out.Fits = out.Needs <= out.Gets
	group := &a.fit.Groups[s.Plan.Operators[out.Operator].Group]
	group.Gets += out.Gets
	group.Fits = group.Fits && out.Fits
	a.fit.Fits = a.fit.Fits && out.Fits
	required := a.job.Settings.Framework + a.job.Settings.Buffer
	if required > out.Gets {
		a.problems.Warnf(source.Place{File: a.job.Place.File, Pos: op.Pos}, "python-unreserved",
			"%q; Flink will warn: Required Python worker memory %d exceeds the available managed off-heap memory %d. Skipping reserving off-heap memory from the MemoryManager. This does not affect the functionality. However, it may affect the stability of a job as the memory used by the Python worker is not managed by Flink.",
			source.Excerpt(op.ID), required, out.Gets)
	}
}

// taskManagers counts those for the slots that run at once: all groups in streaming; in batch the largest
// set of groups that pipelined exchanges join.
func (a *assessor) taskManagers() {
	s := a.fit.Spec
	var slots int64
	if s.Plan.Job.Mode != graph.Batch {
		slots = s.Total.Slots
	} else {
		sets := graph.NewSets(len(s.Groups))
		for i := range s.Plan.Edges {
			if e := &s.Plan.Edges[i]; !e.Chained && e.Partition != plan.BlockingPartition {
				sets.Join(s.Plan.Operators[e.From].Group, s.Plan.Operators[e.To].Group)
			}
		}
		together := make([]int64, len(s.Groups))
		for g := range s.Groups {
			root := sets.Find(int32(g))
			together[root] += s.Groups[g].Slots
			slots = max(slots, together[root])
		}
	}
	tm := a.cluster.TaskManager
	a.fit.TaskManagers = (slots + tm.Slots - 1) / tm.Slots
	total, ok := flink.Times(tm.TotalProcess, int(min(a.fit.TaskManagers, math.MaxInt32)))
	if !ok {
		a.problems.Errorf(a.job.Place, "memory-overflow", "%s", fmt.Sprintf("%d TaskManagers of %s are more than 9223372036854775807 bytes", a.fit.TaskManagers, tm.TotalProcess))
	}
	a.fit.TotalProcess = total
}
