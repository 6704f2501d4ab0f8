package policy

import (
	"fmt"
	"maps"

	"udfplan/graph/source"
)

// waive divides what was found into what stands and what is waived, and reports the inline waivers that do nothing.
func (k *checker) waive() *Verdict {
	v := &Verdict{Judged: k.judged(), Notes: k.notes}
	written := k.inline()
	counting, pending := k.inForce(written)
	inline := newInlineWaivers(counting, k.options.Today)
	for i := range k.found {
		f := &k.found[i]
		inline.waive(f)
		k.waiveByFile(f, v)
	}
	for i := range written {
		k.idle(&written[i], inline.used, pending)
	}
	for _, f := range k.found {
		if k.elsewhere(f.Place) && len(f.operators) == 0 { // about no job in particular
			f.General, f.JobName = true, ""
		}
		if f.Waiver != nil {
			v.Waived = append(v.Waived, f)
		} else {
			v.Findings = append(v.Findings, f)
		}
	}
	return v
}

// inlineWaivers are a job file's own waivers by what they waive: a file may have as many as findings.
type inlineWaivers struct {
	all  []Waiver
	good map[waived]int // the first that is good
	used map[waived]bool
}

// waived is a rule at an operator; -1: everywhere in the job.
type waived struct {
	rule     string
	operator int32
}

func newInlineWaivers(all []Waiver, today Day) *inlineWaivers {
	w := &inlineWaivers{all: all, good: map[waived]int{}, used: map[waived]bool{}}
	for i := range all {
		for _, rule := range all[i].Rules {
			at := waived{rule, max(all[i].operator, -1)}
			if _, earlier := w.good[at]; !earlier && all[i].good(today) {
				w.good[at] = i
			}
		}
	}
	return w
}

// waive marks what covers a finding, and takes the first waiver that is good.
func (w *inlineWaivers) waive(f *Finding) {
	first := len(w.all)
	look := func(operator int32) {
		at := waived{f.Rule.ID, operator}
		w.used[at] = true
		if i, is := w.good[at]; is {
			first = min(first, i)
		}
	}
	look(-1)
	for _, operator := range f.operators {
		look(operator)
	}
	if first < len(w.all) && f.Waiver == nil {
		f.Waiver = &w.all[first]
	}
}

// waiveByFile marks the waivers of the limits file that cover a finding, and takes the first that is good.
func (k *checker) waiveByFile(f *Finding, v *Verdict) {
	file := k.options.Limits.Waivers
	first := len(file)
	for w := range k.options.Limits.waiverAt.candidates(k.Case, f) {
		if !file[w].covers(k.Case, f) {
			continue
		}
		if v.used == nil {
			v.used = map[int]bool{}
		}
		v.used[w] = true
		if w < first && file[w].good(k.options.Today) {
			first = w
		}
	}
	if first < len(file) && f.Waiver == nil {
		f.Waiver = &file[first]
	}
}

// inline reads the job file's own waivers; what cannot be read as one is reported.
func (k *checker) inline() (waivers []Waiver) {
	for _, remark := range k.job().Remarks {
		w, problem := readRemark(remark)
		if problem != "" {
			k.about(waiverMalformed, &w, k.standsAt(remark.Operator), "a comment that begins with udfplan: is no waiver: %s", problem).
				Fix = "write it as: # udfplan: ignore RULE until 2027-01-31 -- REASON"
			continue
		}
		waivers = append(waivers, w)
	}
	return waivers
}

func (k *checker) standsAt(operator int32) []int32 {
	if operator < 0 {
		return nil
	}
	return []int32{operator}
}

func (k *checker) about(r *Rule, w *Waiver, operators []int32, format string, args ...any) *Finding {
	return k.report(r, w.Place, Subject{AboutWaiver, w.rule()}, operators, format, args...)
}

// idle reports an inline waiver that waives nothing, and why; of what is not in force yet, nobody can tell.
func (k *checker) idle(w *Waiver, used, pending map[waived]bool) {
	rule, text := w.state(k.options.Today)
	if rule != nil {
		k.about(rule, w, k.standsAt(w.operator), "%s", text)
		return
	}
	for _, id := range w.Rules {
		if at := (waived{id, max(w.operator, -1)}); !used[at] && !pending[at] && couldFire(id, k.level, k.onCluster()) {
			k.about(waiverUnused, w, k.standsAt(w.operator), "the waiver of %s matches nothing here", id).Fix = "remove it"
		}
	}
}

// state says why a waiver is not good; no rule where it is.
func (w *Waiver) state(today Day) (rule *Rule, text string) {
	switch names := w.rule(); {
	case w.Reason == "":
		return waiverWithoutReason, fmt.Sprintf("the waiver of %s has no reason, and waives nothing", names)
	case w.expired(today):
		return waiverExpired, fmt.Sprintf("the waiver of %s was good until %s, and waives nothing any more", names, w.Expires)
	}
	return nil, ""
}

// couldFire reports whether a rule was looked at, so that a waiver of it can be called unused.
func couldFire(id string, level func(*Rule) Level, onCluster bool) bool {
	rule, known := Lookup(id)
	return known && level(rule) != Off && (rule.Scope != OfCluster || onCluster)
}

// idleWaivers reports the waivers of the limits file that waive nothing, over all jobs that were judged.
func (o *Options) idleWaivers(judged []Judged, onCluster bool) (findings []Finding) {
	used, jobs := map[int]bool{}, map[string]bool{}
	for i := range judged {
		maps.Copy(used, judged[i].used)
		jobs[judged[i].Name] = true
	}
	general := func(r *Rule) Level { level, _ := o.generalLevel(r); return level }
	for _, w := range o.Limits.written() {
		f := Finding{Place: w.Place, General: true, Job: -1, Subject: Subject{AboutWaiver, w.rule()}}
		f.Rule, f.Message = w.state(o.Today)
		if f.Rule == nil {
			if w.inForce < 0 || used[w.inForce] || len(w.Rules) == 0 || !couldFire(w.Rules[0], general, onCluster) {
				continue
			}
			f.Rule, f.Message, f.Fix = waiverUnused, fmt.Sprintf("the waiver of %s matches no finding", w.Rules[0]), "remove it, or correct what it names"
		}
		level, asked := o.generalLevel(f.Rule)
		if f.Rule == waiverUnused && !w.speaksOf(jobs) {
			f.Message = fmt.Sprintf("the waiver of %s matches no job that was checked: %q", w.Rules[0], source.Excerpt(w.Job))
			f.Fix = "remove it if there is no such job any more"
			if !asked {
				level = NoteLevel // perhaps only some of the jobs are checked
			}
		}
		if f.Severity = source.Severity(level); level != Off {
			findings = append(findings, f)
		}
	}
	return findings
}
