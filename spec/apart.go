package spec

import (
	"cmp"
	"fmt"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
)

// Apart is the job planned anew with one operator in a slot sharing group of its own, and everything else in the groups where it is:
// what `slotSharingGroup` at the operator, and the old group's name at those behind it, would make of it. False where that is not
// possible: the operator is alone already, nobody can say so in SQL, Flink made the chain and it stays, or Flink refuses the plan.
func Apart(s *Spec, operator int32) (*Spec, bool) {
	job := s.Plan.Job
	if op := &job.Operators[operator]; op.API == graph.SQL || op.API == graph.APIUnset && job.API == graph.SQL ||
		len(s.Plan.Groups[s.Plan.Operators[operator].Group].Operators) == 1 {
		return nil, false
	}
	if slices.ContainsFunc(s.Plan.Groups, func(g plan.Group) bool { return g.Profile != nil }) {
		return nil, false // what its profile would be is another question (capacity --fine-grained)
	}
	changed := *job
	changed.Operators = slices.Clone(job.Operators)
	for i := range changed.Operators {
		group := &s.Plan.Groups[s.Plan.Operators[i].Group]
		changed.Operators[i].SlotSharingGroup = group.Name
		if group.IsRegion {
			changed.Operators[i].SlotSharingGroup = "default"
		}
	}
	changed.Operators[operator].SlotSharingGroup = freeGroup(s.Plan, job.Operators[operator].ID)
	p, problems := plan.Make(&changed, plan.Options{Open: s.Plan.Open})
	if problems.HasErrors() || len(p.Groups[p.Operators[operator].Group].Operators) != 1 {
		return nil, false
	}
	out, problems := ComputeWith(p, s.Needs)
	return out, !problems.HasErrors()
}

// freeGroup is a name that no group has.
func freeGroup(p *plan.Plan, name string) string {
	for slices.ContainsFunc(p.Groups, func(g plan.Group) bool { return g.Name == name }) || name == "default" {
		name += "-apart"
	}
	return name
}

// LargestPython are the Python operators that have a worker, the one that adds most to it first; those that add as much in the order of
// the job.
func (s *Spec) LargestPython() (operators []int32) {
	for w := range s.Plan.Workers {
		operators = append(operators, s.Plan.Workers[w].Operators...)
	}
	slices.SortFunc(operators, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.added(b), s.added(a)), cmp.Compare(a, b))
	})
	return operators
}

// added is what the functions of a Python operator add to its worker, in bytes, whoever launches it.
func (s *Spec) added(operator int32) int64 {
	return int64(s.Plan.Job.Operators[operator].Python.UserMemory)
}

// Alone says what a slot sharing group of its own would change for an operator: now, and then. Memory is bytes.
type Alone struct {
	Operator int32
	Then     *Spec
	// Workers and Slots are of the whole job, Memory is the Python memory of the fullest slot of all groups.
	Workers, Slots [2]int64
	Memory         [2]flink.MemorySize
}

// mostAlone is how many operators are tried: who is short looks at the largest first.
const mostAlone = 3

// AlonePlans plans the job with each of its largest Python operators in a slot sharing group of its own, where that is possible.
func AlonePlans(s *Spec) (plans []Alone) {
	largest := s.LargestPython()
	for _, i := range largest[:min(mostAlone, len(largest))] {
		if a, possible := AlonePlan(s, i); possible {
			plans = append(plans, a)
		}
	}
	return plans
}

// AlonePlan plans the job with one Python operator in a slot sharing group of its own.
func AlonePlan(s *Spec, operator int32) (Alone, bool) {
	then, possible := Apart(s, operator)
	if !possible {
		return Alone{}, false
	}
	return Alone{Operator: operator, Then: then, Workers: [2]int64{s.Total.Workers, then.Total.Workers}, Slots: [2]int64{s.Total.Slots, then.Total.Slots},
		Memory: [2]flink.MemorySize{s.fullestSlot(), then.fullestSlot()}}, true
}

// fullestSlot is the most Python memory that any slot holds, in bytes.
func (s *Spec) fullestSlot() (most flink.MemorySize) {
	for g := range s.Groups {
		most = max(most, s.Groups[g].PythonMemory)
	}
	return most
}

// alone says what slot sharing groups of their own would change: for the largest operators where the fullest slot becomes smaller, for
// the one that is asked about whatever it is.
func (e *explainer) alone() (facts []Fact) {
	plans := []Alone(nil)
	if e.only < 0 {
		plans = AlonePlans(e.Spec)
	} else if op := &e.job.Operators[e.only]; op.Python != nil && e.Plan.Operators[e.only].Worker >= 0 {
		if a, possible := AlonePlan(e.Spec, e.only); possible {
			plans = append(plans, a)
		}
	}
	for _, a := range plans {
		if e.only >= 0 || a.Memory[1] < a.Memory[0] {
			facts = append(facts, Fact{e.id(a.Operator), fmt.Sprintf("%s of Python memory in the fullest slot instead of %s, %d %s instead of %d, %d %s instead of %d",
				a.Memory[1], a.Memory[0], a.Workers[1], plural(a.Workers[1], "worker"), a.Workers[0], a.Slots[1], plural(a.Slots[1], "slot"), a.Slots[0]),
				e.flink("StreamingJobGraphGenerator.setSlotSharing")})
		}
	}
	return facts
}
