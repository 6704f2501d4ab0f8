package document

import (
	"testing"

	"udfplan/graph"
	"udfplan/graph/flink"
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

// TestHasParallelism: who says the parallelism of operators that have none.
func TestHasParallelism(t *testing.T) {
	config := flink.Config{{Key: flink.KeyParallelism, Value: "2"}}
	for _, row := range []struct {
		flag   int32
		config flink.Config
		want   bool
		reason string
	}{
		{0, nil, false, "nobody"},
		{2, nil, true, "the command line"},
		{0, config, true, "the configuration, a deployment's too"},
	} {
		if got := hasParallelism(nil, &graph.Options{Parallelism: row.flag}, &graph.Job{Config: row.config}); got != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
}
