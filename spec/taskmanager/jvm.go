package taskmanager

import (
	"fmt"

	"udfplan/graph/flink"
)

// fromTotalProcess takes the JVM's own memory off the total process memory and shares out what is left
// (ProcessMemoryUtils.deriveProcessSpecWithTotalProcessMemory).
func (m *memoryReader) fromTotalProcess(tm *Memory) {
	tm.TotalProcess, tm.JVMMetaspace = m.size(flink.KeyProcessSize), m.size(flink.KeyMetaspace)
	tm.JVMOverhead = m.ofWhole(tm.TotalProcess, m.overheadRange(), m.written(flink.KeyProcessSize))
	sum := m.add(flink.KeyProcessSize, memoryPart{"", flink.KeyMetaspace, tm.JVMMetaspace}, memoryPart{"", flink.KeyOverheadMin, tm.JVMOverhead})
	if sum > tm.TotalProcess {
		m.refuse(flink.IllegalConfiguration, m.written(flink.KeyProcessSize), fmt.Sprintf("Sum of configured JVM Metaspace (%s) and JVM Overhead (%s) exceed configured Total Process Memory (%s).",
			tm.JVMMetaspace.HumanText(), tm.JVMOverhead.HumanText(), tm.TotalProcess.HumanText()))
		return
	}
	tm.TotalFlink = tm.TotalProcess - sum
	m.fromTotalFlink(tm, flink.KeyProcessSize)
}

// aroundFlink puts the JVM's own memory around the total Flink memory; where the total process memory is set
// too, the overhead is the rest (ProcessMemoryUtils.deriveJvmMetaspaceAndOverheadFromTotalFlinkMemory).
func (m *memoryReader) aroundFlink(tm *Memory) {
	tm.JVMMetaspace = m.size(flink.KeyMetaspace)
	parts := []memoryPart{{"", m.firstSet(flink.KeyFlinkSize, flink.KeyTaskHeap), tm.TotalFlink}, {"", flink.KeyMetaspace, tm.JVMMetaspace}}
	sum := m.add("", parts...)
	if m.has(flink.KeyProcessSize) {
		tm.TotalProcess = m.size(flink.KeyProcessSize)
		tm.JVMOverhead = m.remainingOverhead(tm, sum)
		return
	}
	tm.JVMOverhead = m.ofRest(sum, m.overheadRange(), m.largest("", parts))
	tm.TotalProcess = m.add("", append(parts, memoryPart{"", flink.KeyOverheadMin, tm.JVMOverhead})...)
}

func (m *memoryReader) remainingOverhead(tm *Memory, sum flink.MemorySize) flink.MemorySize {
	key := m.written(flink.KeyProcessSize)
	if tm.TotalProcess < sum {
		if !flink.PrefixedMessages.In(m.version) {
			m.refuse(flink.IllegalArgument, key, negativeMemorySize)
			return 0
		}
		m.refuse(flink.IllegalConfiguration, key, fmt.Sprintf("The configured Total Process Memory size (%s) is less than the sum of the derived Total Flink Memory size (%s) and the configured or default JVM Metaspace size  (%s).",
			tm.TotalProcess.HumanText(), tm.TotalFlink.HumanText(), tm.JVMMetaspace.HumanText()))
		return 0
	}
	overhead, r := tm.TotalProcess-sum, m.overheadRange()
	if overhead < r.least || overhead > r.most {
		if overhead > r.most {
			key = m.written(flink.KeyOverheadMax)
		}
		m.refuse(flink.IllegalConfiguration, key, fmt.Sprintf("Derived JVM Overhead size (%s) is not in configured JVM Overhead range [%s, %s].",
			overhead.HumanText(), r.least.HumanText(), r.most.HumanText()))
	}
	return overhead
}
