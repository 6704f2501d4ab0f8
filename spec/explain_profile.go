package spec

import (
	"udfplan/graph"
	"udfplan/graph/flink"
)

// profileFact says what a slot of a group with a profile gets.
func (e *explainer) profileFact(group string, p *graph.Profile) Fact {
	if scheduler := e.job.IgnoringScheduler(); scheduler != "" {
		return Fact{group, "its profile has no effect, as the " + scheduler + " gives every slot an equal part of its TaskManager: " + p.String(), "recorded runs, testdata/flink/finegrained"}
	}
	return Fact{group, "a slot gets what its profile says, and not an equal part of its TaskManager: " + p.String() + "; Flink adds the network memory itself", flink.FineGrained.Cite()}
}
