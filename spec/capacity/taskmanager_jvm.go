package capacity

import (
	"fmt"

	"udfplan/graph/flink"
)

// fromTotalProcess takes the JVM's own memory off the total process memory and shares out what is left
// (ProcessMemoryUtils.deriveProcessSpecWithTotalProcessMemory).
func (m *memoryReader) fromTotalProcess(tm *TaskManager) {
	tm.TotalProcess, tm.JVMMetaspace = m.size(keyProcessSize), m.size(keyMetaspace)
	tm.JVMOverhead = m.ofWhole(tm.TotalProcess, m.overheadRange(), m.written(keyProcessSize))
	sum := m.add(keyProcessSize, memoryPart{"", keyMetaspace, tm.JVMMetaspace}, memoryPart{"", keyOverheadMin, tm.JVMOverhead})
	if sum > tm.TotalProcess {
		m.refuse(flink.IllegalConfiguration, m.written(keyProcessSize), fmt.Sprintf("Sum of configured JVM Metaspace (%s) and JVM Overhead (%s) exceed configured Total Process Memory (%s).",
			tm.JVMMetaspace.HumanText(), tm.JVMOverhead.HumanText(), tm.TotalProcess.HumanText()))
		return
	}
	tm.TotalFlink = tm.TotalProcess - sum
	m.fromTotalFlink(tm, keyProcessSize)
}

// aroundFlink puts the JVM's own memory around the total Flink memory; where the total process memory is set
// too, the overhead is the rest (ProcessMemoryUtils.deriveJvmMetaspaceAndOverheadFromTotalFlinkMemory).
func (m *memoryReader) aroundFlink(tm *TaskManager) {
	tm.JVMMetaspace = m.size(keyMetaspace)
	parts := []memoryPart{{"", m.firstSet(keyFlinkSize, keyTaskHeap), tm.TotalFlink}, {"", keyMetaspace, tm.JVMMetaspace}}
	sum := m.add("", parts...)
	if m.has(keyProcessSize) {
		tm.TotalProcess = m.size(keyProcessSize)
		tm.JVMOverhead = m.remainingOverhead(tm, sum)
		return
	}
	tm.JVMOverhead = m.ofRest(sum, m.overheadRange(), m.largest("", parts))
	tm.TotalProcess = m.add("", append(parts, memoryPart{"", keyOverheadMin, tm.JVMOverhead})...)
}

func (m *memoryReader) remainingOverhead(tm *TaskManager, sum flink.MemorySize) flink.MemorySize {
	key := m.written(keyProcessSize)
	if tm.TotalProcess < sum {
		if !m.since(prefixedMessages) {
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
			key = m.written(keyOverheadMax)
		}
		m.refuse(flink.IllegalConfiguration, key, fmt.Sprintf("Derived JVM Overhead size (%s) is not in configured JVM Overhead range [%s, %s].",
			overhead.HumanText(), r.least.HumanText(), r.most.HumanText()))
	}
	return overhead
}
