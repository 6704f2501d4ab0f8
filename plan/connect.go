package plan

import (
	"udfplan/graph"
	"udfplan/graph/flink"
)

// connect makes the edges and settles what operators leave open: chaining strategy and group name.
func (b *builder) connect() {
	ops := b.job.Operators
	b.makeEdges()
	b.linkOutputs()
	b.strategy = make([]graph.ChainingStrategy, len(ops))
	for i := range ops {
		b.strategy[i] = b.strategyOf(&ops[i])
	}
	b.group = make([]string, len(ops))
	for _, i := range b.entered {
		b.group[i] = b.groupOf(&ops[i])
	}
}

func (b *builder) makeEdges() {
	ops := b.job.Operators
	b.ins = make([]int32, len(ops)+1)
	for i := range ops {
		b.ins[i+1] = b.ins[i] + int32(len(ops[i].Inputs))
	}
	total := b.ins[len(ops)]
	b.plan.Edges = make([]Edge, 0, total)
	b.edge = make([]edgeInfo, 0, total)
	for i := range ops {
		for k := range ops[i].Inputs {
			in := &ops[i].Inputs[k]
			ship, info := b.shipOf(in, &ops[i])
			b.plan.Edges = append(b.plan.Edges, Edge{From: in.From, To: int32(i), Port: in.Port, Ship: ship})
			b.edge = append(b.edge, info)
		}
	}
}

// shipOf is the partitioner before chaining (flink-rules.md A2): a left out one is forward where the
// parallelism is equal, else rebalance.
func (b *builder) shipOf(in *graph.Input, down *graph.Operator) (graph.ShipStrategy, edgeInfo) {
	info := edgeInfo{input: in}
	equal := b.op(in.From).Parallelism == down.Parallelism
	switch in.Ship {
	case graph.ShipUnset:
		if !equal {
			return graph.Rebalance, info
		}
		info.unspecified = b.job.Settings.Dynamic
		return graph.Forward, info
	case graph.ForwardConsecutiveHash:
		if !equal {
			return graph.Hash, info
		}
		info.consecutiveHash = true
		return graph.Forward, info
	}
	return in.Ship, info
}

// linkOutputs lists every producer's edges in the order in which their consumers entered the graph: the
// order of a chain's branches.
func (b *builder) linkOutputs() {
	n := len(b.job.Operators)
	b.outStarts = make([]int32, n+1)
	for _, e := range b.plan.Edges {
		b.outStarts[e.From+1]++
	}
	for i := range n {
		b.outStarts[i+1] += b.outStarts[i]
	}
	b.outs = make([]int32, len(b.plan.Edges))
	next := append([]int32(nil), b.outStarts...)
	for _, down := range b.entered {
		for e, end := b.inEdges(down); e < end; e++ {
			up := b.plan.Edges[e].From
			b.outs[next[up]] = e
			next[up]++
		}
	}
}

func (b *builder) strategyOf(op *graph.Operator) graph.ChainingStrategy {
	s := &b.job.Settings
	strategy := op.Strategy
	switch {
	case strategy != graph.StrategyUnset:
	case op.Source():
		strategy = graph.Head
	default:
		strategy = graph.Always
	}
	if op.Async && flink.AsyncIsHead.In(s.Version) {
		return graph.Head
	}
	// A keyed operator of a batch job reads sorted inputs: a task of its own has to sort them (flink-rules.md A5).
	if op.Keyed && s.BatchRuntime && strategy != graph.Never {
		return graph.Head
	}
	return strategy
}

const defaultGroup = graph.DefaultGroup

// groupOf is the name of the slot sharing group: the operator's own, else the one that all inputs agree
// on, else default (flink-rules.md A3).
func (b *builder) groupOf(op *graph.Operator) string {
	if op.SlotSharingGroup != "" {
		return op.SlotSharingGroup
	}
	name := defaultGroup
	for k, in := range op.Inputs {
		if k == 0 {
			name = b.group[in.From]
		} else if name != b.group[in.From] {
			return defaultGroup
		}
	}
	return name
}
