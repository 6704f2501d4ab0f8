package plan

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// TestRefused: what Flink, or the sharing of workers, refuses once chains and groups are known.
func TestRefused(t *testing.T) {
	const selective = "flinkVersion: '1.20'\nmode: batch\nconfig: {execution.batch-shuffle-mode: ALL_EXCHANGES_HYBRID_SELECTIVE}"
	const notShared = `cannot-share-worker: "a" and "b" name the worker "w" but cannot share it: `
	for _, row := range []struct{ head, operators, want, reason string }{
		{"", "{id: a, python: {worker: w}}, {id: b, python: {worker: w}}", "", "one group, one environment"},
		{"", "{id: a, slotSharingGroup: g, python: {worker: w}}, {id: b, python: {worker: w}}", notShared + "their slot sharing groups differ (g, default)", "they never meet in a slot"},
		{"", "{id: a, python: {worker: w, env: x}}, {id: b, python: {worker: w}}", notShared + "their environments differ (x, none)", "one process has one environment"},
		{"", "{id: a, python: {worker: w}}, {id: b, python: {worker: w, env: y}}", notShared + "their environments differ (none, y)", "none is one too"},
		{"flinkVersion: '1.20'\nmode: batch", "{id: a, name: 'MultipleInput[1]', python: {worker: w}}, {id: b, python: {worker: w}, inputs: [{from: a, shipStrategy: forward}]}", notShared + "Python inside a MultipleInput runs alone", "whichever of the two it is: the first"},
		{"flinkVersion: '1.20'\nmode: batch", "{id: a, python: {worker: w}}, {id: b, name: 'MultipleInput[1]', python: {worker: w}, inputs: [{from: a, shipStrategy: forward}]}", notShared + "Python inside a MultipleInput runs alone", "the second"},
		{"", "{id: a, python: {env: x}}, {id: b, python: {env: y}}", "", "without a name nothing is asked for"},
		{"", "{id: a, coLocation: k}, {id: b, coLocation: k}", "", "co-located, and in one group"},
		{"", "{id: z}, {id: a, coLocation: k}, {id: b, coLocation: k, slotSharingGroup: g}",
			`co-location: "a" and "b" are co-located; Flink: Cannot co-locate operators from different slot sharing groups`, "an operator that asks for nothing may come first"},
		{"", "{id: a, coLocation: k}, {id: b, coLocation: l, slotSharingGroup: g}", "", "two keys ask nothing of each other"},
		{selective, "{id: a, slotSharingGroup: g}, {id: b, parallelism: 2, inputs: [a]}",
			`hybrid-named-group: slot sharing group "g" beside a hybrid exchange; Flink: hybrid shuffle mode currently does not support setting non-default slot sharing group.`, "1.16+"},
		{selective, "{id: a, slotSharingGroup: g}, {id: b, parallelism: 2, slotSharingGroup: default, inputs: [a]}",
			`hybrid-named-group: slot sharing group "g" beside a hybrid exchange; Flink: hybrid shuffle mode currently does not support setting non-default slot sharing group.`, "who names it, not who inherits it"},
		{selective, "{id: a, slotSharingGroup: default}, {id: b, parallelism: 2, inputs: [a]}", "", "default is no named group"},
		{selective, "{id: a, slotSharingGroup: g}, {id: b, slotSharingGroup: g, inputs: [a]}", "", "all chained: no exchange is hybrid"},
	} {
		jobs, problems := document.Read(source.NewFile("job", []byte(row.head+"\noperators: ["+row.operators+"]")), graph.Options{})
		if problems.HasErrors() {
			t.Fatal(row.reason, problems)
		}
		_, problems = Make(jobs[0], Options{})
		var got []string
		for _, d := range problems {
			got = append(got, fmt.Sprintf("%s: %s", d.Code, d.Message))
		}
		if got := strings.Join(got, "\n"); got != row.want {
			t.Errorf("%s:\n%s\nwant\n%s", row.reason, got, row.want)
		}
	}
}

