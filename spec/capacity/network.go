package capacity

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
)

// The options that say how many network buffers a task wants (NettyShuffleEnvironmentOptions), and their defaults.
const (
	keyBuffersPerChannel = "taskmanager.network.memory.buffers-per-channel"
	keyFloatingBuffers   = "taskmanager.network.memory.floating-buffers-per-gate"

	segmentSize                         = 32 << 10
	buffersPerChannel, buffersFloating  = 2, 8
	mostBuffersPerChannel, mostFloating = 1 << 20, 1 << 20
)

// networkOf is the network memory, in bytes, that Flink adds to each slot of a group with a profile: for every task of the group what
// its inputs and outputs may take (SsgNetworkMemoryCalculationUtils, NettyShuffleUtils; flink-rules.md D3). Of blocking exchanges,
// which read and write through sort buffers, nothing is known here and nothing counted.
func networkOf(p *plan.Plan, g int, config flink.Config) flink.MemorySize {
	channel, _, _ := config.PositiveInt(keyBuffersPerChannel, mostBuffersPerChannel)
	floating, _, _ := config.PositiveInt(keyFloatingBuffers, mostFloating)
	if channel == 0 {
		channel = buffersPerChannel
	}
	if floating == 0 {
		floating = buffersFloating
	}
	segment, _ := config.Size(flink.KeySegmentSize, segmentSize)
	var buffers int64
	for i := range p.Edges {
		e := &p.Edges[i]
		if e.Chained || e.Partition != plan.PipelinedBounded {
			continue
		}
		up, down := int64(p.Job.Operators[e.From].Parallelism), int64(p.Job.Operators[e.To].Parallelism)
		channels, partitions := up, down
		if e.Ship == graph.Forward || e.Ship == graph.Rescale { // pointwise
			channels, partitions = (up+down-1)/down, (down+up-1)/up
		}
		if p.Operators[e.From].Group == int32(g) {
			buffers += partitions*int64(channel) + int64(floating)
		}
		if p.Operators[e.To].Group == int32(g) {
			buffers += channels*int64(channel) + int64(floating)
		}
	}
	size, _ := flink.Times(segment, int(buffers))
	return size
}
