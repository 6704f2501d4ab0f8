package flink

import "fmt"

// Rule is one place where Flink behaves differently in different versions. Code asks the rule, never the
// version: what changes when is said here and nowhere else.
type Rule struct {
	// Name is stable, in kebab-case.
	Name string
	// Since and Before bound the versions in which it holds; the zero Version leaves that end open.
	Since, Before Version
	// Doc says what holds, as a sentence for people.
	Doc string
	// Source is where the rule was read or seen.
	Source string
}

// In tells whether the rule holds in a version. A version that is not stated is planned as 1.10, the
// release that FLIP-88 was made for.
func (r *Rule) In(v Version) bool {
	v = v.Planned()
	return (!r.Since.Stated() || v.AtLeast(r.Since.Major, r.Since.Minor)) &&
		(!r.Before.Stated() || v.Before(r.Before.Major, r.Before.Minor))
}

// Cite is the source, and the versions in which the rule holds.
func (r *Rule) Cite() string {
	switch {
	case r.Since.Stated() && r.Before.Stated():
		return fmt.Sprintf("%s; from Flink %s, before %s", r.Source, r.Since, r.Before)
	case r.Since.Stated():
		return fmt.Sprintf("%s; from Flink %s", r.Source, r.Since)
	}
	return fmt.Sprintf("%s; before Flink %s", r.Source, r.Before)
}

// The rules of the worker model.
var (
	FrameworkOptions = Rule{"framework-options", Version{}, Version{1, 12},
		"Flink reads the two FLIP-88 options", "FLIP-88; PythonOptions"}
	WorkerPerSlot = Rule{"worker-per-slot", Version{1, 12}, Version{},
		"one worker per slot serves all Python operators in it", "FLIP-141; BeamPythonFunctionRunner"}
	MemoryManagedOption = Rule{"memory-managed-option", Version{1, 11}, Version{},
		"python.fn-execution.memory.managed decides whether workers are in managed memory", "PythonOptions"}
	ThreadMode = Rule{"thread-mode", Version{1, 15}, Version{},
		"a Python operator can run in the JVM's own threads", "PythonOptions"}
)

// The rules of chaining.
var (
	ForcedChaining = Rule{"forced-chaining", Version{}, Version{1, 14},
		"a SQL batch job always chains, whatever pipeline.operator-chaining says", "recorded runs, case chaining-off-batch"}
	StrictBooleans = Rule{"strict-booleans", Version{1, 12}, Version{},
		"a boolean option must be true or false", "recorded runs, case chaining-bad"}
	ChainingEnabledKey = Rule{"chaining-enabled-key", Version{1, 18}, Version{},
		"pipeline.operator-chaining.enabled is read before pipeline.operator-chaining", "recorded runs, cases chaining-off-*"}
	MaxParallelismMatters = Rule{"max-parallelism-matters", Version{1, 18}, Version{},
		"operators of different maxParallelism chain only where the option allows it", "StreamingJobGraphGenerator.isChainable"}
	ChainedSources = Rule{"chained-sources", Version{1, 12}, Version{},
		"a new-style source is chained behind an operator of strategy head-with-sources", "StreamingJobGraphGenerator.isChainable"}
	AsyncIsHead = Rule{"async-is-head", Version{}, Version{1, 11},
		"an async operator starts a chain", "AsyncWaitOperatorFactory"}
	AsyncBehindLegacySource = Rule{"async-behind-legacy-source", Version{1, 11}, Version{},
		"an async operator is not chained to a chain that a legacy source starts", "StreamingJobGraphGenerator.isChainable"}
	ConsecutiveHash = Rule{"consecutive-hash", Version{1, 16}, Version{},
		"forward-consecutive-hash becomes hash where the parallelism differs", "recorded runs, case batch-consecutive-hash-par"}
)

// The rules of exchanges and slot sharing groups.
var (
	SchedulerOption = Rule{"scheduler-option", Version{1, 15}, Version{},
		"jobmanager.scheduler can make the graph dynamic", "recorded runs, cases sched-*"}
	SchedulerDefaultName = Rule{"scheduler-default-name", Version{1, 16}, Version{},
		"Default is a value of jobmanager.scheduler", "recorded runs, case sched-Default"}
	SchedulerNg = Rule{"scheduler-ng", Version{}, Version{2, 0},
		"Ng is a value of jobmanager.scheduler", "recorded runs, cases sched-*"}
	AdaptiveBatchDefault = Rule{"adaptive-batch-default", Version{1, 17}, Version{},
		"the adaptive batch scheduler is the default of batch jobs", "recorded runs, case sched-unset"}
	PhasedGroups = Rule{"phased-groups", Version{2, 0}, Version{},
		"the adaptive batch scheduler decides slot sharing groups while the job runs", "AdaptiveGraphManager"}
	DataStreamBatch = Rule{"datastream-batch", Version{1, 12}, Version{},
		"a DataStream batch job has RuntimeExecutionMode.BATCH", "FLIP-134"}
	SQLBatchIsDataStream = Rule{"sql-batch-is-datastream", Version{1, 14}, Version{},
		"a SQL batch job runs as a DataStream batch job", "recorded runs of SQL batch jobs"}
	OneBatchGroup = Rule{"one-batch-group", Version{1, 12}, Version{1, 14},
		"a DataStream batch job has one default slot sharing group", "recorded runs, cases batch-*"}
	RegionCyclesMerge = Rule{"region-cycles-merge", Version{1, 12}, Version{1, 14},
		"pipelined regions on a cycle through blocking edges are one region", "recorded runs, case batch-region-cycle"}
	ShuffleModeOfTable = Rule{"shuffle-mode-of-table", Version{}, Version{1, 14},
		"table.exec.shuffle-mode sets the exchanges of a SQL batch job", "recorded runs, cases shuffle-*"}
	OldShuffleModes = Rule{"old-shuffle-modes", Version{}, Version{1, 11},
		"table.exec.shuffle-mode is batch or pipelined", "recorded runs, cases shuffle-*"}
	BatchShuffleMode = Rule{"batch-shuffle-mode", Version{1, 14}, Version{},
		"execution.batch-shuffle-mode sets the exchanges of a batch job", "recorded runs, cases shuffle-*"}
	BatchShuffleModeInStreaming = Rule{"batch-shuffle-mode-in-streaming", Version{1, 14}, Version{1, 19},
		"a bad execution.batch-shuffle-mode fails a streaming job too", "recorded runs, case shuffle-streaming-bad"}
	HybridShuffle = Rule{"hybrid-shuffle", Version{1, 16}, Version{},
		"hybrid shuffle modes exist, and none with a named slot sharing group", "recorded runs, cases batch-hybrid-*"}
	SelectiveBecomesFull = Rule{"selective-becomes-full", Version{1, 17}, Version{},
		"hybrid_selective becomes hybrid_full where an output is broadcast or read twice alike", "recorded runs, cases hybrid-selective-*"}
	WeightsInMiB = Rule{"weights-in-mib", Version{1, 14}, Version{},
		"managed memory weights count MiB (KiB before)", "recorded runs, cases sqlshuffle-*"}
	KeyedReplaces = Rule{"keyed-replaces", Version{1, 12}, Version{1, 13},
		"sorted inputs replace all that a keyed batch operator declares, PYTHON too", "recorded runs, case batch-keyed-python"}
	KeyedWeightConflict = Rule{"keyed-weight-conflict", Version{1, 13}, Version{},
		"the weight of sorted inputs must agree with a declared one", "recorded runs, case batch-keyed-memory"}
)
