package capacity

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// weighing are consumer weights by use case, as the search moves them.
type weighing struct {
	weight [useCaseCount]int32
	set    [useCaseCount]bool // configured today
}

func weighingOf(weights taskmanager.Weights) (w weighing) {
	for u := range w.weight {
		w.weight[u], w.set[u] = weights.Of(taskmanager.UseCase(u))
	}
	return w
}

// mostWeight is the largest weight that is tried: percents, as people think of them (design.md 3.5 (5)).
const mostWeight = 100

// weightings are all weights that the search may choose from, with the smallest slot that does by them.
type weightings struct {
	*claims
	quotients *quotientTable
	choices   []choice
}

// quotientTable has the fractions of weights up to mostWeight in sums of up to three of them.
type quotientTable [mostWeight + 1][useCaseCount*mostWeight + 1]float64

var quotients = sync.OnceValue(func() *quotientTable {
	t := &quotientTable{}
	for weight := range t {
		for sum := max(weight, 1); sum < len(t[weight]); sum++ {
			t[weight][sum] = taskmanager.RoundedDown(int64(weight), int64(sum))
		}
	}
	return t
})

// choice are some weights.
type choice struct {
	weight [useCaseCount]int16
	today  bool // as they are, which may be beyond mostWeight; weight is then not set
	// change is the sum of the absolute differences from the weights of today, over the use cases that some group has (1.12's
	// one weight for operators and state backend counts once).
	change int64
	// slot is the managed memory of a slot, in bytes, in which every use case of every set gets what it is to get at least: a lower
	// bound of what weightings.exact says, which looks at each operator too.
	slot flink.MemorySize
}

// weigh lists what is possible: the weights of today, and all of integers from 0 (of Python from 1: with 0 it has no share) to 100 for
// the use cases that some group has. The weight of one that none has does nothing, and stays.
func (c *claims) weigh() *weightings {
	w := &weightings{claims: c}
	w.try(choice{today: true})
	if c.present == 0 || c.present == 1<<taskmanager.PythonUse && c.today.weight[taskmanager.PythonUse] > 0 {
		return w // who is alone has all
	}
	w.quotients = quotients()
	most := 1
	for u := range c.today.weight {
		if c.present.has(taskmanager.UseCase(u)) {
			most *= mostWeight + 1
		}
	}
	w.choices = slices.Grow(w.choices, most)
	both := useCaseSet(1<<taskmanager.OperatorUse | 1<<taskmanager.StateBackendUse)
	for o := range c.tried(taskmanager.OperatorUse, both) {
		for s := range c.tried(taskmanager.StateBackendUse, both) {
			if c.joined && o != s {
				continue
			}
			for p := range c.tried(taskmanager.PythonUse, 0) {
				if p > 0 || !c.present.has(taskmanager.PythonUse) {
					w.try(choice{weight: [useCaseCount]int16{o, s, p}})
				}
			}
		}
	}
	return w
}

// tried yields the weights to try of a use case: one of them where no group has it, nor another of its joint weight.
func (c *claims) tried(u taskmanager.UseCase, joint useCaseSet) func(func(int16) bool) {
	most := int16(0)
	if c.present.has(u) || c.joined && joint.has(u) && c.present&joint != 0 {
		most = mostWeight
	}
	return func(yield func(int16) bool) {
		for n := int16(0); n <= most && yield(n); n++ {
		}
	}
}

func (w *weightings) try(c choice) {
	slot, possible := w.least(&c)
	if !possible {
		return
	}
	c.slot = slot
	for u := range c.weight {
		if use := taskmanager.UseCase(u); !c.today && w.present.has(use) && !(w.joined && use == taskmanager.StateBackendUse && w.present.has(taskmanager.OperatorUse)) {
			c.change += max(int64(c.weight[u])-int64(w.today.weight[u]), int64(w.today.weight[u])-int64(c.weight[u]))
		}
	}
	w.choices = append(w.choices, c)
}

