package capacity

import (
	"math"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/taskmanager"
)

// groups judges every slot sharing group as far as a whole slot decides.
func (t *trial) groups() {
	t.fit.Groups = make([]GroupFit, len(t.spec.Groups))
	for g := range t.fit.Groups {
		t.group(g)
	}
	t.warnOfOffHeap()
}

func (t *trial) group(g int) {
	out, need := &t.fit.Groups[g], t.demand.needs[g]
	out.Workers, out.Fits, out.Size = t.spec.Groups[g].Workers, true, t.sizeOf(g)
	if t.pool == OfSlot {
		out.UseCases = t.useCases[g]
	}
	out.Needs, out.Outside = need.shared, need.alone
	if out.Workers == 0 {
		return
	}
	switch t.pool {
	case AsNeeded:
		out.Gets = out.Size.Managed
	case TaskOffHeap:
		out.Gets = out.Size.TaskOffHeap
	case OfSlot:
		if need.python >= 0 {
			out.Gets = t.bytes(out.Size.Managed, t.fractionOf(g))
		}
	case OfOperator:
		return // the sum over operators, in ownShares
	}
	offHeap := out.Size.TaskOffHeap
	t.fit.Outside = t.fit.Outside || out.Outside > 0
	if out.Outside > 0 && out.Needs == 0 { // nothing but such workers
		out.Needs, out.Gets = out.Outside, offHeap
	}
	out.Fits = out.Needs <= out.Gets && out.Outside <= offHeap
	t.fit.Fits = t.fit.Fits && out.Fits
}

// bytes is a fraction of a slot's managed memory, rounded down.
func (t *trial) bytes(managed flink.MemorySize, fraction float64) flink.MemorySize {
	if fraction == 0 || managed == 0 {
		return 0
	}
	bytes, refused := taskmanager.Bytes(managed, fraction, t.version())
	if refused != nil {
		t.refuse(refused)
	}
	return bytes
}

// warnOfOffHeap: 1.11 refuses the job if there is less than one worker takes (CommonPythonBase, read in its byte code).
func (t *trial) warnOfOffHeap() {
	if t.pool != TaskOffHeap || flink.WorkerPerSlot.In(t.version()) || len(t.spec.Workers) == 0 {
		return
	}
	settings := &t.spec.Plan.Job.Settings
	configured, required := t.tm.TaskOffHeap, settings.Framework+settings.Buffer
	if configured < required {
		t.fit.Fits = false
		t.problems.Warnf(t.place(flink.KeyTaskOffHeap), source.CodeRefusedByFlink,
			"Flink will refuse this job: The configured Task Off-Heap Memory %s is less than the least required Python worker Memory %s. The Task Off-Heap Memory can be configured using the configuration key 'taskmanager.memory.task.off-heap.size'.",
			configured.FlinkText(), required.FlinkText())
	}
}

// ownShares are 1.10's and 1.11's: floor(managed per slot x fraction), for each Python operator.
func (t *trial) ownShares() {
	if t.pool != OfOperator {
		return
	}
	p := t.spec.Plan
	for w := range p.Workers {
		for _, i := range p.Workers[w].Operators {
			own := t.ownShare(i)
			group := &t.fit.Groups[p.Operators[i].Group]
			group.Gets += own.Gets
			group.Fits = group.Fits && own.Fits
			t.fit.Fits = t.fit.Fits && own.Fits
		}
	}
}

func (t *trial) ownShare(operator int32) OperatorFit {
	out := OperatorFit{Operator: operator, Own: true}
	out.Needs = t.ownNeed(operator)
	out.Gets = t.bytes(t.tm.Slot.Managed, t.declared[operator].Whole)
	out.Fits = out.Needs <= out.Gets
	return out
}

// ownNeed is what a Python operator with a share of its own needs, in bytes per subtask.
func (d *demand) ownNeed(operator int32) flink.MemorySize {
	need, _ := flink.Add(d.spec.Buffer, d.spec.UserMemory(operator))
	if w := d.spec.Plan.Operators[operator].Worker; d.spec.Plan.Workers[w].LaunchedBy == operator {
		need, _ = flink.Add(need, d.spec.Workers[w].Framework)
	}
	return need
}

func (t *trial) warnOfUnreserved(operator int32, gets flink.MemorySize) {
	job := t.spec.Plan.Job
	op := &job.Operators[operator]
	if required := job.Settings.Framework + job.Settings.Buffer; required > gets {
		t.problems.Warnf(source.Place{File: job.Place.File, Pos: op.Pos}, source.CodePythonUnreserved,
			"%q; Flink will warn: Required Python worker memory %d exceeds the available managed off-heap memory %d. Skipping reserving off-heap memory from the MemoryManager. This does not affect the functionality. However, it may affect the stability of a job as the memory used by the Python worker is not managed by Flink.",
			source.Excerpt(op.ID), required, gets)
	}
}

// listOperators lists what declares something of managed memory.
func (t *trial) listOperators() {
	p, fractions := t.spec.Plan, t.fractions(t.weights)
	for i := range p.Job.Operators {
		op := &p.Job.Operators[i]
		if op.Python == nil && op.ManagedMemory < 0 && op.Resources == nil && !op.StateBackend && !op.Keyed {
			continue
		}
		out := OperatorFit{Operator: int32(i), Fits: true}
		if w := p.Operators[i].Worker; t.pool == OfOperator && w >= 0 {
			out = t.ownShare(int32(i))
			t.warnOfUnreserved(out.Operator, out.Gets)
		}
		out.Fractions = fractions[i]
		t.fit.Operators = append(t.fit.Operators, out)
	}
}

// taskManagersFor are those that hold so many slots, each of them as many.
func taskManagersFor(slots, each int64) int64 { return (slots + each - 1) / each }

// taskManagers counts those for the slots that run at once.
func (t *trial) taskManagers() {
	t.fit.Slots = t.slots
	if t.fineGrained() {
		t.fillTaskManagers()
	} else {
		t.fit.TaskManagers = taskManagersFor(t.slots, t.tm.Slots)
	}
	total, ok := flink.Times(t.tm.TotalProcess, int(min(t.fit.TaskManagers, math.MaxInt32)))
	if !ok {
		t.problems.Errorf(t.spec.Plan.Job.Place, source.CodeMemoryOverflow, "%d TaskManagers of %s are more than 9223372036854775807 bytes", t.fit.TaskManagers, t.tm.TotalProcess)
	}
	t.fit.TotalProcess = total
}
