package spec

import (
	"udfplan/graph"
	"udfplan/graph/flink"
)

// profileFact says what a slot of a group with a profile gets.
func profileFact(group string, p *graph.Profile) Fact {
	return Fact{group, "a slot gets what its profile says, and not an equal part of its TaskManager: " + p.String() + "; Flink adds the network memory itself", flink.FineGrained.Cite()}
}