// least is the smallest slot by what whole use cases claim.
func (w *weightings) least(c *choice) (slot flink.MemorySize, possible bool) {
	slot = w.slot
	for _, set := range w.sets {
		for u := range set.least {
			use := taskmanager.UseCase(u)
			if !set.present.has(use) {
				continue
			}
			fraction := w.fraction(c, set, use)
			if fraction == 0 && (use == taskmanager.PythonUse || set.given.has(use)) {
				return 0, false // no share, even where no byte of it is missed
			}
			if set.profile < 0 && float64(set.least[u]) <= fraction*float64(slot)*(1-1e-9) {
				continue // most are
			}
			needs, possible := taskmanager.LeastFor(set.least[u], fraction)
			if !possible || set.profile >= 0 && needs > set.profile {
				return 0, false
			}
			if set.profile < 0 {
				slot = max(slot, needs)
			}
		}
	}
	return slot, true
}

// fraction is what a use case gets of a slot in which these meet (taskmanager.SlotFraction).
func (w *weightings) fraction(c *choice, set *claimSet, u taskmanager.UseCase) float64 {
	if c.today {
		return w.fractionToday(set, u)
	}
	sum := int16(0)
	for other, weight := range c.weight {
		if set.present.has(taskmanager.UseCase(other)) {
			sum += weight
		}
	}
	return w.quotients[c.weight[u]][sum]
}

func (w *weightings) fractionToday(set *claimSet, u taskmanager.UseCase) float64 {
	sum := int32(0) // wraps around as Java's
	for other, weight := range w.today.weight {
		if set.present.has(taskmanager.UseCase(other)) {
			sum += weight
		}
	}
	if sum <= 0 {
		return 0
	}
	return taskmanager.RoundedDown(int64(w.today.weight[u]), int64(sum))
}

// exact is the smallest slot in which each operator has its bytes of today too: floors of floors, which can cost some bytes more.
func (w *weightings) exact(c *choice) (flink.MemorySize, bool) {
	slot := c.slot
	for _, set := range w.sets {
		if len(set.parts) == 0 {
			continue
		}
		fraction := w.fraction(c, set, taskmanager.OperatorUse)
		for _, part := range set.parts {
			needs, possible := taskmanager.LeastFor(part.gets, part.of*fraction)
			if !possible || set.profile >= 0 && needs > set.profile {
				return 0, false
			}
			if set.profile < 0 {
				slot = max(slot, needs)
			}
		}
	}
	return slot, true
}

// smallest is the smallest slot by any weights; false where none is large enough.
func (w *weightings) smallest() (slot flink.MemorySize, possible bool) {
	for i := range w.choices {
		if c := &w.choices[i]; !possible || c.slot < slot {
			if exact, ok := w.exact(c); ok && (!possible || exact < slot) {
				slot, possible = exact, true
			}
		}
	}
	return slot, possible
}

// nearest are the weights with the smallest change by which a slot of this size is large enough, and of those the ones for which the
// smallest slot is.
func (w *weightings) nearest(most flink.MemorySize) (nearest choice, found bool) {
	for level := int64(-1); ; {
		next := int64(-1)
		for i := range w.choices {
			c := &w.choices[i]
			if c.slot > most || c.change <= level || next >= 0 && c.change > next {
				continue
			}
			if c.change != next {
				next, found = c.change, false
			}
			if slot, ok := w.exact(c); ok && slot <= most && (!found || slot < nearest.slot) {
				nearest, found = *c, true
				nearest.slot = slot
			}
		}
		if found || next < 0 {
			return nearest, found
		}
		level = next
	}
}

// text is the option's value: the use cases that are configured or that some group has, the others' weights as they are.
func (c *claims) text(w *choice) string {
	var words []string
	put := func(name string, weight int32) { words = append(words, fmt.Sprintf("%s:%d", name, weight)) }
	for u := range w.weight {
		use := taskmanager.UseCase(u)
		weight, there := c.today.weight[u], c.today.set[u]
		if c.present.has(use) {
			weight, there = int32(w.weight[u]), true
		}
		switch {
		case c.joined && use == taskmanager.OperatorUse:
			if c.present.has(taskmanager.StateBackendUse) {
				weight, there = int32(w.weight[taskmanager.StateBackendUse]), true
			}
			if there {
				put("DATAPROC", weight)
			}
		case c.joined && use == taskmanager.StateBackendUse:
		case there:
			put(use.String(), weight)
		}
	}
	return strings.Join(words, ",")
}
