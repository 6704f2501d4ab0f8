// Package capacity says what a cluster gives to jobs: the fraction of every operator, whether a plan fits, and the
// smallest change after which it does.
//
// Start with Cluster: its Assess derives what there is and tries the jobs on it; its Recommend finds the changes.
package capacity

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Pool is where the memory of Python workers comes from.
type Pool uint8

// The pools, by version and configuration (design.md 3.2).
const (
	AsNeeded    Pool = iota // no version stated: FLIP-88 gives each operator what it needs
	OfOperator              // 1.10, and 1.11 if managed: each operator its fraction of the slot
	OfSlot                  // 1.12 and later: one share of the slot
	TaskOffHeap             // 1.11 by default, 1.12 and later if unmanaged: outside Flink's books
)

// Fit says whether one job gets what it needs.
type Fit struct {
	Spec *spec.Spec
	Pool Pool
	// Unshared: the weights leave Python no share, and so the pool is TaskOffHeap.
	Unshared bool
	// Outside: Python inside a MultipleInput runs beside the share, in task off-heap memory.
	Outside bool
	Fits    bool
	// Slots are those that run at once; TaskManagers are those needed for them, TotalProcess is their memory, in bytes.
	Slots        int64
	TaskManagers int64
	TotalProcess flink.MemorySize
	Groups       []GroupFit // as the Plan's
	// Filled are the TaskManagers of a job that has profiles, at worst (fillAtWorst); their Slots are those of the groups FilledWith.
	Filled     []Filled
	FilledWith []int
	Operators  []OperatorFit // those that declare something of managed memory, in the order of the job
}

// GroupFit is about the fullest slot of a slot sharing group; sizes in bytes per slot.
type GroupFit struct {
	UseCases []taskmanager.UseCase // present in the group; from 1.12 on
	Workers  int64
	// Needs is what its workers need, Gets what they are given; of 1.10 both are sums over operators. Where a
	// share is given, Outside is what those need that run beside it, in task off-heap memory.
	Needs, Gets flink.MemorySize
	Outside     flink.MemorySize
	Fits        bool
	// Size is what the slot has: its profile, or an equal part of the TaskManager.
	Size Size
}

// OperatorFit is about one subtask; sizes in bytes.
type OperatorFit struct {
	Operator  int32
	Fractions Fractions
	// Own: a Python operator with a share of its own (OfOperator). Only then Needs and Gets are set.
	Own         bool
	Needs, Gets flink.MemorySize
	Fits        bool
}

// assess says what a TaskManager of this configuration gives the job. Of the configuration only what the cluster sets
// counts: consumer weights. The problems are Flink's refusals of the job as errors, and what it would only warn of at
// run time as warnings, in its words. There is no Fit where the refusal leaves nothing to give.
func (d *demand) assess(config flink.Config, tm *taskmanager.Memory) (*Fit, source.List) {
	t := d.try(config, tm)
	if t.refused {
		return nil, t.problems
	}
	t.warnOfProfiles()
	t.listOperators()
	return &t.fit, t.problems
}

// trial is one job on one cluster.
type trial struct {
	*demand
	config   flink.Config
	tm       *taskmanager.Memory
	weights  taskmanager.Weights
	total    Size               // of the TaskManager
	equal    Size               // of a slot without a profile
	network  []flink.MemorySize // networkOf, by group, once one was asked for
	shares   map[int]float64    // fractionOf, by the set of use cases: there are few sets and many groups
	fit      Fit
	problems source.List
	refused  bool // before anything could be given
}

// try judges the job without a list of its operators and what Flink warns of each.
func (d *demand) try(config flink.Config, tm *taskmanager.Memory) *trial {
	t := &trial{demand: d, config: config, tm: tm, total: totalOf(config, tm), shares: map[int]float64{}}
	t.equal = part(t.total, tm.Slots)
	if text, refused := RefusesRocksDB(d.spec.Plan.Job); refused && len(d.spec.Workers) > 0 {
		t.problems.Errorf(t.place(flink.KeyMemoryManaged), source.CodeRefusedByFlink, "%s", text)
		t.refused = true
		return t
	}
	if d.refused != nil {
		t.refuse(d.refused)
		t.refused = true
		return t
	}
	weights, refused := taskmanager.ReadWeights(config, d.version()) // none before 1.12
	if refused != nil {
		t.refuse(refused)
		t.refused = true
		return t
	}
	t.weights = weights
	if d.pool == OfSlot && t.withoutShare() {
		t.demand = d.withoutSharing()
		t.fit.Unshared = true
	}
	t.fit.Spec, t.fit.Pool, t.fit.Fits = t.spec, t.pool, true
	t.groups()
	t.ownShares()
	t.taskManagers()
	t.needsOption()
	return t
}

// place is that of the option to change, or else of the job.
func (t *trial) place(keys ...string) source.Place {
	job := t.spec.Plan.Job
	for _, config := range []flink.Config{t.config, job.Config} {
		for _, key := range keys {
			if e, set := config.Get(key); set {
				return e.ValuePlace
			}
		}
	}
	return job.Place
}

func (t *trial) refuse(r *flink.Refusal) {
	t.problems.Errorf(t.place(r.Key), source.CodeRefusedByFlink, "Flink refuses this: %s", r.Message)
}

// withoutShare says whether Python operators that declare their use case get no fraction of the slot.
func (t *trial) withoutShare() bool {
	for g := range t.demand.needs {
		if t.demand.needs[g].python >= 0 && t.fractionOf(g) == 0 {
			t.problems.Warnf(t.place(flink.KeyConsumerWeights), source.CodePythonWithoutShare, "%s",
				`Flink: The configured managed memory fraction for Python worker process must be within (0, 1], was: 0.0, use off-heap memory instead.Please see config option "`+flink.KeyConsumerWeights+`" for more details.`)
			return true
		}
	}
	return false
}

// fractionOf is the Python share of a slot of a group.
func (t *trial) fractionOf(g int) float64 {
	set := 0
	for _, u := range t.useCases[g] {
		set |= 1 << u
	}
	fraction, known := t.shares[set]
	if !known {
		fraction = taskmanager.SlotFraction(taskmanager.PythonUse, 1, t.useCases[g], t.weights, t.stateBackend)
		t.shares[set] = fraction
	}
	return fraction
}

// RefusesRocksDB says whether Flink refuses Python workers in a job because RocksDB is managed too (1.11;
// CommonPythonBase, read in its byte code), in Flink's words.
func RefusesRocksDB(job *graph.Job) (text string, refused bool) {
	v := job.Settings.Version
	if flink.WorkerPerSlot.In(v) || !flink.MemoryManagedOption.In(v) || !job.Settings.MemoryManaged {
		return "", false
	}
	return "Flink: Currently it doesn't support to use Managed Memory for both RocksDB state backend and Python worker at the same time. You can either configure RocksDB state backend to use Task Off-Heap Memory via the configuration key 'state.backend.rocksdb.memory.managed' or configure Python worker to use Task Off-Heap Memory via the configuration key 'python.fn-execution.memory.managed'.",
		taskmanager.RocksDBTakesManaged(job.Config)
}
