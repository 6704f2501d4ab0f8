package capacity

import (
	"fmt"
	"math"
	"strconv"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// LeverTogether is the one change to take: the smallest TaskManager in which Python gets what it needs and nobody gets less than
// today (design.md 3.5 (5)).
const LeverTogether = "together"

// together searches the smallest TaskManager. It is exact: for some weights the managed memory is a closed form and its rounding, and
// what total goes with that is found by halving, as both never fall when the other grows; there are few weights.
type together struct {
	*Cluster
	now     *taskmanager.Memory
	demands []*demand
	claims  *claims
	weights *weightings
	// slot is the smallest slot by any weights; possible: there is one.
	slot     flink.MemorySize
	possible bool
	// supposed: the claims are not those of the jobs, and nothing can be proven.
	supposed bool
}

func (c *Cluster) together(now *taskmanager.Memory, demands []*demand, most flink.MemorySize) *together {
	t := &together{Cluster: c, now: now, demands: demands, claims: c.claimsOf(demands, now, most), supposed: most < unbounded}
	if t.claims.impossible == "" {
		t.weights = t.claims.weigh()
		t.slot, t.possible = t.weights.smallest()
	}
	return t
}

// answer is a TaskManager in which all claims are met.
type answer struct {
	slots          int64
	weights        choice
	total, managed flink.MemorySize // as they are to be set, in bytes; total 0: as it is
	offHeap        flink.MemorySize
	set            flink.Config
	remove         []string
	memory         *taskmanager.Memory
	all            flink.MemorySize // of all TaskManagers, in bytes
}

// of is the answer with so many slots; false and why where there is none.
func (t *together) of(slots int64) (*answer, string) {
	if t.claims.impossible != "" {
		return nil, t.claims.impossible
	}
	if !t.possible {
		if t.claims.managedWhole > 0 {
			return nil, "a slot sharing group's profile has too little managed memory by any weights, and only the job changes that"
		}
		return nil, "no weights up to " + strconv.Itoa(mostWeight) + " give everybody enough"
	}
	l := t.layoutOf(t.now)
	l.slots = slots
	l.offHeap = max(t.now.TaskOffHeap, t.claims.offHeapWhole, times(t.claims.offHeap, slots))
	best := t.untouched(l)
	if total, possible := l.smallest(t.managed(l, t.slot)); possible {
		best = better(best, t.cut(l, total))
		if was := l.configured(t.now); was > 0 { // which may be no whole number of mebibytes
			best = better(best, t.cut(l, was))
		}
	}
	if best == nil {
		return nil, "not even " + largestTaskManager.String() + " is enough"
	}
	if !t.supposed {
		if why := t.prove(best); why != "" {
			return nil, why
		}
	}
	return best, ""
}

// managed is the managed memory of a TaskManager whose slots are to have so much each.
func (t *together) managed(l *layout, slot flink.MemorySize) flink.MemorySize {
	return max(times(slot, l.slots), t.claims.managedWhole)
}

// times is a size times a small number, at most what a MemorySize can be.
func times(size flink.MemorySize, n int64) flink.MemorySize {
	product, ok := flink.Times(size, int(n))
	if !ok {
		return math.MaxInt64
	}
	return product
}

// configured is the total as it is today, in bytes; 0 where none is set.
func (l *layout) configured(now *taskmanager.Memory) flink.MemorySize {
	switch l.total {
	case flink.KeyProcessSize:
		return now.TotalProcess
	case flink.KeyFlinkSize:
		return now.TotalFlink
	}
	return 0
}

// cut is the answer with this total: the nearest weights, and the smallest managed memory by them; nil where there is none.
func (t *together) cut(l *layout, total flink.MemorySize) *answer {
	weights, found := t.weights.nearest(l.most(total) / flink.MemorySize(l.slots))
	if !found {
		return nil
	}
	managed, possible := l.least(total, t.managed(l, weights.slot))
	if !possible {
		return nil
	}
	a := &answer{slots: l.slots, weights: weights, total: total, managed: managed, offHeap: l.offHeap}
	changed := flink.Config{}
	for _, e := range l.sizes(total, managed) {
		same := e.Key == flink.KeySlots && l.slots == t.now.Slots || e.Key == flink.KeyTaskOffHeap && l.offHeap == t.now.TaskOffHeap ||
			e.Key == l.total && total == l.configured(t.now) && t.sets(l.total)
		if !same {
			changed = append(changed, e)
		}
	}
	a.remove = l.remove
	return t.finish(a, changed)
}

func (t *together) sets(key string) bool { _, set := t.Config.Get(key); return set }

// untouched is the answer that changes only weights and slots; nil where that is not enough.
func (t *together) untouched(l *layout) *answer {
	if l.offHeap > t.now.TaskOffHeap {
		return nil
	}
	weights, found := t.weights.nearest(t.now.Managed / flink.MemorySize(l.slots))
	if !found {
		return nil
	}
	a := &answer{slots: l.slots, weights: weights, managed: t.now.Managed, offHeap: l.offHeap}
	var changed flink.Config
	if l.slots != t.now.Slots {
		changed = flink.Config{{Key: flink.KeySlots, Value: strconv.FormatInt(l.slots, 10)}}
	}
	return t.finish(a, changed)
}

// setOrder is the order in which an answer names its options.
var setOrder = []string{flink.KeySlots, flink.KeyManagedSize, flink.KeyConsumerWeights, flink.KeyTaskOffHeap, flink.KeyProcessSize, flink.KeyFlinkSize}

// finish adds the weights, and derives what the answer comes to; nil where Flink refuses it.
func (t *together) finish(a *answer, set flink.Config) *answer {
	if !a.weights.today {
		set = append(set, flink.Entry{Key: flink.KeyConsumerWeights, Value: t.claims.text(&a.weights)})
	}
	for _, key := range setOrder {
		if e, is := set.Get(key); is {
			a.set = append(a.set, e)
		}
	}
	tried := t.changed(a.set, a.remove)
	memory, refused := tried.memory()
	if refused != nil {
		return nil
	}
	a.memory = memory
	a.all = tried.allOf(t.demands, memory)
	return a
}

// better is the smaller TaskManager, then the one with the smaller change of weights, then with less managed memory, then with fewer
// options to change.
func better(a, b *answer) *answer {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	for _, pair := range [][2]int64{{int64(a.memory.TotalProcess), int64(b.memory.TotalProcess)}, {a.weights.change, b.weights.change},
		{int64(a.managed), int64(b.managed)}, {int64(a.changes()), int64(b.changes())}} {
		if pair[0] != pair[1] {
			if pair[0] < pair[1] {
				return a
			}
			return b
		}
	}
	return a
}

func (a *answer) changes() int { return len(a.set) + len(a.remove) }

// prove plans again with the answer; why it does not hold, or "".
func (t *together) prove(a *answer) string {
	l := layout{now: t.now}
	tried := t.changed(a.set, a.remove)
	fits, refused := tried.fits(t.demands)
	switch {
	case refused != nil:
		return "Flink refuses it: " + refused.Message
	case !fits && t.claims.managedWhole > 0:
		return "no TaskManager gives slots for a profile: it lacks room, or " + flink.KeyFineGrained + ": true"
	case !fits:
		return fmt.Sprintf("not even %s is enough", a.memory.TotalProcess)
	case !l.keeps(a.memory):
		return "another component would shrink"
	}
	return ""
}

// changed is the cluster with options set, and without others.
func (c *Cluster) changed(set flink.Config, remove []string) *Cluster {
	return c.on(without(c.Config, remove).With(set))
}

// allOf is the memory of all TaskManagers that jobs need, in bytes (Assessment.TotalProcess).
func (c *Cluster) allOf(demands []*demand, tm *taskmanager.Memory) (all flink.MemorySize) {
	if c.Shared {
		slots := int64(0)
		for _, d := range demands {
			slots += d.slots
		}
		return times(tm.TotalProcess, taskManagersFor(slots, tm.Slots))
	}
	for _, d := range demands {
		taskManagers := taskManagersFor(d.slots, tm.Slots)
		if d.fineGrained() {
			taskManagers = d.try(c.Config, tm).fit.TaskManagers
		}
		all, _ = flink.Add(all, times(tm.TotalProcess, taskManagers))
	}
	return all
}

// recommendation is the answer as one of the levers.
func (a *answer) recommendation() Recommendation {
	return Recommendation{Lever: LeverTogether, Set: a.set, Remove: a.remove, Fits: true, TotalProcess: a.all}
}
