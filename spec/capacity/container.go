package capacity

import (
	"cmp"
	"math"
	"slices"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// Container is what all of a TaskManager adds up to at worst, against the limit of its container (design.md 3.6): beyond it, the
// kernel kills. All sizes are bytes.
type Container struct {
	Limit flink.MemorySize
	// Measured: the limit is one that was measured, a cgroup's; else it is the TaskManager's process size.
	Measured bool
	Worst    flink.MemorySize
	Parts    []ContainerPart // largest first
}

// ContainerPart is one part of what adds up.
type ContainerPart struct {
	Name string
	Size flink.MemorySize
}

// The parts that Flink does not name.
const (
	PythonWorkers = "Python workers"
	OtherManaged  = "managed memory of others"
)

// Over is by how much the worst case is above the limit; negative where there is room.
func (c *Container) Over() flink.MemorySize { return c.Worst - c.Limit }

// container adds up a TaskManager whose slots are full: JVM parts as Flink derives them, the shares of whoever else uses managed
// memory, and the workers as they really are. nil: the version is not stated, and so nobody knows who shares what.
func container(tm *taskmanager.Memory, fits []*Fit) *Container {
	if len(fits) == 0 || fits[0].Pool == AsNeeded {
		return nil
	}
	c := &Container{Limit: tm.TotalProcess}
	for _, f := range fits {
		if limit := f.Spec.Needs.Container; limit > 0 && (!c.Measured || limit < c.Limit) {
			c.Limit, c.Measured = limit, true
		}
	}
	offHeap := tm.TaskOffHeap
	workers, others := fullest(tm, fits)
	if fits[0].Pool == TaskOffHeap { // they live there
		offHeap = 0
	}
	for _, p := range []ContainerPart{{PythonWorkers, workers}, {OtherManaged, others}, {"frameworkHeap", tm.FrameworkHeap}, {"taskHeap", tm.TaskHeap},
		{"frameworkOffHeap", tm.FrameworkOffHeap}, {"taskOffHeap", offHeap}, {"network", tm.Network}, {"jvmMetaspace", tm.JVMMetaspace}, {"jvmOverhead", tm.JVMOverhead}} {
		if p.Size > 0 {
			c.Parts = append(c.Parts, p)
			c.Worst, _ = flink.Add(c.Worst, p.Size)
		}
	}
	slices.SortStableFunc(c.Parts, func(a, b ContainerPart) int { return cmp.Compare(b.Size, a.Size) })
	return c
}

// slotUse is what the slots of one group take.
type slotUse struct {
	workers, others flink.MemorySize
	slots           int64
}

// fullest is what the heaviest slots that a TaskManager can hold take.
func fullest(tm *taskmanager.Memory, fits []*Fit) (workers, others flink.MemorySize) {
	var uses []slotUse
	for _, f := range fits {
		if f.Filled != nil {
			w, o := fullestFilled(f)
			if w+o > workers+others {
				workers, others = w, o
			}
			continue
		}
		for g := range f.Groups {
			uses = append(uses, useOf(f, g, f.Spec.Groups[g].Slots))
		}
	}
	if w, o := heaviest(uses, tm.Slots); w+o > workers+others {
		return w, o
	}
	return workers, others
}

// fullestFilled is what the heaviest of the TaskManagers takes that hold slots of different sizes.
func fullestFilled(f *Fit) (workers, others flink.MemorySize) {
	for _, tm := range f.Filled {
		var uses []slotUse
		for k, g := range f.FilledWith {
			uses = append(uses, useOf(f, g, tm.Slots[k]))
		}
		if w, o := heaviest(uses, math.MaxInt64); w+o > workers+others {
			workers, others = w, o
		}
	}
	return workers, others
}

// heaviest adds up the first slots, as many as there is room for.
func heaviest(uses []slotUse, room int64) (workers, others flink.MemorySize) {
	slices.SortStableFunc(uses, func(a, b slotUse) int { return cmp.Compare(b.workers+b.others, a.workers+a.others) })
	for _, u := range uses {
		n := min(room, u.slots)
		room -= n
		w, _ := flink.Times(u.workers, int(n))
		o, _ := flink.Times(u.others, int(n))
		workers, _ = flink.Add(workers, w)
		others, _ = flink.Add(others, o)
	}
	return workers, others
}

func useOf(f *Fit, g int, slots int64) slotUse {
	group, u := &f.Groups[g], slotUse{slots: slots}
	u.workers, _ = flink.Add(group.Needs, group.Outside)
	u.others = managedByOthers(f, group)
	return u
}

// managedByOthers is what operators and state backends of a slot may take of managed memory.
func managedByOthers(f *Fit, group *GroupFit) flink.MemorySize {
	rest := group.Size.Managed
	if f.Pool == OfSlot || f.Pool == OfOperator {
		rest = max(rest-group.Gets, 0)
	}
	if f.Pool == OfOperator {
		return rest
	}
	for _, u := range group.UseCases {
		if u != taskmanager.PythonUse {
			return rest
		}
	}
	return 0
}

// Largest are its n largest parts.
func (c *Container) Largest(n int) []ContainerPart { return c.Parts[:min(n, len(c.Parts))] }
