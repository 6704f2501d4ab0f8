package capacity_test

import (
	"strconv"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// keeps is the TaskManager with a total and managed memory set, if Flink takes it and no component is smaller than today; else nil.
func (b *brute) keeps(key string, size, managed flink.MemorySize) *taskmanager.Memory {
	var c flink.Config
	for _, e := range b.Config {
		switch e.Key {
		case flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyHeapSize, flink.KeyManagedFraction:
		default:
			c = append(c, e)
		}
	}
	slots := flink.MemorySize(b.slots)
	c = c.With(flink.Config{{Key: flink.KeySlots, Value: strconv.FormatInt(b.slots, 10)}, {Key: flink.KeyManagedSize, Value: managed.String()},
		{Key: flink.KeyTaskOffHeap, Value: max(b.now.TaskOffHeap, b.whole, b.offHeap*slots).String()}})
	if key != "" {
		c = c.With(flink.Config{{Key: key, Value: size.String()}})
	}
	tm, refused := taskmanager.Derive(c, b.Version, b.Deployment)
	was := b.now
	if refused != nil || tm.SlotRefusal != nil || key == "" && tm.TotalProcess > size ||
		tm.TaskHeap < was.TaskHeap || tm.Network < was.Network || tm.JVMOverhead < was.JVMOverhead || tm.JVMMetaspace < was.JVMMetaspace ||
		tm.FrameworkHeap < was.FrameworkHeap || tm.FrameworkOffHeap < was.FrameworkOffHeap || tm.TaskOffHeap < was.TaskOffHeap {
		return nil
	}
	return tm
}

// largest is the largest managed memory of a total that keeps everything; -1: none does. With a task heap that is set there is a
// smallest too, so that the first one has to be looked for: the bounds
// of network and overhead are further apart than the steps.
func (b *brute) largest(key string, size flink.MemorySize) flink.MemorySize {
	first := flink.MemorySize(0)
	if _, set := b.Config.Get(flink.KeyTaskHeap); set {
		for first = 0; first <= size && b.keeps(key, size, first) == nil; first += 16 << 20 {
		}
	}
	if b.keeps(key, size, first) == nil {
		return -1
	}
	step := flink.MemorySize(1)
	for step < size {
		step *= 2
	}
	for ; step > 0; step /= 2 {
		if b.keeps(key, size, first+step) != nil {
			first += step
		}
	}
	return first
}

// weightsFor are some weights by which a total is enough; nil: none are.
func (b *brute) weightsFor(key string, size flink.MemorySize) (found *[3]int64) {
	if size <= 0 {
		return nil
	}
	managed := b.largest(key, size)
	if managed < 0 {
		return nil
	}
	b.each(func(w [3]int64) bool {
		if b.met(w, managed/flink.MemorySize(b.slots)) {
			found = &w
		}
		return found == nil
	})
	return found
}

// possible says whether any large TaskManager is enough.
func (b *brute) possible() bool {
	key, _ := b.total()
	b.slots = b.now.Slots
	return b.weightsFor(key, 32<<30) != nil
}

// least is the least memory of all TaskManagers with so many slots, none of them larger than bound.
func (b *brute) least(slots int64, bound flink.MemorySize) (all flink.MemorySize, possible bool) {
	b.slots = slots
	key, size := b.total()
	process := flink.MemorySize(-1)
	take := func(p flink.MemorySize) {
		if p <= bound && (process < 0 || p < process) {
			process = p
		}
	}
	of := func(size flink.MemorySize) (flink.MemorySize, bool) {
		if b.weightsFor(key, size) == nil {
			return 0, false
		}
		return b.keeps(key, size, b.largest(key, size)).TotalProcess, true
	}
	low, high := flink.MemorySize(0), bound>>20+1 // of the mebibytes, what is too little and what may do
	for high-low > 1 {
		middle := (low + high) / 2
		if _, ok := of(middle << 20); ok {
			high = middle
		} else {
			low = middle
		}
	}
	if p, ok := of(high << 20); ok {
		take(p)
	}
	if p, ok := of(size); ok && size > 0 {
		take(p)
	}
	if max(b.whole, b.offHeap*flink.MemorySize(slots)) <= b.now.TaskOffHeap { // nothing but weights and slots changed
		b.each(func(w [3]int64) bool {
			if b.met(w, b.now.Managed/flink.MemorySize(slots)) {
				take(b.now.TotalProcess)
				return false
			}
			return true
		})
	}
	if process < 0 {
		return 0, false
	}
	with := b.Cluster
	with.Config = b.Config.With(flink.Config{{Key: flink.KeySlots, Value: strconv.FormatInt(slots, 10)}})
	then, _, _ := with.Assess(b.jobs)
	return process * flink.MemorySize(then.TaskManagers), true
}
