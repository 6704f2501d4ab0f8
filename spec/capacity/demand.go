package capacity

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// demand is what a job asks of whatever cluster it runs on. It is computed once; a cluster is then tried in time
// that goes with the slot sharing groups (before 1.12 with the Python operators too), not with the job.
type demand struct {
	spec *spec.Spec
	pool Pool
	// declared is what each operator declares, and before 1.12 its fraction, which no cluster changes.
	declared []Fractions
	// refused: Flink makes no job graph of these weights (before 1.12).
	refused  *flink.Refusal
	useCases [][]taskmanager.UseCase // by group; from 1.12 on
	// stateBackend: it uses managed memory.
	stateBackend bool
	needs        []need           // by group
	profiles     []*graph.Profile // by group; nil where no group has one that counts
	atOnce       [][]int          // sets of groups that run at once
	slots        int64            // of the largest of these sets
	// before is the job as it is today, where this one is a changed plan of it; else nil.
	before *demand
	// unshared is the job with a worker for each operator, made at the first question. See withoutShare.
	unshared *demand
}

// need is what the Python workers in the fullest slot of a group need, in bytes.
type need struct {
	// shared is of those that live in the pool, alone of those that run beside a share (Python inside a MultipleInput).
	shared, alone flink.MemorySize
	// python is an operator of the group that declares the use case; -1: none does.
	python int32
}

func demandsOf(jobs []*spec.Spec) []*demand {
	demands := make([]*demand, len(jobs))
	for i, s := range jobs {
		demands[i] = newDemand(s)
	}
	return demands
}

func newDemand(s *spec.Spec) *demand {
	d := &demand{spec: s, pool: poolOf(s.Plan.Job), profiles: profilesOf(s.Plan), atOnce: groupsAtOnce(s)}
	for _, groups := range d.atOnce {
		var slots int64
		for _, g := range groups {
			slots += s.Groups[g].Slots
		}
		d.slots = max(d.slots, slots)
	}
	f := fractioner{plan: s.Plan, version: s.Plan.Job.Settings.Version, out: make([]Fractions, len(s.Plan.Job.Operators))}
	f.declare()
	d.declared, d.refused, d.stateBackend = f.out, f.refused, f.stateBackendCounts()
	d.useCases, d.needs = make([][]taskmanager.UseCase, len(s.Groups)), make([]need, len(s.Groups))
	for g := range s.Groups {
		d.needs[g].python = -1
		if d.pool == OfSlot {
			d.useCases[g] = useCasesOf(f.out, s.Plan.Groups[g].Operators)
		}
		for _, i := range s.Plan.Groups[g].Operators {
			if f.out[i].Python {
				d.needs[g].python = i
				break
			}
		}
	}
	d.addUp()
	return d
}

// addUp sums what workers need; spec has refused what overflows.
func (d *demand) addUp() {
	s := d.spec
	for w := range s.Workers {
		first := s.Plan.Workers[w].Operators[0]
		n := &d.needs[s.Plan.Operators[first].Group]
		if d.pool == OfSlot && s.Plan.Job.Operators[first].Python.Alone {
			n.alone, _ = flink.Add(n.alone, s.Workers[w].Memory)
		} else {
			n.shared, _ = flink.Add(n.shared, s.Workers[w].Memory)
		}
	}
}

func poolOf(job *graph.Job) Pool {
	v := job.Version
	switch {
	case !v.Stated():
		return AsNeeded
	case !flink.MemoryManagedOption.In(v):
		return OfOperator
	case !job.Settings.MemoryManaged:
		return TaskOffHeap
	case !flink.WorkerPerSlot.In(v):
		return OfOperator
	}
	return OfSlot
}

// withoutSharing is the same job where the weights leave Python no share: such workers are unmanaged, and then each
// operator has its own (pyflink-facts.md 2.1), unless the job says otherwise.
func (d *demand) withoutSharing() *demand {
	if d.unshared == nil {
		s := d.spec
		if job := s.Plan.Job; job.Sharing == graph.SharingDefault {
			alone := *job
			alone.Sharing = graph.SharingNone
			p, _ := plan.Make(&alone, plan.Options{Open: s.Plan.Open}) // what it tells was told of the shared plan
			s, _ = spec.ComputeWith(p, s.Needs)
		}
		u := *d
		u.spec, u.pool = s, TaskOffHeap
		u.needs = make([]need, len(d.needs))
		for g := range u.needs {
			u.needs[g].python = d.needs[g].python
		}
		u.addUp()
		d.unshared = &u
	}
	return d.unshared
}
