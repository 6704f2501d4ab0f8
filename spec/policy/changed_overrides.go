package policy

import (
	"fmt"
	"slices"

	"udfplan/graph/source"
)

// overrides compares what is for some jobs. Which jobs there are is not known, so it asks for what an override can do to any: where
// that cannot be told, it is taken for loosened.
func (c *comparison) overrides() {
	pairs := c.pairOverrides()
	became, was := map[int]int{}, map[int]int{}
	for _, p := range pairs {
		became[p[0]], was[p[1]] = p[1], p[0]
	}
	for i := range c.now.overrides {
		old, known := was[i]
		if !known {
			old = -1
		}
		c.override(old, i)
	}
	for i := range c.before.overrides {
		if _, is := became[i]; !is {
			c.override(i, -1)
		}
	}
	c.reordered(pairs)
}

// pairOverrides are those before and now that are the same one, by index: of the same glob, in order; what is left, by what it sets.
func (c *comparison) pairOverrides() (pairs [][2]int) {
	paired, taken := map[int]bool{}, map[int]bool{} // now, before
	for _, name := range []func(*override) string{func(o *override) string { return o.name }, (*override).sets} {
		free := map[string][]int{}
		for i := range c.before.overrides {
			if o := &c.before.overrides[i]; !taken[i] {
				free[name(o)] = append(free[name(o)], i)
			}
		}
		for i := range c.now.overrides {
			same := free[name(&c.now.overrides[i])]
			if paired[i] || len(same) == 0 {
				continue
			}
			free[name(&c.now.overrides[i])] = same[1:]
			pairs, paired[i], taken[same[0]] = append(pairs, [2]int{same[0], i}), true, true
		}
	}
	return pairs
}

// sets is all that an override sets, as a text.
func (o *override) sets() (text string) {
	p := part{"", o.limits, o.levels}
	for _, k := range knobs() {
		if s, set := p.at(k); set {
			text += fmt.Sprintf("%s=%d ", k.path(), s.n)
		}
	}
	return text
}

// override compares one that was with what it is now; -1: there was none, or there is none.
func (c *comparison) override(old, new int) {
	var before, now part
	if old >= 0 {
		before = c.before.overridePart(old)
	}
	if new >= 0 {
		now = c.now.overridePart(new)
	}
	wider := old >= 0 && new >= 0 && globCovers(now.job, before.job)
	narrower := old >= 0 && new >= 0 && globCovers(before.job, now.job)
	for _, k := range knobs() {
		was, wasSet := before.at(k)
		is, isSet := now.at(k)
		switch {
		case wasSet && isSet && before.job == now.job:
			if was.n == is.n {
				before.stands(k, is.place)
			}
			c.differs(k, now.job, was, is)
			continue
		case wasSet && isSet: // for other jobs, with the same value
			before.stands(k, is.place)
		}
		if isSet && !(wasSet && narrower) {
			c.differs(k, now.job, c.strictest(k, now.job, old), is)
		}
		if wasSet && !(isSet && wider) {
			left := c.loosest(k, before.job, new)
			left.place = is.place // of what is left of the override, if anything is
			c.differs(k, before.job, was, left)
		}
	}
}

// strictest is the least that a knob may have been for a job that a glob matches, without one override.
func (c *comparison) strictest(k knob, job string, without int) setting {
	return c.before.extreme(k, job, without, func(a, b int64) bool { return a < b })
}

// loosest is the most that a knob may be now for a job that a glob matches, without one override.
func (c *comparison) loosest(k knob, job string, without int) setting {
	return c.now.extreme(k, job, without, func(a, b int64) bool { return a > b })
}

func (l *Limits) extreme(k knob, job string, without int, better func(a, b int64) bool) setting {
	best, set := l.basePart().at(k)
	if !set {
		best = k.unset()
	}
	for _, i := range l.mayMeet(job) {
		if s, set := l.overridePart(i).at(k); set && i != without && better(s.n, best.n) && globsMeet(l.overrides[i].name, job) {
			best = s
		}
	}
	return best
}

// reordered tells overrides that stand behind others now, and so are stronger, and looser.
func (c *comparison) reordered(pairs [][2]int) {
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[1] - b[1] })
	if slices.IsSortedFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] }) {
		return
	}
	was := map[int]int{}
	for _, p := range pairs {
		was[p[1]] = p[0]
	}
	for _, later := range pairs {
		for _, i := range c.now.mayMeet(c.now.overrides[later[1]].name) {
			if old, paired := was[i]; paired && i < later[1] && old > later[0] && globsMeet(c.now.overrides[i].name, c.now.overrides[later[1]].name) {
				c.swapped(c.now.overridePart(i), c.now.overridePart(later[1]))
			}
		}
	}
}

// mayMeet are the overrides that may be for a job that a glob matches: of a name without one, only that name's and those with a glob.
func (l *Limits) mayMeet(job string) []int {
	if name := plainName(job); name != "" {
		return l.overrideOf.candidates(name)
	}
	all := make([]int, len(l.overrides))
	for i := range all {
		all[i] = i
	}
	return all
}

// swapped tells what of two overrides is looser since the second stands behind the first.
func (c *comparison) swapped(first, second part) {
	for _, k := range knobs() {
		was, wasSet := first.at(k)
		is, isSet := second.at(k)
		if !wasSet || !isSet || is.n <= was.n {
			continue
		}
		f := changed(is.place, true, Subject{AboutPolicy, k.path()}, fmt.Sprintf("%s is loosened from %s to %s for jobs that both %q and %q match: the later override is stronger",
			k, was.text, is.text, source.Excerpt(first.job), source.Excerpt(second.job)))
		f.Related = []source.Related{{Place: was.place, Message: "this one stood behind it"}}
		c.found = append(c.found, f)
	}
}
