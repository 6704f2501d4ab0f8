package document

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph"
)

// TestSpreadParallelism: what a Flink document leaves to the cluster is, over a forward edge, that of the operator beside it, in
// both directions.
func TestSpreadParallelism(t *testing.T) {
	for _, row := range []struct {
		parallelism [3]int // of a, b, c, one behind the other; -1: not decided
		ship        string
		want        string
		reason      string
	}{
		{[3]int{4, -1, -1}, "FORWARD", "4 4 4", "with the data"},
		{[3]int{-1, -1, 4}, "FORWARD", "4 4 4", "against it"},
		{[3]int{-1, 4, -1}, "FORWARD", "4 4 4", "both ways"},
		{[3]int{4, -1, -1}, "REBALANCE", "4 1 1", "only over forward edges: the rest is the default"},
	} {
		nodes := []string{}
		for i, p := range row.parallelism {
			node := fmt.Sprintf(`{"id": %d, "type": "Calc[%d]", "parallelism": %d`, i+1, i+1, p)
			if i > 0 {
				node += fmt.Sprintf(`, "predecessors": [{"id": %d, "ship_strategy": %q}]`, i, row.ship)
			}
			nodes = append(nodes, node+"}")
		}
		job, _ := readOne(t, `{"nodes": [`+strings.Join(nodes, ", ")+`]}`, graph.Options{})
		var got []string
		for _, op := range job.Operators {
			got = append(got, fmt.Sprint(op.Parallelism))
		}
		if text := strings.Join(got, " "); text != row.want {
			t.Errorf("%s: %s, want %s", row.reason, text, row.want)
		}
	}
}

// TestTail: the document does not say which operator of a chain feeds the next vertex; a sink feeds none.
func TestTail(t *testing.T) {
	for _, row := range []struct{ description, want, reason string }{
		{"Source: s<br/>+- map<br/>", "map", "the last one"},
		{"Source: s<br/>:- map<br/>+- Sink: out<br/>", "map", "a sink stands last, and feeds nobody"},
		{"Source: s<br/>:- map<br/>+- out: Writer<br/>   +- out: Committer<br/>", "map", "nor do a sink's writer and committer"},
	} {
		job, _ := readOne(t, `{"plan": {"jid": "j", "name": "n", "type": "STREAMING", "nodes": [
			{"id": "x", "parallelism": 1, "description": "`+row.description+`"},
			{"id": "y", "parallelism": 2, "description": "next<br/>", "inputs": [{"num": 0, "id": "x", "ship_strategy": "REBALANCE"}]}]}}`, graph.Options{})
		last := job.Operators[len(job.Operators)-1]
		if got := job.Operators[last.Inputs[0].From].Name; got != row.want {
			t.Errorf("%s: %s feeds the next vertex, want %s", row.reason, got, row.want)
		}
	}
}

// TestSingletons: behind a singleton exchange the parallelism is 1, and so on up to the next exchange; an operator of two
// inputs does not take it from one of them.
func TestSingletons(t *testing.T) {
	const text = `== Optimized Execution Plan ==
Join(joinType=[InnerJoin])
:- Calc(select=[a])
:  +- Sort(orderBy=[a])
:     +- Exchange(distribution=[single])
:        +- TableSourceScan(table=[[c, d, s]], fields=[a])
+- TableSourceScan(table=[[c, d, t]], fields=[b])
`
	job, _ := readOne(t, "== Abstract Syntax Tree ==\nx\n\n"+text, graph.Options{Parallelism: 4})
	want := map[string]int32{"Join": 4, "Calc": 1, "Sort": 1, "TableSourceScan": 4}
	for _, op := range job.Operators {
		kind, _, _ := strings.Cut(op.Name, "(")
		if op.Parallelism != want[kind] {
			t.Errorf("%s: parallelism %d, want %d", op.Name, op.Parallelism, want[kind])
		}
	}
}
