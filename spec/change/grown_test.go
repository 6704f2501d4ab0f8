package change

import (
	"slices"
	"testing"
)

// TestGrownMost: the operator to look at first is the one that reserves most more; of equals the first.
func TestGrownMost(t *testing.T) {
	const before = "mode: batch\noperators:\n- {id: a, python: true}\n- {id: b, inputs: [a], python: true}\n- {id: c, inputs: [b]}\n"
	for _, row := range []struct {
		now    string
		at     string
		reason string
	}{
		{"mode: batch\noperators:\n- {id: a, python: {userMemory: 1mb}}\n- {id: b, inputs: [a], python: {userMemory: 1mb}}\n- {id: c, inputs: [b]}\n", "now:3:8", "both alike: the first"},
		{"mode: batch\noperators:\n- {id: a, python: {userMemory: 1mb}}\n- {id: b, inputs: [a], python: {userMemory: 2mb}}\n- {id: c, inputs: [b]}\n", "now:4:8", "the second more"},
		{"mode: batch\noperators:\n- {id: a, python: true}\n- {id: b, inputs: [a], python: true}\n- {id: n, inputs: [b], python: true}\n", "now:5:8", "a new one"},
	} {
		at := shotsOf(t, "now", row.now)[0].GrownMost(shotsOf(t, "old", before)[0])
		if got := at.String(); got != row.at {
			t.Errorf("%s: %s, want %s", row.reason, got, row.at)
		}
	}
}

// TestReadPlansGoesOn: a document that is no plan is told, and the plans behind it are read.
func TestReadPlansGoesOn(t *testing.T) {
	shots, problems := readPlans(smallPlan + "---\nkind: Job\n---\n" + smallPlan)
	if len(shots) != 2 || !problems.Has("not-a-plan") {
		t.Errorf("%d plans, %v", len(shots), problems)
	}
}

// TestListItems: a list keeps its items, also one whose order does not matter.
func TestListItems(t *testing.T) {
	for _, v := range []Value{list([]string{"b", "a"}), setOf([]string{"b", "a"})} {
		if v.Text != "[b, a]" || !slices.Equal(v.Items, []string{"b", "a"}) {
			t.Errorf("%+v", v)
		}
	}
}
