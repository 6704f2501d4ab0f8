package flink

import "fmt"

// Behaviour is one place where versions of Flink differ. Code asks the behaviour, never the version: what changes
// when stands here and nowhere else.
type Behaviour struct {
	// Name is stable, in kebab-case.
	Name string
	// Since and Before bound the versions in which it holds; the zero Version leaves that end open.
	Since, Before Version
	// Doc says what holds, as a sentence for people.
	Doc string
	// Source is where it was read or seen.
	Source string
}

// In says whether it holds in a version. One that is not stated is planned as 1.10, the release that FLIP-88 was
// made for.
func (b *Behaviour) In(v Version) bool {
	v = v.Planned()
	return (!b.Since.Stated() || v.atLeast(b.Since)) &&
		(!b.Before.Stated() || v.Before(b.Before))
}

// Cite is the source, and the versions in which it holds.
func (b *Behaviour) Cite() string {
	switch {
	case b.Since.Stated() && b.Before.Stated():
		return fmt.Sprintf("%s; from Flink %s, before %s", b.Source, b.Since, b.Before)
	case b.Since.Stated():
		return fmt.Sprintf("%s; from Flink %s", b.Source, b.Since)
	}
	return fmt.Sprintf("%s; before Flink %s", b.Source, b.Before)
}

// The worker model.
var (
	WorkerPerSlot = Behaviour{"worker-per-slot", Version{1, 12}, Version{},
		"one worker per slot serves all Python operators in it", "FLIP-141; BeamPythonFunctionRunner"}
	MemoryManagedOption = Behaviour{"memory-managed-option", Version{1, 11}, Version{},
		"python.fn-execution.memory.managed decides whether workers are in managed memory", "PythonOptions"}
	ThreadMode = Behaviour{"thread-mode", Version{1, 15}, Version{},
		"a Python operator can run in the JVM's own threads", "PythonOptions"}
)

// Chaining.
var (
	ForcedChaining = Behaviour{"forced-chaining", Version{}, Version{1, 14},
		"a SQL batch job always chains, whatever pipeline.operator-chaining says", "recorded runs, case chaining-off-batch"}
	StrictBooleans = Behaviour{"strict-booleans", Version{1, 12}, Version{},
		"a boolean option must be true or false", "recorded runs, case chaining-bad"}
	ChainingEnabledKey = Behaviour{"chaining-enabled-key", Version{1, 18}, Version{},
		"pipeline.operator-chaining.enabled is read before pipeline.operator-chaining", "recorded runs, cases chaining-off-*"}
	MaxParallelismMatters = Behaviour{"max-parallelism-matters", Version{1, 18}, Version{},
		"operators of different maxParallelism chain only where the option allows it", "StreamingJobGraphGenerator.isChainable"}
	ChainedSources = Behaviour{"chained-sources", Version{1, 12}, Version{},
		"a new-style source is chained behind an operator of strategy head-with-sources", "StreamingJobGraphGenerator.isChainable"}
	AsyncIsHead = Behaviour{"async-is-head", Version{}, Version{1, 11},
		"an async operator starts a chain", "AsyncWaitOperatorFactory"}
	AsyncBehindLegacySource = Behaviour{"async-behind-legacy-source", Version{1, 11}, Version{},
		"an async operator is not chained to a chain that a legacy source starts", "StreamingJobGraphGenerator.isChainable"}
	ConsecutiveHash = Behaviour{"consecutive-hash", Version{1, 16}, Version{},
		"forward-consecutive-hash becomes hash where the parallelism differs", "recorded runs, case batch-consecutive-hash-par"}
)

