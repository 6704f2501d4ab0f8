package capacity

import (
	"math"
	"slices"

	"udfplan/graph/flink"
)

// Size is what one slot or one TaskManager has, memory in bytes: what Flink's ResourceProfile holds.
type Size struct {
	CPU                                     flink.CPUCores
	TaskHeap, TaskOffHeap, Managed, Network flink.MemorySize
}

func (s *Size) parts() [5]int64 {
	return [5]int64{int64(s.CPU), int64(s.TaskHeap), int64(s.TaskOffHeap), int64(s.Managed), int64(s.Network)}
}

// times says how often a slot of size fits, at most n times.
func (s *Size) times(slot *Size, n int64) int64 {
	have, need := s.parts(), slot.parts()
	for i := range need {
		if need[i] > 0 {
			n = min(n, have[i]/need[i])
		}
	}
	return n
}

// take removes n slots.
func (s *Size) take(slot *Size, n int64) {
	s.CPU -= slot.CPU * flink.CPUCores(n)
	s.TaskHeap -= slot.TaskHeap * flink.MemorySize(n)
	s.TaskOffHeap -= slot.TaskOffHeap * flink.MemorySize(n)
	s.Managed -= slot.Managed * flink.MemorySize(n)
	s.Network -= slot.Network * flink.MemorySize(n)
}

// Slots are slots of one size.
type Slots struct {
	Size  Size
	Count int64
}

// Filled are TaskManagers that hold the same slots: of each size so many as Slots says, in the order in which they were asked for.
type Filled struct {
	TaskManagers int64
	Slots        []int64
	left         Size
}

// fill puts slots into TaskManagers as Flink does (DefaultResourceAllocationStrategy; flink-rules.md D3): size after size, each slot
// into the first TaskManager with room, and where there is none into a new one. How many slots a TaskManager is configured to have does
// not count. A size that no TaskManager has room for is left out, and told.
func fill(total Size, want []Slots) (tms []Filled, tooLarge []int) {
	for w := range want {
		size, left := &want[w].Size, want[w].Count
		for i := 0; i < len(tms) && left > 0; i++ {
			tms, left = put(tms, i, w, size, left)
		}
		each := total.times(size, left)
		if left > 0 && each == 0 {
			tooLarge = append(tooLarge, w)
			continue
		}
		for left > 0 {
			n := min(each, left)
			f := Filled{TaskManagers: left / n, Slots: make([]int64, len(want)), left: total}
			f.Slots[w] = n
			f.left.take(size, n)
			left -= n * f.TaskManagers
			tms = append(tms, f)
		}
	}
	return tms, tooLarge
}

// put fills up the i-th kind of TaskManagers: all of them as far as there is room, the last one perhaps less.
func put(tms []Filled, i, w int, size *Size, left int64) ([]Filled, int64) {
	each := tms[i].left.times(size, math.MaxInt64)
	if each == 0 {
		return tms, left
	}
	full := min(left/each, tms[i].TaskManagers) // that take as many as they can
	if rest := tms[i].TaskManagers - full; rest > 0 && full > 0 {
		tms = split(tms, i, full)
	}
	if full > 0 {
		tms[i].Slots[w] += each
		tms[i].left.take(size, each)
		return tms, left - each*full
	}
	if tms[i].TaskManagers > 1 { // fewer are left than one takes
		tms = split(tms, i, 1)
	}
	tms[i].Slots[w] += left
	tms[i].left.take(size, left)
	return tms, 0
}

// split parts the first n of the i-th kind from the rest.
func split(tms []Filled, i int, n int64) []Filled {
	first := tms[i]
	first.Slots = slices.Clone(first.Slots)
	first.TaskManagers = n
	tms[i].TaskManagers -= n
	return slices.Insert(tms, i, first)
}

// mostOrders bounds the sizes of which every order is tried.
const mostOrders = 5

// fillAtWorst is fill in the order that takes the most TaskManagers: Flink takes the sizes from a hash map, in an order that nobody can
// foresee (flink-rules.md D3). Of more than mostOrders sizes only the order in which they are given and its reverse are tried.
func fillAtWorst(total Size, want []Slots) (worst []Filled, tooLarge []int) {
	sizes := bySize(want)
	most := int64(-1)
	try := func() {
		tms, large := fillInOrder(total, want, slices.Concat(sizes...))
		if n := count(tms); n > most {
			most, worst, tooLarge = n, tms, large
		}
	}
	if len(sizes) > mostOrders {
		try()
		slices.Reverse(sizes)
		try()
		return worst, tooLarge
	}
	permute(sizes, 0, try)
	return worst, tooLarge
}

// bySize are those of one size together, as Flink counts them.
func bySize(want []Slots) (sizes [][]int) {
	at := map[Size]int{}
	for i := range want {
		k, known := at[want[i].Size]
		if !known {
			k, at[want[i].Size] = len(sizes), len(sizes)
			sizes = append(sizes, nil)
		}
		sizes[k] = append(sizes[k], i)
	}
	return sizes
}

// permute calls try with every order of the rest.
func permute(order [][]int, from int, try func()) {
	if from >= len(order)-1 {
		try()
		return
	}
	for i := from; i < len(order); i++ {
		order[from], order[i] = order[i], order[from]
		permute(order, from+1, try)
		order[from], order[i] = order[i], order[from]
	}
}

// fillInOrder asks for the sizes in an order, and says what came out in the order of want.
func fillInOrder(total Size, want []Slots, order []int) ([]Filled, []int) {
	asked := make([]Slots, len(want))
	for k, i := range order {
		asked[k] = want[i]
	}
	tms, large := fill(total, asked)
	for t := range tms {
		slots := make([]int64, len(want))
		for k, i := range order {
			slots[i] = tms[t].Slots[k]
		}
		tms[t].Slots = slots
	}
	for k := range large {
		large[k] = order[large[k]]
	}
	slices.Sort(large)
	return tms, large
}

func count(tms []Filled) (n int64) {
	for i := range tms {
		n += tms[i].TaskManagers
	}
	return n
}
