package capacity

import (
	"udfplan/graph/flink"
)

// Report is what a cluster gives, and what it gives these jobs.
type Report struct {
	Version     flink.Version // of the cluster; the zero Version where none is stated
	TaskManager *TaskManager
	// Shares is what one slot's Python workers can get, where no job was asked about.
	Shares *Shares
	Jobs   []*Fit
	// Fits, TaskManagers and TotalProcess (bytes) add up all jobs.
	Fits            bool
	TaskManagers    int64
	TotalProcess    flink.MemorySize
	Recommendations []Recommendation
	// ForDeployment: the configuration is a FlinkDeployment's, and so is the change to make.
	ForDeployment bool
	// Floor is what an idle worker of this version was seen to take.
	Floor Measured
}

// Shares are the Python share of a slot by what else is in it, in bytes: alone, beside operators that declare
// managed memory, beside a state backend that uses it, and beside both.
type Shares struct {
	Python, WithOperators, WithStateBackend, WithBoth flink.MemorySize
}

// SharesOf computes the shares of a slot; before 1.12 there are none, as each operator has its own.
func SharesOf(config flink.Config, v flink.Version, slot flink.MemorySize) (*Shares, *flink.Refusal) {
	if v.Stated() && !flink.WorkerPerSlot.In(v) || !v.Stated() {
		return nil, nil
	}
	weights, refused := ReadWeights(config, v)
	if refused != nil {
		return nil, refused
	}
	share := func(present ...UseCase) flink.MemorySize {
		fraction := SlotFraction(PythonUse, 1, present, weights, true)
		if fraction == 0 {
			return 0
		}
		bytes, err := Bytes(slot, fraction, v)
		if err != nil {
			refused = err
		}
		return bytes
	}
	s := &Shares{
		Python:           share(PythonUse),
		WithOperators:    share(OperatorUse, PythonUse),
		WithStateBackend: share(StateBackendUse, PythonUse),
		WithBoth:         share(OperatorUse, StateBackendUse, PythonUse),
	}
	return s, refused
}

// Add takes a job into the report.
func (r *Report) Add(f *Fit) {
	r.Fits = r.Fits && f.Fits
	r.Jobs = append(r.Jobs, f)
	r.TaskManagers += f.TaskManagers
	r.TotalProcess, _ = flink.Add(r.TotalProcess, f.TotalProcess)
}
