package graph

import (
	"cmp"
	"slices"
	"strings"

	"udfplan/graph/source"
)

func (c *checker) selfLoops() {
	c.each(func(op *Operator) {
		for _, in := range op.Inputs {
			if &c.job.Operators[in.From] == op {
				c.problems.Errorf(c.at(in.Pos), source.CodeSelfLoop, "%q is its own input", source.Excerpt(op.ID))
			}
		}
	})
}

// cycles reports, of each set of operators that wait for each other, one shortest way round, at its first
// operator in the document. Self-loops have a check of their own.
func (c *checker) cycles() {
	ops := c.job.Operators
	if len(TopologicalOrder(ops)) == len(ops) {
		return
	}
	inputs := make([][]int32, len(ops))
	for i := range ops {
		for _, in := range ops[i].Inputs {
			if in.From != int32(i) {
				inputs[i] = append(inputs[i], in.From)
			}
		}
	}
	cycles := Cycles(inputs)
	for _, members := range cycles {
		slices.Sort(members)
	}
	slices.SortFunc(cycles, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
	for _, members := range cycles {
		c.reportCycle(wayRound(inputs, members))
	}
}

// wayRound is a shortest cycle through the first of members, against the direction of the data.
func wayRound(inputs [][]int32, members []int32) []int32 {
	first := members[0]
	before := map[int32]int32{} // on the way from first
	for queue := []int32{first}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, next := range inputs[at] {
			if next == first {
				path := []int32{at}
				for at != first {
					at = before[at]
					path = append(path, at)
				}
				slices.Reverse(path)
				return path
			}
			if _, is := slices.BinarySearch(members, next); !is {
				continue
			}
			if _, seen := before[next]; !seen {
				before[next] = at
				queue = append(queue, next)
			}
		}
	}
	return members // not reached: they wait for each other
}

// reportCycle names the cycle in the direction of the data. path goes against it from the first operator,
// and closes there.
func (c *checker) reportCycle(path []int32) {
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
		at := path[(len(path)-i)%len(path)]
		way.WriteString(source.Excerpt(ops[at].ID))
	}
	c.problems.Errorf(c.at(ops[path[0]].Pos), source.CodeCycle, "the operators are on a cycle: %s", way.String())
}
