package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// facts are those of one section: `subject: text [source]`.
func facts(e spec.Explanation, title string) []string {
	var out []string
	for _, section := range e.Sections {
		if section.Title != title {
			continue
		}
		for _, f := range section.Facts {
			out = append(out, fmt.Sprintf("%s: %s [%s]", f.Subject, f.Text, f.Source))
		}
	}
	return out
}

// TestExplain: one fact of each kind, as whole sentences where the words depend on the job.
func TestExplain(t *testing.T) {
	const two = "operators: [{id: p, python: true}, {id: q, inputs: [p], python: {userMemory: 10mb}}]"
	for _, row := range []struct{ job, section, want, reason string }{
		{two, "Model", "Flink version: not stated: FLIP-88 as written, on the chaining rules of 1.10, the release it was made for [FLIP-88]", "no version"},
		{"flinkVersion: '1.20'\n" + two, "Model", "Flink version: 1.20 []", "a known version"},
		{"flinkVersion: '9.9'\n" + two, "Model", "Flink version: 9.9 is not known: planned as 2.3 []", "one that is to come"},
		{two, "Model", "sharing chain: the Python operators of one chain share a worker [FLIP-88, \"Python worker sharing\"]", "FLIP-88's sharing"},
		{"sharing: none\n" + two, "Model", "sharing none: every Python operator starts a worker of its own, as asked for []", "the job's own"},
		{"flinkVersion: '1.10'\n" + two, "Model", "sharing none: every Python operator starts a worker of its own, as Flink 1.10 was shipped [seen on running clusters]", "1.10"},
		{"flinkVersion: '1.20'\n" + two, "Model", "estimate: from Flink 1.12 on Flink states no need of its own; the memory of a worker is an estimate [" + flink.WorkerPerSlot.Cite() + "]", "FLIP-141's model"},
		{"flinkVersion: '1.12'\nmode: batch\napi: datastream\noperators: [{id: a}, {id: g, slotSharingGroup: g}]", "Slot sharing groups", "default: a; 1 slot, 0 workers in the fullest [" + flink.OneBatchGroup.Cite() + "]", "one group in batch, a DataStream job of 1.12"},
		{"flinkVersion: '1.12'\nmode: batch\napi: datastream\noperators: [{id: a}, {id: g, slotSharingGroup: g}]", "Slot sharing groups", "g: g; 1 slot, 0 workers in the fullest [StreamingJobGraphGenerator.setSlotSharing, Flink 1.12]", "and a named one beside it"},
		{two, "Chains", "p: 2 operators in one task: p, q [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "a chain"},
		{"operators: [{id: p}]", "Chains", "p: runs alone [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "one alone"},
		{two, "Edges", "p -> q: chained: forward, one input, parallelism 1 on both sides, one slot sharing group, strategies allow it [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "a chained edge"},
		{"operators: [{id: s}, {id: m, chainingStrategy: head-with-sources, inputs: [s]}]", "Edges", "s -> m: chained: s is a source in front of m, whose strategy is head-with-sources [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "a chained source"},
		{"operators: [{id: a}, {id: b, inputs: [{from: a, shipStrategy: hash}]}]", "Edges", "a -> b: not chained: ship strategy hash (records travel by hash, exchange pipelined_bounded) [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "the only reason"},
		{"operators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: hash}]}, {id: c, inputs: [b]}]", "Edges",
			"a -> b: nor if that were mended: different parallelism (1, 2) (records travel by hash, exchange pipelined_bounded) [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "the last of two reasons"},
		{"operators: [{id: a}, {id: b, inputs: [a]}, {id: c, parallelism: 2, inputs: [b]}]", "Edges",
			"b -> c: not chained: different parallelism (1, 2) (records travel by rebalance, exchange pipelined_bounded) [StreamingJobGraphGenerator.isChainable, Flink 1.10]", "an edge behind a chained one"},
		{two, "Slot sharing groups", "default: p, q; 1 slot, 1 worker in the fullest [StreamingJobGraphGenerator.setSlotSharing, Flink 1.10]", "one of each"},
		{"sharing: none\nparallelism: 2\n" + two, "Slot sharing groups", "default: p, q; 2 slots, 2 workers in the fullest [StreamingJobGraphGenerator.setSlotSharing, Flink 1.10]", "several"},
		{two, "Python workers", "p: serves p, q: sharing chain []", "who shares"},
		{"operators: [{id: p, python: {worker: w, env: v}}]", "Python workers", "w: serves p: the job names this worker, environment v []", "a name and an environment"},
		{two, "Python workers", "p: p launches it and reserves the framework memory: it is the first in dataflow order; but Flink opens a chain from its tail, so that what it reserves is not there yet when the others open (--launch-order open) [FLIP-88, \"Python worker sharing\"; the order is udfplan's reading]", "in one chain"},
		{"sharing: slot\noperators: [{id: p, python: true}, {id: q, parallelism: 3, inputs: [p], python: true}]", "Python workers", "p: p launches it and reserves the framework memory: it is the first in dataflow order [FLIP-88, \"Python worker sharing\"; the order is udfplan's reading]", "across chains"},
		{"sharing: slot\noperators: [{id: p, python: true}, {id: q, parallelism: 3, inputs: [p], python: true}]", "Python workers", "p: p has parallelism 1: in 2 further slots the worker runs without it, and nobody reserves its framework memory there []", "slots without the launcher"},
		{"sharing: slot\noperators: [{id: p, python: true}, {id: q, parallelism: 2, inputs: [p], python: true}]", "Python workers", "p: p has parallelism 1: in 1 further slot the worker runs without it, and nobody reserves its framework memory there []", "one slot without"},
		{"sharing: slot\noperators: [{id: p, python: true}, {id: q, parallelism: 3, inputs: [p], python: true}]", "Python workers", "p: instances: 3, the largest parallelism among its operators (1 x 94mb + 2 x 79mb: not every slot has a subtask of each operator) []", "processes differ"},
		{two, "Python workers", "p: instances: 1, the largest parallelism among its operators []", "processes are alike"},
		{two, "Python workers", "p: 104mb = 64mb framework + 2 x 15mb buffer + 10mb userMemory [FLIP-88, \"Python worker\"]", "the sum"},
		{"operators: [{id: p, python: true}]", "Python workers", "p: 79mb = 64mb framework + 1 x 15mb buffer [FLIP-88, \"Python worker\"]", "no user memory, no word of it"},
		{"operators: [{id: p, python: true}]", "Python workers", "p: p launches it and reserves the framework memory [FLIP-88, \"Python worker sharing\"; the order is udfplan's reading]", "alone, the order says nothing"},
		{"flinkVersion: '1.10'\noperators: [{id: p, python: true}]", "Python workers", "p: p launches it and reserves the framework memory [FLIP-88, \"Python worker sharing\"; the order is udfplan's reading]", "1.10 knows no unmanaged workers"},
		{"flinkVersion: '1.20'\nconfig: {python.fn-execution.memory.managed: false}\noperators: [{id: p, python: true}]", "Python workers", "p: p launches it and needs the framework memory, which nobody reserves [FLIP-88, \"Python worker sharing\"; the order is udfplan's reading]", "unmanaged"},
		{two, "Resources of one subtask", ": unknown, because the job is streaming [FLIP-88]", "streaming"},
		{"mode: batch\n" + two, "Resources of one subtask", "p: taskHeap 5mb (1mb input + 1mb output + 3mb others); managedOffHeap 79mb = 15mb buffer + 64mb framework, as it launches worker p [FLIP-88]", "the launcher"},
		{"mode: batch\n" + two, "Resources of one subtask", "q: taskHeap 5mb (1mb input + 1mb output + 3mb others); managedOffHeap 25mb = 15mb buffer + 10mb userMemory [FLIP-88]", "who joins"},
		{"mode: batch\noperators: [{id: a}]", "Resources of one subtask", "a: nothing declared: 0b []", "nothing declared"},
		{"mode: batch\noperators: [{id: a, resources: {taskHeap: 3mb}}]", "Resources of one subtask", "a: as declared: taskHeap 3mb, managedOffHeap 0b []", "declared"},
		{"mode: batch\noperators: [{id: p, python: {mode: thread}}]", "Resources of one subtask", "p: taskHeap 5mb (1mb input + 1mb output + 3mb others); no worker, managedOffHeap 0b [FLIP-88, \"Java operator\"]", "thread mode"},
		{two, "Totals", "slots: 1, all groups at the same time []", "slots"},
		{"parallelism: 2\n" + two, "Totals", "Python memory: 208mb in 2 workers []", "memory of all workers"},
		{"mode: batch\n" + two, "Totals", "managed off-heap: 104mb reserved by operators, each as often as its parallelism [FLIP-88]", "what is reserved"},
	} {
		s, _ := compute(t, row.job, graph.Options{})
		if got := facts(spec.Explain(s, -1), row.section); !slices.Contains(got, row.want) {
			t.Errorf("%s: no fact\n%s\nin\n%s", row.reason, row.want, strings.Join(got, "\n"))
		}
	}
}

// TestExplainAbsent: what does not hold is not told.
func TestExplainAbsent(t *testing.T) {
	for _, row := range []struct{ job, section, unwanted, reason string }{
		{"operators: [{id: p, python: true}, {id: q, inputs: [p], python: true}]", "Python workers", "further slot", "the launcher is in every slot"},
		{"sharing: slot\noperators: [{id: p, parallelism: 3, python: true}, {id: q, inputs: [p], python: true}]", "Python workers", "further slot", "nor where the others have fewer"},
		{"operators: [{id: p, python: true}]", "Python workers", "thread mode", "a process is no thread"},
		{"operators: [{id: p, python: true}]", "Totals", "managed off-heap", "streaming reserves nothing known"},
		{"mode: batch\noperators: [{id: p, python: true}]", "Totals", "one after the other", "one group has no other"},
		{"operators: [{id: p, python: true}]", "Model", "states no need", "without a version the model is FLIP-88's own"},
		{"flinkVersion: '1.12'\nmode: batch\napi: sql\noperators: [{id: p, python: true}]", "Chains", "pipeline.operator-chaining", "an option that is not set"},
		{"flinkVersion: '1.12'\nmode: batch\napi: sql\nconfig: {pipeline.operator-chaining: TRUE}\noperators: [{id: p, python: true}]", "Chains", "pipeline.operator-chaining", "one that is true, in whatever case"},
		{"flinkVersion: '1.20'\nmode: batch\napi: sql\nconfig: {pipeline.operator-chaining: false}\noperators: [{id: p, python: true}]", "Chains", "pipeline.operator-chaining:", "one that Flink obeys"},
	} {
		s, _ := compute(t, row.job, graph.Options{})
		if got := strings.Join(facts(spec.Explain(s, -1), row.section), "\n"); strings.Contains(got, row.unwanted) || row.section != "Totals" && got == "" {
			t.Errorf("%s: %q in\n%s", row.reason, row.unwanted, got)
		}
	}
}

// TestExplainOne: asked about one operator, only what touches it.
func TestExplainOne(t *testing.T) {
	const job = "mode: batch\nsharing: none\noperators: [{id: a, python: {mode: thread}}, {id: b, inputs: [a], python: true}, {id: c, parallelism: 2, inputs: [b]}, {id: d, python: true}]"
	s, _ := compute(t, job, graph.Options{})
	e := spec.Explain(s, 2)
	var got []string
	for _, section := range e.Sections {
		if section.Title == "Model" {
			continue
		}
		for _, f := range section.Facts {
			got = append(got, section.Title+" "+f.Subject)
		}
	}
	want := []string{"Chains c", "Edges b -> c", "Slot sharing groups default#c", "Resources of one subtask c"}
	if !slices.Equal(got, want) || e.Operator != "c" {
		t.Errorf("%q of %q, want %q", got, e.Operator, want)
	}
	if e := spec.Explain(s, 0); e.Operator != "a" || !slices.ContainsFunc(facts(e, "Python workers"), func(f string) bool { return strings.HasPrefix(f, "a: thread mode") }) {
		t.Errorf("the first operator: %+v", e)
	}
	if regions := facts(spec.Explain(s, 0), "Slot sharing groups"); len(regions) != 1 {
		t.Errorf("of all groups only that of the first operator: %q", regions)
	}
	if last := facts(spec.Explain(s, 3), "Python workers"); len(last) != 4 || !strings.HasPrefix(last[0], "d: ") {
		t.Errorf("the last worker, behind one that is not asked about: %q", last)
	}
	for _, section := range e.Sections {
		if len(section.Facts) == 0 {
			t.Errorf("%s is an empty section", section.Title)
		}
	}
	if whole := spec.Explain(s, -1); whole.Operator != "" {
		t.Errorf("the whole job is of operator %q", whole.Operator)
	}
}

// TestExplainOpen: --launch-order open is told as Flink's own order.
func TestExplainOpen(t *testing.T) {
	jobs, _ := document.Read(source.NewFile("job", []byte("operators: [{id: p, python: true}, {id: q, inputs: [p], python: true}]")), graph.Options{})
	p, _ := plan.Make(jobs[0], plan.Options{Open: true})
	s, _ := spec.Compute(p)
	want := "p: q launches it and reserves the framework memory: Flink opens it first (chain by chain, in a chain the tail before the head, the first branch first) [OperatorChain, Flink 1.10]"
	if got := facts(spec.Explain(s, -1), "Python workers"); !slices.Contains(got, want) {
		t.Errorf("no fact %q in %q", want, got)
	}
}
