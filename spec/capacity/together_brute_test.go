package capacity_test

import (
	"testing"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// brute tries everything: it shares no code with the search, only what Flink derives of a configuration.
type brute struct {
	*cluster
	now   *taskmanager.Memory
	slots int64
	today [3]int64 // weights
	sets  []bruteSet
	// slot is what a slot must have of managed memory whatever the weights, offHeap of task off-heap memory, whole of that a
	// TaskManager.
	slot, offHeap, whole flink.MemorySize
	present              [3]bool
	tried                [][3]int64
	never                bool // Python gets nothing whatever is done
}

// bruteSet is a slot sharing group: its use cases, and what each and each operator must get.
type bruteSet struct {
	present [3]bool
	python  flink.MemorySize
	uses    [2]flink.MemorySize
	parts   []brutePart
}

type brutePart struct {
	of   float64
	gets flink.MemorySize
}

const (
	bruteOperator = iota
	bruteState
	brutePython
)

func newBrute(t *testing.T, c *cluster, r *capacity.Assessment) *brute {
	t.Helper()
	b := &brute{cluster: c, now: r.TaskManager}
	managed := false
	b.today = b.weightsOf(c.Config)
	for j, f := range r.Jobs {
		v := c.Version
		switch {
		case !v.Stated():
			managed = true
			for g := range f.Groups {
				b.slot = max(b.slot, f.Groups[g].Needs)
			}
		case v.Major == 1 && v.Minor < 12:
			managed = managed || f.Pool == capacity.OfOperator && len(f.Spec.Workers) > 0
			b.addFractions(f)
		default:
			for g := range c.jobs[j].Groups {
				inside, _ := workersOf(c.jobs[j], int32(g))
				managed = managed || f.Spec.Plan.Job.Settings.MemoryManaged && inside > 0
			}
			b.addGroups(f, c.jobs[j])
		}
	}
	if !managed {
		b.slot = b.now.Slot.Managed
	}
	b.list()
	return b
}

// addFractions: before 1.12 an operator's fraction is its own.
func (b *brute) addFractions(f *capacity.Fit) {
	job := f.Spec.Plan.Job
	for k := range f.Operators {
		o := &f.Operators[k]
		gets := flink.MemorySize(float64(b.now.Slot.Managed) * o.Fractions.Whole)
		if o.Own {
			gets = max(gets, o.Needs)
		}
		b.sets = append(b.sets, bruteSet{present: [3]bool{true}, parts: []brutePart{{o.Fractions.Whole, gets}}})
	}
	if f.Pool == capacity.TaskOffHeap && len(f.Spec.Workers) > 0 {
		b.whole = max(b.whole, job.Settings.Framework+job.Settings.Buffer)
		for g := range f.Groups {
			b.offHeap = max(b.offHeap, f.Spec.Groups[g].PythonMemory)
		}
	}
}

func (b *brute) addGroups(f *capacity.Fit, shared *spec.Spec) {
	job := f.Spec.Plan.Job
	byOperator := map[int32]*capacity.Fractions{}
	for k := range f.Operators {
		byOperator[f.Operators[k].Operator] = &f.Operators[k].Fractions
	}
	for g, group := range f.Spec.Plan.Groups {
		set, sum := bruteSet{}, int64(0)
		for _, i := range group.Operators {
			if o := byOperator[i]; o != nil {
				set.present[bruteOperator] = set.present[bruteOperator] || o.Declares
				set.present[bruteState] = set.present[bruteState] || o.StateBackend && b.rocksDB
				set.present[brutePython] = set.present[brutePython] || o.Python
				sum += o.Weight
			}
		}
		need, alone := workersOf(shared, int32(g)) // the Fit is of as many workers as there are with weights of 0
		b.offHeap = max(b.offHeap, alone)
		if job.Settings.MemoryManaged {
			set.python = need
			b.never = b.never || need > 0 && !set.present[brutePython]
		} else {
			b.offHeap = max(b.offHeap, need)
		}
		for u := range set.uses {
			set.uses[u] = flink.MemorySize(float64(b.now.Slot.Managed) * b.fraction(set.present, b.today, u))
		}
		for _, i := range group.Operators {
			if o := byOperator[i]; o != nil && o.Declares && o.Weight > 0 {
				of := quotient(o.Weight, sum)
				set.parts = append(set.parts, brutePart{of, flink.MemorySize(float64(b.now.Slot.Managed) * (of * b.fraction(set.present, b.today, bruteOperator)))})
			}
		}
		for u, is := range set.present {
			b.present[u] = b.present[u] || is
		}
		b.sets = append(b.sets, set)
	}
}

// workersOf is what the workers of a group need, and of those what Python inside MultipleInputs does.
func workersOf(s *spec.Spec, g int32) (shared, alone flink.MemorySize) {
	for w := range s.Workers {
		first := s.Plan.Workers[w].Operators[0]
		switch managed := s.Plan.Job.Settings.MemoryManaged; {
		case s.Plan.Operators[first].Group != g:
		case managed && s.Plan.Job.Operators[first].Python.Alone:
			alone += s.Workers[w].Memory
		default:
			shared += s.Workers[w].Memory
		}
	}
	return shared, alone
}

func (b *brute) weightsOf(c flink.Config) (out [3]int64) {
	w, _ := taskmanager.ReadWeights(c, b.Version)
	for u := range out {
		n, _ := w.Of(taskmanager.UseCase(u))
		out[u] = int64(n)
	}
	return out
}

func (b *brute) fraction(present [3]bool, w [3]int64, u int) float64 {
	if !present[u] {
		return 0
	}
	sum := int64(0)
	for other, is := range present {
		if is {
			sum += w[other]
		}
	}
	return quotient(w[u], sum)
}

// met says whether everybody has enough of a slot by these weights.
func (b *brute) met(w [3]int64, slot flink.MemorySize) bool {
	if slot < b.slot || b.never {
		return false
	}
	of := func(fraction float64) flink.MemorySize { return flink.MemorySize(float64(slot) * fraction) }
	for i := range b.sets {
		s := &b.sets[i]
		operators := 1.0
		if b.Version.Major > 1 || b.Version.Minor >= 12 {
			operators = b.fraction(s.present, w, bruteOperator)
			if s.present[brutePython] && (w[brutePython] == 0 || of(b.fraction(s.present, w, brutePython)) < s.python) ||
				of(operators) < s.uses[bruteOperator] || of(b.fraction(s.present, w, bruteState)) < s.uses[bruteState] {
				return false
			}
		}
		for _, p := range s.parts {
			if of(p.of*operators) < p.gets {
				return false
			}
		}
	}
	return true
}

// list are all weights there are.
func (b *brute) list() {
	b.tried = [][3]int64{b.today}
	if b.present == [3]bool{} {
		return
	}
	most := func(u int) int64 {
		if b.present[u] {
			return 100
		}
		return 0
	}
	for o := range most(bruteOperator) + 1 {
		for s := range most(bruteState) + 1 {
			for p := range most(brutePython) + 1 {
				w := [3]int64{o, s, p}
				if b.Version.Minor == 12 && b.Version.Major == 1 { // one weight for both
					if both := b.present[bruteOperator] && b.present[bruteState]; both && o != s {
						continue
					} else if !both {
						w[bruteOperator], w[bruteState] = o+s, o+s
					}
				}
				b.tried = append(b.tried, w)
			}
		}
	}
}

func (b *brute) each(yes func([3]int64) bool) {
	for _, w := range b.tried {
		if !yes(w) {
			return
		}
	}
}

// change is the sum of what weights change, over the use cases that some group has.
func (b *brute) change(w [3]int64) (sum int64) {
	for u := range w {
		if b.present[u] && !(u == bruteState && b.present[bruteOperator] && b.Version.Major == 1 && b.Version.Minor == 12) {
			sum += max(w[u]-b.today[u], b.today[u]-w[u])
		}
	}
	return sum
}
