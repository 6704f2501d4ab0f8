package spec

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
)

// Explain says why the plan of a job is as it is; operator is the index of the one asked about, or -1 for
// the whole job.
func Explain(s *Spec, operator int) Explanation {
	e := explainer{Spec: s, job: s.Plan.Job, only: int32(operator)}
	out := Explanation{Job: s.Plan.Job.Name}
	if operator < 0 {
		out.Spec = s
	} else {
		out.Operator = e.job.Operators[operator].ID
	}
	for _, section := range []struct {
		title string
		facts func(*explainer) []Fact
	}{
		{"Model", (*explainer).model},
		{"Chains", (*explainer).chains},
		{"Edges", (*explainer).edges},
		{"Slot sharing groups", (*explainer).groups},
		{"In a slot sharing group of its own", (*explainer).alone},
		{"Python workers", (*explainer).workers},
		{"Resources of one subtask", (*explainer).resources},
		{"Totals", (*explainer).totals},
	} {
		if facts := section.facts(&e); len(facts) > 0 {
			out.Sections = append(out.Sections, Section{section.title, facts})
		}
	}
	return out
}

type explainer struct {
	*Spec
	job  *graph.Job
	only int32 // -1: everything
}

func (e *explainer) id(i int32) string { return e.job.Operators[i].ID }

// flink is a Flink class with the version whose rules were used; a rule that says its versions keeps them.
func (e *explainer) flink(class string) string {
	if strings.Contains(class, "Flink ") {
		return class
	}
	return class + ", Flink " + e.job.Version.Planned().String()
}

func (e *explainer) ids(ops []int32) string {
	ids := make([]string, len(ops))
	for k, i := range ops {
		ids[k] = e.id(i)
	}
	return strings.Join(ids, ", ")
}

// about: one of the operators is asked about.
func (e *explainer) about(ops ...int32) bool {
	for _, i := range ops {
		if e.only < 0 || e.only == i {
			return true
		}
	}
	return false
}

func (e *explainer) model() []Fact {
	facts := []Fact{e.versionFact(), e.modeFact(), e.sharingFact()}
	if e.Model == FLIP141 {
		facts = append(facts, Fact{"estimate", "from Flink 1.12 on Flink states no need of its own; the memory of a worker is an estimate", flink.WorkerPerSlot.Cite()})
	}
	return append(facts, e.needsFact())
}

// needsFact says where the size of a worker comes from.
func (e *explainer) needsFact() Fact {
	const measuredOn = "measured on running clusters"
	switch e.NeedsFrom {
	case FromMeasured:
		return Fact{"needs", "a worker takes " + e.Framework.String() + " before it does anything, as an idle one of Flink " + MeasuredIn(e.job.Version).Of + " was seen to; each operator adds " + e.Buffer.String(), measuredOn}
	case FromOption:
		return Fact{"needs", "a worker takes " + e.Framework.String() + " before it does anything, as somebody said; an idle one really took " + measuredText(), measuredOn}
	case FromMeasurement:
		return Fact{"needs", "a worker takes what the largest of your own was seen to, with headroom: " + e.Needs.Largest.String() + "; a Measurement of less than an idle one is not believed", "the Measurement"}
	}
	return Fact{"measured", "FLIP-88's " + e.Framework.String() + " cover the framework alone; an idle worker really took " + measuredText(), measuredOn}
}

func (e *explainer) versionFact() Fact {
	v := e.job.Version
	switch {
	case !v.Stated():
		return Fact{"Flink version", "not stated: FLIP-88 as written, on the chaining rules of 1.10, the release it was made for", "FLIP-88"}
	case v != v.Planned():
		return Fact{"Flink version", fmt.Sprintf("%s is not known: planned as %s", v, v.Planned()), ""}
	}
	return Fact{"Flink version", v.String(), ""}
}

