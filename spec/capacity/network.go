package capacity

import (
	"math"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
)

// The options that say how many network buffers a task wants (NettyShuffleEnvironmentOptions).
const (
	keyBuffersPerChannel = "taskmanager.network.memory.buffers-per-channel"
	keyFloatingBuffers   = "taskmanager.network.memory.floating-buffers-per-gate"
	keySortBuffers       = "taskmanager.network.sort-shuffle.min-buffers"
	keySortParallelism   = "taskmanager.network.sort-shuffle.min-parallelism"
)

// shuffle is what one cluster makes of these options.
type shuffle struct {
	perChannel, floating, sortBuffers, sortParallelism int64
	segment                                            flink.MemorySize
}

func (t *trial) shuffle() shuffle {
	s := shuffle{perChannel: 2, floating: 8, sortBuffers: 512, sortParallelism: 1}
	if !flink.SortShuffle.In(t.version()) {
		s.sortBuffers, s.sortParallelism = 64, math.MaxInt32
	}
	type option struct {
		key   string
		value *int64
	}
	options := []option{{keySortBuffers, &s.sortBuffers}}
	if !flink.FixedBuffers.In(t.version()) {
		options = append(options, option{keyBuffersPerChannel, &s.perChannel}, option{keyFloatingBuffers, &s.floating}, option{keySortParallelism, &s.sortParallelism})
	}
	for _, o := range options {
		if value, set, _ := t.config.PositiveInt(o.key, math.MaxInt32); set {
			*o.value = int64(value)
		}
	}
	s.segment, _ = t.config.Size(flink.KeySegmentSize, 32<<10)
	return s
}

// networkOf is the network memory, in bytes, that Flink adds to each slot of a group with a profile: for every task of the group what
// its inputs and outputs want (SsgNetworkMemoryCalculationUtils, NettyShuffleUtils; flink-rules.md D3).
func (t *trial) networkOf(g int) flink.MemorySize {
	if t.network == nil {
		t.network = t.networks()
	}
	return t.network[g]
}

// networks is networkOf of every group.
func (t *trial) networks() []flink.MemorySize {
	p, s := t.spec.Plan, t.shuffle()
	buffers := make([]int64, len(p.Groups))
	for i := range p.Edges {
		e := &p.Edges[i]
		if e.Chained {
			continue
		}
		up, down := int64(p.Job.Operators[e.From].Parallelism), int64(p.Job.Operators[e.To].Parallelism)
		channels, partitions := up, down
		if e.Ship == graph.Forward || e.Ship == graph.Rescale { // pointwise
			channels, partitions = (up+down-1)/down, (down+up-1)/up
		}
		buffers[p.Operators[e.From].Group] += s.output(e.Partition, partitions)
		buffers[p.Operators[e.To].Group] += channels*s.perChannel + s.floating
	}
	sizes := make([]flink.MemorySize, len(buffers))
	for g, n := range buffers {
		sizes[g], _ = flink.Times(s.segment, int(n))
	}
	return sizes
}

// output is how many buffers an output of so many subpartitions wants.
func (s *shuffle) output(exchange plan.Partition, subpartitions int64) int64 {
	switch {
	case exchange != plan.BlockingPartition:
		return subpartitions*s.perChannel + s.floating
	case subpartitions >= s.sortParallelism:
		return s.sortBuffers
	}
	return subpartitions + 1
}
