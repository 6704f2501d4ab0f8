// Package graph is the job graph as a model: what operators there are, how they are connected, and where in the user's
// file each was said. It reads nothing (package document does) and knows nothing of chains or memory. Start with
// Job: whoever builds one by hand calls Settle and Check, and has what package plan takes.
package graph

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Unnamed is the name of a job that has none.
const Unnamed = "unnamed"

// Job is one job graph. A zero value of it or of an Operator is open: Settle fills it. After Settle and Check without
// errors the job is valid: there is no cycle, numbers are in range. Whoever makes one sees to it that ids are unique and
// inputs exist, as package document does.
type Job struct {
	Place source.Place // of the document
	// Name is the job's name; Unnamed where neither the document nor pipeline.name says one.
	Name string
	Mode Mode
	// Version is the Flink version as stated; the zero Version where none is.
	Version flink.Version
	// Sharing is what --sharing or the document asks for; SharingDefault where neither does.
	Sharing Sharing
	API     API
	// FromSinks: consumers entered the graph as the SQL planner lets them, depth first from the sinks.
	FromSinks bool
	// Config is the effective configuration: the document's, and over it -D.
	Config flink.Config
	// Settings is what Config means for this version and mode.
	Settings flink.Settings
	// Parallelism and MaxParallelism are those of operators that say none; 0: nor does the job.
	Parallelism, MaxParallelism int32
	Operators                   []Operator // in the order of the document
	// SlotSharingGroups are those that the job says something of, in the order of the document; names stand once.
	SlotSharingGroups []SlotSharingGroup
	// MatchedGlobs tells which of Options.PythonOperators named an operator of this job, and MatchedGroups
	// the same of Options.Groups.
	MatchedGlobs, MatchedGroups []bool
	// Remarks are the comments that speak to udfplan, in the order of the document.
	Remarks []Remark
	// Guesses are what the document left open, by operator and key.
	Guesses []Guess

	settled bool
}

// Settled says whether nothing of the job is open any more.
func (j *Job) Settled() bool { return j.settled }

// Remark is a comment that speaks to udfplan: "# udfplan: ignore worker-memory".
type Remark struct {
	Operator int32  // index of the operator it stands at; -1: the whole job
	Text     string // behind the mark
	Place    source.Place
}

// RemarkMark begins such a comment.
const RemarkMark = "udfplan:"

// APIVersion is the version of udfplan's own documents.
const APIVersion = "udfplan/v1"

// Guess is something that the document does not say, or not for sure.
type Guess struct {
	Operator int32  // index in Operators; -1: of the job
	Key      string // the job file's key that has it
	Why      string
}

// Operator is a node of the job graph.
type Operator struct {
	ID   string
	Name string // shown to people; the ID where none is given
	Pos  source.Pos
	// Inputs in the order of their ports, those of one port (a union) in the order of the document.
	Inputs []Input
	// Parallelism is the number of subtasks, once settled at least 1.
	Parallelism int32
	// MaxParallelism is, once settled, -1 where neither the operator nor the job sets it.
	MaxParallelism int32
	// Task is the number of the chain that Flink has made with it, from 1; 0 where nobody says.
	Task     int32
	Strategy ChainingStrategy
	// SlotSharingGroup is the operator's own; empty where it inherits.
	SlotSharingGroup string
	CoLocation       string
	Python           *Python // nil: not a Python operator
	// Resources are those that a non-Python operator declares, per subtask; nil: none.
	Resources *Resources
	// ManagedMemory, bytes per subtask, is the weight it declares for managed memory; -1 where it declares none.
	ManagedMemory flink.MemorySize
	API           API
	StateBackend  bool
	Keyed         bool
	LegacySource  bool
	Async         bool
}

// Source reports whether the operator has no inputs.
func (o *Operator) Source() bool { return len(o.Inputs) == 0 }

// Input is an edge, seen from its consumer.
type Input struct {
	From     int32 // index in Job.Operators
	Port     int32
	Ship     ShipStrategy
	Exchange ExchangeMode
	Pos      source.Pos
}

// Python is what makes an operator a Python operator.
type Python struct {
	Worker    string // operators that name one worker share it
	Env       string // operators of different environments never share
	Mode      PythonMode
	Functions []string
	// UserMemory, bytes per subtask, is what the function's own libraries take.
	UserMemory flink.MemorySize
	Pos        source.Pos // of `worker` if named, else of `python`
	// Alone: runs in a worker of its own whatever the sharing, outside Flink's books (Python inside MultipleInput).
	Alone bool
}

// Resources of one subtask, in bytes.
type Resources struct {
	TaskHeap       flink.MemorySize
	ManagedOffHeap flink.MemorySize
}
