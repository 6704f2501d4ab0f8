package plan

import (
	"cmp"
	"slices"

	"udfplan/graph"
)

// chain finds the chains: StreamingJobGraphGenerator.isChainable for every edge, then depth first from
// every operator that is chained to nothing. Sources in front of an operator of strategy head-with-sources
// are pulled into its chain instead (1.12+).
func (b *builder) chain() {
	n := len(b.job.Operators)
	b.head = make([]int32, n)
	pulled := b.mark()
	if b.phased() {
		b.limits = b.forwardLimits()
		pulled = b.mark()
	}
	b.plan.Operators = make([]Position, n)
	w := walker{builder: b, all: make([]int32, 0, n)}
	heads := 0
	for i, head := range b.head {
		if head == int32(i) {
			heads++
		}
	}
	b.plan.Chains = make([]Chain, 0, heads)
	for _, i := range b.entered {
		if b.head[i] == i {
			b.plan.Chains = append(b.plan.Chains, Chain{Operators: w.walk(i, b.byEntry(pulled[i]))})
		}
	}
	slices.SortFunc(b.plan.Chains, func(a, c Chain) int { return cmp.Compare(a.Head(), c.Head()) })
	for c := range b.plan.Chains {
		for _, i := range b.plan.Chains[c].Operators {
			b.plan.Operators[i].Chain = int32(c)
		}
	}
}

// mark says of every edge whether it is chained, and of every operator who heads its chain. It returns the sources that a head
// pulls into its chain, in the order in which they entered the graph.
func (b *builder) mark() map[int32][]int32 {
	pulled := map[int32][]int32{}
	for _, i := range b.entered { // inputs first: a head is known before its chain grows
		b.head[i] = i
		for e, end := b.inEdges(i); e < end; e++ {
			edge := &b.plan.Edges[e]
			pulls := b.pulls(e)
			edge.Chained = pulls || b.chainable(e)
			switch {
			case pulls:
				pulled[i] = append(pulled[i], edge.From)
				b.head[edge.From] = i
			case edge.Chained:
				b.head[i] = b.head[edge.From]
			}
		}
	}
	return pulled
}

// byEntry sorts operators by the order in which they entered the graph.
func (b *builder) byEntry(ops []int32) []int32 {
	if len(ops) < 2 {
		return ops
	}
	slices.Sort(ops)
	out := make([]int32, 0, len(ops))
	for _, i := range b.entered {
		if _, is := slices.BinarySearch(ops, i); is {
			out = append(out, i)
		}
	}
	return out
}

// chainable: a chain goes on over an edge that is the only one of its consumer, if nothing hinders it.
func (b *builder) chainable(e int32) bool {
	_, single := b.single(b.plan.Edges[e].To)
	return single && !b.hindered(e)
}

// pulls: the edge chains a new-style source behind the head of its consumer, which may have further inputs.
func (b *builder) pulls(e int32) bool {
	edge := b.plan.Edges[e]
	return b.strategy[edge.To] == graph.HeadWithSources && b.newSource(edge.From) &&
		len(b.outEdges(edge.From)) == 1 && !b.hindered(e)
}

// walker lists chains. It keeps its own stack: a chain may be very long.
type walker struct {
	*builder
	all   []int32 // every chain has a piece of it
	stack []int32
}

// walk lists a chain from its head, depth first, branches in the order in which consumers entered the
// graph, the pulled sources last.
func (w *walker) walk(head int32, pulled []int32) []int32 {
	start := len(w.all)
	w.stack = append(w.stack[:0], head)
	for len(w.stack) > 0 {
		i := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		w.all = append(w.all, i)
		outs := w.outEdges(i)
		for k := len(outs) - 1; k >= 0; k-- {
			if edge := &w.plan.Edges[outs[k]]; edge.Chained && w.head[edge.To] == head && edge.To != head {
				w.stack = append(w.stack, edge.To)
			}
		}
	}
	w.all = append(w.all, pulled...)
	return w.all[start:len(w.all):len(w.all)]
}
