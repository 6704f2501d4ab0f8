package taskmanager

import (
	"fmt"
	"math"
	"strings"

	"udfplan/graph/flink"
)

// memoryPart is a summand, in bytes: how Flink's messages call it, and its option.
type memoryPart struct {
	name, key string
	size      flink.MemorySize
}

// fromFineGrained derives the total Flink memory from the tasks' own sizes: task heap and managed memory
// (TaskExecutorFlinkMemoryUtils.deriveFromRequiredFineGrainedOptions).
func (m *memoryReader) fromFineGrained(tm *Memory) {
	tm.TaskHeap, tm.Managed = m.size(flink.KeyTaskHeap), m.size(flink.KeyManagedSize)
	m.fixedSizes(tm)
	parts := besideNetwork(tm)
	sum := m.add("", parts...)
	if m.has(flink.KeyFlinkSize) {
		tm.TotalFlink = m.size(flink.KeyFlinkSize)
		tm.Network = m.remainder(tm.TotalFlink, sum, parts, flink.KeyFlinkSize)
		m.checkRemainingNetwork(tm.Network, flink.KeyFlinkSize)
		return
	}
	if m.countsBuffers() {
		tm.Network = m.bufferMemory()
	} else {
		tm.Network = m.ofRest(sum, m.networkRange(), m.largest("", parts))
	}
	tm.TotalFlink = m.add("", append(parts, memoryPart{"", flink.KeyNetworkMin, tm.Network})...)
}

// fromTotalFlink shares out the total Flink memory: the network takes the rest where the task heap is set,
// else the task heap (TaskExecutorFlinkMemoryUtils.deriveFromTotalFlinkMemory).
func (m *memoryReader) fromTotalFlink(tm *Memory, totalKey string) {
	m.fixedSizes(tm)
	if m.has(flink.KeyTaskHeap) {
		tm.TaskHeap = m.size(flink.KeyTaskHeap)
		tm.Managed = m.managed(tm.TotalFlink, totalKey)
		parts := besideNetwork(tm)
		tm.Network = m.remainder(tm.TotalFlink, m.add(totalKey, parts...), parts, totalKey)
		m.checkRemainingNetwork(tm.Network, totalKey)
		return
	}
	tm.Managed = m.managed(tm.TotalFlink, totalKey)
	if m.countsBuffers() {
		tm.Network = m.bufferMemory()
	} else {
		tm.Network = m.ofWhole(tm.TotalFlink, m.networkRange(), totalKey)
	}
	parts := besideTaskHeap(tm)
	tm.TaskHeap = m.remainder(tm.TotalFlink, m.add(totalKey, parts...), parts, totalKey)
}

// fixedSizes are those that have a default and no fraction.
func (m *memoryReader) fixedSizes(tm *Memory) {
	tm.FrameworkHeap = m.size(flink.KeyFrameworkHeap)
	tm.FrameworkOffHeap = m.size(flink.KeyFrameworkOffHeap)
	tm.TaskOffHeap = m.size(flink.KeyTaskOffHeap)
}

func (m *memoryReader) managed(total flink.MemorySize, totalKey string) flink.MemorySize {
	if m.has(flink.KeyManagedSize) {
		return m.size(flink.KeyManagedSize)
	}
	return m.ofWhole(total, m.rangeOf(0, largestMemorySize, flink.KeyManagedFraction, ""), m.written(totalKey))
}

// besideNetwork and besideTaskHeap are in the order in which Flink names the parts.
func besideNetwork(tm *Memory) []memoryPart {
	return []memoryPart{
		{"Framework Heap Memory", flink.KeyFrameworkHeap, tm.FrameworkHeap},
		{"Framework Off-Heap Memory", flink.KeyFrameworkOffHeap, tm.FrameworkOffHeap},
		{"Task Heap Memory", flink.KeyTaskHeap, tm.TaskHeap},
		{"Task Off-Heap Memory", flink.KeyTaskOffHeap, tm.TaskOffHeap},
		{"Managed Memory", flink.KeyManagedSize, tm.Managed},
	}
}

func besideTaskHeap(tm *Memory) []memoryPart {
	return []memoryPart{
		{"Framework Heap Memory", flink.KeyFrameworkHeap, tm.FrameworkHeap},
		{"Framework Off-Heap Memory", flink.KeyFrameworkOffHeap, tm.FrameworkOffHeap},
		{"Task Off-Heap Memory", flink.KeyTaskOffHeap, tm.TaskOffHeap},
		{"Managed Memory", flink.KeyManagedSize, tm.Managed},
		{"Network Memory", flink.KeyNetworkMin, tm.Network},
	}
}

