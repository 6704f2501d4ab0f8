package policy

import "udfplan/graph/source"

const onTwenty = `flinkVersion: "1.20"
operators:
  - id: source
  - id: clean
    inputs: [source]
    python: true
`

// clusterRules are judged where a cluster's configuration is given.
var clusterRules = []*Rule{
	{ID: "memory-short", Scope: OfCluster, Severity: source.Error, judge: (*checker).memoryShort, before: neededBefore,
		Doc:     "Python workers need more memory than the cluster gives them",
		Why:     "Flink counts only what it gives (FLIP-141; before 1.12 each operator's fraction). What workers take beyond that is in nobody's books until the container is killed.",
		Fix:     "Give them more (udfplan capacity shows the smallest change of every option), or lower what they need.",
		Example: onTwenty, Args: []string{"-D", "taskmanager.numberOfTaskSlots=8"}},
	{ID: "container-limit", Scope: OfCluster, Severity: source.Warning, judge: (*checker).containerLimit,
		Doc:     "a TaskManager takes more, at worst, than its container may have",
		Why:     "Flink counts what it gives; the kernel counts what processes take. JVM parts, the managed memory of others and the workers as they really are add up to more than the container's limit: it is killed, and nothing says which operator did it.",
		Fix:     "Give Python more of the managed memory, take fewer slots, or limit workers (udfplan limiter).",
		Example: onTwenty + "    parallelism: 4\n", Args: []string{"-D", "taskmanager.numberOfTaskSlots=4", "-D", "taskmanager.memory.managed.size=256mb"}},
	{ID: source.CodeRefusedByFlink, Scope: OfCluster, Severity: source.Error, judge: (*checker).refusals,
		Doc:     "Flink refuses the job on this cluster",
		Why:     "The job fails when it is submitted, or when its first Python operator opens.",
		Fix:     "Change the option that Flink names.",
		Example: onTwenty, Args: []string{"-D", "taskmanager.memory.managed.consumer-weights=PYTHON:-1"}},
	{ID: "share-below-framework", Scope: OfCluster, Severity: source.Warning, judge: (*checker).belowFramework,
		Doc:     "a slot gives a worker less than its framework memory",
		Why:     "FLIP-88 counts 64mb for PyFlink itself, before any function runs: there is nothing left for buffers or for the function.",
		Fix:     "Fewer slots, more managed memory, or a larger weight of PYTHON.",
		Example: onTwenty, Args: []string{"-D", "taskmanager.numberOfTaskSlots=16", "--framework-memory", "flip-88"}},
	{ID: source.CodeBelowMeasured, Scope: OfCluster, Severity: source.Warning, judge: (*checker).belowMeasured,
		Doc:     "a slot gives a worker less than an idle one was seen to take",
		Why:     "FLIP-88's 64mb are a figure of 2019: idle workers of running clusters took 117mb (1.10), 157mb (1.20) and 171mb (2.3).",
		Fix:     "Plan with --framework-memory measured, as is done from 1.12 on, and give workers as much.",
		Example: onTwenty, Args: []string{"-D", "taskmanager.numberOfTaskSlots=4", "--framework-memory", "flip-88"}},
	{ID: source.CodePythonUnreserved, Scope: OfCluster, Severity: source.Warning, judge: (*checker).unreserved,
		Doc:     "Flink 1.10 and 1.11 will run a worker without reserving its memory",
		Why:     "The operator's fraction of the slot is less than framework and buffer memory. Flink warns once, skips the reservation and runs the worker outside its books.",
		Fix:     "More managed memory, or fewer operators that weigh in the slot sharing group.",
		Example: "flinkVersion: \"1.10\"\nmode: batch\nsharing: chain\noperators:\n  - id: clean\n    python: true\n  - id: score\n    inputs: [clean]\n    python: true\n",
		Args:    []string{"-D", "taskmanager.memory.managed.size=110mb", "-D", "python.fn-execution.buffer.memory.size=15mb"}},
}
