// Package taskmanager says what a TaskManager has, before any job is known: its memory as Flink derives it
// (FLIP-49), the weights of the consumers of managed memory (FLIP-141) and what they make of a slot. Start with Derive;
// SharesOf then says what Python can get of a slot. All of it follows Flink's classes to the byte.
package taskmanager

import (
	"fmt"

	"udfplan/graph/flink"
)

// Deployment is how a TaskManager is started: what its older heap options mean hangs on it.
type Deployment uint8

// The ways to start a TaskManager.
const (
	Standalone Deployment = iota // by the scripts: an older heap size is the total Flink memory
	Container                    // on YARN or Kubernetes: an older heap size is the total process memory
	Direct                       // without the older heap options
	Local                        // in a MiniCluster: of the sizes only the tasks', the network's and the managed one count
)

// Memory is that of one TaskManager (FLIP-49), in bytes. A local one has only the task heap, the
// task off-heap, the network and the managed memory.
type Memory struct {
	FrameworkHeap, TaskHeap       flink.MemorySize
	FrameworkOffHeap, TaskOffHeap flink.MemorySize
	Network, Managed              flink.MemorySize
	JVMMetaspace, JVMOverhead     flink.MemorySize
	// TotalFlink is the sum of the first six, TotalProcess of all.
	TotalFlink, TotalProcess flink.MemorySize

	Slots int64
	Slot  Slot
	// SlotRefusal tells why there is no Slot: Flink derives the memory and then cannot divide it.
	SlotRefusal *flink.Refusal
}

// Slot is what one slot is given, in bytes: the total through the slots, the remainder lost
// (TaskExecutorResourceUtils.generateDefaultSlotResourceProfile).
type Slot struct {
	TaskHeap, TaskOffHeap, Managed, Network flink.MemorySize
}

// Derive computes the memory of a TaskManager from its configuration as TaskExecutorProcessUtils does, to the
// byte, or says with what exception Flink refuses the configuration. A version that is not stated counts as
// 1.10.
func Derive(config flink.Config, v flink.Version, d Deployment) (*Memory, *flink.Refusal) {
	return derive(config, v, d, nil)
}

// derive also takes the environment, of which Flink reads FLINK_TM_HEAP.
func derive(config flink.Config, v flink.Version, d Deployment, environment map[string]string) (*Memory, *flink.Refusal) {
	m := &memoryReader{config: config, version: v.Planned()}
	tm := &Memory{}
	switch d {
	case Local:
		m.local(tm)
	case Standalone, Container:
		m.mapLegacyHeap(legacyTargets[d], environment)
		m.prefix("TaskManager failed to map legacy JVM heap option to the new one: ")
		fallthrough
	default:
		if m.refusal == nil {
			m.process(tm)
			m.prefix("TaskManager memory configuration failed: ")
		}
	}
	if m.refusal != nil {
		return nil, m.refusal
	}
	tm.Slots, tm.Slot, tm.SlotRefusal = m.slot(tm)
	return tm, nil
}

// prefix says what failed before an IllegalConfigurationException; any other passes as it is.
func (m *memoryReader) prefix(what string) {
	if r := m.refusal; r != nil && r.Class == flink.IllegalConfiguration && flink.PrefixedMessages.In(m.version) {
		m.refusal = flink.Refuse(r.Class, r.Key, what+r.Message, r)
	}
}

// process derives the memory of a TaskManager that is a process of its own. What is given more exactly is
// stronger: the tasks' sizes, then the total Flink memory, then the total process memory
// (ProcessMemoryUtils.memoryProcessSpecFromConfig).
func (m *memoryReader) process(tm *Memory) {
	switch {
	case m.has(flink.KeyTaskHeap) && m.has(flink.KeyManagedSize):
		m.fromFineGrained(tm)
		m.aroundFlink(tm)
	case m.has(flink.KeyFlinkSize):
		tm.TotalFlink = m.size(flink.KeyFlinkSize)
		m.fromTotalFlink(tm, flink.KeyFlinkSize)
		m.aroundFlink(tm)
	case m.has(flink.KeyProcessSize):
		m.fromTotalProcess(tm)
	default:
		m.refuse(flink.IllegalConfiguration, flink.KeyProcessSize, m.nothingConfigured())
	}
	m.checkCPU()
}

func (m *memoryReader) nothingConfigured() string {
	if flink.PrefixedMessages.In(m.version) {
		return fmt.Sprintf("Either required fine-grained memory (%s and %s), or Total Flink Memory size (%s), or Total Process Memory size (%s) need to be configured explicitly.",
			flink.KeyTaskHeap, flink.KeyManagedSize, optionText(flink.KeyFlinkSize), optionText(flink.KeyProcessSize))
	}
	return fmt.Sprintf("Either Task Heap Memory size (%s) and Managed Memory size (%s), or Total Flink Memory size (%s), or Total Process Memory size (%s) need to be configured explicitly.",
		flink.KeyTaskHeap, flink.KeyManagedSize, flink.KeyFlinkSize, flink.KeyProcessSize)
}
