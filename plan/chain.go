package plan

import (
	"cmp"
	"slices"
)

// chain finds the chains: StreamingJobGraphGenerator.isChainable for every edge, then depth first from
// every operator that nothing is chained to.
func (b *builder) chain() {
	n := len(b.job.Operators)
	b.head = make([]int32, n)
	for _, i := range b.entered { // inputs first: a head is known before its chain grows
		b.head[i] = i
		if e, single := b.single(i); single {
			if b.chainableInput(e) {
				b.edge[e].chainable = true
				b.head[i] = b.head[b.plan.Edges[e].From]
			}
		}
	}
	pulled := b.pullSources()
	b.plan.Operators = make([]Position, n)
	for _, i := range b.entered {
		if b.head[i] == i {
			b.plan.Chains = append(b.plan.Chains, Chain{Operators: b.walk(i, nil)})
		}
	}
	slices.SortFunc(b.plan.Chains, func(a, c Chain) int { return cmp.Compare(a.Head(), c.Head()) })
	for c := range b.plan.Chains {
		head := b.plan.Chains[c].Head()
		b.plan.Chains[c].Operators = append(b.plan.Chains[c].Operators, pulled[head]...)
		for _, i := range b.plan.Chains[c].Operators {
			b.plan.Operators[i].Chain = int32(c)
		}
	}
	for e := range b.plan.Edges {
		edge := &b.plan.Edges[e]
		edge.Chained = b.edge[e].chainable || b.head[edge.From] == edge.To && b.pulls(edge.From, int32(e))
	}
}

// pullSources finds the sources that are chained behind the head they feed (1.12+): by head, in the order
// in which they entered the graph. A pulled source's head becomes that operator.
func (b *builder) pullSources() map[int32][]int32 {
	pulled := map[int32][]int32{}
	for _, i := range b.entered {
		if outs := b.outEdges(i); len(outs) == 1 && b.newSource(i) && b.pulls(i, outs[0]) {
			if down := b.plan.Edges[outs[0]].To; !b.edge[outs[0]].chainable {
				pulled[down] = append(pulled[down], i)
				b.head[i] = down
			}
		}
	}
	return pulled
}
