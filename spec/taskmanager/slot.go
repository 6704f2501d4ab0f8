package taskmanager

import (
	"math"

	"udfplan/graph/flink"
)

const (
	needsCPU         = "TaskExecutors need to be started with a positive number of CPU cores. Please configure taskmanager.cpu.cores accordingly."
	negativeResource = "Resource value must be no less than 0"
)

// checkCPU reads the CPU cores, by default as many as slots (TaskExecutorProcessUtils.getCpuCores).
func (m *memoryReader) checkCPU() {
	cores, key := 0.0, m.firstSet(flink.KeyCPUCores, flink.KeySlots)
	if m.has(flink.KeyCPUCores) {
		cores = number(m, flink.KeyCPUCores, flink.ParseJavaDouble)
	} else {
		cores = float64(number(m, flink.KeySlots, flink.ParseJavaInt))
	}
	if cores <= 0 {
		m.refuse(flink.IllegalConfiguration, key, needsCPU)
	}
	m.checkCPUResource(cores)
	if flink.SlotsAlwaysRead.In(m.version) {
		number(m, flink.KeySlots, flink.ParseJavaInt)
	}
}

// checkCPUResource is what CPUResource makes of a double: a BigDecimal that is not negative.
func (m *memoryReader) checkCPUResource(cores float64) {
	letter := ""
	switch {
	case math.IsNaN(cores):
		letter = "N"
	case math.IsInf(cores, 0):
		letter = "I"
	case cores < 0:
		m.refuse(flink.IllegalArgument, flink.KeyCPUCores, negativeResource)
		return
	default:
		return
	}
	m.refuse(flink.NumberFormat, flink.KeyCPUCores, "Character "+letter+
		` is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`)
}

// slot divides the memory by the slots. That comes after everything else has been accepted, so its refusal
// is of its own.
func (m *memoryReader) slot(tm *Memory) (int64, Slot, *flink.Refusal) {
	read, refusal := parseOption(m, flink.KeySlots, flink.ParseJavaInt)
	slots := int64(read)
	switch {
	case refusal != nil:
		return 0, Slot{}, refusal
	case slots == 0:
		return slots, Slot{}, flink.Refuse(flink.Arithmetic, flink.KeySlots, m.byZero(), nil)
	case slots < 0:
		return slots, Slot{}, flink.Refuse(flink.IllegalArgument, flink.KeySlots, m.negativeSlots(), nil)
	}
	share := func(total flink.MemorySize) flink.MemorySize { return total / flink.MemorySize(slots) }
	return slots, Slot{share(tm.TaskHeap), share(tm.TaskOffHeap), share(tm.Managed), share(tm.Network)}, nil
}

// byZero is what Java says of the CPU cores divided by 0: BigDecimal.divide calculates with a long while the cores fit into one with the
// decimals that Flink asks for, 8 of them from 1.14 on and 16 before, else with a BigInteger. Cores that are not set, which only a
// MiniCluster divides by 0 slots, are a million from 1.14 on, and before the most that a double holds.
func (m *memoryReader) byZero() string {
	cores, most := math.MaxFloat64, 922.3372036854775
	if flink.EightDecimals.In(m.version) {
		cores, most = 1e6, 92233720368.54775
	}
	if m.has(flink.KeyCPUCores) {
		cores, _ = parseOption(m, flink.KeyCPUCores, flink.ParseJavaDouble)
	}
	if cores > most {
		return "BigInteger divide by zero"
	}
	return "/ by zero"
}

// negativeSlots is the message of whatever is divided first and does not come out: the CPU cores unless they
// are 0, else the memory.
func (m *memoryReader) negativeSlots() string {
	if m.has(flink.KeyCPUCores) {
		if cores, _ := parseOption(m, flink.KeyCPUCores, flink.ParseJavaDouble); !(cores > 0) {
			if flink.DivisorNotZero.In(m.version) {
				return "divisor must be != 0"
			}
			return "divisor must be >= 0"
		}
	}
	return negativeResource
}