func (e *explainer) modeFact() Fact {
	if e.Known {
		return Fact{"mode", "batch: the resources of every operator are known", "FLIP-88"}
	}
	return Fact{"mode", "streaming: the resources of every operator are unknown, because one job cannot mix known and unknown; the workers are there all the same", "FLIP-88"}
}

func (e *explainer) sharingFact() Fact {
	text := map[graph.Sharing]string{
		graph.SharingNone:  "every Python operator starts a worker of its own",
		graph.SharingChain: "the Python operators of one chain share a worker",
		graph.SharingSlot:  "the Python operators of one slot sharing group share a worker in each slot",
	}[e.Plan.Sharing]
	v := e.job.Version
	switch {
	case e.job.Sharing != graph.SharingDefault:
		return Fact{"sharing " + e.Plan.Sharing.String(), text + ", as asked for", ""}
	case !v.Stated():
		return Fact{"sharing chain", text, "FLIP-88, \"Python worker sharing\""}
	case e.Plan.Sharing == graph.SharingSlot:
		return Fact{"sharing slot", text, flink.WorkerPerSlot.Cite()}
	case flink.WorkerPerSlot.In(v):
		return Fact{"sharing none", text + ": " + flink.KeyMemoryManaged + " is false, and the workers are outside Flink's books", flink.MemoryManagedOption.Cite()}
	case flink.MemoryManagedOption.In(v) && !e.job.Settings.MemoryManaged:
		return Fact{"sharing none", text + "; " + flink.KeyMemoryManaged + " is false: nothing is reserved, the need has to fit into the task off-heap memory", flink.MemoryManagedOption.Cite()}
	}
	return Fact{"sharing none", text + ", as Flink " + v.String() + " was shipped", "seen on running clusters"}
}

func (e *explainer) groups() []Fact {
	var facts []Fact
	for g, group := range e.Plan.Groups {
		if !e.about(group.Operators...) {
			continue
		}
		sum := e.Groups[g]
		text := fmt.Sprintf("%s; %d %s, %d %s in the fullest", e.ids(group.Operators), sum.Slots, plural(sum.Slots, "slot"), sum.Workers, plural(sum.Workers, "worker"))
		if p := group.Profile; p != nil {
			facts = append(facts, Fact{group.Name, text, e.groupRule(group.Name)}, e.profileFact(group.Name, p))
			continue
		}
		facts = append(facts, Fact{group.Name, text, e.groupRule(group.Name)})
	}
	if e.only < 0 && slices.ContainsFunc(e.Plan.Groups, func(g plan.Group) bool { return g.IsRegion }) {
		facts = append(facts, Fact{"", "in batch every pipelined region of the group default is a group of its own, named after its first chain", e.flink("StreamingJobGraphGenerator.setSlotSharing")})
	}
	return facts
}

func (e *explainer) groupRule(name string) string {
	if e.job.Settings.OneDefaultGroup && e.Known && name == "default" {
		return flink.OneBatchGroup.Cite()
	}
	return e.flink("StreamingJobGraphGenerator.setSlotSharing")
}

func plural(n int64, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

func (e *explainer) totals() []Fact {
	if e.only >= 0 {
		return nil
	}
	t := e.Total
	facts := []Fact{{"slots", fmt.Sprintf("%d, all groups at the same time", t.Slots), ""}}
	if e.Known && len(e.Plan.Groups) > 1 {
		facts = append(facts, Fact{"", "groups that blocking exchanges separate may run one after the other with fewer slots", e.flink("StreamingJobGraphGenerator.determineResultPartitionType")})
	}
	facts = append(facts, Fact{"Python memory", fmt.Sprintf("%s in %d %s", t.PythonMemory, t.Workers, plural(t.Workers, "worker")), ""})
	if e.Known {
		word := "reserved"
		if !e.reserved() {
			word = "needed (not reserved)"
		}
		facts = append(facts, Fact{"managed off-heap", t.ManagedOffHeap.String() + " " + word + " by operators, each as often as its parallelism", "FLIP-88"})
	}
	return facts
}
