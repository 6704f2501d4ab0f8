package taskmanager

import (
	"fmt"
	"math"

	"udfplan/graph/flink"
)

// environmentHeap is what the scripts of Flink's older versions took for the heap.
const environmentHeap = "FLINK_TM_HEAP"

// legacyTargets is the total that an older heap size means.
var legacyTargets = [...]string{Standalone: flink.KeyFlinkSize, Container: flink.KeyProcessSize}

// mapLegacyHeap makes a total of an older heap size, unless it is set; the environment is the strongest
// (MemoryBackwardsCompatibilityUtils, gone in 2.0).
func (m *memoryReader) mapLegacyHeap(target string, environment map[string]string) {
	option, known := flink.LookupOption(flink.KeyHeapSize)
	if !known || !option.In(m.version) || m.has(target) {
		return
	}
	var size flink.MemorySize
	legacy := ""
	text, exported := environment[environmentHeap]
	switch {
	case exported:
		legacy, size = environmentHeap, m.exportedHeap(text)
	case m.has(flink.KeyHeapSize):
		legacy, size = flink.KeyHeapSize, m.size(flink.KeyHeapSize)
	case m.has(flink.KeyHeapMB):
		legacy, size = flink.KeyHeapMB, m.heapMB()
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
	mebibytes := number(m, flink.KeyHeapMB, flink.ParseJavaInt)
	if mebibytes < 0 {
		m.refuse(flink.IllegalConfiguration, flink.KeyHeapMB,
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
func (m *memoryReader) local(tm *Memory) {
	task := localTask
	if !flink.LocalTebibyte.In(m.version) {
		task = localTaskOld
	}
	m.fixLocalNetwork()
	least, most := number(m, flink.KeyNetworkMin, parseSize), number(m, flink.KeyNetworkMax, parseSize)
	if least != most {
		m.keep(flink.Refuse(flink.IllegalConfiguration, m.written(flink.KeyNetworkMax), "Failed to create TaskExecutorResourceSpec",
			flink.Refuse(flink.IllegalConfiguration, m.written(flink.KeyNetworkMax),
				fmt.Sprintf("The network memory min (%s) and max (%s) mismatch, the network memory has to be resolved and set to a fixed value before task executor starts",
					least.FlinkText(), most.FlinkText()), nil)))
	}
	if m.has(flink.KeyCPUCores) {
		m.checkCPUResource(number(m, flink.KeyCPUCores, flink.ParseJavaDouble))
	}
	tm.Network = least
	tm.TaskHeap = m.sizeOr(flink.KeyTaskHeap, task)
	tm.TaskOffHeap = m.sizeOr(flink.KeyTaskOffHeap, task)
	tm.Managed = m.sizeOr(flink.KeyManagedSize, localManaged)
}

// fixLocalNetwork sets the bound of the network memory that is not set to the other one.
func (m *memoryReader) fixLocalNetwork() {
	switch least, most := m.has(flink.KeyNetworkMin), m.has(flink.KeyNetworkMax); {
	case !least && !most:
		m.set(flink.KeyNetworkMin, localNetwork)
		m.set(flink.KeyNetworkMax, localNetwork)
	case !least:
		m.set(flink.KeyNetworkMin, number(m, flink.KeyNetworkMax, parseSize))
	case !most:
		m.set(flink.KeyNetworkMax, number(m, flink.KeyNetworkMin, parseSize))
	}
}

func (m *memoryReader) sizeOr(key string, byDefault flink.MemorySize) flink.MemorySize {
	if !m.has(key) {
		return byDefault
	}
	return number(m, key, parseSize)
}
