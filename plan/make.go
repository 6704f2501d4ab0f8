package plan

import (
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Options are what the command line says about planning; the zero value is the default.
type Options struct {
	// Open takes the launching operator from the order in which Flink opens operators (--launch-order open).
	Open bool
}

// Make plans a valid job: Flink's StreamingJobGraphGenerator in this order: chains, exchanges, slot sharing
// groups; then the Python workers. The problems are what Flink, or the sharing of workers, can only refuse
// once chains and groups are known; the plan is whole also then.
//
// A job that was built by hand and not settled is settled and checked first, in a copy; if it is not valid, the plan is
// of a job without operators.
func Make(job *graph.Job, o Options) (*Plan, source.List) {
	b := builder{job: job, open: o.Open}
	if !job.Settled() {
		b.job, b.problems = settled(job)
	}
	b.order()
	b.connect()
	b.chain()
	b.translate()
	b.share()
	b.assignWorkers()
	return &b.plan, b.problems
}

// settled is a valid copy of a job that was left open.
func settled(job *graph.Job) (*graph.Job, source.List) {
	own := *job
	own.Operators = slices.Clone(job.Operators)
	problems := graph.Settle(&own, graph.Options{})
	problems = append(problems, graph.Check(&own, graph.Refused{})...)
	if problems.HasErrors() {
		own.Operators = nil
	}
	return &own, problems
}

// builder holds what planning needs beyond the Plan. Slices go by operator index unless said otherwise.
type builder struct {
	job      *graph.Job
	open     bool
	plan     Plan
	problems source.List

	entered []int32 // operators as they entered Flink's graph: never before their inputs
	// ins and outs cut Plan.Edges: the edges of one consumer lie together; outs lists edge indexes by
	// producer, in the order in which the consumers entered the graph.
	ins       []int32 // first edge of each operator, and one more
	outStarts []int32
	outs      []int32

	strategy []graph.ChainingStrategy // in force
	group    []string                 // name of the slot sharing group, after inheritance
	edge     []edgeInfo               // by edge
	head     []int32                  // head of the chain an operator is in
	limits   []int32                  // maxParallelism that forward groups give; nil: each operator has its own

	found   []Hindrance // those that were found last; every edge has a piece of such a slice
	several struct {    // the last text of severalInputs
		of   int32
		text string
	}
}

// edgeInfo is what planning knows of an edge beyond Edge.
type edgeInfo struct {
	input *graph.Input
	// unspecified: forward only because the parallelism is equal (ForwardForUnspecifiedPartitioner).
	unspecified bool
	// consecutiveHash: ForwardForConsecutiveHashPartitioner.
	consecutiveHash bool
}

func (b *builder) op(i int32) *graph.Operator { return &b.job.Operators[i] }

// inEdges are the indexes of an operator's edges: from first up to, not including, end.
func (b *builder) inEdges(i int32) (first, end int32) { return b.ins[i], b.ins[i+1] }

func (b *builder) outEdges(i int32) []int32 { return b.outs[b.outStarts[i]:b.outStarts[i+1]] }

// single is the only input edge of an operator; false if it has none or several.
func (b *builder) single(i int32) (edge int32, ok bool) {
	first, end := b.inEdges(i)
	return first, end-first == 1
}

// newSource: a source of FLIP-27, which Flink can chain behind the head of its consumer. Without a
// stated version a job gets it, as everything that it asks for.
func (b *builder) newSource(i int32) bool {
	op := b.op(i)
	return op.Source() && !op.LegacySource && (flink.ChainedSources.In(b.job.Settings.Version) || !b.job.Version.Stated())
}

func (b *builder) at(i int32) source.Place {
	return source.Place{File: b.job.Place.File, Pos: b.op(i).Pos}
}
