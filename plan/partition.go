package plan

// Partition is the type of the result partition behind an edge between two chains: Flink's
// ResultPartitionType, whose lower-case names are those of Flink's own documents.
type Partition uint8

// The types; a chained edge has none.
const (
	NoPartition Partition = iota
	PipelinedBounded
	PipelinedApproximate
	BlockingPartition
	HybridFull
	HybridSelective
)

func (p Partition) String() string {
	return [...]string{"", "pipelined_bounded", "pipelined_approximate", "blocking", "hybrid_full", "hybrid_selective"}[p]
}

// Hybrid: the consumer may start before its producer ends, or after.
func (p Partition) Hybrid() bool { return p == HybridFull || p == HybridSelective }
