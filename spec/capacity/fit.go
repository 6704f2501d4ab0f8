// Package capacity says what a cluster gives to jobs: the fraction of every operator, whether a plan fits, and the
// smallest change after which it does.
package capacity

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Cluster is what jobs run on.
type Cluster struct {
	// Config is the cluster's configuration with -D over it: only it sets consumer weights.
	Config      flink.Config
	TaskManager *taskmanager.Memory
	// Framework replaces FLIP-88's framework memory in what workers need, in bytes; 0 does not. What Flink
	// itself computes with stays.
	Framework flink.MemorySize
}

// Pool is where the memory of Python workers comes from.
type Pool uint8

// The pools, by version and configuration (DESIGN 3.2).
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
	// TaskManagers are those needed for the slots that run at once; TotalProcess is their memory, in bytes.
	TaskManagers int64
	TotalProcess flink.MemorySize
	Groups       []GroupFit    // as the Plan's
	Operators    []OperatorFit // those that declare something of managed memory, in the order of the job
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
}

// OperatorFit is about one subtask; sizes in bytes.
type OperatorFit struct {
	Operator  int32
	Fractions Fractions
	// Needs and Gets are said of Python operators that have a share of their own (OfOperator).
	Own         bool
	Needs, Gets flink.MemorySize
	Fits        bool
}

// Assess plans a job on a cluster. The problems are Flink's refusals of the job as errors, and what it would
// only warn of at run time as warnings, in its words.
func Assess(job *graph.Job, o plan.Options, c *Cluster) (*Fit, source.List) {
	a := assessor{job: job, cluster: c}
	a.plan(o)
	if a.problems.HasErrors() {
		return nil, a.problems
	}
	fractions, refused := FractionsOf(a.fit.Spec.Plan, c.Config)
	if refused != nil {
		a.refuse(refused)
		return nil, a.problems
	}
	a.fractions = fractions
	if a.fit.Pool == OfSlot && a.withoutShare() {
		// Such workers are unmanaged, and then each operator has its own (pyflink-facts.md 2.1).
		a.fit.Pool, a.fit.Unshared = TaskOffHeap, true
		if job.Sharing == graph.SharingDefault {
			alone := *job
			alone.Sharing = graph.SharingNone
			a.job = &alone
			a.plan(o)
		}
	}
	a.groups()
	a.operators()
	a.taskManagers()
	return &a.fit, a.problems
}

type assessor struct {
	job       *graph.Job
	cluster   *Cluster
	fit       Fit
	fractions []Fractions
	problems  source.List
}

// plan plans and computes; a second time it changes only who shares.
func (a *assessor) plan(o plan.Options) {
	again := a.fit.Spec != nil
	p, problems := plan.Make(a.job, o)
	framework := a.job.Settings.Framework
	if a.cluster.Framework > 0 {
		framework = a.cluster.Framework
	}
	s, more := spec.ComputeWith(p, framework)
	a.fit.Spec = s
	if again {
		return
	}
	a.problems = append(append(a.problems, problems...), more...)
	a.fit.Pool = poolOf(a.job)
	a.checkRocksDB()
}

func poolOf(job *graph.Job) Pool {
	v := job.Version
	switch {
	case !v.Stated():
		return AsNeeded
	case !flink.MemoryManagedOption.In(v):
		return OfOperator
	case !job.Settings.MemoryManaged:
		return TaskOffHeap
	case !flink.WorkerPerSlot.In(v):
		return OfOperator
	}
	return OfSlot
}

// place is that of the option to change, or else of the job.
func (a *assessor) place(keys ...string) source.Place {
	for _, config := range []flink.Config{a.cluster.Config, a.job.Config} {
		for _, key := range keys {
			if e, set := config.Get(key); set {
				return e.ValuePlace
			}
		}
	}
	return a.job.Place
}

func (a *assessor) refuse(r *flink.Refusal) {
	a.problems.Errorf(a.place(r.Key), codeRefused, "Flink refuses this: %s", r.Message)
}

// withoutShare tells whether Python operators that declare their use case get no fraction of the slot.
func (a *assessor) withoutShare() bool {
	for i := range a.fractions {
		if a.fractions[i].Python && a.fractions[i].OfPython == 0 {
			a.problems.Warnf(a.place(flink.KeyConsumerWeights), "python-without-share", "%s",
				`Flink: The configured managed memory fraction for Python worker process must be within (0, 1], was: 0.0, use off-heap memory instead.Please see config option "`+flink.KeyConsumerWeights+`" for more details.`)
			return true
		}
	}
	return false
}

// checkRocksDB is 1.11's refusal.
func (a *assessor) checkRocksDB() {
	if text, refused := RefusesRocksDB(a.job); refused && len(a.fit.Spec.Workers) > 0 {
		a.problems.Errorf(a.place(flink.KeyMemoryManaged), codeRefused, "%s", text)
	}
}

const codeRefused = "refused-by-flink"

// RefusesRocksDB tells whether Flink refuses Python workers in a job because RocksDB is managed too (1.11;
// CommonPythonBase, read in its byte code), in Flink's words.
func RefusesRocksDB(job *graph.Job) (text string, refused bool) {
	v := job.Settings.Version
	if flink.WorkerPerSlot.In(v) || !flink.MemoryManagedOption.In(v) || !job.Settings.MemoryManaged {
		return "", false
	}
	backend, _ := job.Config.Get(flink.KeyStateBackend)
	managed, set := job.Config.Get(flink.KeyRocksDBManaged)
	return "Flink: Currently it doesn't support to use Managed Memory for both RocksDB state backend and Python worker at the same time. You can either configure RocksDB state backend to use Task Off-Heap Memory via the configuration key 'state.backend.rocksdb.memory.managed' or configure Python worker to use Task Off-Heap Memory via the configuration key 'python.fn-execution.memory.managed'.",
		backend.Value == "rocksdb" && (!set || managed.Value == "true")
}
