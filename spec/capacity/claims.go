package capacity

import (
	"math"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// claims are what a TaskManager must give so that Python gets what it needs and nobody gets less than today
// (design.md 3.5 (5)), of all slot sharing groups of all jobs. They do not depend on the number of slots.
type claims struct {
	// sets are those by weights, one for each set of use cases that meet in some group; from 1.12 on.
	sets []*claimSet
	// slot is what a slot needs of managed memory whatever the weights, offHeap of task off-heap memory, in bytes.
	slot, offHeap flink.MemorySize
	// offHeapWhole is what 1.11 asks of the task off-heap memory of a whole TaskManager, in bytes.
	offHeapWhole flink.MemorySize
	// managedWhole is what slots with profiles take of the managed memory of a whole TaskManager today, at most: all of it.
	managedWhole flink.MemorySize
	// inManaged: some job's workers live in managed memory. Where none do, managed memory is somebody else's alone.
	inManaged bool
	// present are the use cases over all groups; joined: 1.12's one weight for operators and state backend.
	present useCaseSet
	joined  bool
	// today are the weights as they are.
	today weighing
	// impossible says why no TaskManager is large enough; empty: one may be.
	impossible string
}

// claimSet is what is claimed of a slot in which these use cases meet.
type claimSet struct {
	present useCaseSet
	// profile is the managed memory of a slot that has a profile, which no cluster changes; -1: the slot has none.
	profile flink.MemorySize
	// least is what each use case is to get at least, in bytes: Python its need, others what they have today.
	least [useCaseCount]flink.MemorySize
	// given have a share today, of however few bytes: Flink refuses a job with a fraction of 0 (flink.ZeroFractionRefused).
	given useCaseSet
	parts []operatorPart
}

// operatorPart is one operator's part of what operators get, and its bytes of today.
type operatorPart struct {
	of   float64
	gets flink.MemorySize
}

const useCaseCount = 3

// useCaseSet has a bit for each use case.
type useCaseSet uint8

func (s useCaseSet) has(u taskmanager.UseCase) bool { return s&(1<<u) != 0 }

// claimant collects claims on a cluster as it is today.
type claimant struct {
	claims
	config flink.Config
	now    *taskmanager.Memory
	most   flink.MemorySize // what Python needs counts up to here
	parts  map[partKey]bool
	wholes map[float64]bool
}

type partKey struct {
	set *claimSet
	of  float64
}

const unbounded flink.MemorySize = math.MaxInt64

// claimsOf collects what jobs claim of a cluster. What Python needs, of a group (before 1.12: of an operator), counts up to most.
func (c *Cluster) claimsOf(demands []*demand, now *taskmanager.Memory, most flink.MemorySize) *claims {
	k := claimant{config: c.Config, now: now, most: most, parts: map[partKey]bool{}, wholes: map[float64]bool{}}
	for _, d := range demands {
		k.add(d)
	}
	if !k.inManaged { // "Unmanaged: task off-heap memory grows, nothing else shrinks"
		k.slot = max(k.slot, now.Slot.Managed)
	}
	return &k.claims
}

func (k *claimant) add(d *demand) {
	if _, refused := RefusesRocksDB(d.spec.Plan.Job); refused && len(d.spec.Workers) > 0 {
		k.impossible = "Flink 1.11 refuses Python workers and RocksDB in one managed memory"
		return
	}
	if flink.WorkerPerSlot.In(d.version()) {
		k.addWeighed(d)
	} else {
		k.addOperators(d)
	}
	for g := range d.needs {
		n := &d.needs[g]
		k.inManaged = k.inManaged || d.pool != TaskOffHeap && n.shared > 0
		if p := d.profile(g); p != nil {
			k.addProfile(d, n, p)
			continue
		}
		switch d.pool {
		case AsNeeded:
			k.slot = max(k.slot, min(n.shared, k.most))
		case TaskOffHeap:
			k.offHeap = max(k.offHeap, min(n.shared, k.most))
		}
		k.offHeap = max(k.offHeap, min(n.alone, k.most))
	}
	if s := &d.spec.Plan.Job.Settings; d.pool == TaskOffHeap && !flink.WorkerPerSlot.In(d.version()) && len(d.spec.Workers) > 0 {
		k.offHeapWhole = max(k.offHeapWhole, s.Framework+s.Buffer) // trial.warnOfOffHeap
	}
}

// addProfile: a slot with a profile has just that, and its TaskManager is to have room for as many as today.
func (k *claimant) addProfile(d *demand, n *need, p *graph.Profile) {
	k.managedWhole = k.now.Managed
	if d.pool == TaskOffHeap && n.shared > p.TaskOffHeap || n.alone > p.TaskOffHeap {
		k.impossible = "the profile of a slot sharing group leaves Python too little task off-heap memory, and only the job changes that"
	}
}

// addOperators: up to 1.11 each operator has a fraction of its own, which no weight of the cluster changes.
func (k *claimant) addOperators(d *demand) {
	if d.pool == AsNeeded {
		return
	}
	for i := range d.declared {
		if whole := d.declared[i].Whole; !k.wholes[whole] {
			k.wholes[whole] = true
			k.ofSlot(k.bytes(k.now.Slot.Managed, whole, d.version()), whole)
		}
	}
	if d.pool != OfOperator {
		return
	}
	for w := range d.spec.Plan.Workers {
		for _, i := range d.spec.Plan.Workers[w].Operators {
			k.ofSlot(min(d.ownNeed(i), k.most), d.declared[i].Whole)
		}
	}
}

func (k *claimant) ofSlot(bytes flink.MemorySize, fraction float64) {
	slot, possible := taskmanager.LeastFor(bytes, fraction)
	if !possible {
		k.impossible = "Flink gives an operator nothing of its slot, however large"
	}
	k.slot = max(k.slot, slot)
}

// bytes is what a fraction is of a slot; nothing where Flink refuses it.
func (k *claimant) bytes(slot flink.MemorySize, fraction float64, v flink.Version) flink.MemorySize {
	bytes, _ := taskmanager.Bytes(slot, fraction, v)
	return bytes
}

// addWeighed: from 1.12 on weights share out a slot.
func (k *claimant) addWeighed(d *demand) {
	weights, refused := taskmanager.ReadWeights(k.config, d.version())
	if refused != nil {
		k.impossible = "Flink refuses the consumer weights of today"
		return
	}
	k.today = weighingOf(weights)
	k.joined = k.joined || flink.DataprocWeights.In(d.version())
	for g := range d.needs {
		k.addGroup(d, g, weights)
	}
}

// addGroup: what its use cases and its operators have today is a matter of the groups that they are in today.
func (k *claimant) addGroup(d *demand, g int, weights taskmanager.Weights) {
	group, was := d.spec.Plan.Groups[g].Operators, d
	if d.before != nil {
		was = d.before
	}
	present := useCasesOf(d.declared, group)
	if d.pool == OfSlot && d.needs[g].shared > 0 && !slices.Contains(present, taskmanager.PythonUse) {
		k.impossible = "a Python operator declares no managed memory, as Flink replaces what it declares" // flink.KeyedReplaces
	}
	slot := k.now.Slot.Managed
	set := k.set(d.counting(present), -1)
	if p := d.profile(g); p != nil {
		set, slot = k.set(d.counting(present), p.Managed), p.Managed
	}
	k.present |= set.present
	if set.present.has(taskmanager.PythonUse) {
		set.least[taskmanager.PythonUse] = max(set.least[taskmanager.PythonUse], min(d.needs[g].shared, k.most))
	}
	k.addUses(d, was, set, group, slot, weights)
}

// addUses claims what state backends and operators of a group have today. A change of a job (before) can part those that are together
// today: then each part claims what all of them have, and each operator its own.
func (k *claimant) addUses(d, was *demand, set *claimSet, group []int32, slot flink.MemorySize, weights taskmanager.Weights) {
	parts, today := operatorParts(d.declared, group), int32(-1)
	var present []taskmanager.UseCase
	var partsToday []float64
	gets := func(u taskmanager.UseCase, of float64) flink.MemorySize {
		return k.bytes(slot, taskmanager.SlotFraction(u, of, present, weights, d.stateBackend), d.version())
	}
	claim := func(u taskmanager.UseCase) {
		set.least[u] = max(set.least[u], gets(u, 1))
		if taskmanager.SlotFraction(u, 1, present, weights, d.stateBackend) > 0 {
			set.given |= 1 << u
		}
	}
	for n, i := range group {
		if g := was.spec.Plan.Operators[i].Group; g != today {
			today = g
			operators := was.spec.Plan.Groups[g].Operators
			present, partsToday = useCasesOf(was.declared, operators), parts
			if was != d {
				partsToday = operatorParts(was.declared, operators)
			}
			for _, u := range present {
				if u != taskmanager.PythonUse && set.present.has(u) {
					claim(u)
				}
			}
		}
		if parts == nil || parts[n] == 0 {
			continue
		}
		key, at := partKey{set, parts[n]}, n
		if was != d {
			at = slices.Index(was.spec.Plan.Groups[today].Operators, i)
		} else if k.parts[key] {
			continue
		}
		k.parts[key] = k.parts[key] || was == d
		set.parts = append(set.parts, operatorPart{parts[n], gets(taskmanager.OperatorUse, partsToday[at])})
	}
}

// counting are the use cases that have a weight: a state backend only if it uses managed memory.
func (d *demand) counting(present []taskmanager.UseCase) (set useCaseSet) {
	for _, u := range present {
		if u != taskmanager.StateBackendUse || d.stateBackend {
			set |= 1 << u
		}
	}
	return set
}

func (k *claimant) set(present useCaseSet, profile flink.MemorySize) *claimSet {
	for _, s := range k.sets {
		if s.present == present && s.profile == profile {
			return s
		}
	}
	k.sets = append(k.sets, &claimSet{present: present, profile: profile})
	return k.sets[len(k.sets)-1]
}
