package graph

import (
	"strings"

	"udfplan/graph/source"
)

func (c *checker) selfLoops() {
	c.each(func(op *Operator) {
		for _, in := range op.Inputs {
			if &c.job.Operators[in.From] == op {
				c.problems.Errorf(c.at(in.Pos), "self-loop", "%q is its own input", source.Excerpt(op.ID))
			}
		}
	})
}

// cycles reports each cycle once, at its first operator in the document, with the way round. Self-loops
// have a check of their own.
func (c *checker) cycles() {
	ops := c.job.Operators
	stuck := c.stuck()
	const unseen = -1
	walk := make([]int32, len(ops)) // which walk came by
	for i := range walk {
		walk[i] = unseen
	}
	for start := range ops {
		var path []int32
		at := int32(start)
		for stuck[at] && walk[at] == unseen {
			walk[at] = int32(start)
			path = append(path, at)
			at = c.stuckInput(stuck, at)
		}
		if len(path) > 0 && walk[at] == int32(start) {
			c.reportCycle(path, at)
		}
	}
}

// stuck marks the operators that lie on a cycle or behind one: those that cannot be taken after all their inputs.
func (c *checker) stuck() []bool {
	ops := c.job.Operators
	waiting := make([]int32, len(ops))
	consumers := Consumers(ops)
	var ready []int32
	for i := range ops {
		for _, in := range ops[i].Inputs {
			if in.From != int32(i) {
				waiting[i]++
			}
		}
		if waiting[i] == 0 {
			ready = append(ready, int32(i))
		}
	}
	for len(ready) > 0 {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		for _, down := range consumers.Of(i) {
			if down == i {
				continue
			}
			if waiting[down]--; waiting[down] == 0 {
				ready = append(ready, down)
			}
		}
	}
	stuck := make([]bool, len(ops))
	for i := range waiting {
		stuck[i] = waiting[i] > 0
	}
	return stuck
}

// stuckInput is an input that is stuck too: whoever waits, waits for such a one.
func (c *checker) stuckInput(stuck []bool, at int32) int32 {
	for _, in := range c.job.Operators[at].Inputs {
		if stuck[in.From] && in.From != at {
			return in.From
		}
	}
	return at
}

// reportCycle names the cycle in the direction of the data. path goes against it, and closes at again.
func (c *checker) reportCycle(path []int32, again int32) {
	for path[0] != again {
		path = path[1:]
	}
	first := 0
	for i, at := range path {
		if at < path[first] {
			first = i
		}
	}
	ops := c.job.Operators
	const most = 20
	var way strings.Builder
	for i := 0; i <= len(path); i++ {
		if i > 0 {
			way.WriteString(" -> ")
		}
		if i == most && len(path) > most {
			way.WriteString("… -> ")
			i = len(path)
		}
		at := path[((first-i)%len(path)+len(path))%len(path)]
		way.WriteString(source.Excerpt(ops[at].ID))
	}
	c.problems.Errorf(c.at(ops[path[first]].Pos), "cycle", "the operators are on a cycle: %s", way.String())
}
