package flink

// The options that the program reads itself.
const (
	KeyName              = "pipeline.name"
	KeyRuntimeMode       = "execution.runtime-mode"
	KeyParallelism       = "parallelism.default"
	KeyMaxParallelism    = "pipeline.max-parallelism"
	KeyScheduler         = "jobmanager.scheduler"
	KeyTableShuffleMode  = "table.exec.shuffle-mode"
	KeyBatchShuffleMode  = "execution.batch-shuffle-mode"
	KeySortedInputs      = "execution.sorted-inputs.enabled"
	KeyBatchStateBackend = "execution.batch-state-backend.enabled"

	// KeySortedInputsMemory weighs a keyed operator of a batch job.
	KeySortedInputsMemory = "execution.sorted-inputs.memory"
)

// The options of chaining.
const (
	KeyOperatorChaining        = "pipeline.operator-chaining"
	KeyOperatorChainingEnabled = "pipeline.operator-chaining.enabled"
	KeyChainDifferentMax       = "pipeline.operator-chaining.chain-operators-with-different-max-parallelism"
)

// The options of Python workers. The first two are FLIP-88's.
const (
	KeyFrameworkMemory = "python.fn-execution.framework.memory.size"
	KeyBufferMemory    = "python.fn-execution.buffer.memory.size"
	KeyMemoryManaged   = "python.fn-execution.memory.managed"
	KeyExecutionMode   = "python.execution-mode"
)

// The options that share out a slot's managed memory.
const (
	KeyConsumerWeights  = "taskmanager.memory.managed.consumer-weights"
	KeyStateBackend     = "state.backend"
	KeyStateBackendType = "state.backend.type"
)
