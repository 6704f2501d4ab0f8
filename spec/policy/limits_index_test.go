package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

// TestCandidates: what is looked up is what a walk over all waivers finds, whatever they say in names, in globs, or not at all.
func TestCandidates(t *testing.T) {
	c := caseOf(t, `name: one
operators:
- {id: a, python: {worker: w}}
- {id: b, python: {worker: v}, slotSharingGroup: g}
- {id: c}
`, graph.Options{})
	var waivers []string
	for _, job := range []string{"", "one", "two", "o*"} {
		for _, operator := range []string{"", "a", "c", "?"} {
			for _, worker := range []string{"", "v", "w", "x", "*"} {
				for _, group := range []string{"", "g", "default", "d?fault"} {
					waivers = append(waivers, waiverOf("job", job, "operator", operator, "worker", worker, "slotSharingGroup", group))
				}
			}
		}
	}
	limits := limitsOf(t, "waivers:\n"+strings.Join(waivers, ""))
	for _, operators := range [][]int32{nil, {0}, {1}, {2}, {0, 1, 2}, {1, 0, 1}} {
		for _, rule := range []string{"worker-memory", "slot-workers"} {
			r, _ := Lookup(rule)
			f := Finding{Rule: r, operators: operators}
			var want, got []int
			for i := range limits.Waivers {
				if limits.Waivers[i].covers(c, &f) {
					want = append(want, i)
				}
			}
			for i := range limits.waiverAt.candidates(c, &f) {
				if limits.Waivers[i].covers(c, &f) {
					got = append(got, i)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
				t.Errorf("%s at %v (-want +got):\n%s", rule, operators, diff)
			}
			if (len(want) == 0) != (rule == "slot-workers") {
				t.Errorf("%s at %v: %d waivers cover it", rule, operators, len(want))
			}
		}
	}
}

// waiverOf is an entry of a limits file, without what is empty.
func waiverOf(said ...string) string {
	text := "- {rule: worker-memory, reason: x"
	for i := 0; i < len(said); i += 2 {
		if said[i+1] != "" {
			text += fmt.Sprintf(", %s: %q", said[i], said[i+1])
		}
	}
	return text + "}\n"
}

// TestFirstWaiver: of several waivers that are good the first in the file counts, whether it names a job or has a glob.
func TestFirstWaiver(t *testing.T) {
	const named, glob, bad = "- {rule: worker-memory, job: one, operator: a, reason: named}\n", "- {rule: worker-memory, operator: '*', reason: glob}\n", "- {rule: worker-memory}\n"
	for _, row := range []struct{ reason, waivers, want string }{
		{"a name before a glob", named + glob, "named"},
		{"a glob before a name", glob + named, "glob"},
		{"what has no reason waives nothing", bad + named + glob, "named"},
	} {
		o := &Options{Limits: limitsOf(t, "limits: {worker: {memory: 1mb}}\nwaivers:\n"+row.waivers), Today: today}
		v := Check(caseOf(t, "name: one\noperators: [{id: a, python: true}]\n", graph.Options{}), o)
		if len(v.Waived) != 1 || v.Waived[0].Waiver.Reason != row.want {
			t.Errorf("%s: %v", row.reason, v.Waived)
		}
	}
}

// TestOverridesByName: a later override is stronger, whether it names a job or has a glob.
func TestOverridesByName(t *testing.T) {
	const named, glob, other = "- {job: one, limits: {job: {slots: 1}}}\n", "- {job: 'o*', limits: {job: {slots: 2}}}\n", "- {job: two, limits: {job: {slots: 3}}}\n"
	rule := limitOf("job", "slots")
	for _, row := range []struct {
		reason, overrides, job string
		want                   int64
	}{
		{"a name before a glob", named + glob + other, "one", 2},
		{"a glob before a name", glob + named + other, "one", 1},
		{"another job's", named + glob + other, "two", 3},
		{"a glob alone", named + glob + other, "or", 2},
		{"nobody's", named + glob + other, "", 0},
	} {
		if got := limitsOf(t, "overrides:\n"+row.overrides).of(row.job)[rule].Most.N; got != row.want {
			t.Errorf("%s: %d slots, want %d", row.reason, got, row.want)
		}
	}
}
