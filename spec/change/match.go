package change

import (
	"cmp"
	"slices"
)

// named is something that has a name and operators: a chain, a worker, a slot sharing group.
type named struct {
	name      string
	operators []string
}

// matching says which of some new things is which of the old ones.
type matching struct {
	old, now []named
	of       []int             // by new thing, the index of the old one; -1: it is new
	gone     []int             // the old ones that none of the new ones is
	newName  map[string]string // of the old ones that were renamed
}

// match finds for each new thing the old one that it is. The same name is the same thing; of the others, those are the same that
// have most operators in common: they were renamed.
func match(old, now []named) *matching {
	m := &matching{old: old, now: now, of: make([]int, len(now)), newName: map[string]string{}}
	taken := make([]bool, len(old))
	index := map[string]int{}
	for i := len(old) - 1; i >= 0; i-- {
		index[old[i].name] = i // the first of a name
	}
	for j := range now {
		m.of[j] = -1
		if i, known := index[now[j].name]; known && !taken[i] {
			m.of[j], taken[i] = i, true
		}
	}
	for _, c := range commonOperators(old, now) {
		if !taken[c.old] && m.of[c.now] < 0 {
			m.of[c.now], taken[c.old] = c.old, true
			m.newName[old[c.old].name] = now[c.now].name
		}
	}
	for i := range old {
		if !taken[i] {
			m.gone = append(m.gone, i)
		}
	}
	return m
}

// nameNow is the name that an old thing has now.
func (m *matching) nameNow(name string) string {
	if now, renamed := m.newName[name]; renamed {
		return now
	}
	return name
}

type common struct{ old, now, operators int }

// commonOperators are the pairs that have operators in common, most first.
func commonOperators(old, now []named) (pairs []common) {
	home := map[string]int{}
	for i := range old {
		for _, id := range old[i].operators {
			home[id] = i
		}
	}
	for j := range now {
		counts := map[int]int{}
		var met []int
		for _, id := range now[j].operators {
			if i, known := home[id]; known {
				if counts[i] == 0 {
					met = append(met, i)
				}
				counts[i]++
			}
		}
		for _, i := range met {
			pairs = append(pairs, common{i, j, counts[i]})
		}
	}
	slices.SortStableFunc(pairs, func(a, b common) int {
		return cmp.Or(cmp.Compare(b.operators, a.operators), cmp.Compare(a.old, b.old), cmp.Compare(a.now, b.now))
	})
	return pairs
}

// Pairing says what of one plan is what of an older one.
type Pairing struct {
	Old, New                           *Snapshot
	operators, chains, workers, groups *matching
}

// Pair finds for everything in a plan what it was in an older one.
func Pair(old, now *Snapshot) *Pairing {
	return &Pairing{old, now, match(operatorNames(old), operatorNames(now)), match(chainNames(old), chainNames(now)),
		match(workerNames(old), workerNames(now)), match(groupNames(old), groupNames(now))}
}

// Operator, Worker and Group are the index in Old of what has this name in New; -1: it was not there.
func (p *Pairing) Operator(id string) int { return p.operators.older(id) }

// Worker is like Operator.
func (p *Pairing) Worker(id string) int { return p.workers.older(id) }

// Group is like Operator.
func (p *Pairing) Group(name string) int { return p.groups.older(name) }

func (m *matching) older(name string) int {
	if j := slices.IndexFunc(m.now, func(n named) bool { return n.name == name }); j >= 0 {
		return m.of[j]
	}
	return -1
}

func operatorNames(s *Snapshot) (out []named) {
	for i := range s.Operators {
		out = append(out, named{name: s.Operators[i].ID})
	}
	return out
}

func chainNames(s *Snapshot) (out []named) {
	for i := range s.Chains {
		out = append(out, named{s.Chains[i].ID, s.Chains[i].Operators})
	}
	return out
}

func workerNames(s *Snapshot) (out []named) {
	for i := range s.Workers {
		out = append(out, named{s.Workers[i].ID, s.Workers[i].Operators})
	}
	return out
}

func groupNames(s *Snapshot) (out []named) {
	for i := range s.Groups {
		out = append(out, named{s.Groups[i].Name, s.Groups[i].Operators})
	}
	return out
}

// pairJobs finds for each new job the old one that it is: of the same name and path, of the same name; or renamed, and then with most
// operators in common: of the same path, the only one that is left on either side, or the only one that Follow finds.
func pairJobs(old, now []*Snapshot) []int {
	p := jobPairs{old: old, now: now, of: make([]int, len(now)), taken: make([]bool, len(old))}
	for j := range p.of {
		p.of[j] = -1
	}
	p.take(anyJobs, func(s *Snapshot) (string, bool) { return s.Path + "\x00" + s.Job, s.Path != "" })
	p.take(anyJobs, func(s *Snapshot) (string, bool) { return s.Job, true })
	p.take(sameOperators, func(s *Snapshot) (string, bool) { return s.Path, s.Path != "" })
	if p.left() == 1 && len(old)-(len(now)-p.left()) == 1 {
		p.take(sameOperators, func(*Snapshot) (string, bool) { return "", true })
	}
	p.follow()
	return p.of
}

type jobPairs struct {
	old, now []*Snapshot
	of       []int
	taken    []bool
}

// take pairs the jobs of one key that are still alone, in order, if they can be the same job.
func (p *jobPairs) take(canBe func(old, now *Snapshot) bool, key func(s *Snapshot) (string, bool)) {
	free := map[string][]int{}
	for i, s := range p.old {
		if k, ok := key(s); ok && !p.taken[i] {
			free[k] = append(free[k], i)
		}
	}
	for j, s := range p.now {
		if k, ok := key(s); ok && p.of[j] < 0 && len(free[k]) > 0 && canBe(p.old[free[k][0]], s) {
			i := free[k][0]
			p.of[j], p.taken[i], free[k] = i, true, free[k][1:]
		}
	}
}

// follow pairs the jobs that are still alone by their operators.
func (p *jobPairs) follow() {
	var old, now []*Snapshot
	var atOld, atNow []int
	for i, s := range p.old {
		if !p.taken[i] {
			old, atOld = append(old, s), append(atOld, i)
		}
	}
	for j, s := range p.now {
		if p.of[j] < 0 {
			now, atNow = append(now, s), append(atNow, j)
		}
	}
	for j, trace := range Follow(old, now) {
		if trace.Old >= 0 {
			p.of[atNow[j]] = atOld[trace.Old]
		}
	}
}

// sameOperators reports whether at least half of the operators are the same.
func sameOperators(old, now *Snapshot) bool {
	m := match(operatorNames(old), operatorNames(now))
	same := len(m.old) - len(m.gone)
	return same > 0 && 2*same >= max(len(m.old), len(m.now))
}

func anyJobs(*Snapshot, *Snapshot) bool { return true }

// left is how many new jobs are still alone.
func (p *jobPairs) left() (n int) {
	for _, i := range p.of {
		if i < 0 {
			n++
		}
	}
	return n
}
