package capacity

import (
	"slices"
	"strconv"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// layout is how a TaskManager is to be cut anew: the total that its configuration sets and its managed memory move, and its task
// off-heap memory where Python lives there; everything else stays configured as it is, and Flink derives it. It answers which sizes
// keep every component at least at its bytes of today.
type layout struct {
	cluster *Cluster
	now     *taskmanager.Memory
	base    flink.Config // without what would count instead of the sizes that are set
	// total is the option that says how large the TaskManager is, "" where the sizes of its tasks say all of it.
	total  string
	remove []string // other options that say a size, and the managed fraction
	// fineGrained: the task heap is set, so that with managed memory of a set size Flink derives the total from both.
	fineGrained bool
	slots       int64
	offHeap     flink.MemorySize // of a TaskManager
}

const mebibyte flink.MemorySize = 1 << 20

// largestTaskManager bounds the search, in bytes.
const largestTaskManager = 16 << 20 * mebibyte

// layoutOf finds what says the size: the process size if it is set, else the total Flink memory, else what the older heap size means
// (MemoryBackwardsCompatibilityUtils), which its new name then replaces.
func (c *Cluster) layoutOf(now *taskmanager.Memory) *layout {
	has := func(key string) bool { _, set := c.Config.Get(key); return set }
	l := &layout{cluster: c, now: now, fineGrained: has(flink.KeyTaskHeap), slots: now.Slots, offHeap: now.TaskOffHeap}
	option, known := flink.LookupOption(flink.KeyHeapSize)
	older := known && option.In(c.Version.Planned()) && (has(flink.KeyHeapSize) || has(flink.KeyHeapMB))
	switch {
	case has(flink.KeyProcessSize) || older && c.Deployment == taskmanager.Container && !has(flink.KeyFlinkSize):
		l.total = flink.KeyProcessSize
	case has(flink.KeyFlinkSize) || older && c.Deployment == taskmanager.Standalone:
		l.total = flink.KeyFlinkSize
	}
	counts := []string{flink.KeyManagedFraction, flink.KeyOlderManagedSize, flink.KeyFlinkSize}
	if older {
		counts = append(counts, flink.KeyHeapSize, flink.KeyHeapMB)
	}
	for _, key := range counts {
		if has(key) && key != l.total {
			l.remove = append(l.remove, key)
		}
	}
	l.base = slices.DeleteFunc(slices.Clone(c.Config), func(e flink.Entry) bool {
		return slices.Contains(l.remove, e.Key) || e.Key == l.total || e.Key == flink.KeyManagedSize || e.Key == flink.KeyTaskOffHeap || e.Key == flink.KeySlots
	})
	l.base = slices.Clip(l.base)
	return l
}

func sizeEntry(key string, size flink.MemorySize) flink.Entry {
	return flink.Entry{Key: key, Value: size.String()}
}

// sizes are the options of a layout, of this total and managed memory in bytes.
func (l *layout) sizes(total, managed flink.MemorySize) flink.Config {
	set := flink.Config{{Key: flink.KeySlots, Value: strconv.FormatInt(l.slots, 10)}, sizeEntry(flink.KeyManagedSize, managed), sizeEntry(flink.KeyTaskOffHeap, l.offHeap)}
	if l.total != "" && total > 0 {
		set = append(set, sizeEntry(l.total, total))
	}
	return set
}

// derive is the TaskManager of these sizes; without a total where it is 0. false: Flink refuses it.
func (l *layout) derive(total, managed flink.MemorySize) (*taskmanager.Memory, bool) {
	tried := Cluster{Config: l.base.With(l.sizes(total, managed)), Version: l.cluster.Version, Deployment: l.cluster.Deployment}
	tm, refused := tried.memory()
	return tm, refused == nil
}

// keeps says whether each component is at least what it was; managed memory is the jobs' business (claims).
func (l *layout) keeps(tm *taskmanager.Memory) bool {
	was := l.now
	return tm.FrameworkHeap >= was.FrameworkHeap && tm.TaskHeap >= was.TaskHeap && tm.FrameworkOffHeap >= was.FrameworkOffHeap &&
		tm.TaskOffHeap >= was.TaskOffHeap && tm.Network >= was.Network && tm.JVMMetaspace >= was.JVMMetaspace && tm.JVMOverhead >= was.JVMOverhead
}

// verdict says of managed memory whether a TaskManager of some total can have it.
type verdict int8

const (
	tooSmall verdict = iota - 1 // more of it would do
	justRight
	tooLarge // the total is too small for it
)

// judge says whether a TaskManager of this total can have this managed memory. As managed memory grows, the verdict never falls; as the
// total does, it never rises.
func (l *layout) judge(total, managed flink.MemorySize) verdict {
	if l.fineGrained {
		return l.judgeFineGrained(total, managed)
	}
	// The task heap is what is left; network and overhead follow the total.
	if tm, taken := l.derive(total, managed); !taken || !l.keeps(tm) {
		return tooLarge
	}
	return justRight
}

// judgeFineGrained: the tasks' sizes say the total, in which the network (of a set total Flink memory) or the JVM overhead (of a set
// process size) is what is left, within bounds on both sides.
func (l *layout) judgeFineGrained(total, managed flink.MemorySize) verdict {
	bare, taken := l.derive(0, managed)
	switch {
	case !taken:
		return tooLarge
	case l.total == "":
		if bare.TotalProcess > total {
			return tooLarge
		}
	case l.total == flink.KeyProcessSize && total-bare.JVMMetaspace-bare.TotalFlink < l.now.JVMOverhead,
		l.total == flink.KeyFlinkSize && total-(bare.TotalFlink-bare.Network) < l.now.Network:
		return tooLarge
	}
	tm := bare
	if l.total != "" {
		tm, taken = l.derive(total, managed)
	}
	switch {
	case !taken:
		return tooSmall
	case l.total == flink.KeyFlinkSize && tm.JVMOverhead < l.now.JVMOverhead: // it follows the total
		return tooLarge
	case !l.keeps(tm):
		return tooSmall
	}
	return justRight
}

// most is the largest managed memory, in bytes, that a TaskManager of this total can have.
func (l *layout) most(total flink.MemorySize) flink.MemorySize {
	return below(total, func(managed flink.MemorySize) bool { return l.judge(total, managed) <= justRight })
}

// below is the largest size up to most of which yes is true, where it is true up to some size; -1: of none.
func below(most flink.MemorySize, yes func(flink.MemorySize) bool) flink.MemorySize {
	low, high := flink.MemorySize(-1), most
	for low < high {
		if middle := low + (high-low+1)/2; yes(middle) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// least is the smallest managed memory from so many bytes on that a TaskManager of this total can have.
func (l *layout) least(total, from flink.MemorySize) (managed flink.MemorySize, possible bool) {
	if v := l.judge(total, from); v != tooSmall {
		return from, v == justRight
	}
	managed = 1 + below(total, func(managed flink.MemorySize) bool { return managed < from || l.judge(total, managed) == tooSmall })
	return managed, managed <= total && l.judge(total, managed) == justRight
}

// smallest is the smallest total, in whole mebibytes but given in bytes, that can have managed memory of at least so many bytes.
func (l *layout) smallest(from flink.MemorySize) (total flink.MemorySize, possible bool) {
	const most = largestTaskManager / mebibyte
	from = l.reach(from)
	n := 1 + below(most, func(n flink.MemorySize) bool {
		if l.fineGrained && l.total == flink.KeyFlinkSize { // what is refused says nothing of the overhead
			_, possible := l.least(n*mebibyte, from)
			return !possible
		}
		return l.judge(n*mebibyte, from) == tooLarge
	})
	for end := min(n+unsteady, most); n <= end; n++ {
		if _, possible := l.least(n*mebibyte, from); possible {
			return n * mebibyte, true
		}
	}
	return 0, false
}

// unsteady is how many mebibytes are tried beyond the first total that could do: where the JVM overhead may have but one size, and the
// network grows in steps, no managed memory makes up some totals exactly.
const unsteady = 64

// reach is the smallest managed memory from so many bytes on whose own parts are what they were, whatever the total: where the network
// (without any total, the overhead too) is a fraction of what the tasks have.
func (l *layout) reach(from flink.MemorySize) flink.MemorySize {
	if !l.fineGrained || l.total == flink.KeyFlinkSize {
		return from
	}
	short := func(managed flink.MemorySize) bool {
		bare, taken := l.derive(0, managed)
		return taken && (bare.Network < l.now.Network || l.total == "" && bare.JVMOverhead < l.now.JVMOverhead)
	}
	if !short(from) {
		return from
	}
	return 1 + below(largestTaskManager, func(managed flink.MemorySize) bool { return managed < from || short(managed) })
}
