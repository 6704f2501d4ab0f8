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
	KeySchedulerMode     = "scheduler-mode"
	KeySortedInputs      = "execution.sorted-inputs.enabled"
	KeyBatchStateBackend = "execution.batch-state-backend.enabled"

	// KeySortedInputsMemory weighs a keyed operator of a batch job.
	KeySortedInputsMemory = "execution.sorted-inputs.memory"
)

// The options of fine-grained resources.
const (
	KeyFineGrained = "cluster.fine-grained-resource-management.enabled"
	KeyAllBlocking = "fine-grained.shuffle-mode.all-blocking"
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
	KeyRocksDBManaged   = "state.backend.rocksdb.memory.managed"
	KeyRocksDBPerSlot   = "state.backend.rocksdb.memory.fixed-per-slot"
	KeyCheckpointsDir   = "state.checkpoints.dir"
	KeyFsCheckpointsDir = "state.backend.fs.checkpointdir"
)

// The options of a TaskManager's memory (org.apache.flink.configuration.TaskManagerOptions).
const (
	KeyProcessSize      = "taskmanager.memory.process.size"
	KeyFlinkSize        = "taskmanager.memory.flink.size"
	KeyFrameworkHeap    = "taskmanager.memory.framework.heap.size"
	KeyTaskHeap         = "taskmanager.memory.task.heap.size"
	KeyFrameworkOffHeap = "taskmanager.memory.framework.off-heap.size"
	KeyTaskOffHeap      = "taskmanager.memory.task.off-heap.size"
	KeyManagedSize      = "taskmanager.memory.managed.size"
	KeyManagedFraction  = "taskmanager.memory.managed.fraction"
	KeyNetworkMin       = "taskmanager.memory.network.min"
	KeyNetworkMax       = "taskmanager.memory.network.max"
	KeyNetworkFraction  = "taskmanager.memory.network.fraction"
	KeyMetaspace        = "taskmanager.memory.jvm-metaspace.size"
	KeyOverheadMin      = "taskmanager.memory.jvm-overhead.min"
	KeyOverheadMax      = "taskmanager.memory.jvm-overhead.max"
	KeyOverheadFraction = "taskmanager.memory.jvm-overhead.fraction"
	KeySegmentSize      = "taskmanager.memory.segment-size"
	KeySlots            = "taskmanager.numberOfTaskSlots"
	KeyCPUCores         = "taskmanager.cpu.cores"
	KeyNetworkBuffers   = "taskmanager.network.numberOfBuffers"
)

// Their older names, which are read where the newer one is not set.
const (
	KeyHeapSize             = "taskmanager.heap.size"
	KeyHeapMB               = "taskmanager.heap.mb"
	KeyOlderManagedSize     = "taskmanager.memory.size"
	KeyOlderNetworkMin      = "taskmanager.network.memory.min"
	KeyOlderNetworkMax      = "taskmanager.network.memory.max"
	KeyOlderNetworkFraction = "taskmanager.network.memory.fraction"
)
