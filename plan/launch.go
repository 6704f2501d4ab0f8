package plan

import (
	"container/heap"
	"slices"

	"udfplan/graph"
)

// openOrder is the order in which Flink opens operators: in a chain depth first, every operator after all
// its consumers, first branch first, the head last, then the chained sources (flink-rules.md A7); across
// chains, the order of the chains.
func (b *builder) openOrder() []int32 {
	order := make([]int32, 0, len(b.job.Operators))
	for _, c := range b.plan.Chains {
		start := len(order)
		// Post-order with the first branch first is a preorder with the last branch first, read backwards.
		stack := []int32{c.Head()}
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			order = append(order, i)
			for _, e := range b.outEdges(i) {
				if edge := &b.plan.Edges[e]; edge.Chained && b.head[edge.To] == c.Head() && edge.To != c.Head() {
					stack = append(stack, edge.To)
				}
			}
		}
		slices.Reverse(order[start:])
		order = append(order, c.Operators[len(order)-start:]...)
	}
	return order
}

// topological takes, of all operators whose inputs were taken, always the first in the job.
func topological(ops []graph.Operator) []int32 {
	consumers := graph.Consumers(ops)
	waiting := make([]int32, len(ops))
	var ready indexHeap
	for i := range ops {
		if waiting[i] = int32(len(ops[i].Inputs)); waiting[i] == 0 {
			ready = append(ready, int32(i))
		}
	}
	order := make([]int32, 0, len(ops))
	for len(ready) > 0 {
		i := heap.Pop(&ready).(int32)
		order = append(order, i)
		for _, down := range consumers.Of(i) {
			if waiting[down]--; waiting[down] == 0 {
				heap.Push(&ready, down)
			}
		}
	}
	return order
}

// indexHeap is a heap of operator indexes, the smallest first.
type indexHeap []int32

func (h indexHeap) Len() int           { return len(h) }
func (h indexHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h indexHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *indexHeap) Push(x any)        { *h = append(*h, x.(int32)) }
func (h *indexHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
