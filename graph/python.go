package graph

import (
	"strings"

	"udfplan/graph/source"
)

// aggregatesPython is the name of an operator that runs Python aggregate functions (flink-formats.md 5.1).
var aggregatesPython = source.Pattern(`^(?:(?:Stream|Batch)Exec)?Python(?:GroupAggregate|GroupTableAggregate|GroupWindowAggregate|OverAggregate)(?:\[\d+\]|\(|$)`)

// Aggregates says whether the operator runs Python aggregate functions, general or Pandas: thread mode has none of
// them, and falls back to a process (Flink's documentation, "Execution Mode", supported cases; 1.15 to 2.x).
func (o *Operator) Aggregates() bool {
	return o.Python != nil && aggregatesPython().MatchString(o.Name)
}

// IsMultipleInput says whether the operator has swallowed others. A Python operator among them declares no managed
// memory, so its worker is shared with nobody (pyflink-facts.md 2.1, 4.4).
func (o *Operator) IsMultipleInput() bool { return strings.HasPrefix(o.Name, "MultipleInput") }
