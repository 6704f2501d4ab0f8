package document

import (
	"testing"

	"udfplan/graph"
)

// TestModeByNames: operators that only one planner makes say the mode where the document does not.
func TestModeByNames(t *testing.T) {
	for _, row := range []struct {
		said   graph.Mode
		names  []string
		want   graph.Mode
		reason string
	}{
		{graph.ModeUnset, []string{"Calc[1]", "HashJoin[2]"}, graph.Batch, "an operator of the batch planner"},
		{graph.ModeUnset, []string{"Calc[1]", "GroupAggregate[2]"}, graph.Streaming, "one of the streaming planner"},
		{graph.ModeUnset, []string{"HashJoin[1]", "Join[2]"}, graph.Batch, "the first that tells"},
		{graph.ModeUnset, []string{"Calc[1]"}, graph.ModeUnset, "none tells"},
		{graph.Streaming, []string{"HashJoin[1]"}, graph.Streaming, "what the document says is stronger"},
	} {
		r := &flinkReader{job: &graph.Job{Mode: row.said}}
		for _, name := range row.names {
			r.job.Operators = append(r.job.Operators, graph.Operator{Name: name})
		}
		if r.modeByNames(); r.job.Mode != row.want {
			t.Errorf("%s: %s, want %s", row.reason, r.job.Mode, row.want)
		}
	}
}
