package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/spec/capacity"
)

// ProfileFormats are the forms in which `capacity --fine-grained` prints profiles of slot sharing groups.
var ProfileFormats = []Format[[]capacity.Profiles]{
	{"yaml", "slotSharingGroups of a job file", writeProfilesYAML},
	{"python", "code for a PyFlink program, behind the line that makes env", writeProfilesPython},
}

// writeProfilesYAML writes one document a job: only what is to be put into its file.
func writeProfilesYAML(w io.Writer, jobs []capacity.Profiles, _ Options) error {
	e := &emitter{w: w}
	for i := range jobs {
		if i > 0 {
			e.buf = append(e.buf, "---\n"...)
		}
		for _, line := range profileRemarks(&jobs[i]) {
			e.buf = append(e.buf, "# "+line+"\n"...)
		}
		d := planDocument{emitter: e}
		d.mapping()
		if jobs[i].InBatch() {
			d.mappingAt("config")
			d.keyText(flink.KeyAllBlocking, "true")
			d.close()
		}
		d.slotSharingGroups(jobs[i].Groups)
		d.close()
		e.buf = append(e.buf, '\n')
		if err := e.flush(); err != nil {
			return err
		}
	}
	return nil
}

// profileRemarks say what the profiles are of, and what else is to be done.
func profileRemarks(p *capacity.Profiles) []string {
	lines := []string{"job " + strings.ReplaceAll(Sanitize(p.Fit.Spec.Plan.Job.Name), "\n", " ")}
	lines = append(lines, "cpuCores and taskHeap are what a slot has now: what Java code needs of them nobody states")
	if p.NeedsOption {
		lines = append(lines, "the cluster needs "+flink.KeyFineGrained+": true")
	}
	if p.NeedsScheduler {
		lines = append(lines, "the cluster needs "+flink.KeyScheduler+": Default; its adaptive batch scheduler takes no notice of profiles")
	}
	return lines
}

// slotSharingGroups writes those that a job says something of (design.md 4.1).
func (d *planDocument) slotSharingGroups(groups []graph.SlotSharingGroup) {
	d.list("slotSharingGroups", len(groups), func(i int) {
		d.flow()
		d.keyText("name", groups[i].Name)
		d.profile(groups[i].Profile)
		d.close()
	})
}

// profile writes what a slot gets; nothing where it gets an equal part.
func (d *planDocument) profile(p *graph.Profile) {
	if p == nil {
		return
	}
	d.keyWord("cpuCores", p.CPU.String())
	d.keySize("taskHeap", p.TaskHeap)
	d.keySize("taskOffHeap", p.TaskOffHeap)
	d.keySize("managed", p.Managed)
}

// writeProfilesPython writes what registers the profiles: operators name their groups as before, and default is that of all others.
func writeProfilesPython(w io.Writer, jobs []capacity.Profiles, _ Options) error {
	var out strings.Builder
	out.WriteString("from pyflink.datastream.slot_sharing_group import MemorySize, SlotSharingGroup\n")
	for i := range jobs {
		out.WriteString("\n")
		for _, line := range profileRemarks(&jobs[i]) {
			out.WriteString("# " + line + "\n")
		}
		if jobs[i].InBatch() {
			fmt.Fprintf(&out, "# run it with -D %s=true\n", flink.KeyAllBlocking)
		}
		for _, g := range jobs[i].Groups {
			p := g.Profile
			fmt.Fprintf(&out, "env.register_slot_sharing_group(\n    SlotSharingGroup.builder(%s)\n", strconv.QuoteToASCII(g.Name))
			fmt.Fprintf(&out, "    .set_cpu_cores(%s)\n", pythonFloat(p.CPU))
			fmt.Fprintf(&out, "    .set_task_heap_memory(MemorySize(bytes_size=%d))\n", p.TaskHeap)
			fmt.Fprintf(&out, "    .set_task_off_heap_memory(MemorySize(bytes_size=%d))\n", p.TaskOffHeap)
			fmt.Fprintf(&out, "    .set_managed_memory(MemorySize(bytes_size=%d))\n    .build())\n", p.Managed)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// pythonFloat is a number with a point: the method takes a float and no int.
func pythonFloat(c flink.CPUCores) string {
	text := c.String()
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}
