package policy

import (
	"slices"

	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/change"
)

// Baseline is what there was before: then only what grew can fail.
type Baseline struct {
	plans []*change.Snapshot
	byJob map[string]*change.Likeness // the plans of one name: files that name no job have many
}

// NewBaseline takes older plans.
func NewBaseline(plans []*change.Snapshot) *Baseline {
	named := map[string][]*change.Snapshot{}
	for _, s := range plans {
		named[s.Job] = append(named[s.Job], s)
	}
	b := &Baseline{plans, map[string]*change.Likeness{}}
	for name, plans := range named {
		b.byJob[name] = change.NewLikeness(plans)
	}
	return b
}

// lower makes notes of the findings of a job that tell nothing new. Of several older plans of its name, it is compared with the one
// that has most of its operators. A job that was not there before is all growth, unless Follow finds that it has another name now: then
// that is what comes back.
func (b *Baseline) lower(c *Case, found []Finding) *newcomer {
	older := b.byJob[c.job().Name]
	if older == nil {
		return &newcomer{change.Take(c.Spec)}
	}
	if len(found) > 0 {
		now := change.Take(c.Spec)
		lowerBy(change.Pair(older.Most(now), now), found)
	}
	return nil
}

// lowerBy makes notes of what did not grow, and of what has no size to compare. What Flink refuses cannot have been running, and a
// waiver is as good as it is.
func lowerBy(p *change.Pairing, found []Finding) {
	for k := range found {
		f := &found[k]
		if f.Measured {
			if f.Before = before(p, f); f.Before == nil {
				continue
			}
			f.Message += "; in the baseline it was " + f.Before.String()
			if f.Found.N > f.Before.N {
				continue
			}
		} else if f.Rule.Scope == OfWaiver || f.Rule.Severity == source.Error {
			continue
		}
		f.Severity = source.Note
	}
}

// before is what a finding found, in the older plan; nil: there was no such thing.
func before(p *change.Pairing, f *Finding) *spec.Quantity {
	i := olderIndex(p, f.Subject)
	if i < 0 || f.Rule.before == nil {
		return nil
	}
	if q, known := f.Rule.before(p, f.Subject.Kind, i); known {
		return &q
	}
	return nil
}

// neededBefore is what an operator's own worker needed, or the workers of a slot.
func neededBefore(p *change.Pairing, about Kind, i int) (spec.Quantity, bool) {
	if about == AboutGroup {
		return spec.Bytes(p.Old.Groups[i].PythonMemory), true
	}
	w := slices.IndexFunc(p.Old.Workers, func(w change.WorkerShot) bool { return w.ID == p.Old.Operators[i].Worker })
	if w < 0 {
		return spec.Quantity{}, false
	}
	return spec.Bytes(p.Old.Workers[w].Memory), true
}

// olderIndex is what a finding is about, in the older plan; of the job 0; -1: it was not there.
func olderIndex(p *change.Pairing, about Subject) int {
	switch about.Kind {
	case AboutOperator:
		return p.Operator(about.Name)
	case AboutWorker:
		return p.Worker(about.Name)
	case AboutGroup:
		return p.Group(about.Name)
	}
	return 0
}
