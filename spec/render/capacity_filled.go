package render

import (
	"fmt"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/capacity"
)

// What a capacity report says of slots of different sizes.

// filled writes TaskManagers that hold the same slots, of slots of different sizes.
func (c *capacityDocument) filled(f *capacity.Fit, k int) {
	c.mapping()
	c.keyInt("taskManagers", f.Filled[k].TaskManagers)
	c.mappingAt("slots")
	for i, g := range f.FilledWith {
		if n := f.Filled[k].Slots[i]; n > 0 {
			c.quotedKey(f.Spec.Plan.Groups[g].Name)
			c.integer(n)
		}
	}
	c.close()
	c.close()
}

// slotSize writes what a slot has, where slots are of different sizes.
func (c *capacityDocument) slotSize(size *capacity.Size) {
	c.flowAt("slot")
	c.keyWord("cpuCores", size.CPU.String())
	c.keySize("taskHeap", size.TaskHeap)
	c.keySize("taskOffHeap", size.TaskOffHeap)
	c.keySize("managed", size.Managed)
	c.keySize("network", size.Network)
	c.close()
}

// filledLines say what slots the TaskManagers hold, where slots are of different sizes.
func (t capacityTables) filledLines(out *strings.Builder) {
	for _, f := range t.Jobs {
		if f.Filled == nil {
			continue
		}
		fmt.Fprintf(out, "\n%s has slots of different sizes; in the order that takes the most TaskManagers:\n", t.fit(f.Spec.Plan.Job.Name))
		for k := range f.Filled {
			var parts []string
			for i, g := range f.FilledWith {
				if n := f.Filled[k].Slots[i]; n > 0 {
					parts = append(parts, fmt.Sprintf("%d x %s (%s managed)", n, t.fit(f.Spec.Plan.Groups[g].Name), t.size(f.Groups[g].Size.Managed)))
				}
			}
			fmt.Fprintf(out, "  %s with %s\n", source.Count(f.Filled[k].TaskManagers, "TaskManager"), strings.Join(parts, ", "))
		}
	}
}
