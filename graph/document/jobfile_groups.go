package document

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// slotSharingGroups reads what the job says of groups; of two entries of one name the first is kept.
func (r *jobFileReader) slotSharingGroups(list source.Node) {
	if list.Kind() != source.Sequence {
		r.WrongType(list, "slotSharingGroups", "a list")
		return
	}
	first := map[string]source.Node{}
	for item := range list.Items() {
		if !r.Mapping(item, "a slot sharing group") {
			continue
		}
		g := r.slotSharingGroup(item)
		name := item.Field("name")
		if other, taken := first[g.Name]; taken && g.Name != "" {
			r.duplicateGroup(name, other, &g)
			continue
		}
		first[g.Name] = name
		r.job.SlotSharingGroups = append(r.job.SlotSharingGroups, g)
	}
}

func (r *jobFileReader) duplicateGroup(name, first source.Node, g *graph.SlotSharingGroup) {
	d := r.Problems.Errorf(name.Place(), source.CodeDuplicateGroup, "slot sharing group %q is there twice", source.Excerpt(g.Name))
	if kept := r.job.ProfileOf(g.Name); kept != nil && g.Profile != nil && *kept != *g.Profile {
		d.Message += "; Flink: The slot sharing group " + source.Excerpt(g.Name) + " has been configured with two different resource spec."
	}
	d.Related = []source.Related{{Place: first.Place(), Message: "first here"}}
}

// slotSharingGroup reads one entry. With nothing but a name it has no profile; CPU cores and task heap are otherwise needed, and what
// else is left out is 0 (SlotSharingGroup.Builder, flink-rules.md D1).
func (r *jobFileReader) slotSharingGroup(n source.Node) graph.SlotSharingGroup {
	g := graph.SlotSharingGroup{Pos: n.Pos()}
	var p graph.Profile
	parts := 0
	for key, value := range n.Fields() {
		parts++
		switch key.Text() {
		case "name":
			parts--
			g.Name, g.Pos = r.groupName(value, "name"), value.Pos()
		case "cpuCores":
			p.CPU = r.cpuCores(value)
		case "taskHeap":
			p.TaskHeap = r.taskHeap(value)
		case "taskOffHeap":
			p.TaskOffHeap = r.Size(value, "taskOffHeap")
		case "managed":
			p.Managed = r.Size(value, "managed")
		default:
			parts--
			r.UnknownKey(key, "a slot sharing group", groupKeys.Names())
		}
	}
	if !n.Field("name").Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "a slot sharing group has no name")
	}
	if parts == 0 {
		return g
	}
	g.Profile = &p
	if !n.Field("cpuCores").Valid() || !n.Field("taskHeap").Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "slot sharing group %q needs cpuCores and taskHeap; Flink: The cpu cores and task heap memory are required when specifying the resource of a slot sharing group. You need to explicitly configure them with positive value.",
			source.Excerpt(g.Name)).
			Hint = "what else is left out is 0b; with nothing but a name the group has no profile"
	}
	return g
}

func (r *jobFileReader) cpuCores(n source.Node) flink.CPUCores {
	if n.Kind() != source.Number {
		r.WrongType(n, "cpuCores", flink.ErrNoCores.Error())
		return 0
	}
	cores, err := flink.ParseCPUCores(n.Text())
	switch err {
	case nil:
	case flink.ErrCoresTooFew:
		r.Problems.Errorf(n.Place(), source.CodeOutOfRange, "cpuCores must be at least 0.00000001; found %s; %s", n.Describe(), err)
	default:
		r.Problems.Errorf(n.Place(), source.CodeOutOfRange, "cpuCores must be %s; found %s", err, n.Describe())
	}
	return cores
}

func (r *jobFileReader) taskHeap(n source.Node) flink.MemorySize {
	before := len(r.Problems)
	size := r.Size(n, "taskHeap")
	if size == 0 && len(r.Problems) == before {
		r.Problems.Errorf(n.Place(), source.CodeOutOfRange, "taskHeap of a slot sharing group must be more than 0b; Flink: The task heap memory should be positive.")
	}
	return size
}
