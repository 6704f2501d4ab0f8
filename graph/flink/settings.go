package flink

import (
	"strings"

	"udfplan/graph/source"
)

// Settings is what a configuration means for one version and mode: only what decides how a job is planned.
type Settings struct {
	// Version is the one whose rules hold: the stated one, or the one it is planned as.
	Version Version
	// Batch says that the job is a batch job; SQLBatch, that it is one of the SQL planner.
	Batch, SQLBatch bool
	// BatchRuntime is RuntimeExecutionMode.BATCH: keyed operators get sorted inputs.
	BatchRuntime bool
	// Chaining is off only where pipeline.operator-chaining says so and Flink listens.
	Chaining bool
	// ChainDifferentMax lets operators of different maxParallelism chain.
	ChainDifferentMax bool
	// Dynamic is a graph of the adaptive batch scheduler, which may change ship strategies.
	Dynamic bool
	// OneDefaultGroup: all chains of group "default" share slots. Otherwise each pipelined region is a group.
	OneDefaultGroup bool
	Shuffle         ShuffleMode
	// SortedInputs, SortedWeight: a keyed operator of a BatchRuntime job sorts its inputs and declares this
	// weight (MiB; 1 up to 1.13) for it.
	SortedInputs bool
	// BatchState: a BatchRuntime job keeps its state outside managed memory.
	BatchState   bool
	SortedWeight int64
	// AllBlocking: exchanges of a batch job that has profiles may be made to block (fine-grained.shuffle-mode.all-blocking).
	AllBlocking bool
	// Framework and Buffer are FLIP-88's two options, in bytes.
	Framework, Buffer MemorySize
	// MemoryManaged is python.fn-execution.memory.managed: the workers live in managed memory.
	MemoryManaged bool
	// Thread is python.execution-mode: thread, the mode of operators that say none.
	Thread bool
}

// ShuffleMode is what an edge without a mode of its own becomes: Flink's GlobalStreamExchangeMode.
type ShuffleMode uint8

// The modes, under the names of Flink 1.11 to 1.13; BatchShuffleMode says EXCHANGES for EDGES.
const (
	AllPipelined ShuffleMode = iota
	AllBlocking
	ForwardPipelined
	PointwisePipelined
	AllPipelinedApproximate
	AllHybridFull
	AllHybridSelective
)

// DefaultFramework and DefaultBuffer are FLIP-88's figures, in bytes.
const (
	DefaultFramework MemorySize = 64 << 20
	DefaultBuffer    MemorySize = 15 << 20
)

// ReadSettings reads the options that decide a plan, and refuses their values where Flink does while it
// makes the graph (flink-rules.md A, C; rules/chains.py Settings). sql says that a batch job is the SQL planner's.
func ReadSettings(v Version, batch, sql bool, c Config) (Settings, source.List) {
	r := settingsReader{config: c, version: v.Planned()}
	s := Settings{Version: r.version, Batch: batch, SQLBatch: batch && sql}
	s.BatchRuntime = batch && (SQLBatchIsDataStream.In(v) || DataStreamBatch.In(v) && !sql)
	s.OneDefaultGroup = !batch || OneBatchGroup.In(v) && !sql
	r.chaining(&s)
	r.scheduler(&s)
	r.shuffle(&s)
	r.sortedInputs(&s)
	r.python(&s, v)
	s.AllBlocking = batch && r.allBlocking(v)
	return s, r.problems
}

type settingsReader struct {
	config   Config
	version  Version
	problems source.List
}

func (r *settingsReader) chaining(s *Settings) {
	key, reportAs := KeyOperatorChaining, KeyOperatorChaining
	if ChainingEnabledKey.In(r.version) {
		reportAs = KeyOperatorChainingEnabled // Flink names the new key even where the old one was set
		if _, set := r.config.Get(KeyOperatorChainingEnabled); set {
			key = KeyOperatorChainingEnabled
		}
	}
	s.Chaining = r.boolean(key, reportAs, true) || s.SQLBatch && ForcedChaining.In(r.version)
	s.ChainDifferentMax = true
	if MaxParallelismMatters.In(r.version) {
		s.ChainDifferentMax = r.boolean(KeyChainDifferentMax, KeyChainDifferentMax, true)
	}
}

