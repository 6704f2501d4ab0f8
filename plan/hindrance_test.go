package plan

import "testing"

// TestHindrances: what hinders the last edge, in words, what people can change first (flink-rules.md A1).
func TestHindrances(t *testing.T) {
	for _, row := range []struct{ head, operators, want, reason string }{
		{"", "{id: a}, {id: b, inputs: [a]}", "", "nothing hinders"},
		{"", "{id: a}, {id: b}, {id: c, inputs: [a, b]}", "c has 2 inputs", "a chain needs a consumer of one input"},
		{"", "{id: a}, {id: b}, {id: d}, {id: c, inputs: [d, a, b]}", "c has 3 inputs", "all inputs count"},
		{"", "{id: a}, {id: b}, {id: c, inputs: [a, b]}, {id: d, inputs: [c, a, b]}", "d has 3 inputs", "each consumer by itself"},
		{"", "{id: c, inputs: [a, b]}, {id: a}, {id: b}", "c has 2 inputs", "the first operator too"},
		{"", "{id: a}, {id: b, inputs: [a]}, {id: c, inputs: [{from: b, shipStrategy: hash}]}", "ship strategy hash", "one input, behind other edges"},
		{"", "{id: a}, {id: b, inputs: [{from: a, shipStrategy: hash}]}", "ship strategy hash", "only forward stays in the thread"},
		{"", "{id: a}, {id: b, parallelism: 3, inputs: [a]}", "different parallelism (1, 3)", "a ship strategy that nobody asked for is not blamed"},
		{"", "{id: a}, {id: b, parallelism: 3, inputs: [{from: a, shipStrategy: rebalance}]}", "ship strategy rebalance; different parallelism (1, 3)", "one that was asked for is"},
		{"flinkVersion: '1.20'", "{id: a}, {id: b, parallelism: 3, inputs: [{from: a, shipStrategy: forward-consecutive-hash}]}", "different parallelism (1, 3)", "a consecutive hash hinders only where parallelism does"},
		{"mode: batch", "{id: a}, {id: b, inputs: [{from: a, exchange: blocking}]}", "exchange blocking", "a blocking exchange ends the task"},
		{"", "{id: a}, {id: b, slotSharingGroup: g, inputs: [a]}", "different slot sharing groups (default, g)", "a chain lies in one slot"},
		{"", "{id: a, chainingStrategy: never}, {id: b, inputs: [a]}", "chaining strategy of a is never", "never holds for what follows too"},
		{"", "{id: a}, {id: b, chainingStrategy: never, inputs: [a]}", "chaining strategy of b is never", "and for what comes before"},
		{"", "{id: a}, {id: b, chainingStrategy: head, inputs: [a]}", "chaining strategy of b is head", "a head has nothing before it"},
		{"flinkVersion: '1.20'", "{id: a, legacySource: true}, {id: b, chainingStrategy: head-with-sources, inputs: [a]}",
			"chaining strategy of b is head-with-sources, and a is no new-style source", "only FLIP-27 sources are pulled in"},
		{"flinkVersion: '1.20'\nmode: batch\napi: datastream", "{id: a}, {id: b, keyed: true, inputs: [a]}", "b is keyed: in batch its inputs are sorted in a task of its own", "A5"},
		{"flinkVersion: '1.10'", "{id: a}, {id: b, async: true, inputs: [a]}", "b is async and starts a chain", "before 1.11"},
		{"flinkVersion: '1.11'", "{id: a, legacySource: true}, {id: b, async: true, inputs: [a]}", "b is async behind the legacy source a", "from 1.11 on only behind a legacy source"},
		{"flinkVersion: '1.20'", "{id: a}, {id: b, async: true, inputs: [a]}", "", "and not behind a new one"},
		{"flinkVersion: '1.20'\nconfig: {pipeline.operator-chaining.chain-operators-with-different-max-parallelism: false}",
			"{id: a}, {id: b, maxParallelism: 5, inputs: [a]}", "different maxParallelism (unset, 5)", "an open one is unset"},
		{"flinkVersion: '1.20'\nconfig: {pipeline.operator-chaining.chain-operators-with-different-max-parallelism: false}",
			"{id: a, maxParallelism: 1}, {id: b, maxParallelism: 5, inputs: [a]}", "different maxParallelism (1, 5)", "set ones are numbers, from 1 on"},
		{"flinkVersion: '1.20'", "{id: a}, {id: b, maxParallelism: 5, inputs: [a]}", "", "by default they may differ"},
		{"config: {pipeline.operator-chaining: false}", "{id: a}, {id: b, inputs: [a]}", "operator chaining is off", "the whole job's switch"},
	} {
		p := planOf(t, row.head+"\noperators: ["+row.operators+"]")
		last := &p.Edges[len(p.Edges)-1]
		if got := last.Reason(); got != row.want || last.Chained != (row.want == "") {
			t.Errorf("%s: %q, chained %v; want %q", row.reason, got, last.Chained, row.want)
		}
	}
}

// TestUnion: two edges at one port are a union, which no source is pulled through.
func TestUnion(t *testing.T) {
	for _, row := range []struct {
		inputs string
		want   int // chained edges
		reason string
	}{
		{"[{from: a, port: 0}, {from: b, port: 1}]", 2, "each at a port of its own"},
		{"[{from: a, port: 0}, {from: b, port: 0}]", 0, "a union"},
		{"[{from: a, port: 0}, {from: b, port: 0}, {from: c, port: 1}]", 1, "a union, then another"},
		{"[{from: c, port: 0}, {from: a, port: 1}, {from: b, port: 1}]", 1, "a union after another"},
	} {
		p := planOf(t, "flinkVersion: '1.20'\noperators: [{id: x}, {id: y, chainingStrategy: head, inputs: [x]}, {id: a}, {id: b}, {id: c}, {id: m, chainingStrategy: head-with-sources, inputs: "+row.inputs+"}]")
		if first, end := p.Inputs(5); first != 1 || int(end) != len(p.Edges) {
			t.Errorf("%s: the edges of m are %d to %d", row.reason, first, end)
		}
		chained := 0
		for _, e := range p.Edges {
			if e.Chained {
				chained++
			}
		}
		if chained != row.want {
			t.Errorf("%s: %d chained, want %d", row.reason, chained, row.want)
		}
	}
}
