package graph

import (
	"slices"
	"testing"
)

// TestMatches: a glob must name an operator in some job, not in each.
func TestMatches(t *testing.T) {
	o := Options{PythonOperators: []string{"a", "b", "c"}, Groups: []GroupRule{{"b", "g"}, {"c", "h"}}}
	job := func(id string) *Job {
		j := &Job{Operators: []Operator{{ID: id}}}
		Settle(j, o)
		return j
	}
	for _, row := range []struct {
		reason         string
		jobs, joined   []string
		python, groups []string
	}{
		{"no job", nil, nil, []string{"a", "b", "c"}, []string{"b", "c"}},
		{"one", []string{"b"}, nil, []string{"a", "c"}, []string{"c"}},
		{"what the first named stays named", []string{"b", "a"}, nil, []string{"c"}, []string{"c"}},
		{"some of other files", []string{"a"}, []string{"c"}, []string{"b"}, []string{"b"}},
		{"all of other files", nil, []string{"a", "c", "b"}, nil, nil},
	} {
		var all, others Matches
		for _, id := range row.jobs {
			all.Add(job(id))
		}
		for _, id := range row.joined {
			others.Add(job(id))
		}
		all.Join(&others)
		if python, groups := all.Missing(&o); !slices.Equal(python, row.python) || !slices.Equal(groups, row.groups) {
			t.Errorf("%s: %v and %v are missing, want %v and %v", row.reason, python, groups, row.python, row.groups)
		}
	}
}

// TestMatchesKeepsNoJob: what is remembered is not the job's own slice.
func TestMatchesKeepsNoJob(t *testing.T) {
	j := &Job{MatchedGlobs: []bool{true, false}}
	var all Matches
	all.Add(j)
	all.Add(&Job{MatchedGlobs: []bool{false, true}})
	if !slices.Equal(j.MatchedGlobs, []bool{true, false}) {
		t.Errorf("the job's own are %v now", j.MatchedGlobs)
	}
}
