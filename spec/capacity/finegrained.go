package capacity

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec/taskmanager"
)

// Profiles are the smallest profiles of a job's slot sharing groups in which everything fits (design.md 3.7): CPU cores, task heap and
// task off-heap memory as a slot has now, and so much managed memory that Python gets what it needs and nobody else less than now. Where
// nobody uses managed memory it is 0.
type Profiles struct {
	Fit    *Fit
	Groups []graph.SlotSharingGroup // in the order of the Plan's; regions of a batch job have that of default together
	// NeedsOption: the cluster gives slots by profile only once cluster.fine-grained-resource-management.enabled is set.
	NeedsOption bool
	// NeedsScheduler: the job is a batch job of a cluster whose scheduler takes no notice of profiles: jobmanager.scheduler: Default does.
	NeedsScheduler bool
}

// FineGrained finds the profiles of the jobs of a report of this cluster. It is an error for a job that cannot have any.
func (c *Cluster) FineGrained(r *Assessment) (out []Profiles, problems source.List) {
	for k, f := range r.Jobs {
		job := f.Spec.Plan.Job
		switch {
		case job.Version.Stated() && !flink.FineGrained.In(job.Version):
			problems.Errorf(job.Place, source.CodeProfileVersion, "slot sharing groups have profiles from Flink %s on; this job is planned for %s", flink.FineGrained.Since, job.Version)
			continue
		case !job.Version.Stated():
			problems.Errorf(job.Place, source.CodeProfileVersion, "slot sharing groups have profiles from Flink %s on, and no version is stated", flink.FineGrained.Since).
				Hint = "say --flink-version 1.20"
			continue
		case job.Mode == graph.Streaming && job.IgnoringScheduler() != "":
			problems.Errorf(job.Place, source.CodeProfileIgnored, "the %s gives every slot an equal part of its TaskManager, whatever its profile", job.IgnoringScheduler())
			continue
		}
		t := r.demands[k].try(c.Config, r.TaskManager)
		found, more := t.profiles(f)
		out, problems = append(out, found), append(problems, more...)
	}
	return out, problems
}

// profiles are those of one job. A TaskManager may have no room for them: then it is to be made larger.
func (t *trial) profiles(f *Fit) (out Profiles, problems source.List) {
	out = Profiles{Fit: f, NeedsOption: t.lacksOption(), NeedsScheduler: t.spec.Plan.Job.IgnoringScheduler() != ""}
	fractions := t.fractions(t.weights)
	for g := range t.fit.Groups {
		now := t.fit.Groups[g].Size
		p := graph.Profile{CPU: now.CPU, TaskHeap: now.TaskHeap, TaskOffHeap: now.TaskOffHeap, Managed: t.leastManaged(g, fractions)}
		if t.pool == TaskOffHeap {
			p.TaskOffHeap = max(p.TaskOffHeap, t.fit.Groups[g].Needs)
		}
		p.TaskOffHeap = max(p.TaskOffHeap, t.fit.Groups[g].Outside)
		out.add(&t.spec.Plan.Groups[g], p)
		problems = append(problems, t.noRoom(g, Size{p.CPU, p.TaskHeap, p.TaskOffHeap, p.Managed, t.networkOf(g)})...)
	}
	return out, problems
}

// add takes in the profile of a group; all regions have the largest of theirs.
func (p *Profiles) add(group *plan.Group, profile graph.Profile) {
	name := group.Name
	if group.IsRegion {
		name = graph.DefaultGroup
	}
	for i := range p.Groups {
		if other := p.Groups[i].Profile; p.Groups[i].Name == name {
			other.CPU, other.TaskHeap = max(other.CPU, profile.CPU), max(other.TaskHeap, profile.TaskHeap)
			other.TaskOffHeap, other.Managed = max(other.TaskOffHeap, profile.TaskOffHeap), max(other.Managed, profile.Managed)
			return
		}
	}
	p.Groups = append(p.Groups, graph.SlotSharingGroup{Name: name, Profile: &profile})
}

// leastManaged is the least managed memory, in bytes, of which Python gets its need and every operator and state backend what it has
// now.
func (t *trial) leastManaged(g int, fractions []Fractions) flink.MemorySize {
	now, need := t.fit.Groups[g].Size.Managed, t.demand.needs[g]
	least := flink.MemorySize(0)
	claim := func(bytes flink.MemorySize, fraction float64) {
		if fraction > 0 {
			managed, _ := taskmanager.LeastFor(bytes, fraction)
			least = max(least, managed, bytes) // of a fraction there is never less
		}
	}
	if t.pool == OfSlot && need.python >= 0 {
		claim(need.shared, t.fractionOf(g))
	}
	for _, i := range t.spec.Plan.Groups[g].Operators {
		for _, share := range [...]float64{fractions[i].OfOperator, fractions[i].OfState} {
			claim(t.bytes(now, share), share)
		}
	}
	return least
}

// InBatch says whether exchanges of the job must be made to block for its profiles.
func (p *Profiles) InBatch() bool {
	job := p.Fit.Spec.Plan.Job
	return job.Mode == graph.Batch && !job.Settings.AllBlocking
}
