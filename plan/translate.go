package plan

import (
	"udfplan/graph"
	"udfplan/graph/flink"
)

// translate settles what Flink makes of the edges that do not chain: ship strategy, exchange, and why.
func (b *builder) translate() {
	selective := false
	for i := range b.plan.Edges {
		edge := &b.plan.Edges[i]
		if edge.Chained {
			continue
		}
		edge.Hindrances = b.hindrances(int32(i))
		switch info := &b.edge[i]; {
		case info.unspecified:
			edge.Ship = graph.Rescale // ForwardForUnspecifiedPartitioner of dynamic graphs, flink-rules.md A2
		case info.consecutiveHash:
			edge.Ship = graph.Hash
		}
		edge.Partition = partitionOf(edge.Ship, b.edge[i].input.Exchange, b.job.Settings.Shuffle)
		selective = selective || edge.Partition == HybridSelective
	}
	if selective && flink.SelectiveBecomesFull.In(b.job.Settings.Version) {
		b.selectiveToFull()
	}
}

// partitionOf is determineResultPartitionType: the edge's own mode first, else the job's (flink-rules.md A2).
func partitionOf(ship graph.ShipStrategy, own graph.ExchangeMode, mode flink.ShuffleMode) Partition {
	switch own {
	case graph.Pipelined:
		return PipelinedBounded
	case graph.Blocking:
		return BlockingPartition
	}
	pointwise := ship == graph.Forward || ship == graph.Rescale
	switch mode {
	case flink.AllPipelined:
		return PipelinedBounded
	case flink.AllPipelinedApproximate:
		return PipelinedApproximate
	case flink.AllHybridFull:
		return HybridFull
	case flink.AllHybridSelective:
		return HybridSelective
	}
	if mode == flink.ForwardPipelined && ship == graph.Forward || mode == flink.PointwisePipelined && pointwise {
		return PipelinedBounded
	}
	return BlockingPartition
}

// reader says which consumers of an output are alike: equal partitioner, parallelism and maxParallelism.
type reader struct {
	up, parallelism, maxParallelism int32
	ship                            graph.ShipStrategy
	// edge keeps hash and custom partitioners apart: each has a key selector of its own.
	edge int32
}

// selectiveToFull: an output that is broadcast, or read by two alike, is kept whole (1.17+).
func (b *builder) selectiveToFull() {
	readers := map[reader]int{}
	limits := map[int32]int32{}
	if b.limits == nil {
		limits = b.forwardGroupMax()
	}
	of := func(i int) reader {
		edge := &b.plan.Edges[i]
		r := reader{up: edge.From, ship: edge.Ship, parallelism: b.op(edge.To).Parallelism, maxParallelism: b.limitOf(edge.To), edge: -1}
		if limit, set := limits[b.head[edge.To]]; set {
			r.maxParallelism = limit
		}
		if edge.Ship == graph.Hash || edge.Ship == graph.Custom {
			r.edge = int32(i)
		}
		return r
	}
	for i := range b.plan.Edges {
		if b.plan.Edges[i].Partition == HybridSelective {
			readers[of(i)]++
		}
	}
	for i := range b.plan.Edges {
		if edge := &b.plan.Edges[i]; edge.Partition == HybridSelective && (readers[of(i)] > 1 || edge.Ship == graph.Broadcast) {
			edge.Partition = HybridFull
		}
	}
}

// forwardGroupMax: in a dynamic graph that is made at once, chains joined by forward edges are one forward group and all get the
// smallest maxParallelism that is set in it; by head.
func (b *builder) forwardGroupMax() map[int32]int32 {
	limits := map[int32]int32{}
	if !b.job.Settings.Dynamic {
		return limits
	}
	groups := graph.NewSets(len(b.job.Operators))
	for i := range b.plan.Edges {
		if edge := &b.plan.Edges[i]; !edge.Chained && edge.Ship == graph.Forward {
			groups.Join(b.head[edge.From], b.head[edge.To])
		}
	}
	lowest := map[int32]int32{}
	for _, c := range b.plan.Chains {
		if limit := b.op(c.Head()).MaxParallelism; limit > 0 {
			root := groups.Find(c.Head())
			if low, set := lowest[root]; !set || limit < low {
				lowest[root] = limit
			}
		}
	}
	for _, c := range b.plan.Chains {
		if low, set := lowest[groups.Find(c.Head())]; set {
			limits[c.Head()] = low
		}
	}
	return limits
}
