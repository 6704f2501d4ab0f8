package plan

import (
	"cmp"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// share finds the slot sharing groups (flink-rules.md A3): one for each name, but of the name "default" one
// for each pipelined region in batch.
func (b *builder) share() {
	s := &b.job.Settings
	var regions graph.Sets // of chains
	if !s.OneDefaultGroup {
		regions = b.regions()
		b.plan.Groups = make([]Group, 0, len(b.plan.Chains)) // mostly one each
	}
	byName := map[string]int32{}
	byRegion := make([]int32, len(regions)) // the group's number plus one
	for c := range b.plan.Chains {
		head := b.plan.Chains[c].Head()
		name := b.group[head]
		var g int32
		if name == defaultGroup && regions != nil {
			root := regions.Find(int32(c))
			if byRegion[root] == 0 {
				byRegion[root] = b.newGroup(Group{Name: name + "#" + b.op(head).ID, IsRegion: true, Profile: b.job.ProfileOf(defaultGroup)}) + 1
			}
			g = byRegion[root] - 1
		} else if known, is := byName[name]; is {
			g = known
		} else {
			g = b.newGroup(Group{Name: name, Profile: b.job.ProfileOf(name)})
			byName[name] = g
		}
		for _, i := range b.plan.Chains[c].Operators {
			b.plan.Operators[i].Group = g
		}
	}
	b.sortGroups()
	b.noteIgnoredProfiles()
	b.checkHybrid()
	b.checkCoLocation()
	b.notePhases()
}

func (b *builder) newGroup(g Group) int32 {
	b.plan.Groups = append(b.plan.Groups, g)
	return int32(len(b.plan.Groups) - 1)
}

// sortGroups lists the operators of each group, and orders groups by their first.
func (b *builder) sortGroups() {
	sizes := make([]int32, len(b.plan.Groups))
	for i := range b.plan.Operators {
		sizes[b.plan.Operators[i].Group]++
	}
	all := make([]int32, len(b.plan.Operators)) // every group has a piece of it
	for g, size := range sizes {
		b.plan.Groups[g].Operators, all = all[:0:size], all[size:]
	}
	for i := range b.plan.Operators {
		g := &b.plan.Groups[b.plan.Operators[i].Group]
		g.Operators = append(g.Operators, int32(i))
	}
	slices.SortFunc(b.plan.Groups, func(a, c Group) int { return cmp.Compare(a.Operators[0], c.Operators[0]) })
	for g := range b.plan.Groups {
		for _, i := range b.plan.Groups[g].Operators {
			b.plan.Operators[i].Group = int32(g)
		}
	}
}

// regions joins the chains that pipelined edges connect. 1.12 and 1.13 also join regions that lie on a cycle.
func (b *builder) regions() graph.Sets {
	regions := graph.NewSets(len(b.plan.Chains))
	for i := range b.plan.Edges {
		if edge := &b.plan.Edges[i]; edge.Partition == PipelinedBounded {
			regions.Join(b.chainOf(edge.From), b.chainOf(edge.To))
		}
	}
	if flink.RegionCyclesMerge.In(b.job.Settings.Version) {
		b.mergeCycles(regions)
	}
	return regions
}

func (b *builder) chainOf(i int32) int32 { return b.plan.Operators[i].Chain }

// checkHybrid is Flink's own refusal from 1.16 on.
func (b *builder) checkHybrid() {
	if !flink.HybridShuffle.In(b.job.Settings.Version) || !slices.ContainsFunc(b.plan.Edges, func(e Edge) bool { return e.Partition.Hybrid() }) {
		return
	}
	for i := range b.job.Operators {
		if b.op(int32(i)).SlotSharingGroup != "" && b.group[i] != defaultGroup {
			b.problems.Errorf(b.at(int32(i)), source.CodeHybridNamedGroup, "slot sharing group %q beside a hybrid exchange; Flink: hybrid shuffle mode currently does not support setting non-default slot sharing group.",
				source.Excerpt(b.group[i])).
				Hint = "remove slotSharingGroup, or set execution.batch-shuffle-mode: ALL_EXCHANGES_BLOCKING"
			return
		}
	}
}

// inForce is the scope within which workers are shared (design.md 3.2).
func inForce(job *graph.Job) graph.Sharing {
	switch {
	case job.Sharing != graph.SharingDefault:
		return job.Sharing
	case !job.Version.Stated():
		return graph.SharingChain
	case flink.WorkerPerSlot.In(job.Version) && job.Settings.MemoryManaged:
		return graph.SharingSlot
	}
	return graph.SharingNone
}
