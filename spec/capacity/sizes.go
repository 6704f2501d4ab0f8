package capacity

import (
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// part is an equal part of a TaskManager: what a slot without a profile gets (SlotManagerUtils.generateDefaultSlotResourceProfile).
func part(total Size, slots int64) Size {
	n := flink.MemorySize(slots)
	return Size{total.CPU / flink.CPUCores(slots), total.TaskHeap / n, total.TaskOffHeap / n, total.Managed / n, total.Network / n}
}

// profilesOf are those of the groups of a plan; nil where none has any that counts.
func profilesOf(p *plan.Plan) []*graph.Profile {
	if p.Job.IgnoringScheduler() != "" || !slices.ContainsFunc(p.Groups, func(g plan.Group) bool { return g.Profile != nil }) {
		return nil
	}
	profiles := make([]*graph.Profile, len(p.Groups))
	for g := range p.Groups {
		profiles[g] = p.Groups[g].Profile
	}
	return profiles
}

// fineGrained: some group of the job has a profile that counts.
func (d *demand) fineGrained() bool { return d.profiles != nil }

// profile is that of a group, nil where it has none that counts.
func (d *demand) profile(g int) *graph.Profile {
	if d.profiles == nil {
		return nil
	}
	return d.profiles[g]
}

// totalOf is a TaskManager as Flink compares slots with it.
func totalOf(config flink.Config, tm *taskmanager.Memory) Size {
	return Size{taskmanager.Cores(config, tm.Slots), tm.TaskHeap, tm.TaskOffHeap, tm.Managed, tm.Network}
}

// sizeOf is what a slot of a group has.
func (t *trial) sizeOf(g int) Size {
	p := t.profile(g)
	if p == nil {
		return t.equal
	}
	return Size{p.CPU, p.TaskHeap, p.TaskOffHeap, p.Managed, t.networkOf(g)}
}

// fillTaskManagers counts the TaskManagers for slots of different sizes: those that run at once, of batch the set that takes the most.
func (t *trial) fillTaskManagers() {
	for _, groups := range t.atOnce {
		want := make([]Slots, len(groups))
		for k, g := range groups {
			want[k] = Slots{t.fit.Groups[g].Size, t.spec.Groups[g].Slots}
		}
		tms, tooLarge := fillAtWorst(t.total, want)
		for _, k := range tooLarge {
			t.refuseSize(groups[k])
		}
		if n := count(tms); n > t.fit.TaskManagers {
			t.fit.TaskManagers, t.fit.Filled, t.fit.FilledWith = n, tms, groups
		}
	}
}

// refuseSize: no TaskManager has room for a slot of the group (recorded runs, cases on-too-large and on-cpu-short).
func (t *trial) refuseSize(g int) {
	t.fit.Fits = false
	t.problems = append(t.problems, t.noRoom(g, t.fit.Groups[g].Size)...)
}

// noRoom says what a TaskManager lacks for a slot of this size.
func (t *trial) noRoom(g int, size Size) (problems source.List) {
	have, need := t.total.parts(), size.parts()
	for i, name := range [...]string{"CPU cores", "of task heap", "of task off-heap memory", "of managed memory", "of network memory"} {
		if need[i] <= have[i] {
			continue
		}
		needs, has := flink.MemorySize(need[i]).String(), flink.MemorySize(have[i]).String()
		if i == 0 {
			needs, has = size.CPU.String(), t.total.CPU.String()
		}
		problems.Warnf(t.groupPlace(g), source.CodeRefusedByFlink, "Flink will give slot sharing group %q no slot: it needs %s %s and a TaskManager has %s: Could not acquire the minimum required resources.",
			source.Excerpt(t.spec.Plan.Groups[g].Name), needs, name, has).
			Hint = "make the TaskManager larger, or the profile smaller"
	}
	return problems
}

// warnOfProfiles says what a profile would have to say for Python to get what it needs.
func (t *trial) warnOfProfiles() {
	if !t.fineGrained() {
		return
	}
	fractions := t.fractions(t.weights)
	for g := range t.fit.Groups {
		group, p := &t.fit.Groups[g], t.profile(g)
		if p == nil || group.Fits {
			continue
		}
		d := t.problems.Warnf(t.groupPlace(g), source.CodeProfileTooSmall, "the profile of slot sharing group %q leaves Python %s of the %s that it needs",
			source.Excerpt(t.spec.Plan.Groups[g].Name), group.Gets, group.Needs)
		if t.pool == OfSlot && group.Needs > group.Gets {
			d.Hint = "the least is managed: " + t.leastManaged(g, fractions).String()
		} else {
			d.Hint = "the least is taskOffHeap: " + max(group.Outside, group.Needs).String()
		}
	}
}

// groupPlace is where the job speaks of a group, else the job.
func (t *trial) groupPlace(g int) source.Place {
	job, name := t.spec.Plan.Job, t.spec.Plan.Groups[g].Name
	if t.spec.Plan.Groups[g].IsRegion {
		name = graph.DefaultGroup
	}
	for i := range job.SlotSharingGroups {
		if job.SlotSharingGroups[i].Name == name {
			return source.Place{File: job.Place.File, Pos: job.SlotSharingGroups[i].Pos}
		}
	}
	return job.Place
}

// needsOption: up to 1.17 a cluster gives slots by profile only if it is told to, in 1.18 unless it is told not to (recorded runs, cases
// unset and off).
func (t *trial) needsOption() {
	if !t.fineGrained() || !t.lacksOption() {
		return
	}
	t.fit.Fits = false
	t.problems.Warnf(t.place(flink.KeyFineGrained), source.CodeRefusedByFlink, "Flink %s will give a job with profiles no slots: Could not acquire the minimum required resources.", t.version()).
		Hint = "set " + flink.KeyFineGrained + ": true in the cluster's configuration"
}

// lacksOption: the cluster's configuration does not let it give slots by profile.
func (t *trial) lacksOption() bool {
	e, set := t.config.Get(flink.KeyFineGrained)
	yes := set && strings.EqualFold(strings.TrimSpace(e.Value), "true")
	return !yes && (set && flink.FineGrainedOption.In(t.version()) || flink.FineGrainedOff.In(t.version()))
}

// groupsAtOnce are the groups that run at once: all in streaming; in batch the sets that exchanges join which do not block.
func groupsAtOnce(s *spec.Spec) [][]int {
	all := make([]int, len(s.Groups))
	sets := graph.NewSets(len(s.Groups))
	for g := range all {
		all[g] = g
	}
	if s.Plan.Job.Mode != graph.Batch {
		return [][]int{all}
	}
	for i := range s.Plan.Edges {
		if e := &s.Plan.Edges[i]; !e.Chained && e.Partition != plan.BlockingPartition {
			sets.Join(s.Plan.Operators[e.From].Group, s.Plan.Operators[e.To].Group)
		}
	}
	var together [][]int
	at := map[int32]int{}
	for g := range all {
		root := sets.Find(int32(g))
		k, known := at[root]
		if !known {
			k, at[root] = len(together), len(together)
			together = append(together, nil)
		}
		together[k] = append(together[k], g)
	}
	return together
}
