package capacity

import (
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
	"udfplan/spec/taskmanager"
)

// Fractions are what Flink gives one operator of its slot's managed memory, as Flink's own doubles
// (flink-rules.md A4, A5).
type Fractions struct {
	// Weight is what the operator declares: 1.10 and 1.11 always (KiB, or 1); from 1.12 on only where Declares
	// (KiB up to 1.13, then MiB).
	Weight   int64
	Declares bool
	// StateBackend and Python tell the use cases of slot scope that the operator declares (1.12+).
	StateBackend, Python bool
	// Whole is 1.10's and 1.11's one fraction; the others are those of 1.12 and later, by use case.
	Whole                         float64
	OfOperator, OfState, OfPython float64
}

// declare is what operators declare; before 1.12 also their fractions.
func (f *fractioner) declare() {
	if flink.WorkerPerSlot.In(f.version) {
		f.declarations()
		return
	}
	f.weightsBefore112()
	for g := range f.plan.Groups {
		f.shareBefore112(&f.plan.Groups[g])
	}
}

type fractioner struct {
	plan    *plan.Plan
	version flink.Version
	out     []Fractions
	refused *flink.Refusal
}

// weightsBefore112: an operator of the DataStream API weighs 1, one of the SQL planner in batch what it
// declares in KiB, 0 without (Transformation.getManagedMemoryWeight, ExecNode.setManagedMemoryWeight).
func (f *fractioner) weightsBefore112() {
	job := f.plan.Job
	for i := range job.Operators {
		op := &job.Operators[i]
		declared := op.ManagedMemory
		if declared < 0 && op.Resources != nil {
			declared = op.Resources.ManagedOffHeap
		}
		if declared < 0 && op.Python != nil && f.pythonDeclares() {
			declared = job.Settings.Framework + job.Settings.Buffer
		}
		sql := job.Settings.SQLBatch && op.API != graph.DataStream
		switch {
		case declared < 0 && !sql:
			f.out[i].Weight = 1
		case declared > 0:
			f.out[i].Weight = job.Settings.Weight(declared)
		}
	}
}

// pythonDeclares: 1.10 in batch SQL, 1.11 where its workers live in managed memory.
func (f *fractioner) pythonDeclares() bool {
	s := &f.plan.Job.Settings
	if flink.MemoryManagedOption.In(f.version) {
		return s.MemoryManaged
	}
	return s.SQLBatch
}

func (f *fractioner) shareBefore112(group *plan.Group) {
	weights := make([]int64, len(group.Operators))
	for k, i := range group.Operators {
		weights[k] = f.out[i].Weight
	}
	fractions, refused := taskmanager.OperatorFractions(weights)
	if f.refused == nil {
		f.refused = refused
	}
	for k, fraction := range fractions {
		f.out[group.Operators[k]].Whole = fraction
	}
}

// stateBackendCounts: in DataStream batch a state backend of its own is used, which takes no managed memory.
func (f *fractioner) stateBackendCounts() bool {
	job := f.plan.Job
	if job.Settings.BatchRuntime && job.Settings.BatchState {
		return false
	}
	return taskmanager.StateBackendUsesManaged(job.Config, f.version)
}

// declarations are what operators declare from 1.12 on.
func (f *fractioner) declarations() {
	job := f.plan.Job
	for i := range job.Operators {
		op, out := &job.Operators[i], &f.out[i]
		declared := op.ManagedMemory
		if declared < 0 && op.Resources != nil {
			declared = op.Resources.ManagedOffHeap
		}
		if declared > 0 {
			out.Weight, out.Declares = job.Settings.Weight(declared), true
		}
		out.Python = op.Python != nil && !op.Python.Alone && job.Settings.MemoryManaged
		out.StateBackend = op.StateBackend || op.Keyed
		if op.Keyed && job.Settings.BatchRuntime && job.Settings.SortedInputs {
			if flink.KeyedReplaces.In(f.version) {
				*out = Fractions{}
			}
			out.Weight, out.Declares = job.Settings.SortedWeight, true
		}
	}
}

// fractions are those of every operator on a cluster with these weights.
func (d *demand) fractions(weights taskmanager.Weights) []Fractions {
	out := slices.Clone(d.declared)
	if !flink.WorkerPerSlot.In(d.version()) {
		return out
	}
	for g := range d.spec.Plan.Groups {
		d.share(out, d.spec.Plan.Groups[g].Operators, weights)
	}
	return out
}

func (d *demand) version() flink.Version { return d.spec.Plan.Job.Settings.Version }

// share computes the fractions of one slot sharing group.
func (d *demand) share(out []Fractions, group []int32, weights taskmanager.Weights) {
	parts := operatorParts(out, group)
	present := useCasesOf(out, group)
	slot := func(u taskmanager.UseCase, of float64) float64 {
		return taskmanager.SlotFraction(u, of, present, weights, d.stateBackend)
	}
	for k, i := range group {
		o := &out[i]
		if parts != nil && parts[k] > 0 {
			o.OfOperator = slot(taskmanager.OperatorUse, parts[k])
		}
		if o.StateBackend {
			o.OfState = slot(taskmanager.StateBackendUse, 1)
		}
		if o.Python {
			o.OfPython = slot(taskmanager.PythonUse, 1)
		}
	}
}

// operatorParts are the operators' parts of what operators get of a slot of their group, 0 where one declares nothing; nil
// where none does.
func operatorParts(declared []Fractions, group []int32) (parts []float64) {
	var sum int64
	for _, i := range group {
		if declared[i].Declares {
			sum += declared[i].Weight
		}
	}
	if sum <= 0 {
		return nil
	}
	parts = make([]float64, len(group))
	for k, i := range group {
		if o := &declared[i]; o.Declares && o.Weight > 0 {
			parts[k] = taskmanager.RoundedDown(o.Weight, sum)
		}
	}
	return parts
}

// useCasesOf are those that some operator of a group declares, in Flink's order.
func useCasesOf(declared []Fractions, group []int32) (present []taskmanager.UseCase) {
	any := func(yes func(*Fractions) bool) bool {
		return slices.ContainsFunc(group, func(i int32) bool { return yes(&declared[i]) })
	}
	if any(func(o *Fractions) bool { return o.Declares }) {
		present = append(present, taskmanager.OperatorUse)
	}
	if any(func(o *Fractions) bool { return o.StateBackend }) {
		present = append(present, taskmanager.StateBackendUse)
	}
	if any(func(o *Fractions) bool { return o.Python }) {
		present = append(present, taskmanager.PythonUse)
	}
	return present
}
