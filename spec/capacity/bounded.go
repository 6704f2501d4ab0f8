package capacity

import (
	"cmp"
	"fmt"
	"slices"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

// Bound is the largest TaskManager that anybody can have: a node, a quota. The zero Bound is none.
type Bound struct {
	Process flink.MemorySize // bytes
}

// Allows says whether a TaskManager of so many bytes is within the bound.
func (b Bound) Allows(process flink.MemorySize) bool { return b.Process == 0 || process <= b.Process }

// best is the answer within a bound. Without one a TaskManager keeps its slots; with one it may have fewer, and there may be more
// TaskManagers: the least memory of all of them wins, then the fewest changes. smallest is the smallest
// TaskManager of any number of slots, where none is within the bound.
func (t *together) best(b Bound) (best, smallest *answer, why string) {
	if b.Process == 0 {
		best, why = t.of(t.now.Slots)
		return best, best, why
	}
	smallest, why = t.of(1) // a TaskManager never grows as its slots become fewer
	if smallest == nil || !b.Allows(smallest.memory.TotalProcess) {
		return nil, smallest, why
	}
	try := func(slots int64) {
		a, _ := t.of(slots)
		if a != nil && b.Allows(a.memory.TotalProcess) && (best == nil || a.all < best.all || a.all == best.all && a.changes() < best.changes()) {
			best = a
		}
	}
	try(t.now.Slots)
	counts := t.slotCounts()
	for slots := min(t.now.Slots-1, slices.Max(counts)); slots >= 1 && (best == nil || t.atLeast(slots, smallest) <= best.all); slots-- {
		if slots == 1 || matters(slots, counts) {
			try(slots)
		}
	}
	return best, smallest, ""
}

// slotCounts are the slots of each job, or of jobs that share TaskManagers all of them.
func (t *together) slotCounts() (counts []int64) {
	all := int64(0)
	for _, d := range t.demands {
		all += d.slots
		counts = append(counts, d.slots)
	}
	if t.Shared {
		return []int64{all}
	}
	return counts
}

// matters says whether more TaskManagers are needed with a slot less in each; if not, those with a slot less are no worse.
func matters(slots int64, counts []int64) bool {
	return slices.ContainsFunc(counts, func(all int64) bool {
		taskManagers := taskManagersFor(all, slots)
		return (all+taskManagers-1)/taskManagers == slots
	})
}

// atLeast is what all TaskManagers come to with so many slots each, if each were as small as the smallest.
func (t *together) atLeast(slots int64, smallest *answer) flink.MemorySize {
	memory := *smallest.memory
	memory.Slots = slots
	return t.allOf(t.demands, &memory)
}

// recommendTogether is the first of the list: the one change to take, or why there is none.
func (c *Cluster) recommendTogether(r *Assessment, b Bound) []Recommendation {
	t := c.together(r.TaskManager, r.demands, unbounded)
	best, smallest, why := t.best(b)
	switch {
	case best != nil:
		return []Recommendation{best.recommendation()}
	case smallest == nil:
		return []Recommendation{{Lever: LeverTogether, Why: why}}
	}
	out := []Recommendation{{Lever: LeverTogether, Why: fmt.Sprintf("the smallest TaskManager in which all fits has %s, more than %s, with %s; %s",
		smallest.memory.TotalProcess, b.Process, source.Count(smallest.slots, "slot"), t.largestThatWould(b))}}
	return append(out, t.apart(b)...)
}

// fitsWith says whether jobs fit within a bound, if no group (before 1.12: no operator) needed more than most.
func (t *together) fitsWith(b Bound, demands []*demand, most flink.MemorySize) bool {
	a, _ := t.Cluster.together(t.now, demands, most).of(1)
	return a != nil && b.Allows(a.memory.TotalProcess)
}

// tries bounds how many jobs, and how many changes of jobs, are planned in search of one that fits.
const tries = 8

// largestThatWould says what would fit within a bound: how much Python memory a slot may need, and which of several jobs is the
// largest that needs no more.
func (t *together) largestThatWould(b Bound) string {
	most := below(t.largestNeed(t.demands)/mebibyte, func(n flink.MemorySize) bool { return t.fitsWith(b, t.demands, n*mebibyte) })
	if most < 0 {
		return "what is there beside Python today is already too much for it"
	}
	text := fmt.Sprintf("at most %s of Python memory in a slot would fit", most*mebibyte)
	if len(t.demands) == 1 {
		return text
	}
	byNeed := slices.Clone(t.demands)
	slices.SortStableFunc(byNeed, func(a, b *demand) int {
		return cmp.Compare(t.largestNeed([]*demand{b}), t.largestNeed([]*demand{a}))
	})
	for tried, d := 0, 0; d < len(byNeed) && tried < tries; d++ {
		if need := t.largestNeed(byNeed[d : d+1]); need/mebibyte <= most {
			tried++
			if t.fitsWith(b, byNeed[d:d+1], unbounded) {
				return text + fmt.Sprintf("; of these jobs %q is the largest that would, with %s", source.Excerpt(byNeed[d].spec.Plan.Job.Name), need)
			}
		}
	}
	return text
}

// largestNeed is the most Python memory that any slot sharing group of some jobs needs in a slot (before 1.12: any operator), in bytes.
func (t *together) largestNeed(demands []*demand) (most flink.MemorySize) {
	for _, d := range demands {
		for g := range d.needs {
			if d.pool != OfOperator {
				most = max(most, d.needs[g].shared, d.needs[g].alone)
			}
		}
		for _, i := range d.spec.LargestPython() {
			if d.pool == OfOperator {
				most = max(most, d.ownNeed(i))
			}
		}
	}
	return most
}

// apart are the Python operators of which one, in a slot sharing group of its own, lets everything fit within a bound: each planned
// so, the least memory of all TaskManagers first.
func (t *together) apart(b Bound) (out []Recommendation) {
	tried := 0
	for d, job := range t.demands {
		if t.fitsWith(b, t.demands[d:d+1], unbounded) {
			continue
		}
		for _, i := range job.spec.LargestPython() {
			planned, possible := spec.Apart(job.spec, i)
			if !possible {
				continue
			}
			if tried++; tried > tries {
				return out
			}
			demands := slices.Clone(t.demands)
			demands[d] = newDemand(planned)
			demands[d].before = job
			if best, _, _ := t.Cluster.together(t.now, demands, unbounded).best(b); best != nil {
				r := best.recommendation()
				r.Lever, r.Job, r.Operator = LeverGroup, job.spec.Plan.Job.Name, job.spec.Plan.Job.Operators[i].ID
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Recommendation) int { return cmp.Compare(a.TotalProcess, b.TotalProcess) })
	return out
}
