// Package spec says how much: FLIP-88's resource spec of every operator and the memory of every Python
// worker, with what a slot and the whole job add up to. Start with Compute; Explain says why the numbers are what they are.
package spec

import (
	"udfplan/graph/flink"
	"udfplan/plan"
)

// Model names the rules under which the numbers are to be read.
type Model string

// FLIP88: Flink itself computes the need so (up to 1.11). FLIP141: Flink states no need any more (1.12 and
// later); the numbers are an estimate.
const (
	FLIP88  Model = "flip-88"
	FLIP141 Model = "flip-141"
)

// Spec is the resource spec of one job. Slices go by the indexes of the Plan's.
type Spec struct {
	Plan  *plan.Plan
	Model Model
	// Framework is what a worker takes before it does anything, Buffer what each operator adds, in bytes.
	Framework, Buffer flink.MemorySize
	// NeedsFrom says where the size of a worker comes from, by what was chosen, Needs.
	NeedsFrom NeedsFrom
	Needs     Needs
	// Known is false in streaming: every operator's resources are unknown, and the sums of them too.
	Known     bool
	Operators []Resources // per subtask; zero unless Known
	Workers   []WorkerMemory
	Groups    []Sum // of the fullest slot
	Total     Sum   // of all slots of all groups
}

// UserMemory is what a Python operator's functions add to its worker, in bytes: what the job says; by a Measurement, all of it at
// the operator that launches the worker.
func (s *Spec) UserMemory(operator int32) flink.MemorySize {
	w := s.Plan.Operators[operator].Worker
	switch {
	case s.NeedsFrom != FromMeasurement || w < 0:
		return s.Plan.Job.Operators[operator].Python.UserMemory
	case s.Plan.Workers[w].LaunchedBy == operator:
		return s.Workers[w].UserMemory
	}
	return 0
}

// Resources of one subtask of an operator, in bytes.
type Resources struct {
	TaskHeap, ManagedOffHeap flink.MemorySize
}

// WorkerMemory is what one process of a worker needs, in bytes; Memory is the sum of the other three.
type WorkerMemory struct {
	Framework, Buffers, UserMemory, Memory flink.MemorySize
	// Estimate is what Memory would be without a Measurement; 0 where there is none.
	Estimate flink.MemorySize
	// Instances is the number of processes in the job.
	Instances int
}

// Sum adds up operators and workers, in bytes. Of a group: Slots is how many slots it needs, everything
// else is of its slot 0, the fullest. Of the job: everything is summed over all slots.
type Sum struct {
	Slots, Workers int64
	PythonMemory   flink.MemorySize
	// TaskHeap and ManagedOffHeap are zero unless the Spec is Known.
	TaskHeap, ManagedOffHeap flink.MemorySize
}
