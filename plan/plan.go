// Package plan says what runs together: which operators Flink chains, which chains share slots, and which
// Python operators share a worker. Start with Make, which takes a valid job.
package plan

import (
	"strings"

	"udfplan/graph"
)

// Plan is what runs together in one job. All indexes point into the slices of Job and of the Plan itself.
type Plan struct {
	Job *graph.Job
	// Edges stand in the order of their consumers in the job, those of one consumer in port order.
	Edges []Edge
	// Chains stand in the order of their heads in the job.
	Chains []Chain
	// Groups are the slot sharing groups, Workers the Python workers, both ordered by their first operator.
	Groups  []Group
	Workers []Worker
	// Operators says of each operator of the job where it runs.
	Operators []Position
	// Sharing is the scope in force.
	Sharing graph.Sharing
	ins     []int32 // first edge of each operator, and one more
	// Open: the launching operator is the first that Flink opens, not the first in dataflow order.
	Open bool
}

// Position is where an operator runs.
type Position struct {
	Chain  int32
	Group  int32
	Worker int32 // -1: no Python worker
}

// Edge is one input of an operator, with what Flink makes of it.
type Edge struct {
	From, To int32
	// Port is the input's port at the consumer.
	Port int32
	// Ship is the strategy after Flink's translation.
	Ship    graph.ShipStrategy
	Chained bool
	// Partition is the exchange of an edge that is not chained; NoPartition for a chained one.
	Partition Partition
	// Hindrances are all the reasons why the edge is not chained; none if it is.
	Hindrances []Hindrance
}

// Reason says in words why the edge is not chained; empty if it is.
func (e *Edge) Reason() string {
	if len(e.Hindrances) == 1 {
		return e.Hindrances[0].Text
	}
	texts := make([]string, len(e.Hindrances))
	for i, h := range e.Hindrances {
		texts[i] = h.Text
	}
	return strings.Join(texts, "; ")
}

// Short is the reason in a word or two, for a drawing: the first one that the drawing does not show by itself, as it does the
// number of inputs. Empty if the edge is chained.
func (e *Edge) Short() string {
	if e.Chained {
		return ""
	}
	for _, h := range e.Hindrances {
		if h.Short == "" {
			return e.Ship.String()
		}
		if h.Short != conditions[0].short {
			return h.Short
		}
	}
	return conditions[0].short
}

// Chain is a task: operators that run in one thread.
type Chain struct {
	// Operators are the head, then the others depth first in the order in which consumers entered the
	// graph, then the chained sources.
	Operators []int32
}

// Head is the operator that names the chain.
func (c Chain) Head() int32 { return c.Operators[0] }

// Group is a slot sharing group.
type Group struct {
	// Name is the user's, "default", or "default#ID" with the id of the group's first chain.
	Name string
	// IsRegion: a pipelined region of the unnamed group in batch, which Flink makes a group of its own.
	IsRegion  bool
	Operators []int32 // in the order of the job
	// Profile is what a slot of it gets; nil: an equal part of its TaskManager.
	Profile *graph.Profile
}

// Worker is one kind of Python process; how many of it run is the largest parallelism among its operators.
type Worker struct {
	ID string
	// Operators in the order of the job; all in one group.
	Operators []int32
	// LaunchedBy is the operator that starts the worker and so reserves the framework memory.
	LaunchedBy int32
}

// Inputs are the edges of one operator: from first up to, not including, end.
func (p *Plan) Inputs(operator int32) (first, end int32) {
	return p.ins[operator], p.ins[operator+1]
}
