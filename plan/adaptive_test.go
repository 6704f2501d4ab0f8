package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/testdata/flink/truth"
)

// phased are the recorded jobs of the adaptive batch scheduler of 2.x whose groups udfplan does not plan as
// it made them: it decides by phase, while the job runs (design.md 3.3, flink-rules.md A6).
var phased = set("hand/batch-pipelined-adaptive", "rnd/1009", "rnd/1026", "rnd/1055", "rnd/1056", "rnd/1059", "rnd/1060",
	"rnd/1073", "rnd/1076", "rnd/1083", "rnd/1099", "rnd/1113", "rnd/1125", "rnd/1160", "rnd/1174", "rnd/1183", "rnd/1195",
	"rnd/1196", "rnd/1250", "rnd/1261", "rnd/1268")

func set(members ...string) map[string]bool {
	out := map[string]bool{}
	for _, m := range members {
		out[m] = true
	}
	return out
}

// TestAdaptive: udfplan plans the whole graph at once. Where that scheduler may decide otherwise, a note says
// so; everywhere else the plan is what it made.
func TestAdaptive(t *testing.T) {
	seen := 0
	for _, file := range truth.Files(t, "adaptive/*.jsonl") {
		for _, c := range truth.Lines[recorded](t, file) {
			if phased[c.ID] {
				seen++
			}
			t.Run(truth.Version(file)+"/"+c.ID, func(t *testing.T) { c.checkAdaptive(t) })
		}
	}
	if seen != len(phased) && !truth.Fresh() {
		t.Errorf("%d of %d marked jobs are recorded", seen, len(phased))
	}
}

func (c recorded) checkAdaptive(t *testing.T) {
	jobs, problems := document.Read(source.NewFile(c.ID, c.Job), graph.Options{})
	var p *plan.Plan
	if !problems.HasErrors() {
		var more source.List
		p, more = plan.Make(jobs[0], plan.Options{})
		problems = append(problems, more...)
	}
	if c.Expect.Error != nil {
		if strings.Contains(c.Expect.Error.Normalized, "co-locate") && problems.Has("co-location") {
			return // in one order of finishing; in another not, which is a warning
		}
		c.checkError(t, problems)
		return
	}
	if problems.HasErrors() {
		truth.Differ(t, truth.Refusals, "Flink takes this job; problems: %v", problems)
		return
	}
	want := described{Chains: c.Expect.Chains, Groups: c.Expect.SlotSharing, Edges: c.Expect.Edges}
	want.normalise(true)
	got := describe(p, true)
	diff := cmp.Diff(want, got)
	if diff != "" && !problems.Has("groups-by-phase") {
		truth.Differ(t, truth.Phases, "differs from Flink, and no note says that it can:\n%s", diff)
	}
	if !truth.Fresh() && (diff != "") != phased[c.ID] {
		t.Errorf("marked as different: %v; Flink (-) and udfplan (+) differ:\n%s", phased[c.ID], diff)
	}
	got.Groups, want.Groups = nil, nil
	if more := cmp.Diff(want, got); more != "" {
		truth.Differ(t, truth.Phases, "more than groups differs:\n%s", more)
	}
}
