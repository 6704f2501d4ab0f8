package policy

import (
	"fmt"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// hasVersionedWorkers: what a version does to workers can be judged.
func (k *checker) hasVersionedWorkers() bool {
	return len(k.Spec.Workers) > 0 && k.job().Version.Stated()
}

// clusterConfig is the part of the effective configuration that a cluster acts on: all but the job's own.
func (k *checker) clusterConfig() (config flink.Config) {
	for _, e := range k.job().Config {
		if e.Origin != flink.FromJob {
			config = append(config, e)
		}
	}
	return config
}

// option is the place of an option of the effective configuration, else of an operator.
func (k *checker) option(key string, otherwise int32) source.Place {
	if e, set := k.job().Config.Get(key); set {
		return e.ValuePlace
	}
	return k.at(k.job().Operators[otherwise].Pos)
}

func (k *checker) rocksDB(r *Rule) {
	if text, refused := capacity.RefusesRocksDB(k.job()); refused && k.hasVersionedWorkers() {
		python := k.pythonOperators()
		k.report(r, k.option(flink.KeyMemoryManaged, python[0]), Subject{AboutOption, flink.KeyMemoryManaged}, python, "%s", text).
			Fix = "state.backend.rocksdb.memory.managed: false, or python.fn-execution.memory.managed: false"
	}
}

// weights: those that are set replace the default ones whole (ManagedMemoryUtils).
func (k *checker) weights(r *Rule) {
	v := k.job().Settings.Version
	if !k.hasVersionedWorkers() || !flink.WorkerPerSlot.In(v) || !k.job().Settings.MemoryManaged {
		return
	}
	config := k.clusterConfig()
	weights, refused := taskmanager.ReadWeights(config, v)
	if refused != nil {
		return
	}
	weight, named := weights.Of(taskmanager.PythonUse)
	if weight > 0 {
		return
	}
	at, text := source.Place{}, "the weights name no PYTHON"
	if named {
		text = "the weight of PYTHON is 0"
	}
	for _, e := range config {
		if e.Key == flink.KeyConsumerWeights || strings.HasPrefix(e.Key, flink.KeyConsumerWeights+".") {
			at = e.ValuePlace
		}
	}
	k.report(r, at, Subject{AboutOption, flink.KeyConsumerWeights}, nil,
		"%s: Python gets nothing of a slot's managed memory, and every Python operator a worker of its own", text).
		Fix = "PYTHON with a weight above 0, such as the default 30"
}

// workerPerOperator: FLIP-88 lets the operators of a chain share, FLIP-141 those of a slot; what runs has no sharing, and nobody
// asked for that.
func (k *checker) workerPerOperator(r *Rule) {
	job := k.job()
	if !k.hasVersionedWorkers() || k.Spec.Plan.Sharing != graph.SharingNone || job.Sharing != graph.SharingDefault {
		return
	}
	if flink.WorkerPerSlot.In(job.Version) {
		for g := range k.Spec.Plan.Groups {
			k.apart(r, fmt.Sprintf("slot sharing group %q", source.Excerpt(k.Spec.Plan.Groups[g].Name)), k.Spec.Plan.Groups[g].Operators,
				"python.fn-execution.memory.managed: true lets the operators of a slot share one")
		}
		return
	}
	for c := range k.Spec.Plan.Chains {
		chain := &k.Spec.Plan.Chains[c]
		k.apart(r, fmt.Sprintf("chain %q", source.Excerpt(job.Operators[chain.Head()].ID)), chain.Operators,
			"one operator for several functions, or Flink 1.12 and later; sharing: none says that it is meant")
	}
}

// apart reports operators that could share one worker by FLIP-88, by environment.
func (k *checker) apart(r *Rule, where string, operators []int32, fix string) {
	var environments []string
	byEnvironment := map[string][]int32{}
	for _, i := range operators {
		p := k.job().Operators[i].Python
		if k.Spec.Plan.Operators[i].Worker < 0 || p.Worker != "" || p.Alone {
			continue
		}
		if byEnvironment[p.Env] == nil {
			environments = append(environments, p.Env)
		}
		byEnvironment[p.Env] = append(byEnvironment[p.Env], i)
	}
	for _, env := range environments {
		if these := byEnvironment[env]; len(these) > 1 {
			var apart flink.MemorySize
			for _, i := range these {
				apart += k.Spec.Workers[k.Spec.Plan.Operators[i].Worker].Memory
			}
			shared := apart - k.Spec.Framework*flink.MemorySize(len(these)-1)
			first := k.job().Operators[these[0]]
			k.report(r, k.at(first.Pos), Subject{AboutOperator, first.ID}, these,
				"the %d Python operators of %s start a worker each, %s in a slot; one that they share would take %s", len(these), where, apart, shared).
				Fix = fix
		}
	}
}

// unmanaged: workers live in task off-heap memory, which is 0 unless set. Where a cluster is known to have no room, that is
// told already.
func (k *checker) unmanaged(r *Rule) {
	job := k.job()
	if k.noRoom || !k.hasVersionedWorkers() || !flink.MemoryManagedOption.In(job.Version) || job.Settings.MemoryManaged {
		return
	}
	size, problems := k.clusterConfig().Size(flink.KeyTaskOffHeap, 0)
	if size > 0 || len(problems) > 0 {
		return
	}
	python := k.pythonOperators()
	k.report(r, k.option(flink.KeyMemoryManaged, python[0]), Subject{AboutOption, flink.KeyMemoryManaged}, python,
		"Flink %s does not manage the memory of Python workers here, and %s is 0: no memory is set aside for them, and %s are needed in a slot",
		job.Version, flink.KeyTaskOffHeap, k.fullestSlot()).
		Fix = "python.fn-execution.memory.managed: true, or " + flink.KeyTaskOffHeap + " in the cluster's configuration (--flink-conf)"
}

func (k *checker) fullestSlot() (most flink.MemorySize) {
	for g := range k.Spec.Groups {
		most = max(most, k.Spec.Groups[g].PythonMemory)
	}
	return most
}

func (k *checker) threadFallback(r *Rule) {
	job := k.job()
	for i := range job.Operators {
		if op := &job.Operators[i]; op.Aggregates() && op.Python.Mode == graph.Thread {
			k.report(r, k.at(op.Python.Pos), Subject{AboutOperator, op.ID}, []int32{int32(i)},
				"%q runs aggregate functions, which thread mode does not have: Flink starts a worker process, which is not in the plan", source.Excerpt(op.ID)).
				Fix = "python: {mode: process} on this operator"
		}
	}
}