// remainder is what the parts leave of the total Flink memory.
func (m *memoryReader) remainder(total, sum flink.MemorySize, parts []memoryPart, totalKey string) flink.MemorySize {
	if sum <= total {
		return total - sum
	}
	var named []string
	for _, part := range parts {
		named = append(named, part.name+" ("+part.size.HumanText()+")")
	}
	last := len(named) - 1
	m.refuse(flink.IllegalConfiguration, m.written(totalKey), fmt.Sprintf("Sum of configured %s and %s exceed configured Total Flink Memory (%s).",
		strings.Join(named[:last], ", "), named[last], total.HumanText()))
	return 0
}

// add sums up parts (MemorySize.add). totalKey is their total's option, empty for none.
func (m *memoryReader) add(totalKey string, parts ...memoryPart) flink.MemorySize {
	var sum flink.MemorySize
	for _, part := range parts {
		next, ok := flink.Add(sum, part.size)
		if !ok {
			m.refuse(flink.Arithmetic, m.largest(totalKey, parts), longOverflow)
			return 0
		}
		sum = next
	}
	return sum
}

// largest is the option of the largest part that is set, to be changed where a sum is beyond all bounds.
func (m *memoryReader) largest(totalKey string, parts []memoryPart) string {
	key, size := m.written(totalKey), flink.MemorySize(-1)
	for _, part := range parts {
		if m.has(part.key) && part.size > size {
			key, size = m.written(part.key), part.size
		}
	}
	return key
}

// countsBuffers: the network memory is given as a number of segments: the oldest way, which
// gives way to each of the others (TaskExecutorFlinkMemoryUtils.isUsingLegacyNetworkConfigs).
func (m *memoryReader) countsBuffers() bool {
	option, known := flink.LookupOption(flink.KeyNetworkBuffers)
	return known && option.In(m.version) && m.has(flink.KeyNetworkBuffers) &&
		!m.has(flink.KeyNetworkMin) && !m.has(flink.KeyNetworkMax) && !m.has(flink.KeyNetworkFraction)
}

// bufferMemory is the number of buffers times their size (ConfigurationParserUtils.getPageSize).
func (m *memoryReader) bufferMemory() flink.MemorySize {
	buffers := number(m, flink.KeyNetworkBuffers, flink.ParseJavaInt)
	page := number(m, flink.KeySegmentSize, parseSize)
	key, why := m.written(flink.KeySegmentSize), ""
	switch {
	case page > math.MaxInt32:
		m.refuse(flink.IllegalArgument, key, fmt.Sprintf("Cannot downcast long value %d to integer.", page))
		return 0
	case page < smallestPageSize:
		why = "Minimum memory segment size is 4096"
	case page&(page-1) != 0:
		why = "Memory segment size must be a power of 2."
	case buffers < 0:
		m.refuse(flink.IllegalArgument, flink.KeyNetworkBuffers, negativeMemorySize)
		return 0
	default:
		return page * flink.MemorySize(buffers) // below 2^31 * 2^31
	}
	m.refuse(flink.IllegalConfiguration, key, fmt.Sprintf("Invalid configuration value for %s : %d - %s", flink.KeySegmentSize, page, why))
	return 0
}

const inconsistentNetwork = "If Total Flink, Task Heap and (or) Managed Memory sizes are explicitly configured then the Network Memory size is the rest of the Total Flink memory after subtracting all other configured types of memory, but the derived Network Memory is inconsistent with its configuration."

// checkRemainingNetwork holds network memory that is a rest to what is configured for it
// (TaskExecutorFlinkMemoryUtils.sanityCheckNetworkMemory).
func (m *memoryReader) checkRemainingNetwork(network flink.MemorySize, totalKey string) {
	if m.refusal != nil {
		return
	}
	if m.countsBuffers() {
		if configured := m.bufferMemory(); configured != network {
			m.refuse(flink.IllegalConfiguration, flink.KeyNetworkBuffers, fmt.Sprintf("Derived Network Memory size (%s) does not match configured Network Memory size (%s).",
				network.HumanText(), configured.HumanText()))
		}
	} else if r := m.networkRange(); network < r.least || network > r.most {
		key := m.written(totalKey) // too little is left
		if network > r.most {
			key = m.written(flink.KeyNetworkMax)
		}
		m.refuse(flink.IllegalConfiguration, key, fmt.Sprintf("Derived Network Memory size (%s) is not in configured Network Memory range [%s, %s].",
			network.HumanText(), r.least.HumanText(), r.most.HumanText()))
	}
	if r := m.refusal; r != nil && r.Class == flink.IllegalConfiguration {
		m.refusal = flink.Refuse(r.Class, r.Key, inconsistentNetwork, r)
	}
}
