package plan

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

func planOf(t *testing.T, text string) *Plan {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	p, _ := Make(jobs[0], Options{})
	return p
}

// TestWorkerIDs: a worker is named by its own name, else by its first operator; an id that a name has taken gets a number.
func TestWorkerIDs(t *testing.T) {
	for _, row := range []struct{ operators, want, reason string }{
		{"{id: a, python: true}, {id: b, python: true}", "a b", "the operators' ids"},
		{"{id: a, python: {worker: w}}, {id: b, python: true}", "w b", "a name of its own"},
		{"{id: a, python: true}, {id: b, python: {worker: a}}", "a#2 a", "the name is the user's, the id gives way"},
		{"{id: a, python: true}, {id: b, python: {worker: a}}, {id: c, python: {worker: 'a#2'}}", "a#3 a a#2", "the first number that is free"},
		{"{id: a, python: true}, {id: b, python: {worker: w}}, {id: c, python: {worker: w}}", "a w", "two that name one worker share it"},
	} {
		var ids []string
		for _, w := range planOf(t, "sharing: none\noperators: ["+strings.ReplaceAll(row.operators, "}, {id", ", slotSharingGroup: g}, {id")+"]").Workers {
			ids = append(ids, w.ID)
		}
		if got := strings.Join(ids, " "); got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// TestForwardGroupMax: two readers of one output count as alike by the smallest maxParallelism of their forward group
// (ForwardGroupComputeUtil); what two alike read is kept whole.
func TestForwardGroupMax(t *testing.T) {
	for _, row := range []struct {
		max    [3]int // of b, of d behind b over a forward edge, of c
		want   Partition
		reason string
	}{
		{[3]int{100, 50, 50}, HybridFull, "b's group has d's 50, as c"},
		{[3]int{50, 100, 50}, HybridFull, "the smaller one is b's own"},
		{[3]int{100, 50, 100}, HybridSelective, "b's group has 50, c 100"},
		{[3]int{100, 100, 50}, HybridSelective, "b's group has 100, c 50"},
	} {
		p := planOf(t, fmt.Sprintf(`flinkVersion: "1.20"
mode: batch
parallelism: 2
config: {execution.batch-shuffle-mode: ALL_EXCHANGES_HYBRID_SELECTIVE}
operators:
- {id: a}
- {id: b, maxParallelism: %d, inputs: [{from: a, shipStrategy: rebalance}]}
- {id: d, maxParallelism: %d, chainingStrategy: head, inputs: [{from: b, shipStrategy: forward}]}
- {id: c, maxParallelism: %d, inputs: [{from: a, shipStrategy: rebalance}]}
`, row.max[0], row.max[1], row.max[2]))
		if got := p.Edges[0].Partition; got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// TestIsRegion: only a batch job's pipelined regions are; a # in a name is only a name.
func TestIsRegion(t *testing.T) {
	for _, row := range []struct {
		text   string
		want   string
		reason string
	}{
		{"mode: batch\noperators: [{id: a}, {id: b, slotSharingGroup: g}]", "default#a:true g:false", "a named group keeps its name"},
		{"mode: streaming\noperators: [{id: 'a#1'}]", "default:false", "streaming has one group"},
		{"flinkVersion: 1.12\nmode: batch\napi: datastream\noperators: [{id: 'a#1'}]", "default:false", "and so has a DataStream batch job of 1.12"},
	} {
		var groups []string
		for _, g := range planOf(t, row.text).Groups {
			groups = append(groups, fmt.Sprintf("%s:%v", g.Name, g.IsRegion))
		}
		if got := strings.Join(groups, " "); got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// TestUnsettled: a job that was built by hand is planned as if it had been settled, and not changed; one that is not valid
// is refused, and nothing panics.
func TestUnsettled(t *testing.T) {
	job := &graph.Job{Operators: []graph.Operator{{ID: "a"}, {ID: "b", Python: &graph.Python{}, Inputs: []graph.Input{{From: 0}}}}}
	p, problems := Make(job, Options{})
	if len(problems) > 0 || len(p.Workers) != 1 || len(p.Chains) != 1 || p.Job.Operators[1].Parallelism != 1 || job.Operators[1].Parallelism != 0 {
		t.Errorf("%+v, %v", p, problems)
	}
	ring := &graph.Job{Operators: []graph.Operator{{ID: "a", Inputs: []graph.Input{{From: 1}}}, {ID: "b", Inputs: []graph.Input{{From: 0}}}}}
	if p, problems := Make(ring, Options{}); !problems.Has("cycle") || len(p.Job.Operators) != 0 {
		t.Errorf("%+v, %v", p, problems)
	}
	if p, problems := Make(&graph.Job{}, Options{}); len(problems) > 0 || len(p.Chains) != 0 {
		t.Errorf("the zero job: %+v, %v", p, problems)
	}
}
