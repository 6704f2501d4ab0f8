// Package measure has Measurements (design.md 4.6): what real Python workers, the TaskManager beside them and their
// container took. Start with Read; ReadLooks reads what the shell program printed; Watch adds up what was seen.
package measure

import (
	"udfplan/graph/flink"
)

// Kind is the word that tells a Measurement from other documents.
const Kind = "Measurement"

// Measurement is what was seen of one machine or container. All sizes are bytes.
type Measurement struct {
	FlinkVersion string // where it could be seen: 1.20.5
	Python       string
	Container    *Container // nil: there is none with a limit
	TaskManager  *TaskManager
	Workers      []Worker // in the order in which they were first seen
}

// Container is the cgroup that the processes live in.
type Container struct {
	Limit flink.MemorySize // 0: none
	Peak  flink.MemorySize // 0: the kernel does not say
}

// TaskManager is the JVM beside the workers.
type TaskManager struct {
	Resident, Peak flink.MemorySize
}

// Worker is one Python worker, and of Flink 1.10 the two processes that it is made of.
type Worker struct {
	PID int64
	// Peak is the largest resident memory it ever had (VmHWM); Resident, Anonymous and Proportional (its part of what
	// it shares with others) are the largest that were seen.
	Peak, Resident, Anonymous, Proportional flink.MemorySize
	// Share is Flink's own number: _PYTHON_WORKER_MEMORY_LIMIT of its environment. -1: Flink reserves nothing; 0: not seen.
	Share flink.MemorySize
	// Seconds is how long it was watched.
	Seconds int64
}

// Peak is the largest peak of all workers; 0 where there is none.
func (m *Measurement) Peak() (largest flink.MemorySize) {
	for i := range m.Workers {
		largest = max(largest, m.Workers[i].Peak)
	}
	return largest
}

// Largest is the largest peak of all workers of several Measurements.
func Largest(all []*Measurement) (largest flink.MemorySize) {
	for _, m := range all {
		largest = max(largest, m.Peak())
	}
	return largest
}
