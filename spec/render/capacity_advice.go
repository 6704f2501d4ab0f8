package render

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
)

// adviceStyle is how changes are listed for people.
type adviceStyle struct {
	all     bool // those that cannot do it too
	patches bool // for a FlinkDeployment too
	title   func(text string) string
}

// adviceList lists the changes, ready to paste for a configuration file and for a FlinkDeployment: the one of all levers first, then
// the single ones.
func adviceList(r *capacity.Assessment, style adviceStyle) string {
	if len(r.Recommendations) == 0 {
		return ""
	}
	var out strings.Builder
	single, cannot := 0, int64(0)
	for i := range r.Recommendations {
		change := &r.Recommendations[i]
		isSingle := oneLever(change)
		if isSingle && !change.Fits && !style.all {
			cannot++
			continue
		}
		if isSingle {
			if single++; single == 1 {
				fmt.Fprintf(&out, "\n%s\n", style.title("Or one lever alone, from which others may get less:"))
			}
		} else {
			fmt.Fprintf(&out, "\n%s\n", style.title(adviceTitle(change)+":"))
		}
		writeChange(&out, change, isSingle)
		if change.Fits && style.patches {
			fmt.Fprintf(&out, "      FlinkDeployment: %s\n", patch(change))
		}
	}
	if cannot > 0 {
		fmt.Fprintf(&out, "\n%s cannot do it alone: --verbose or -o wide says why\n", source.Count(cannot, "lever"))
	}
	return out.String()
}

func oneLever(change *capacity.Recommendation) bool {
	return change.Lever != capacity.LeverTogether && change.Lever != capacity.LeverGroup
}

// adviceTitle is the heading of a change.
func adviceTitle(change *capacity.Recommendation) string {
	switch {
	case change.Lever == capacity.LeverGroup:
		return fmt.Sprintf("With operator %s of %s in a slot sharing group of its own (%s in all)", Sanitize(change.Operator), Sanitize(change.Job), about(change.TotalProcess))
	case oneLever(change):
		return fmt.Sprintf("%s (%s in all)", change.Lever, about(change.TotalProcess))
	case change.Fits:
		return fmt.Sprintf("What fits, and takes nothing from anybody (%s in all)", about(change.TotalProcess))
	}
	return "Nothing fits and takes nothing from anybody"
}

func writeChange(out *strings.Builder, change *capacity.Recommendation, single bool) {
	switch {
	case !single && !change.Fits:
		fmt.Fprintf(out, "  %s\n", Sanitize(change.Why))
		return
	case !change.Fits:
		fmt.Fprintf(out, "  - %s: no, %s\n", change.Lever, Sanitize(change.Why))
		return
	}
	lead, cost := "  ", ""
	if single {
		lead, cost = "  - ", fmt.Sprintf("  (%s in all)", about(change.TotalProcess))
	}
	for _, e := range change.Set {
		fmt.Fprintf(out, "%s%s: %s%s\n", lead, e.Key, e.Value, cost)
	}
	if len(change.Remove) > 0 {
		fmt.Fprintf(out, "      and remove %s\n", strings.Join(change.Remove, ", "))
	}
}

// patch is a merge patch for a FlinkDeployment, whose taskManager.resource.memory is stronger than a process
// size in its flinkConfiguration.
func patch(r *capacity.Recommendation) string {
	var parts, resource []string
	for _, e := range r.Set {
		if e.Key == flink.KeyProcessSize {
			resource = append(resource, fmt.Sprintf(`"taskManager":{"resource":{"memory":%q}}`, strings.TrimSuffix(e.Value, "b")))
			continue
		}
		parts = append(parts, fmt.Sprintf("%q:%q", e.Key, e.Value))
	}
	for _, key := range slices.Sorted(slices.Values(r.Remove)) {
		parts = append(parts, fmt.Sprintf("%q:null", key))
	}
	if len(parts) > 0 {
		resource = append([]string{`"flinkConfiguration":{` + strings.Join(parts, ",") + `}`}, resource...)
	}
	return `{"spec":{` + strings.Join(resource, ",") + `}}`
}

func (c *capacityDocument) recommendation(i int) {
	r := &c.report.Recommendations[i]
	c.mapping()
	c.keyText("lever", r.Lever)
	if r.Operator != "" {
		c.keyText("job", r.Job)
		c.keyText("operator", r.Operator)
	}
	if len(r.Set) > 0 {
		c.mappingAt("set")
		for _, e := range r.Set {
			c.quotedKey(e.Key)
			c.text(e.Value)
		}
		c.close()
	}
	if len(r.Remove) > 0 {
		c.flowSequenceAt("remove")
		for _, key := range r.Remove {
			c.next()
			c.text(key)
		}
		c.close()
	}
	c.key("fits")
	c.boolean(r.Fits)
	if r.Fits {
		c.keySize("totalProcess", r.TotalProcess)
	}
	if r.Why != "" {
		c.keyText("why", r.Why)
	}
	c.close()
}
