package plan

import "udfplan/graph"

// mergeCycles joins the regions that lie on a cycle of (blocking) edges: Flink 1.12 and 1.13 do, to be able
// to schedule them (flink-rules.md A3, batch-region-cycle).
func (b *builder) mergeCycles(regions graph.Sets) {
	for _, members := range graph.Cycles(b.regionEdges(regions)) {
		for _, m := range members {
			regions.Join(members[0], m)
		}
	}
}

// regionEdges lists the regions behind each region.
func (b *builder) regionEdges(regions graph.Sets) [][]int32 {
	next := make([][]int32, len(regions))
	for i := range b.plan.Edges {
		edge := &b.plan.Edges[i]
		if up, down := regions.Find(b.chainOf(edge.From)), regions.Find(b.chainOf(edge.To)); up != down {
			next[up] = append(next[up], down)
		}
	}
	return next
}
