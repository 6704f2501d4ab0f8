package taskmanager

import (
	"strings"

	"udfplan/graph/flink"
)

// The factories that StateBackendLoader knows by name; any other class is asked, and its backend says yes.
const (
	hashMapFactory    = "org.apache.flink.runtime.state.hashmap.HashMapStateBackendFactory"
	jobManagerFactory = "org.apache.flink.runtime.state.memory.MemoryStateBackendFactory"
	fsFactory         = "org.apache.flink.runtime.state.filesystem.FsStateBackendFactory"
)

// StateBackendUsesManaged says whether the configured state backend uses managed memory
// (StateBackendLoader.stateBackendFromApplicationOrConfigOrDefaultUseManagedMemory, from 1.12 on). One that
// cannot be loaded counts as one that does: Flink warns and reserves memory. RocksDB and ForSt always do,
// whatever their own memory options say. A backend that the program sets is stronger, and the caller's business.
func StateBackendUsesManaged(config flink.Config, v flink.Version) bool {
	backend, set := flink.Entry{}, false
	if flink.StateBackendTypeKey.In(v) {
		backend, set = config.Get(flink.KeyStateBackendType)
	}
	if !set {
		backend, set = config.Get(flink.KeyStateBackend)
	}
	if !set {
		return false // the heap
	}
	removed := !flink.OldStateBackends.In(v)
	switch name, lower := backend.Value, strings.ToLower(backend.Value); {
	case name == hashMapFactory || lower == "hashmap":
		return !flink.HashMapBackend.In(v)
	case name == jobManagerFactory || lower == "jobmanager":
		return removed
	case name == fsFactory:
		return removed || !hasCheckpointsDir(config)
	case lower == "filesystem":
		return removed || !flink.HashMapBackend.In(v) && !hasCheckpointsDir(config)
	}
	return true
}

// rocksDBFactory is the class that Flink up to 1.12 puts in place of the name rocksdb.
const rocksDBFactory = "org.apache.flink.contrib.streaming.state.RocksDBStateBackendFactory"

// RocksDBTakesManaged says whether the configured state backend is RocksDB with memory from the slot's managed memory,
// as Flink 1.11 asks it (CommonPythonBase.isRocksDbUsingManagedMemory, StateBackendLoader.loadStateBackendFromConfig,
// RocksDBMemoryConfiguration; read in the byte code of 1.11.6): the name in any case or the factory's class; memory of a
// fixed size takes none. A backend that the program sets is not seen.
func RocksDBTakesManaged(config flink.Config) bool {
	backend, _ := config.Get(flink.KeyStateBackend)
	if !strings.EqualFold(backend.Value, "rocksdb") && backend.Value != rocksDBFactory {
		return false
	}
	_, fixed := config.Get(flink.KeyRocksDBPerSlot)
	managed, set := config.Get(flink.KeyRocksDBManaged)
	return !fixed && (!set || strings.EqualFold(managed.Value, "true"))
}

func hasCheckpointsDir(config flink.Config) bool {
	_, set := config.Get(flink.KeyCheckpointsDir)
	_, older := config.Get(flink.KeyFsCheckpointsDir)
	return set || older
}