// TestGroupsByPhase: the note stands where the adaptive batch scheduler of 2.x can decide otherwise, and only there.
func TestGroupsByPhase(t *testing.T) {
	for _, row := range []struct {
		head, operators string
		want            bool
		reason          string
	}{
		{"flinkVersion: '2.0'\nmode: batch", "{id: a}, {id: b, parallelism: 2, inputs: [a]}", false, "blocking exchanges, no names"},
		{"flinkVersion: '2.0'\nmode: batch", "{id: a}, {id: b, parallelism: 2, inputs: [{from: a, exchange: pipelined}]}", true, "a pipelined edge reaches across phases"},
		{"flinkVersion: '2.0'\nmode: batch", "{id: a, slotSharingGroup: g}, {id: b, parallelism: 2, inputs: [a]}", true, "so does a named group"},
		{"flinkVersion: '1.20'\nmode: batch", "{id: a, slotSharingGroup: g}", false, "1.20 decides at once"},
		{"flinkVersion: '2.0'", "{id: a, slotSharingGroup: g}", false, "so does streaming"},
	} {
		jobs, _ := document.Read(source.NewFile("job", []byte(row.head+"\noperators: ["+row.operators+"]")), graph.Options{})
		if _, problems := Make(jobs[0], Options{}); problems.Has("groups-by-phase") != row.want {
			t.Errorf("%s: %v", row.reason, problems)
		}
	}
}

// TestSharingInForce: the scope that holds where the job asks for none (design.md 3.2).
func TestSharingInForce(t *testing.T) {
	for _, row := range []struct {
		head   string
		want   graph.Sharing
		reason string
	}{
		{"sharing: none", graph.SharingNone, "as asked"},
		{"sharing: chain\nflinkVersion: '1.20'", graph.SharingChain, "as asked, whatever the version does"},
		{"name: j", graph.SharingChain, "no version: FLIP-88 as written"},
		{"flinkVersion: '1.11'", graph.SharingNone, "shipped without sharing"},
		{"flinkVersion: '1.11'\nconfig: {python.fn-execution.memory.managed: true}", graph.SharingNone, "managed, but not shared before 1.12"},
		{"flinkVersion: '1.12'", graph.SharingSlot, "1.12 shares in a slot"},
		{"flinkVersion: '1.12'\nconfig: {python.fn-execution.memory.managed: false}", graph.SharingNone, "and only managed memory is shared"},
	} {
		if got := planOf(t, row.head+"\noperators: [{id: a, python: true}]").Sharing; got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// TestLaunchedBy: the operator that starts a worker is the first in dataflow order, or the first that Flink opens
// (flink-rules.md A7).
func TestLaunchedBy(t *testing.T) {
	for _, row := range []struct{ operators, dataflow, open, reason string }{
		{"{id: a, python: true}, {id: b, inputs: [a], python: true}, {id: c, inputs: [b], python: true}", "a", "c", "a chain opens from its tail"},
		{"{id: s}, {id: a, inputs: [s], python: true}, {id: b, inputs: [s], python: true}", "a", "a", "the first branch opens first"},
		{"{id: s}, {id: a, inputs: [s]}, {id: x, inputs: [a], python: true}, {id: b, inputs: [s], python: true}", "x", "x", "and to its end"},
		{"{id: a, python: true}, {id: b, chainingStrategy: head, inputs: [a], python: true}, {id: c, inputs: [b], python: true}", "a", "a", "the first chain opens first"},
		{"{id: a, python: true}, {id: m, chainingStrategy: head-with-sources, inputs: [a], python: true}", "a", "m", "a chained source opens last"},
	} {
		jobs, problems := document.Read(source.NewFile("job", []byte("sharing: slot\noperators: ["+row.operators+"]")), graph.Options{})
		if problems.HasErrors() {
			t.Fatal(row.reason, problems)
		}
		for _, by := range []struct {
			open bool
			want string
		}{{false, row.dataflow}, {true, row.open}} {
			p, _ := Make(jobs[0], Options{Open: by.open})
			if got := p.Job.Operators[p.Workers[0].LaunchedBy].ID; got != by.want || len(p.Workers) != 1 {
				t.Errorf("%s, open %v: %s, want %s", row.reason, by.open, got, by.want)
			}
		}
	}
}
