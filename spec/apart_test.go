package spec_test

import (
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// TestAlonePlan: only the operator moves; what is behind it stays in its group.
func TestAlonePlan(t *testing.T) {
	const job = "flinkVersion: '1.20'\nmode: streaming\nparallelism: 2\noperators: [{id: s}, {id: a, inputs: [s], python: {userMemory: 30mb}}, {id: b, inputs: [a], python: {userMemory: 20mb}}, {id: t, inputs: [b]}]"
	for _, row := range []struct {
		job      string
		operator int32
		groups   []string // of the operators, then
		reason   string
	}{
		{job, 1, []string{"default", "a", "default", "default"}, "in the middle of a chain"},
		{job, 2, []string{"default", "default", "b", "default"}, "another"},
		{strings.Replace(job, "{id: b,", "{id: b, slotSharingGroup: a,", 1), 1, []string{"default", "a-apart", "a", "a"}, "its name is another group's"},
		{strings.Replace(job, "{id: a,", "{id: a, slotSharingGroup: a,", 1), 2, []string{"default", "a", "b", "a"}, "behind a named group"},
		{strings.Replace(strings.Replace(job, "{id: a,", "{id: a, slotSharingGroup: a,", 1), "{id: b,", "{id: b, slotSharingGroup: b,", 1), 1, nil, "alone already"},
		{strings.Replace(job, "mode: streaming", "mode: streaming\napi: sql", 1), 1, nil, "nobody can say so in SQL"},
		{"slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 10mb}]\n" + job, 1, nil, "a profile of its own is another question"},
	} {
		jobs, problems := document.Read(source.NewFile("job", []byte(row.job)), graph.Options{})
		if len(jobs) != 1 || problems.HasErrors() {
			t.Fatal(problems)
		}
		p, _ := plan.Make(jobs[0], plan.Options{})
		s, _ := spec.Compute(p)
		a, possible := spec.AlonePlan(s, row.operator)
		if possible != (row.groups != nil) {
			t.Errorf("%s: possible %v", row.reason, possible)
			continue
		}
		for i, want := range row.groups {
			if got := a.Then.Plan.Groups[a.Then.Plan.Operators[i].Group].Name; got != want {
				t.Errorf("%s: operator %d in %s, want %s", row.reason, i, got, want)
			}
		}
		if row.groups != nil && (a.Memory[1] >= a.Memory[0] && row.reason != "behind a named group" && row.reason != "its name is another group's" || a.Slots[1] <= a.Slots[0]) {
			t.Errorf("%s: %+v", row.reason, a)
		}
	}
}
