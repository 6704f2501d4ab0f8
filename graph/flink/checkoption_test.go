package flink

import (
	"testing"

	"udfplan/graph/source"
)

func TestCheckOption(t *testing.T) {
	warn := source.Warning
	tests := []struct {
		key     string
		version Version
		want    Advice // the zero Advice: nothing to tell
		reason  string
	}{
		{key: KeyFrameworkMemory, version: Version{1, 11}, reason: "the last version that reads it"},
		{KeyFrameworkMemory, Version{1, 12}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "python.fn-execution.framework.memory.size has no effect since Flink 1.12: it only steers the estimate"},
			"FLIP-141 took FLIP-88's options away"},
		{KeyBufferMemory, Version{2, 4}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "python.fn-execution.buffer.memory.size has no effect since Flink 1.12: it only steers the estimate"},
			"an unknown later version is as the last one"},
		{key: KeyBufferMemory, reason: "no version stated: nothing is without effect"},
		{KeyMemoryManaged, Version{1, 10}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "python.fn-execution.memory.managed has no effect in Flink 1.10: it works from Flink 1.11 on"},
			"too early"},
		{KeyOperatorChainingEnabled, Version{1, 17}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "pipeline.operator-chaining.enabled has no effect in Flink 1.17: it works from Flink 1.18 on"},
			"run on 1.17 and 1.18"},
		{key: KeyOperatorChaining, version: Version{1, 17}, reason: "the only name there"},
		{KeyOperatorChaining, Version{1, 18}, Advice{Severity: warn, Code: CodeOptionDeprecated,
			Message: "pipeline.operator-chaining is deprecated since Flink 1.18", Hint: "use pipeline.operator-chaining.enabled", Renamed: "pipeline.operator-chaining.enabled"},
			"works still, under a worse name"},
		{"taskmanager.network.numberOfBuffers", Version{1, 18}, Advice{Severity: warn, Code: CodeOptionDeprecated,
			Message: "taskmanager.network.numberOfBuffers is deprecated since Flink 1.10", Hint: "use taskmanager.memory.network.min"},
			"a number of buffers is no size: the value cannot stay"},
		{key: KeyOperatorChaining, reason: "no version stated: nothing is deprecated"},
		{KeyTableShuffleMode, Version{1, 14}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "table.exec.shuffle-mode has no effect since Flink 1.14: only the SQL planner still reads it", Hint: "use execution.batch-shuffle-mode"},
			"replaced by another option"},
		{"taskmanager.heap.size", Version{2, 0}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "taskmanager.heap.size has no effect since Flink 2.0: in a standalone cluster it set taskmanager.memory.flink.size", Hint: "use taskmanager.memory.process.size"},
			"vanished silently in 2.x"},
		{"taskmanager.memory.size", Version{2, 3}, Advice{Severity: warn, Code: CodeOptionDeprecated,
			Message: "taskmanager.memory.size is deprecated since Flink 1.10", Hint: "use taskmanager.memory.managed.size", Renamed: "taskmanager.memory.managed.size"},
			"a fallback key that works in every version"},

		{key: KeyConsumerWeights + ".PYTHON", version: Version{1, 14}, reason: "an entry of a map"},
		{key: KeyConsumerWeights + ".PYTHON", reason: "the same without a version"},
		{KeyConsumerWeights + ".PYTHON", Version{1, 13}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "taskmanager.memory.managed.consumer-weights.PYTHON has no effect in Flink 1.13: it works from Flink 1.14 on"},
			"the map exists, its entries as keys do not"},
		{"python.job-options.a", Version{1, 14}, Advice{Severity: warn, Code: CodeOptionWithoutEffect,
			Message: "python.job-options.a has no effect in Flink 1.14: it works from Flink 1.15 on"},
			"nor does the map"},

		{"python.fn-execution.buffer.memory", Version{}, Advice{Severity: warn, Code: CodeUnknownOption,
			Message: "python.fn-execution.buffer.memory: did you mean python.fn-execution.buffer.memory.size?"},
			"FLIP-88's text has it so; told without a version too"},
		{"python.fn-execution.buffer.memroy.size", Version{1, 10}, Advice{Severity: warn, Code: CodeUnknownOption,
			Message: "python.fn-execution.buffer.memroy.size: did you mean python.fn-execution.buffer.memory.size?"},
			"two letters changed places"},
		{"taskmanager.numberoftaskslots", Version{1, 10}, Advice{Severity: warn, Code: CodeUnknownOption,
			Message: "taskmanager.numberoftaskslots: did you mean taskmanager.numberOfTaskSlots?"},
			"Flink's keys heed case"},
		{"python.venv", Version{1, 10}, Advice{Severity: warn, Code: CodeUnknownOption,
			Message: "python.venv is no option of Flink 1.10"},
			"all python options are known"},
		{key: "python.venv", reason: "without a version no option is unknown"},
		{key: "taskmanager", version: Version{1, 10}, reason: "one word is too vague"},
		{key: "", version: Version{1, 10}, reason: "empty"},
		{key: "my.own.option", version: Version{1, 10}, reason: "most of Flink's options are not known here"},
	}
	for _, test := range tests {
		got, told := CheckOption(test.key, test.version)
		if got != test.want || told != (test.want != Advice{}) {
			t.Errorf("%s: CheckOption(%s, %s) = %+v, %v; want %+v", test.reason, test.key, test.version, got, told, test.want)
		}
	}
}

