package change

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shotsNamed are jobs written as name: operators.
func shotsNamed(text string) (shots []*Snapshot) {
	for _, job := range strings.Split(text, "; ") {
		name, operators, _ := strings.Cut(job, ": ")
		s := &Snapshot{Job: name}
		for _, o := range strings.Fields(operators) {
			id, named, is := strings.Cut(o, "=")
			if !is {
				named = id
			}
			s.Operators = append(s.Operators, OperatorShot{ID: id, Name: named})
		}
		shots = append(shots, s)
	}
	return shots
}

// TestFollow: by operators, if nobody else could be meant.
func TestFollow(t *testing.T) {
	none := Trace{Old: -1}
	for _, row := range []struct {
		reason, old, now string
		want             []Trace
	}{
		{"all operators", "a: x y z", "b: x y z", []Trace{{Old: 0, Same: 3, Of: 3}}},
		{"in another order", "a: x y z", "b: z x y", []Trace{{Old: 0, Same: 3, Of: 3}}},
		{"half of them", "a: x y", "b: x u", []Trace{{Old: 0, Same: 1, Of: 2}}},
		{"less than half", "a: x y z", "b: x u v", []Trace{none}},
		{"half of the smaller only", "a: x", "b: x u v", []Trace{none}},
		{"numbers as ids, and other names", "a: 1=Source 2=Map", "b: 1=Scan 2=Calc", []Trace{none}},
		{"numbers as ids, and the same names", "a: 1=Source 2=Map", "b: 1=Source 2=Map", []Trace{{Old: 0, Same: 2, Of: 2}}},
		{"the better of two", "a: x y; c: x y z", "b: x y z", []Trace{{Old: 1, Same: 3, Of: 3}}},
		{"two as good", "a: x y; c: x y", "b: x y", []Trace{{Old: -1, Rivals: []string{"a", "c"}}}},
		{"three as good", "a: x y; c: x y; d: x y", "b: x y", []Trace{{Old: -1, Rivals: []string{"a", "c"}}}},
		{"two that could be it", "a: x y", "b: x y; c: x y", []Trace{{Old: -1, Rival: "c"}, {Old: -1, Rival: "b"}}},
		{"three that could be it", "a: x y", "b: x y; c: x y; d: x y", []Trace{{Old: -1, Rival: "c"}, {Old: -1, Rival: "b"}, {Old: -1, Rival: "b"}}},
		{"the better of two that could be it", "a: x y z", "b: x y; c: x y z", []Trace{none, {Old: 0, Same: 3, Of: 3}}},
		{"two that look alike, each the other's best", "a: x y z; b: x y w", "c: x y w; d: x y z", []Trace{{Old: 1, Same: 3, Of: 3}, {Old: 0, Same: 3, Of: 3}}},
		{"the part counts, not the number", "a: x y u v; c: x y", "b: x y", []Trace{{Old: 1, Same: 2, Of: 2}}},
	} {
		if diff := cmp.Diff(row.want, Follow(shotsNamed(row.old), shotsNamed(row.now))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestMost: by operators, else the first.
func TestMost(t *testing.T) {
	for _, row := range []struct{ reason, jobs, job, want string }{
		{"the only one", "a: x", "j: y", "a"},
		{"nothing in common: the first", "a: x; b: y", "j: z", "a"},
		{"something in common", "a: x; b: y z u v", "j: y w", "b"},
		{"the larger part", "a: x y z u; b: x y", "j: x y", "b"},
		{"two as good: the first", "a: z; b: x; c: x", "j: x y", "b"},
		{"two as good, whichever operator comes first", "a: z; b: x; c: y", "j: y x", "b"},
		{"another name of the operator", "a: 1=Map; b: 1=Calc", "j: 1=Calc", "b"},
	} {
		if got := NewLikeness(shotsNamed(row.jobs)).Most(shotsNamed(row.job)[0]).Job; got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}
