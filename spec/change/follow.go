package change

import "cmp"

// Trace says which older job a job is, by its operators, where its name does not say so.
type Trace struct {
	Old      int // its index; -1: none, or nobody can tell
	Same, Of int // so many operators are the same, of those of the larger job
	// Rivals are the names of two older jobs between which nobody can tell. Rival is that of another new job that could as well be the
	// one older job that this one could be; empty: there is none.
	Rivals []string
	Rival  string
}

// alike are two jobs that have at least half of their operators in common.
type alike struct{ old, now, same, of int }

// more orders by the part of the operators that is the same.
func (a alike) more(b alike) int { return cmp.Compare(a.same*b.of, b.same*a.of) }

// Follow finds for each new job the older one that has most operators in common with it, if each is the other's best and no third is
// as good; never by the order in which the jobs come. An operator is the same if its id and its name are: numbers as ids, which Flink
// gives in many documents, are the same in every job.
func Follow(old, now []*Snapshot) []Trace {
	traces := make([]Trace, len(now))
	byNow, byOld := make([][]alike, len(now)), make([][]alike, len(old))
	eachAlike(old, now, func(a alike) {
		byNow[a.now] = bestOf(byNow[a.now], a)
		byOld[a.old] = bestOf(byOld[a.old], a)
	})
	for j, best := range byNow {
		traces[j].Old = -1
		if len(best) == 0 {
			continue
		}
		a := best[0]
		others := byOld[a.old]
		switch {
		case len(best) > 1:
			for _, b := range best {
				traces[j].Rivals = append(traces[j].Rivals, old[b.old].Job)
			}
		case others[0].more(a) > 0: // the older job is another one
		case len(others) > 1:
			rival := others[0].now
			if rival == j {
				rival = others[1].now
			}
			traces[j].Rival = now[rival].Job
		default:
			traces[j] = Trace{Old: a.old, Same: a.same, Of: a.of}
		}
	}
	return traces
}

// bestOf adds to the best of one job another that is as good, or that is better than all of them. Of those that are as good as each
// other it keeps two: thousands of jobs may be the same but for their names.
func bestOf(best []alike, a alike) []alike {
	if len(best) > 0 {
		switch more := a.more(best[0]); {
		case more < 0, more == 0 && len(best) > 1:
			return best
		case more > 0:
			best = best[:0]
		}
	}
	return append(best, a)
}

// eachAlike calls found with the pairs that can be one job, in an order that the input decides.
func eachAlike(old, now []*Snapshot, found func(alike)) {
	likeness, same := NewLikeness(old), make([]int32, len(old))
	for j, s := range now {
		likeness.each(s, same, func(i, same int) {
			if of := max(len(s.Operators), len(old[i].Operators)); 2*same >= of {
				found(alike{i, j, same, of})
			}
		})
	}
}

// Likeness finds among jobs those that have operators in common with another one.
type Likeness struct {
	jobs []*Snapshot
	home map[operatorKey][]int // the jobs that have such an operator
}

// operatorKey is what makes operators of different jobs the same. Ids are unique within a job.
type operatorKey struct{ id, name string }

// NewLikeness takes the jobs to look among.
func NewLikeness(jobs []*Snapshot) *Likeness {
	l := &Likeness{jobs, map[operatorKey][]int{}}
	for i, s := range jobs {
		for k := range s.Operators {
			key := operatorKey{s.Operators[k].ID, s.Operators[k].Name}
			l.home[key] = append(l.home[key], i)
		}
	}
	return l
}

// each calls found with the jobs that have operators in common with another one, and how many. It counts in same, which is zero before
// and after.
func (l *Likeness) each(s *Snapshot, same []int32, found func(i, same int)) {
	var met []int
	for k := range s.Operators {
		for _, i := range l.home[operatorKey{s.Operators[k].ID, s.Operators[k].Name}] {
			if same[i] == 0 {
				met = append(met, i)
			}
			same[i]++
		}
	}
	for _, i := range met {
		found(i, int(same[i]))
		same[i] = 0
	}
}

// Most is the job that has most operators in common with another one, by its part of the larger of the two; the first of several that
// are as good, and of all where none has any.
func (l *Likeness) Most(s *Snapshot) *Snapshot {
	best := alike{of: 1}
	l.each(s, make([]int32, len(l.jobs)), func(i, same int) {
		a := alike{old: i, same: same, of: max(len(s.Operators), len(l.jobs[i].Operators))}
		if more := a.more(best); more > 0 || more == 0 && a.old < best.old {
			best = a
		}
	})
	return l.jobs[best.old]
}
