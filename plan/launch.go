package plan

import "slices"

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
