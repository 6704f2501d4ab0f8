package policy

import (
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/change"
)

const twoPython = `mode: batch
operators:
  - id: source
  - id: clean
    inputs: [source]
    python: true
  - id: score
    inputs: [clean]
    python: {userMemory: 300mb}
`

// limitRules bound a number: of one subtask of an operator, one process of a worker, the fullest slot of a slot sharing
// group, and the whole job. A rule's ID is its scope and its key.
var limitRules = []*Rule{
	{ID: "operator-managed-off-heap", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"operator", "managedOffHeap", true}, judge: (*checker).operatorManaged,
		before: func(p *change.Pairing, _ Kind, i int) (spec.Quantity, bool) {
			return spec.Bytes(p.Old.Operators[i].ManagedOffHeap), true
		},
		Doc:     "an operator reserves more managed off-heap memory than is allowed",
		Why:     "What one subtask reserves is taken from its slot before any other operator gets some. Known in batch jobs only.",
		Fix:     "Lower userMemory of the operator, or let another operator launch the worker.",
		Example: twoPython, Args: []string{"--max-operator-managed-off-heap", "256mb"}},
	{ID: "worker-memory", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"worker", "memory", true}, judge: (*checker).workerMemory,
		before: func(p *change.Pairing, _ Kind, i int) (spec.Quantity, bool) {
			return spec.Bytes(p.Old.Workers[i].Memory), true
		},
		Doc:     "a Python worker needs more memory than is allowed",
		Why:     "A worker is one process beside the JVM: what it takes counts against the container, and the kernel kills what is over.",
		Fix:     "Lower userMemory of the operators it serves, give some of them a worker of their own, or waive the rule with a reason.",
		Example: twoPython, Args: []string{"--max-worker-memory", "256mb"}},
	{ID: "worker-operators", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"worker", "operators", false}, judge: (*checker).workerOperators,
		before: func(p *change.Pairing, _ Kind, i int) (spec.Quantity, bool) {
			return spec.Count(int64(len(p.Old.Workers[i].Operators))), true
		},
		Doc:     "a Python worker serves more operators than is allowed",
		Why:     "The operators of a worker share one process and its interpreter lock, and all of them stop when it dies.",
		Fix:     "Name workers (python: {worker: NAME}) so that each serves fewer operators.",
		Example: twoPython, Args: []string{"--max-worker-operators", "1"}},
	{ID: "slot-python-memory", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"slot", "pythonMemory", true}, judge: (*checker).slotMemory,
		before: func(p *change.Pairing, _ Kind, i int) (spec.Quantity, bool) {
			return spec.Bytes(p.Old.Groups[i].PythonMemory), true
		},
		Doc:     "the Python workers of one slot need more memory than is allowed",
		Why:     "A TaskManager holds as many of these as it has slots; all of them live in one container.",
		Fix:     "Lower userMemory, or move operators into a slot sharing group of their own.",
		Example: twoPython, Args: []string{"--max-slot-python-memory", "256mb"}},
	{ID: "slot-workers", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"slot", "workers", false}, judge: (*checker).slotWorkers,
		before: func(p *change.Pairing, _ Kind, i int) (spec.Quantity, bool) {
			return spec.Count(p.Old.Groups[i].Workers), true
		},
		Doc:     "one slot runs more Python workers than is allowed",
		Why:     "Every worker pays the framework memory again, and really takes well over 100mb when idle.",
		Fix:     "Let operators share a worker: one environment, one chain or slot, or one worker name.",
		Example: twoPython, Args: []string{"--sharing", "none", "--max-slot-workers", "1"}},
	{ID: "job-python-memory", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"job", "pythonMemory", true}, judge: (*checker).jobMemory,
		before: func(p *change.Pairing, _ Kind, _ int) (spec.Quantity, bool) {
			return spec.Bytes(p.Old.Total.PythonMemory), true
		},
		Doc:     "all Python workers of a job together need more memory than is allowed",
		Why:     "It is what the job costs the cluster: the memory of a worker, as often as its parallelism.",
		Fix:     "Lower the parallelism of Python operators, or what each of them takes.",
		Example: twoPython, Args: []string{"--max-job-python-memory", "256mb"}},
	{ID: "job-workers", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"job", "workers", false}, judge: (*checker).jobWorkers,
		before: func(p *change.Pairing, _ Kind, _ int) (spec.Quantity, bool) {
			return spec.Count(p.Old.Total.Workers), true
		},
		Doc:     "a job runs more Python workers than is allowed",
		Why:     "Each is a process of the cluster's machines, started anew whenever the job is.",
		Fix:     "Lower the parallelism of Python operators, or let them share workers.",
		Example: twoPython, Args: []string{"--parallelism", "8", "--max-job-workers", "4"}},
	{ID: "job-slots", Scope: OfLimit, Severity: source.Error,
		Bounds: &Bounds{"job", "slots", false}, judge: (*checker).jobSlots,
		before: func(p *change.Pairing, _ Kind, _ int) (spec.Quantity, bool) {
			return spec.Count(p.Old.Total.Slots), true
		},
		Doc:     "a job needs more slots than is allowed",
		Why:     "A job does not start before it has all slots of its pipelined parts; other jobs wait for them.",
		Fix:     "Lower the largest parallelism of a slot sharing group, or join groups.",
		Example: twoPython, Args: []string{"--parallelism", "8", "--max-job-slots", "4"}},
}
