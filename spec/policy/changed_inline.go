package policy

import (
	"fmt"

	"udfplan/graph/source"
)

// inherited are the waivers of the job as the revision has it, at the operators that the job has now; one for each rule. Operators are
// told by their ids.
func (k *checker) inherited() (old []Waiver) {
	if k.Before == nil || len(k.Before.Remarks) == 0 {
		return nil
	}
	now := map[string]int32{}
	for i := range k.job().Operators {
		now[k.job().Operators[i].ID] = int32(i)
	}
	for _, remark := range k.Before.Remarks {
		w, problem := readRemark(remark)
		if problem != "" || w.Reason == "" { // it waives nothing
			continue
		}
		if w.operator >= 0 {
			at, is := now[k.Before.Operators[w.operator].ID]
			if !is {
				continue
			}
			w.operator = at
		}
		for _, rule := range w.Rules {
			one := w
			one.Rules = []string{rule}
			old = append(old, one)
		}
	}
	return old
}

// inForce are the waivers that count of those that stand in the job file, and what of them does not: all of them and nothing, unless
// a revision decides.
func (k *checker) inForce(written []Waiver) (counting []Waiver, pending map[waived]bool) {
	if !k.options.Inherit {
		return written, nil
	}
	old := k.inherited()
	at, whole, stands := map[waived][]int{}, map[string]int{}, map[int]bool{}
	for i := range old {
		key := waived{old[i].Rules[0], max(old[i].operator, -1)}
		at[key] = append(at[key], i)
		if key.operator == -1 {
			whole[key.rule] = i
		}
	}
	pending = map[waived]bool{}
	for i := range written {
		w := &written[i]
		for _, rule := range w.Rules {
			here := waived{rule, max(w.operator, -1)}
			job, ofJob := whole[rule]
			switch same := at[here]; {
			case len(same) > 0:
				at[here], stands[same[0]] = same[1:], true
				k.renewed(rule, &old[same[0]], w)
			case ofJob: // good for all of its operators
				k.renewed(rule, &old[job], w)
			default:
				k.added(rule, w)
				pending[here] = true
			}
		}
	}
	for i := range old {
		if !stands[i] {
			k.changed(old[i].Rules[0], &old[i], old[i].Place, false, "is removed")
		}
	}
	return old, pending
}

// renewed compares a waiver with what it was. The older one is in force, and stands where the newer does.
func (k *checker) renewed(rule string, old, w *Waiver) {
	before := old.Place
	text, loosened := old.change(w)
	if text != "" {
		k.changed(rule, w, w.Place, loosened, text).Related = []source.Related{{Place: before, Message: "before"}}
	}
	if old.operator == w.operator {
		old.Place = w.Place
	}
}

func (k *checker) added(rule string, w *Waiver) {
	if w.Reason != "" {
		k.changed(rule, w, w.Place, true, "is added, good "+until(w.Expires))
	}
}

// changed reports a change of an inline waiver.
func (k *checker) changed(rule string, w *Waiver, at source.Place, loosened bool, text string) *Finding {
	scope := "the whole job"
	if w.operator >= 0 {
		scope = fmt.Sprintf("operator %q", source.Excerpt(k.job().Operators[w.operator].ID))
	}
	f := k.report(policyChanged, at, Subject{AboutWaiver, rule}, k.standsAt(w.operator), "the waiver of %s for %s %s", rule, scope, text)
	if f.explainChange(loosened); !loosened {
		f.Severity = source.Note
	}
	return f
}