// TestRealOptionsAreNoSlips: options of Flink that are not in the table, and near to some that are.
func TestRealOptionsAreNoSlips(t *testing.T) {
	for _, key := range []string{
		"jobmanager.memory.process.size", "jobmanager.memory.flink.size", "jobmanager.memory.heap.size",
		"jobmanager.memory.off-heap.size", "jobmanager.memory.jvm-metaspace.size", "jobmanager.memory.jvm-overhead.min",
		"jobmanager.heap.size", "jobmanager.heap.mb", "jobmanager.rpc.address", "jobmanager.adaptive-scheduler.submission.resource-wait-timeout",
		"taskmanager.memory.fraction", "taskmanager.memory.off-heap", "taskmanager.memory.preallocate",
		"taskmanager.network.memory.buffers-per-channel", "taskmanager.network.memory.floating-buffers-per-gate",
		"taskmanager.network.memory.buffer-debloat.enabled", "taskmanager.network.netty.num-arenas", "taskmanager.host", "taskmanager.rpc.port",
		"state.savepoints.dir", "state.backend.async", "state.backend.incremental", "state.backend.local-recovery",
		"state.backend.rocksdb.memory.managed", "state.backend.rocksdb.memory.fixed-per-slot", "state.checkpoints.num-retained", "state.storage.fs.memory-threshold",
		"execution.target", "execution.attached", "execution.checkpointing.dir", "execution.checkpointing.interval", "execution.buffer-timeout",
		"execution.batch.adaptive.auto-parallelism.enabled", "execution.batch.speculative.enabled",
		"pipeline.jars", "pipeline.classpaths", "pipeline.object-reuse", "pipeline.generic-types", "pipeline.force-avro", "pipeline.force-kryo",
		"pipeline.auto-generate-uids", "pipeline.auto-watermark-interval", "pipeline.time-characteristic", "pipeline.cached-files",
		"table.exec.mini-batch.enabled", "table.exec.mini-batch.size", "table.exec.sort.default-limit", "table.exec.state.ttl",
		"table.exec.spill-compression.enabled", "table.exec.window-agg.buffer-size-limit", "table.exec.source.idle-timeout",
		"table.optimizer.join-reorder-enabled", "table.optimizer.agg-phase-strategy", "table.optimizer.reuse-sub-plan-enabled",
		"restart-strategy", "env.java.opts", "rest.port", "cluster.evenly-spread-out-slots", "slotmanager.number-of-slots.max",
	} {
		if a, told := CheckOption(key, Version{1, 20}); told {
			t.Errorf("%s: %s", key, a.Message)
		}
	}
}
