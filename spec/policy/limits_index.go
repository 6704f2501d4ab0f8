package policy

import (
	"iter"
	"slices"
	"strings"
)

// A limits file may have as many waivers and overrides as there are jobs and findings. Most of them name what they are for
// without a glob: those are looked up, and only the others are tried one by one.

// plainName is a glob that can match only one name; empty where it can match more.
func plainName(glob string) string {
	if strings.ContainsAny(glob, "*?") {
		return ""
	}
	return glob
}

// index is made once, before jobs are judged side by side.
func (l *Limits) index() {
	l.waiverAt = waiverIndex{}
	for i := range l.Waivers {
		l.waiverAt.add(i, &l.Waivers[i])
	}
	l.overrideOf = overrideIndex{}
	for i := range l.overrides {
		name := plainName(l.overrides[i].name)
		l.overrideOf[name] = append(l.overrideOf[name], i)
	}
}

// overrideIndex has overrides by the job that they name, and under "" those for more than one.
type overrideIndex map[string][]int

// candidates are the overrides that may be for a job, in order.
func (x overrideIndex) candidates(job string) []int {
	if job == "" {
		return x[""]
	}
	both := slices.Concat(x[""], x[job])
	slices.Sort(both)
	return both
}

// waiverIndex has waivers by what they name.
type waiverIndex map[waiverKey][]int

// waiverKey is a rule, a job and something in it. What a waiver does not say, or says as a glob, is empty.
type waiverKey struct {
	rule, job string
	kind      Kind
	name      string
}

func (x waiverIndex) add(i int, w *Waiver) {
	key := waiverKey{job: plainName(w.Job)}
	for _, s := range w.subjects {
		if name := plainName(s.text); name != "" {
			key.kind, key.name = s.kind, name
			break
		}
	}
	for _, key.rule = range w.Rules {
		x[key] = append(x[key], i)
	}
}

// candidates are the waivers that may cover a finding, in no order, some of them more than once.
func (x waiverIndex) candidates(c *Case, f *Finding) iter.Seq[int] {
	return func(yield func(int) bool) {
		if len(x) == 0 {
			return
		}
		for key := range c.waiverKeys(f) {
			for _, w := range x[key] {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// waiverKeys are what a waiver can name that covers a finding.
func (c *Case) waiverKeys(f *Finding) iter.Seq[waiverKey] {
	return func(yield func(waiverKey) bool) {
		for _, job := range []string{"", c.job().Name} {
			if !yield(waiverKey{rule: f.Rule.ID, job: job}) {
				return
			}
			for _, kind := range []Kind{AboutOperator, AboutWorker, AboutGroup} {
				last := ""
				for _, i := range f.operators {
					name, is := c.nameOf(kind, i)
					if !is || name == last { // operators of one worker or group come together
						continue
					}
					if last = name; !yield(waiverKey{f.Rule.ID, job, kind, name}) {
						return
					}
				}
			}
		}
	}
}

// speaksOf reports whether a waiver is for any of some jobs.
func (w *Waiver) speaksOf(jobs map[string]bool) bool {
	if name := plainName(w.Job); name != "" {
		return jobs[name]
	}
	for job := range jobs {
		if w.job == nil || w.job.MatchString(job) {
			return true
		}
	}
	return false
}
