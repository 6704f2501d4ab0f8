package capacity

import (
	"fmt"
	"math"

	"udfplan/graph/flink"
)

// environmentHeap is what the scripts of Flink's older versions took for the heap.
const environmentHeap = "FLINK_TM_HEAP"

// legacyTargets is the total that an older heap size means.
var legacyTargets = [...]string{Standalone: keyFlinkSize, Container: keyProcessSize}

// mapLegacyHeap makes a total of an older heap size, unless it is set; the environment is the strongest
// (MemoryBackwardsCompatibilityUtils, gone in 2.0).
func (m *memoryReader) mapLegacyHeap(target string, environment map[string]string) {
	option, known := flink.LookupOption(keyHeapSize)
	if !known || !option.In(m.version) || m.has(target) {
		return
	}
	var size flink.MemorySize
	legacy := ""
	text, exported := environment[environmentHeap]
	switch {
	case exported:
		legacy, size = environmentHeap, m.exportedHeap(text)
	case m.has(keyHeapSize):
		legacy, size = keyHeapSize, m.size(keyHeapSize)
	case m.has(keyHeapMB):
		legacy, size = keyHeapMB, m.heapMB()
	default:
		return
	}
	m.set(target, size)
	m.legacy, m.target = legacy, target
}

func (m *memoryReader) exportedHeap(text string) flink.MemorySize {
	size, cause := parseSize(text)
	if cause != nil {
		m.keep(flink.Refuse(flink.IllegalConfiguration, environmentHeap,
			"Cannot read total process memory size from environment variable value "+text+".", cause))
	}
	return size
}

func (m *memoryReader) heapMB() flink.MemorySize {
	mebibytes := number(m, keyHeapMB, flink.ParseJavaInt)
	if mebibytes < 0 {
		m.refuse(flink.IllegalConfiguration, keyHeapMB,
			fmt.Sprintf("Configured total process memory size (%dMB) must not be less than 0.", mebibytes))
		return 0
	}
	return flink.MemorySize(mebibytes) << 20
}

// The defaults of a MiniCluster, in bytes (TaskExecutorResourceUtils).
const (
	localNetwork flink.MemorySize = 64 << 20
	localManaged flink.MemorySize = 128 << 20
	localTask    flink.MemorySize = 1 << 40
	localTaskOld flink.MemorySize = math.MaxInt64
)

// local is the memory of a TaskManager inside a MiniCluster: no totals, no fractions
// (TaskExecutorResourceUtils.resourceSpecFromConfigForLocalExecution).
func (m *memoryReader) local(tm *TaskManager) {
	task := localTask
	if !m.since(localTebibyte) {
		task = localTaskOld
	}
	m.fixLocalNetwork()
	least, most := number(m, keyNetworkMin, parseSize), number(m, keyNetworkMax, parseSize)
	if least != most {
		m.keep(flink.Refuse(flink.IllegalConfiguration, m.written(keyNetworkMax), "Failed to create TaskExecutorResourceSpec",
			flink.Refuse(flink.IllegalConfiguration, m.written(keyNetworkMax),
				fmt.Sprintf("The network memory min (%s) and max (%s) mismatch, the network memory has to be resolved and set to a fixed value before task executor starts",
					least.FlinkText(), most.FlinkText()), nil)))
	}
	if m.has(keyCPUCores) {
		m.checkCPUResource(number(m, keyCPUCores, flink.ParseJavaDouble))
	}
	tm.Network = least
	tm.TaskHeap = m.sizeOr(keyTaskHeap, task)
	tm.TaskOffHeap = m.sizeOr(keyTaskOffHeap, task)
	tm.Managed = m.sizeOr(keyManagedSize, localManaged)
}

// fixLocalNetwork sets the bound of the network memory that is not set to the other one.
func (m *memoryReader) fixLocalNetwork() {
	switch least, most := m.has(keyNetworkMin), m.has(keyNetworkMax); {
	case !least && !most:
		m.set(keyNetworkMin, localNetwork)
		m.set(keyNetworkMax, localNetwork)
	case !least:
		m.set(keyNetworkMin, number(m, keyNetworkMax, parseSize))
	case !most:
		m.set(keyNetworkMax, number(m, keyNetworkMin, parseSize))
	}
}

func (m *memoryReader) sizeOr(key string, byDefault flink.MemorySize) flink.MemorySize {
	if !m.has(key) {
		return byDefault
	}
	return number(m, key, parseSize)
}
