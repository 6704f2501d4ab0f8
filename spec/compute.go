package spec

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
)

// JavaTaskHeap is what the Java side of a Python operator takes of the task heap, bytes per subtask: 1mb
// input buffer, 1mb output buffer, 3mb others. FLIP-88, "Java operator"; no option changes it.
const JavaTaskHeap flink.MemorySize = 5 << 20

// Compute adds up what a plan needs. A sum beyond 2^63-1 bytes is an error at the operator that exceeds it;
// sums are then not to be used.
func Compute(p *plan.Plan) (*Spec, source.List) {
	return ComputeWith(p, Needs{})
}

// ComputeWith is Compute with the needs that somebody chose.
func ComputeWith(p *plan.Plan, needs Needs) (*Spec, source.List) {
	framework, from := needs.framework(&p.Job.Settings, p.Job.Version)
	s := &Spec{
		Plan:      p,
		Model:     modelOf(p.Job.Version),
		Framework: framework,
		NeedsFrom: from,
		Needs:     needs,
		Buffer:    p.Job.Settings.Buffer,
		Known:     p.Job.Mode == graph.Batch,
		Operators: make([]Resources, len(p.Job.Operators)),
		Workers:   make([]WorkerMemory, len(p.Workers)),
		Groups:    make([]Sum, len(p.Groups)),
	}
	if needs.Largest > 0 {
		s.NeedsFrom = FromMeasurement
	}
	a := adder{spec: s}
	a.workers()
	if s.Known {
		a.operators()
	}
	a.groups()
	a.total()
	a.noteUnmanaged()
	return s, a.problems
}

// noteUnmanaged says where Flink will reserve nothing for the workers (design.md 3.2, the rows of 1.11 and 1.12).
func (a *adder) noteUnmanaged() {
	job := a.spec.Plan.Job
	if len(a.spec.Workers) > 0 && job.Version.Stated() && flink.MemoryManagedOption.In(job.Version) && !job.Settings.MemoryManaged {
		a.problems.Notef(job.Place, source.CodeUnmanagedWorkers, "%s is false: Flink %s reserves nothing for Python workers; the numbers are what they need of the task off-heap memory",
			flink.KeyMemoryManaged, job.Version)
	}
}

func modelOf(v flink.Version) Model {
	if v.Stated() && flink.WorkerPerSlot.In(v) {
		return FLIP141
	}
	return FLIP88
}

// adder sums without ever wrapping around.
type adder struct {
	spec     *Spec
	problems source.List
	at       int32 // operator at which an overflow is reported
	over     bool  // reported already
}

func (a *adder) add(to *flink.MemorySize, size flink.MemorySize, times int64) {
	product, ok := flink.Times(size, int(times))
	if ok {
		*to, ok = flink.Add(*to, product)
	}
	if !ok && !a.over {
		a.over = true
		job := a.spec.Plan.Job
		op := &job.Operators[a.at]
		a.problems.Errorf(source.Place{File: job.Place.File, Pos: op.Pos}, source.CodeMemoryOverflow,
			"with %q the job's memory is more than 9223372036854775807 bytes, the most that Flink can count", source.Excerpt(op.ID))
	}
}

// workers: memory(w) = framework + the sum of buffer + userMemory over its operators (FLIP-88, "Python worker").
func (a *adder) workers() {
	p := a.spec.Plan
	for w := range p.Workers {
		m := &a.spec.Workers[w]
		m.Framework = a.spec.Framework
		a.at = p.Workers[w].Operators[0]
		a.add(&m.Memory, m.Framework, 1)
		for _, i := range p.Workers[w].Operators {
			op := &p.Job.Operators[i]
			a.at = i
			a.add(&m.Buffers, a.spec.Buffer, 1)
			a.add(&m.UserMemory, op.Python.UserMemory, 1)
			a.add(&m.Memory, a.spec.Buffer, 1)
			a.add(&m.Memory, op.Python.UserMemory, 1)
			m.Instances = max(m.Instances, int(op.Parallelism))
		}
		a.asMeasured(m)
	}
}

