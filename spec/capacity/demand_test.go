package capacity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

func specFor(t *testing.T, text string) *spec.Spec {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	p, _ := plan.Make(jobs[0], plan.Options{})
	s, _ := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88}) // figures that are easy to reckon with
	return s
}

// TestPlannedOnce: however many levers are tried, the job is as it was planned; where the weights leave Python nothing,
// it is planned once more, without sharing, and no further.
func TestPlannedOnce(t *testing.T) {
	s := specFor(t, "flinkVersion: \"1.20\"\noperators: [{id: a, python: {userMemory: 300mb}}, {id: b, inputs: [a], python: true}]")
	c := Cluster{Version: s.Plan.Job.Version, Config: flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}, {Key: flink.KeySlots, Value: "8"},
		{Key: flink.KeyConsumerWeights, Value: "OPERATOR:70,STATE_BACKEND:70,PYTHON:0"}}}
	r, _, _ := c.Assess([]*spec.Spec{s})
	if r.Fits || !r.Jobs[0].Unshared {
		t.Fatalf("%+v", r.Jobs[0])
	}
	d := r.demands[0]
	again := d.unshared
	tried := 0
	levers := c.recommender(r)
	try := levers.try
	levers.try = func(config flink.Config) (bool, *flink.Refusal) { tried++; return try(config) }
	levers.all()
	if tried < 50 || d.spec != s || d.unshared != again || again.spec == s {
		t.Errorf("%d trials: planned again", tried)
	}
	// The test above sees what demand keeps; that nobody plans elsewhere is a fact about the text.
	files, _ := filepath.Glob("*.go")
	plans := 0
	for _, file := range files {
		if text, _ := os.ReadFile(file); !strings.HasSuffix(file, "_test.go") {
			plans += strings.Count(string(text), "plan.Make(")
		}
	}
	if plans != 1 {
		t.Errorf("plan.Make is called at %d places of this package", plans)
	}
}

// TestSlotsAtOnce: in batch, groups that only blocking exchanges join need not run together; hybrid ones must.
func TestSlotsAtOnce(t *testing.T) {
	job := func(mode, exchange, config string) string {
		return "flinkVersion: \"1.20\"\nmode: " + mode + "\nparallelism: 2\nconfig: {" + config + "}\noperators: [{id: a, slotSharingGroup: g}, {id: b, slotSharingGroup: h, inputs: [{from: a, shipStrategy: rebalance" + exchange + "}]}]"
	}
	for _, row := range []struct {
		text   string
		want   int64
		reason string
	}{
		{job("streaming", "", ""), 4, "all groups of a streaming job"},
		{job("batch", "", ""), 2, "a blocking exchange: one after the other"},
		{job("batch", ", exchange: pipelined", ""), 4, "a pipelined exchange"},
		{strings.NewReplacer(", slotSharingGroup: g", "", ", slotSharingGroup: h", "").Replace(job("batch", "", "execution.batch-shuffle-mode: ALL_EXCHANGES_HYBRID_FULL")), 4, "a hybrid exchange"},
	} {
		if got := newDemand(specFor(t, row.text)).slots; got != row.want {
			t.Errorf("%s: %d slots, want %d", row.reason, got, row.want)
		}
	}
}

// TestOffHeapOf111: Flink 1.11 refuses less than one worker takes, not just as much (CommonPythonBase).
func TestOffHeapOf111(t *testing.T) {
	s := specFor(t, "flinkVersion: \"1.11\"\noperators: [{id: a, python: true}]")
	for _, row := range []struct {
		offHeap string
		refused bool
		reason  string
	}{
		{"79mb", false, "framework and buffer, just as much"},
		{"82837503b", true, "a byte less"},
		{"80mb", false, "more"},
	} {
		c := Cluster{Version: s.Plan.Job.Version, Config: flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}, {Key: flink.KeyTaskOffHeap, Value: row.offHeap}}}
		r, problems, refused := c.Assess([]*spec.Spec{s})
		if refused != nil || problems.Has(source.CodeRefusedByFlink) != row.refused || r.Fits == row.refused {
			t.Errorf("%s (%s): fits %v, %v", row.offHeap, row.reason, r.Fits, problems)
		}
	}
}

// TestCellOf: a cell is of the group with the least to spare, whichever job it is of.
func TestCellOf(t *testing.T) {
	fit := func(pairs ...flink.MemorySize) *Fit {
		f := &Fit{Fits: true}
		for i := 0; i < len(pairs); i += 2 {
			f.Groups = append(f.Groups, GroupFit{Workers: 1, Needs: pairs[i], Gets: pairs[i+1]})
		}
		return f
	}
	for _, row := range []struct {
		jobs        []*Fit
		needs, gets flink.MemorySize
		reason      string
	}{
		{[]*Fit{fit(10, 30, 10, 15)}, 10, 15, "5 to spare are fewer than 20"},
		{[]*Fit{fit(10, 15, 10, 30)}, 10, 15, "in any order"},
		{[]*Fit{fit(10, 15), fit(40, 30)}, 40, 30, "short by 10, in the second job"},
		{[]*Fit{{Groups: []GroupFit{{Needs: 9, Gets: 1}, {Workers: 1, Needs: 1, Gets: 9}}}}, 1, 9, "a group without workers does not count"},
	} {
		if c := cellOf(nil, &Assessment{Jobs: row.jobs}); c.Needs != row.needs || c.Gets != row.gets {
			t.Errorf("%s: needs %d gets %d", row.reason, c.Needs, c.Gets)
		}
	}
}