// Exchanges and slot sharing groups.
var (
	SchedulerOption = Behaviour{"scheduler-option", Version{1, 15}, Version{},
		"jobmanager.scheduler can make the graph dynamic", "recorded runs, cases sched-*"}
	SchedulerDefaultName = Behaviour{"scheduler-default-name", Version{1, 16}, Version{},
		"Default is a value of jobmanager.scheduler", "recorded runs, case sched-Default"}
	SchedulerNg = Behaviour{"scheduler-ng", Version{}, Version{2, 0},
		"Ng is a value of jobmanager.scheduler", "recorded runs, cases sched-*"}
	AdaptiveBatchDefault = Behaviour{"adaptive-batch-default", Version{1, 17}, Version{},
		"the adaptive batch scheduler is the default of batch jobs", "recorded runs, case sched-unset"}
	PhasedGroups = Behaviour{"phased-groups", Version{2, 0}, Version{},
		"the adaptive batch scheduler decides slot sharing groups while the job runs", "AdaptiveGraphManager"}
	DataStreamBatch = Behaviour{"datastream-batch", Version{1, 12}, Version{},
		"a DataStream batch job has RuntimeExecutionMode.BATCH", "FLIP-134"}
	SQLBatchIsDataStream = Behaviour{"sql-batch-is-datastream", Version{1, 14}, Version{},
		"a SQL batch job runs as a DataStream batch job", "recorded runs of SQL batch jobs"}
	OneBatchGroup = Behaviour{"one-batch-group", Version{1, 12}, Version{1, 14},
		"a DataStream batch job has one default slot sharing group", "recorded runs, cases batch-*"}
	RegionCyclesMerge = Behaviour{"region-cycles-merge", Version{1, 12}, Version{1, 14},
		"pipelined regions on a cycle through blocking edges are one region", "recorded runs, case batch-region-cycle"}
	OldShuffleModes = Behaviour{"old-shuffle-modes", Version{}, Version{1, 11},
		"table.exec.shuffle-mode is batch or pipelined", "recorded runs, cases shuffle-*"}
	BatchShuffleMode = Behaviour{"batch-shuffle-mode", Version{1, 14}, Version{},
		"execution.batch-shuffle-mode sets the exchanges of a batch job", "recorded runs, cases shuffle-*"}
	BatchShuffleModeInStreaming = Behaviour{"batch-shuffle-mode-in-streaming", Version{1, 14}, Version{1, 19},
		"a bad execution.batch-shuffle-mode fails a streaming job too", "recorded runs, case shuffle-streaming-bad"}
	HybridShuffle = Behaviour{"hybrid-shuffle", Version{1, 16}, Version{},
		"hybrid shuffle modes exist, and none with a named slot sharing group", "recorded runs, cases batch-hybrid-*"}
	SelectiveBecomesFull = Behaviour{"selective-becomes-full", Version{1, 17}, Version{},
		"hybrid_selective becomes hybrid_full where an output is broadcast or read twice alike", "recorded runs, cases hybrid-selective-*"}
	WeightsInMiB = Behaviour{"weights-in-mib", Version{1, 14}, Version{},
		"managed memory weights count MiB (KiB before)", "recorded runs, cases sqlshuffle-*"}
	KeyedReplaces = Behaviour{"keyed-replaces", Version{1, 12}, Version{1, 13},
		"sorted inputs replace all that a keyed batch operator declares, PYTHON too", "recorded runs, case batch-keyed-python"}
	KeyedWeightConflict = Behaviour{"keyed-weight-conflict", Version{1, 13}, Version{},
		"the weight of sorted inputs must agree with a declared one", "recorded runs, case batch-keyed-memory"}
)

// Managed memory and its consumers.
var (
	ConsumerWeights = Behaviour{"consumer-weights", Version{1, 12}, Version{},
		"use cases share a slot's managed memory by weights", "FLIP-141; ManagedMemoryUtils"}
	DataprocWeights = Behaviour{"dataproc-weights", Version{1, 12}, Version{1, 13},
		"the consumers are DATAPROC and PYTHON, and any other name is refused", "ManagedMemoryUtils"}
	DataprocIsRead = Behaviour{"dataproc-is-read", Version{1, 12}, Version{2, 0},
		"DATAPROC weighs operators and state backend that have no weight of their own", "ManagedMemoryUtils"}
	WeightsBelowKey = Behaviour{"weights-below-key", Version{1, 14}, Version{},
		"weights may be options of their own, below the key of the map", "ConfigurationUtils.convertToProperties"}
	MapsAsYAML = Behaviour{"maps-as-yaml", Version{1, 19}, Version{},
		"an option that is a map is read as YAML first", "ConfigurationUtils.convertToProperties"}
	ShortPairMessage = Behaviour{"short-pair-message", Version{1, 17}, Version{},
		"the refusal of a map does not repeat the pair", "ConfigurationUtils.parseMap"}
	ZeroFractionRefused = Behaviour{"zero-fraction-refused", Version{1, 12}, Version{},
		"a fraction of 0 has a refusal of its own", "MemoryManager.computeMemorySize"}
	StateBackendTypeKey = Behaviour{"state-backend-type-key", Version{1, 17}, Version{},
		"state.backend.type is read before state.backend", "StateBackendOptions"}
	HashMapBackend = Behaviour{"hashmap-backend", Version{1, 13}, Version{},
		"hashmap is a state backend, and filesystem another name of it", "StateBackendLoader"}
	OldStateBackends = Behaviour{"old-state-backends", Version{}, Version{2, 0},
		"the classes of the jobmanager and filesystem state backends exist", "StateBackendLoader"}
)