func (r *settingsReader) scheduler(s *Settings) {
	if !SchedulerOption.In(r.version) {
		return
	}
	known, value := []string{"Adaptive", "AdaptiveBatch"}, "Ng"
	if SchedulerNg.In(r.version) {
		known = append(known, "Ng")
	}
	if SchedulerDefaultName.In(r.version) {
		known = append(known, "Default")
	}
	if AdaptiveBatchDefault.In(r.version) {
		value = "AdaptiveBatch"
	}
	adaptive := r.enum(KeyScheduler, value, known) == "AdaptiveBatch"
	// 1.15 and 1.16 make streaming jobs dynamic too (flink-rules.md C, sched-streaming-AdaptiveBatch).
	s.Dynamic = adaptive && (s.Batch || !AdaptiveBatchDefault.In(r.version))
}

func (r *settingsReader) sortedInputs(s *Settings) {
	if !s.BatchRuntime {
		return
	}
	s.SortedInputs = r.boolean(KeySortedInputs, KeySortedInputs, true)
	s.BatchState = r.boolean(KeyBatchStateBackend, KeyBatchStateBackend, true)
	if s.BatchState && !s.SortedInputs {
		at, _ := r.config.Get(KeySortedInputs)
		r.problems.Errorf(at.ValuePlace, source.CodeBadOptionValue,
			"%s is false while %s is true; Flink: Batch state backend requires the sorted inputs to be enabled!",
			KeySortedInputs, KeyBatchStateBackend)
	}
	s.SortedWeight = 1
	if WeightsInMiB.In(r.version) {
		s.SortedWeight = max(1, int64(r.size(KeySortedInputsMemory, 128<<20))>>20)
	}
}

func (r *settingsReader) python(s *Settings, stated Version) {
	s.Framework = r.size(KeyFrameworkMemory, DefaultFramework)
	s.Buffer = r.size(KeyBufferMemory, DefaultBuffer)
	if !stated.Stated() || MemoryManagedOption.In(stated) {
		s.MemoryManaged = r.boolean(KeyMemoryManaged, KeyMemoryManaged, !stated.Stated() || WorkerPerSlot.In(stated))
	}
	mode, set := r.config.Get(KeyExecutionMode)
	if !set || stated.Stated() && !ThreadMode.In(stated) {
		return
	}
	s.Thread = strings.EqualFold(mode.Value, "thread")
	if !s.Thread && !strings.EqualFold(mode.Value, "process") {
		r.problems.Warnf(mode.ValuePlace, source.CodeBadOptionValue,
			"%s is %q; planned as process: allowed are process and thread", KeyExecutionMode, mode.Value)
	}
}

// allBlocking: from 2.0 on nobody need ask for it.
func (r *settingsReader) allBlocking(stated Version) bool {
	return stated.Stated() && BlockingByProfile.In(stated) || r.boolean(KeyAllBlocking, KeyAllBlocking, false)
}

// size reads a memory size, with Flink's default where it is not set.
func (r *settingsReader) size(key string, byDefault MemorySize) MemorySize {
	value, problems := r.config.Size(key, byDefault)
	r.problems = append(r.problems, problems...)
	return value
}

// boolean reads as ConfigurationUtils.convertToBoolean does; before 1.12 every other word was false.
func (r *settingsReader) boolean(key, reportAs string, byDefault bool) bool {
	e, set := r.config.Get(key)
	if !set {
		return byDefault
	}
	yes := strings.EqualFold(strings.TrimSpace(e.Value), "true")
	if yes || strings.EqualFold(e.Value, "false") {
		return yes
	}
	if StrictBooleans.In(r.version) {
		r.refuse(e, reportAs, "true, false")
	} else {
		r.problems.Warnf(e.ValuePlace, source.CodeBadOptionValue, "%s is %q; this Flink reads that as false", key, e.Value)
	}
	return false
}

// enum reads as Flink does: upper case and the constant's name, so that case is free and dashes are not.
func (r *settingsReader) enum(key, byDefault string, known []string) string {
	e, set := r.config.Get(key)
	if !set {
		return byDefault
	}
	for _, word := range known {
		if strings.EqualFold(word, e.Value) {
			return word
		}
	}
	r.refuse(e, key, strings.Join(known, ", "))
	return byDefault
}

func (r *settingsReader) refuse(e Entry, key, allowed string) {
	r.problems.Errorf(e.ValuePlace, source.CodeBadOptionValue, "Could not parse value '%s' for key '%s'.", e.Value, key).
		Hint = "allowed: " + allowed
}

// Weight is what an operator that declares managed memory, in bytes, weighs in 1.12 and later: KiB up to
// 1.13 in a Java int, then MiB; at least 1.
func (s *Settings) Weight(declared MemorySize) int64 {
	if WeightsInMiB.In(s.Version) {
		return max(1, int64(declared>>20))
	}
	return max(1, int64(int32(declared>>10)))
}
