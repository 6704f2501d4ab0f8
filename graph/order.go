package graph

import (
	"container/heap"
	"slices"
)

// TopologicalOrder lists operators, each behind its inputs, ties by the order in the job. Operators on a cycle, and those
// behind one, are left out.
func TopologicalOrder(ops []Operator) []int32 {
	order := make([]int32, 0, len(ops))
	listed := true
	for i := range ops {
		order = append(order, int32(i))
		listed = listed && !slices.ContainsFunc(ops[i].Inputs, func(in Input) bool { return in.From > int32(i) })
	}
	if listed {
		return order
	}
	return topological(ops)
}

// topological takes, of all operators whose inputs were taken, always the first in the job.
func topological(ops []Operator) []int32 {
	consumers := Consumers(ops)
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

// InputsFirst walks from each root in turn, inputs in port order, each operator behind its inputs. It keeps
// its own stack: a chain may be a hundred thousand operators long.
func InputsFirst(ops []Operator, roots []int32) []int32 {
	type frame struct{ op, input int32 }
	var (
		out   = make([]int32, 0, len(ops))
		seen  = make([]bool, len(ops))
		stack []frame
	)
	for _, root := range roots {
		if seen[root] {
			continue
		}
		seen[root] = true
		stack = append(stack[:0], frame{op: root})
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			inputs := ops[top.op].Inputs
			if int(top.input) == len(inputs) {
				out = append(out, top.op)
				stack = stack[:len(stack)-1]
				continue
			}
			next := inputs[top.input].From
			top.input++
			if !seen[next] {
				seen[next] = true
				stack = append(stack, frame{op: next})
			}
		}
	}
	return out
}
