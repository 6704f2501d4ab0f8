package graph

import (
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// SlotSharingGroup is what a job says of a slot sharing group beside who is in it.
type SlotSharingGroup struct {
	Name string
	// Profile is what a slot of the group gets; nil: an equal part of its TaskManager.
	Profile *Profile
	Pos     source.Pos
}

// Profile is what one slot of a slot sharing group gets (FLIP-56, FLIP-169), sizes in bytes. Network memory is no part of it:
// Flink counts that itself.
type Profile struct {
	CPU                            flink.CPUCores
	TaskHeap, TaskOffHeap, Managed flink.MemorySize
}

// String is the profile in the words of the job file.
func (p *Profile) String() string {
	return "cpuCores " + p.CPU.String() + ", taskHeap " + p.TaskHeap.String() + ", taskOffHeap " + p.TaskOffHeap.String() + ", managed " + p.Managed.String()
}

// DefaultGroup is the slot sharing group of operators that name none and inherit none.
const DefaultGroup = "default"

// ProfileOf is that of a slot sharing group by its name; nil where it has none.
func (j *Job) ProfileOf(group string) *Profile {
	for i := range j.SlotSharingGroups {
		if j.SlotSharingGroups[i].Name == group {
			return j.SlotSharingGroups[i].Profile
		}
	}
	return nil
}

// FineGrained is the first slot sharing group with a profile; nil where there is none.
func (j *Job) FineGrained() *SlotSharingGroup {
	for i := range j.SlotSharingGroups {
		if j.SlotSharingGroups[i].Profile != nil {
			return &j.SlotSharingGroups[i]
		}
	}
	return nil
}

// IgnoringScheduler is the scheduler that gives every slot an equal part, whatever the profiles say (flink-rules.md D2); empty where
// profiles count.
func (j *Job) IgnoringScheduler() string {
	if j.Mode == Batch {
		if j.Settings.Dynamic {
			return "adaptive batch scheduler"
		}
		return ""
	}
	scheduler, set := j.Config.Get(flink.KeyScheduler)
	mode, reactive := j.Config.Get(flink.KeySchedulerMode)
	if set && strings.EqualFold(scheduler.Value, "adaptive") || reactive && strings.EqualFold(mode.Value, "reactive") {
		return "adaptive scheduler"
	}
	return ""
}

// fineGrained settles what profiles change of a job's exchanges: in batch they all block (flink-rules.md D1).
func (s *settler) fineGrained() {
	if s.job.FineGrained() != nil && s.job.Settings.Batch && s.job.Settings.AllBlocking {
		s.job.Settings.Shuffle = flink.AllBlocking
	}
}

// profileVersion: no API sets one before.
func (c *checker) profileVersion() {
	g := c.job.FineGrained()
	if g == nil || !c.job.Version.Stated() || flink.FineGrained.In(c.job.Version) {
		return
	}
	c.problems.Errorf(c.at(g.Pos), source.CodeProfileVersion, "slot sharing group %q has a profile, and Flink %s takes none",
		source.Excerpt(g.Name), c.job.Version).
		Hint = "profiles of slot sharing groups exist from Flink " + flink.FineGrained.Since.String() + " on"
}

// profileInBatch is Flink's own refusal (StreamGraphGenerator.setFineGrainedGlobalStreamExchangeMode).
func (c *checker) profileInBatch() {
	g := c.job.FineGrained()
	if g == nil || c.job.Mode != Batch || c.job.Settings.AllBlocking {
		return
	}
	at := c.at(g.Pos)
	if e, set := c.job.Config.Get(flink.KeyAllBlocking); set {
		at = e.ValuePlace
	}
	c.problems.Errorf(at, source.CodeProfileInBatch, "Flink: At the moment, fine-grained resource management requires batch workloads to be executed with types of all edges being BLOCKING. To do that, you need to configure '%s' to 'true'. Notice that this may affect the performance. See FLINK-20865 for more details.",
		flink.KeyAllBlocking).
		Hint = "add " + flink.KeyAllBlocking + ": true to config, or remove the profile"
}

// profileUnused: Flink takes no notice of such a profile, and nobody writes one for that.
func (c *checker) profileUnused() {
	if len(c.job.SlotSharingGroups) == 0 {
		return
	}
	used, names := map[string]bool{DefaultGroup: true}, []string{DefaultGroup}
	c.each(func(op *Operator) {
		if name := op.SlotSharingGroup; name != "" && !used[name] {
			used[name] = true
			names = append(names, name)
		}
	})
	const tooManyToCompare = 1000
	for i := range c.job.SlotSharingGroups {
		g := &c.job.SlotSharingGroups[i]
		if g.Name == "" || used[g.Name] || strings.Contains(g.Name, "#") { // what is no name is told by the reader
			continue
		}
		d := c.problems.Errorf(c.at(g.Pos), source.CodeUnknownGroup, "no operator is in the slot sharing group %q", source.Excerpt(g.Name))
		if near, ok := source.Nearest(g.Name, names[:min(len(names), tooManyToCompare)]); ok {
			d.Hint = "did you mean " + source.Excerpt(near) + "?"
		} else {
			d.Hint = "an operator's slotSharingGroup names it"
		}
	}
}
