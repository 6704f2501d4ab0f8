package policy

import (
	"slices"

	"udfplan/graph/source"
)

// Baseline is what there was before: then only what grew can fail.
type Baseline struct {
	byJob map[string]*Snapshot
}

// NewBaseline takes older plans; of several of one name the first counts.
func NewBaseline(plans []*Snapshot) *Baseline {
	b := &Baseline{map[string]*Snapshot{}}
	for _, s := range plans {
		if b.byJob[s.Job] == nil {
			b.byJob[s.Job] = s
		}
	}
	return b
}

// lower makes notes of the findings of a job that tell nothing new: what did not grow, and what has no size to compare. A job
// that was not there before is all growth; and what Flink refuses cannot have been running.
func (b *Baseline) lower(c *Case, found []Finding) {
	old := b.byJob[c.job().Name]
	if old == nil || len(found) == 0 {
		return
	}
	p := pair(old, Take(c.Spec))
	for k := range found {
		f := &found[k]
		if f.Measured {
			if f.Before = p.before(f); f.Before == nil {
				continue
			}
			f.Message += "; in the baseline it was " + f.Before.String()
			if f.Found.N > f.Before.N {
				continue
			}
		} else if f.Rule.Scope != OfWaiver && f.Rule.Severity == source.Error {
			continue
		}
		f.Severity = source.Note
	}
}

// before is what a finding found, in the older plan; nil: there was no such thing.
func (p *pairing) before(f *Finding) *Quantity {
	i := p.olderIndex(f.Subject)
	if i < 0 {
		return nil
	}
	var q Quantity
	switch f.Rule.ID {
	case "operator-managed-off-heap":
		q = Bytes(p.old.Operators[i].ManagedOffHeap)
	case "worker-memory":
		q = Bytes(p.old.Workers[i].Memory)
	case "worker-operators":
		q = Count(int64(len(p.old.Workers[i].Operators)))
	case "slot-python-memory":
		q = Bytes(p.old.Groups[i].PythonMemory)
	case "slot-workers":
		q = Count(p.old.Groups[i].Workers)
	case "job-python-memory":
		q = Bytes(p.old.Total.PythonMemory)
	case "job-workers":
		q = Count(p.old.Total.Workers)
	case "job-slots":
		q = Count(p.old.Total.Slots)
	case "memory-short":
		return p.neededBefore(f, i)
	}
	return &q
}

// neededBefore is what an operator's own worker needed, or the workers of a slot.
func (p *pairing) neededBefore(f *Finding, i int) *Quantity {
	q := Quantity{Bytes: true}
	if f.Subject.Kind == AboutGroup {
		q.N = int64(p.old.Groups[i].PythonMemory)
		return &q
	}
	w := slices.IndexFunc(p.old.Workers, func(w WorkerShot) bool { return w.ID == p.old.Operators[i].Worker })
	if w < 0 {
		return nil
	}
	q.N = int64(p.old.Workers[w].Memory)
	return &q
}

// olderIndex is what a finding is about, in the older plan; of the job 0; -1: it was not there.
func (p *pairing) olderIndex(about Subject) int {
	var m *matching
	switch about.Kind {
	case AboutOperator:
		m = p.operators
	case AboutWorker:
		m = p.workers
	case AboutGroup:
		m = p.groups
	default:
		return 0
	}
	j := slices.IndexFunc(m.now, func(n named) bool { return n.name == about.Name })
	if j < 0 {
		return -1
	}
	return m.of[j]
}