// asMeasured makes a worker as large as those that were measured. What is above an idle worker and the buffers is what its functions'
// libraries take, whatever userMemory says. A Measurement below an idle worker was of something else: then it is the formula's buffers
// over an idle one (design.md 3.6). Buffers are an upper bound: five operators were seen to take 3mb together (testdata/measured).
func (a *adder) asMeasured(m *WorkerMemory) {
	if a.spec.NeedsFrom != FromMeasurement {
		return
	}
	m.Estimate = m.Memory
	formula, _ := flink.Add(m.Framework, m.Buffers)
	m.Memory, m.UserMemory = formula, 0
	if largest := a.spec.Needs.Largest; largest >= m.Framework {
		m.Memory = largest
		m.UserMemory = max(largest-formula, 0)
		m.Framework = max(largest-m.UserMemory-m.Buffers, 0)
	}
}

// operators: the launching operator reserves the framework memory beside its own (FLIP-88, "Python worker sharing").
func (a *adder) operators() {
	p := a.spec.Plan
	for i := range p.Job.Operators {
		op, r := &p.Job.Operators[i], &a.spec.Operators[i]
		a.at = int32(i)
		switch {
		case op.Python != nil:
			r.TaskHeap = JavaTaskHeap
		case op.Resources != nil:
			r.TaskHeap, r.ManagedOffHeap = op.Resources.TaskHeap, op.Resources.ManagedOffHeap
		}
		w := p.Operators[i].Worker
		if w < 0 {
			continue
		}
		a.add(&r.ManagedOffHeap, a.spec.Buffer, 1)
		a.add(&r.ManagedOffHeap, a.spec.UserMemory(int32(i)), 1)
		if p.Workers[w].LaunchedBy == int32(i) {
			a.add(&r.ManagedOffHeap, a.spec.Workers[w].Framework, 1)
		}
	}
}

// groups: slot 0 holds subtask 0 of every operator, and so the most.
func (a *adder) groups() {
	p := a.spec.Plan
	for i := range p.Job.Operators {
		sum := &a.spec.Groups[p.Operators[i].Group]
		a.at = int32(i)
		sum.Slots = max(sum.Slots, int64(p.Job.Operators[i].Parallelism))
		a.add(&sum.TaskHeap, a.spec.Operators[i].TaskHeap, 1)
		a.add(&sum.ManagedOffHeap, a.spec.Operators[i].ManagedOffHeap, 1)
	}
	for w := range p.Workers {
		first := p.Workers[w].Operators[0]
		sum := &a.spec.Groups[p.Operators[first].Group]
		a.at = first
		sum.Workers++
		a.add(&sum.PythonMemory, a.spec.Workers[w].Memory, 1)
	}
}

// total sums over all slots of all groups: an operator counts parallelism times, a worker's framework as
// often as the largest parallelism among its operators.
func (a *adder) total() {
	p, t := a.spec.Plan, &a.spec.Total
	for g := range a.spec.Groups {
		t.Slots += a.spec.Groups[g].Slots
	}
	for i := range p.Job.Operators {
		op := &p.Job.Operators[i]
		times := int64(op.Parallelism)
		a.at = int32(i)
		a.add(&t.TaskHeap, a.spec.Operators[i].TaskHeap, times)
		a.add(&t.ManagedOffHeap, a.spec.Operators[i].ManagedOffHeap, times)
		if p.Operators[i].Worker >= 0 {
			a.add(&t.PythonMemory, a.spec.Buffer, times)
			if a.spec.NeedsFrom != FromMeasurement {
				a.add(&t.PythonMemory, op.Python.UserMemory, times)
			}
		}
	}
	for w := range p.Workers {
		t.Workers += int64(a.spec.Workers[w].Instances)
		a.at = p.Workers[w].Operators[0]
		a.add(&t.PythonMemory, a.spec.Workers[w].Framework, int64(a.spec.Workers[w].Instances))
		if a.spec.NeedsFrom == FromMeasurement {
			a.add(&t.PythonMemory, a.spec.Workers[w].UserMemory, int64(a.spec.Workers[w].Instances))
		}
	}
}
