package plan

import (
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// phased: the adaptive batch scheduler of 2.x makes the job graph while the job runs (flink-rules.md A6).
func (b *builder) phased() bool {
	s := &b.job.Settings
	return s.Batch && s.Dynamic && flink.PhasedGroups.In(s.Version)
}

// limitOf is the maxParallelism of an operator that chaining compares.
func (b *builder) limitOf(i int32) int32 {
	if b.limits != nil {
		return b.limits[i]
	}
	return b.op(i).MaxParallelism
}

// forwardLimits: where the job graph is made in phases, operators that forward edges connect are one forward group, and all get the
// smallest maxParallelism that is set in it, before anything is chained. An edge whose strategy was left out is a forward edge if it
// would be chained without that.
func (b *builder) forwardLimits() []int32 {
	groups := graph.NewSets(len(b.job.Operators))
	for i := range b.plan.Edges {
		if edge := &b.plan.Edges[i]; edge.Chained || edge.Ship == graph.Forward && !b.edge[i].unspecified {
			groups.Join(edge.From, edge.To)
		}
	}
	lowest := make([]int32, len(b.job.Operators)) // by root; 0: unset
	for i := range lowest {
		root := groups.Find(int32(i))
		if own := b.op(int32(i)).MaxParallelism; own > 0 && (lowest[root] == 0 || own < lowest[root]) {
			lowest[root] = own
		}
	}
	limits := make([]int32, len(lowest))
	for i := range limits {
		if limits[i] = lowest[groups.Find(int32(i))]; limits[i] == 0 {
			limits[i] = b.op(int32(i)).MaxParallelism // unset, as all of its group
		}
	}
	return limits
}

// samePhase: two tasks surely come into the job graph together: they wait for the same ones to finish.
func (b *builder) samePhase(one, other int32) bool {
	return slices.Equal(b.waitsFor(one), b.waitsFor(other))
}

// waitsFor are the chains that a head's chain reads, in order.
func (b *builder) waitsFor(head int32) (chains []int32) {
	for _, i := range b.plan.Chains[b.chainOf(head)].Operators {
		for e, end := b.inEdges(i); e < end; e++ {
			if !b.plan.Edges[e].Chained {
				chains = append(chains, b.chainOf(b.plan.Edges[e].From))
			}
		}
	}
	slices.Sort(chains)
	return slices.Compact(chains)
}

// notePhases says where the adaptive batch scheduler of 2.x may decide otherwise while the job runs (flink-rules.md A6).
func (b *builder) notePhases() {
	if !b.phased() {
		return
	}
	named := slices.ContainsFunc(b.group, func(name string) bool { return name != defaultGroup })
	pipelined := slices.ContainsFunc(b.plan.Edges, func(e Edge) bool { return e.Partition == PipelinedBounded })
	if named || pipelined {
		b.problems.Notef(b.job.Place, source.CodeGroupsByPhase, "the adaptive batch scheduler of Flink %s decides slot sharing groups while the job runs; this plan is of the whole graph at once", b.job.Settings.Version).
			Hint = "named groups and pipelined edges do not reach across its phases; jobmanager.scheduler: Default does as planned"
	}
}
