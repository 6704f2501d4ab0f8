package spec_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/spec"
)

// TestSummary: several jobs are added up; one job needs no sum.
func TestSummary(t *testing.T) {
	one, _ := compute(t, "name: one\nmode: batch\nparallelism: 3\noperators: [{id: a}, {id: b, inputs: [a], python: true}]", graph.Options{})
	two, _ := compute(t, "name: two\nmode: batch\noperators: [{id: a, python: true}, {id: b, slotSharingGroup: g, python: true}]", graph.Options{})
	const ofOne, ofTwo = `job "one": 2 operators (1 Python) in 1 chain, 1 slot sharing group, 3 workers`, `job "two": 2 operators (2 Python) in 2 chains, 2 slot sharing groups, 2 workers`
	for _, row := range []struct {
		reason string
		specs  []*spec.Spec
		each   bool
		want   []string
	}{
		{"none", nil, true, nil},
		{"one", []*spec.Spec{one}, false, nil},
		{"one, and each", []*spec.Spec{one}, true, []string{ofOne}},
		{"two", []*spec.Spec{one, two}, false, []string{"2 jobs, 4 operators (3 Python), 5 workers"}},
		{"two, and each", []*spec.Spec{one, two}, true, []string{ofOne, ofTwo, "2 jobs, 4 operators (3 Python), 5 workers"}},
	} {
		var got []string
		for _, note := range spec.Summary(row.specs, row.each) {
			got = append(got, note.Message)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}
