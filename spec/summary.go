package spec

import "udfplan/graph/source"

// Summary is a note that adds up several jobs; where each is asked for, one about each job comes first.
func Summary(specs []*Spec, each bool) (notes source.List) {
	operators, python, workers := 0, 0, int64(0)
	for _, s := range specs {
		mine := 0
		for i := range s.Plan.Job.Operators {
			if s.Plan.Job.Operators[i].Python != nil {
				mine++
			}
		}
		if each {
			notes.Notef(s.Plan.Job.Place, source.CodeJob, "job %q: %s (%d Python) in %s, %s, %s", source.Excerpt(s.Plan.Job.Name),
				source.Count(int64(len(s.Operators)), "operator"), mine, source.Count(int64(len(s.Plan.Chains)), "chain"),
				source.Count(int64(len(s.Groups)), "slot sharing group"), source.Count(s.Total.Workers, "worker"))
		}
		operators, python, workers = operators+len(s.Operators), python+mine, workers+s.Total.Workers
	}
	if len(specs) > 1 {
		notes.Notef(source.Place{}, source.CodeSummary, "%s, %s (%d Python), %s", source.Count(int64(len(specs)), "job"),
			source.Count(int64(operators), "operator"), python, source.Count(workers, "worker"))
	}
	return notes
}
