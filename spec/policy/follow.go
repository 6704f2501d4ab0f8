package policy

import (
	"fmt"

	"udfplan/graph/source"
	"udfplan/spec/change"
)

// newcomer is a job of whose name the baseline has none.
type newcomer struct{ plan *change.Snapshot }

// stands tells a newcomer from others, though several clusters may run it and its file be read for each.
type stands struct {
	file, job string
	pos       source.Pos
}

func (n *newcomer) stands() stands {
	at := stands{job: n.plan.Job, pos: n.plan.Place.Pos}
	if n.plan.Place.File != nil {
		at.file = n.plan.Place.File.Name
	}
	return at
}

// Follow finds the jobs that have another name than in the baseline, by their operators; lowers what was found in them, as in every
// other job; and tells so, for people are to see a guess. A job of the baseline whose name is checked is no other one, and where two
// could be meant neither is taken. A nil Baseline follows nothing.
func (b *Baseline) Follow(judged []Judged) (notes source.List) {
	if b == nil {
		return nil
	}
	old, now := b.left(judged)
	plans := make([]*change.Snapshot, len(now))
	for j := range now {
		plans[j] = now[j].plan
	}
	traces := map[stands]change.Trace{}
	for j, trace := range change.Follow(old, plans) {
		traces[now[j].stands()] = trace
		if text := told(plans[j], old, &trace); text != "" {
			notes.Notef(plans[j].Place, source.CodeJobRenamed, "%s", text)
		}
	}
	for i := range judged {
		n := judged[i].newcomer
		if n == nil {
			continue
		}
		if trace := traces[n.stands()]; trace.Old >= 0 {
			p := change.Pair(old[trace.Old], n.plan)
			lowerBy(p, judged[i].Verdict.Findings)
			lowerBy(p, judged[i].Verdict.Waived)
		}
	}
	return notes
}

// left are the plans of the baseline and the jobs that are nobody's by name.
func (b *Baseline) left(judged []Judged) (old []*change.Snapshot, now []*newcomer) {
	checked, seen := map[string]bool{}, map[stands]bool{}
	for i := range judged {
		checked[judged[i].Name] = true
		if n := judged[i].newcomer; n != nil && !seen[n.stands()] {
			seen[n.stands()] = true
			now = append(now, n)
		}
	}
	for _, s := range b.plans {
		if !checked[s.Job] {
			old = append(old, s)
		}
	}
	return old, now
}

// told says what became of a job that the baseline does not name; nothing of one that is plainly new.
func told(now *change.Snapshot, old []*change.Snapshot, t *change.Trace) string {
	name := source.Excerpt(now.Job)
	switch {
	case t.Old >= 0:
		return fmt.Sprintf("job %q is compared with %q of the baseline, which is not checked under that name: %d of %d operators are the same",
			name, source.Excerpt(old[t.Old].Job), t.Same, t.Of)
	case t.Rival != "":
		return fmt.Sprintf("job %q is new to the baseline: %q has as many operators of the same job there, so neither is taken for it", name, source.Excerpt(t.Rival))
	case len(t.Rivals) > 0:
		return fmt.Sprintf("job %q is new to the baseline: it has as many operators of %q there as of %q, so it is taken for neither",
			name, source.Excerpt(t.Rivals[0]), source.Excerpt(t.Rivals[1]))
	}
	return ""
}