// Fine-grained resources: slots of different sizes.
var (
	FineGrained = Behaviour{"fine-grained", Version{1, 14}, Version{},
		"a slot sharing group can have a profile", "FLIP-169; recorded runs, testdata/flink/finegrained"}
	FineGrainedOff = Behaviour{"fine-grained-off", Version{1, 14}, Version{1, 18},
		"cluster.fine-grained-resource-management.enabled is false by default", "recorded runs, case unset"}
	FineGrainedOption = Behaviour{"fine-grained-option", Version{1, 14}, Version{1, 19},
		"a cluster gives no slots by profile where cluster.fine-grained-resource-management.enabled is false", "recorded runs, case off"}
	SortShuffle = Behaviour{"sort-shuffle", Version{1, 15}, Version{},
		"blocking exchanges are sorted, in 512 buffers at least", "NettyShuffleEnvironmentOptions; recorded runs, cases blocking-*"}
	FixedBuffers = Behaviour{"fixed-buffers", Version{2, 0}, Version{},
		"buffers per channel and gate are no options any more, nor is sort-shuffle.min-parallelism", "NettyShuffleEnvironmentOptions; recorded runs, case blocking-hash"}
	BlockingByProfile = Behaviour{"blocking-by-profile", Version{2, 0}, Version{},
		"a profile makes all exchanges of a batch job block; before, fine-grained.shuffle-mode.all-blocking must be true", "recorded runs, cases batch-*"}
)

// The memory of a TaskManager, beside the options' own defaults and ends, which Option knows.
var (
	PrefixedMessages = Behaviour{"prefixed-messages", Version{1, 11}, Version{},
		"a refusal of the memory configuration says first what failed", "TaskExecutorProcessUtils"}
	LocalTebibyte = Behaviour{"local-tebibyte", Version{1, 12}, Version{},
		"a task of a MiniCluster has 1 TiB; before, 2^63-1 bytes (exactly 1.12.5)", "TaskExecutorResourceUtils"}
	SlotsAlwaysRead = Behaviour{"slots-always-read", Version{1, 13}, Version{},
		"the number of slots is read even where cpu.cores is set", "TaskExecutorProcessUtils.getCpuCores"}
	EightDecimals = Behaviour{"eight-decimals", Version{1, 14}, Version{},
		"CPU cores have 8 decimals, before 16; a MiniCluster has a million of them, before as many as a double holds", "Resource, TaskExecutorResourceUtils"}
	DivisorNotZero = Behaviour{"divisor-not-zero", Version{1, 20}, Version{},
		"dividing a resource by 0 slots is refused in other words", "Resource.divide"}
	KubernetesCPUAmount = Behaviour{"kubernetes-cpu-amount", Version{1, 17}, Version{},
		"the operator sets kubernetes.taskmanager.cpu.amount (kubernetes.taskmanager.cpu before)", "FlinkConfigBuilder"}
)

// Files and documents.
var (
	StandardConfShipped = Behaviour{"standard-conf-shipped", Version{1, 19}, Version{},
		"Flink is shipped with config.yaml", "GlobalConfiguration"}
	StandardConfOnly = Behaviour{"standard-conf-only", Version{2, 0}, Version{},
		"config.yaml is the only configuration file", "GlobalConfiguration"}
	SkippedLineShown = Behaviour{"skipped-line-shown", Version{}, Version{1, 17},
		"the log shows a line of flink-conf.yaml that is skipped", "GlobalConfiguration.loadYAMLResource"}
	PyFlinkDataStream = Behaviour{"pyflink-datastream", Version{1, 12}, Version{},
		"PyFlink has a DataStream API", "FLIP-130"}
	GrowingGraph = Behaviour{"growing-graph", Version{2, 0}, Version{},
		"a running batch job lists only the vertices made so far", "AdaptiveGraphManager"}
)
