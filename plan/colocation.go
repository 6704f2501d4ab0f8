package plan

import "udfplan/graph/source"

// checkCoLocation: heads with one co-location key must share slots. A job graph that is made in phases is checked in each: what comes in
// different ones is not compared (flink-rules.md A6).
func (b *builder) checkCoLocation() {
	first := map[string]int32{}
	for _, c := range b.plan.Chains {
		head := c.Head()
		name := b.op(head).CoLocation
		if name == "" {
			continue
		}
		other, known := first[name]
		if !known {
			first[name] = head
			continue
		}
		if b.plan.Operators[head].Group != b.plan.Operators[other].Group {
			say, when := b.problems.Errorf, ""
			if b.phased() && !b.samePhase(head, other) {
				say, when = b.problems.Warnf, ", where they come into the job graph in one phase"
			}
			d := say(b.at(head), source.CodeCoLocation, "%q and %q are co-located; Flink: Cannot co-locate operators from different slot sharing groups%s",
				source.Excerpt(b.op(other).ID), source.Excerpt(b.op(head).ID), when)
			d.Related = []source.Related{{Place: b.at(other), Message: "co-located with this"}}
		}
	}
}
