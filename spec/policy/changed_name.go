package policy

import (
	"fmt"
	"slices"

	"udfplan/graph/source"
)

// Overrides and waivers are for jobs by their names. A job that the revision had under another name has, until that is merged, what is
// stricter of both: else a change would only have to choose its name.

// formerName is the name that the revision had for the job, if it is another.
func (c *Case) formerName() (was string, renamed bool) {
	if c.Before == nil || c.Before.Name == c.job().Name {
		return "", false
	}
	return c.Before.Name, true
}

// renamed takes the stricter limits and severities of two names, and tells where those of the new one are looser.
func (k *checker) renamed(was string) {
	before := part{limits: k.options.Limits.of(was), levels: k.options.Limits.levelsOf(was)}
	now := part{limits: k.set, levels: k.levels}
	k.set, k.levels = over(limitSet(nil), now.limits), over(levelSet(nil), now.levels)
	told := []Finding{}
	for _, knob := range knobs() {
		then, thenSet := before.at(knob)
		if !thenSet {
			then = knob.unset()
		}
		today, set := now.at(knob)
		if !set {
			today = knob.unset()
		}
		if today.n <= then.n {
			continue
		}
		part{limits: k.set, levels: k.levels}.take(knob, before, thenSet)
		f := Finding{Message: fmt.Sprintf("%s is loosened from %s to %s by the name of the job, which was %q", knob, then.text, today.text, source.Excerpt(was))}
		if today.place.Pos != 0 {
			f.Related = []source.Related{{Place: today.place, Message: "it is set here"}}
		}
		told = append(told, f)
	}
	for i := range k.options.Limits.Waivers {
		w := &k.options.Limits.Waivers[i]
		if w.job != nil && w.job.MatchString(k.job().Name) && !w.job.MatchString(was) && w.good(k.options.Today) {
			told = append(told, Finding{Message: fmt.Sprintf("the waiver of %s for %s is for the job by its name, which was %q", w.rule(), w.scope(), source.Excerpt(was)),
				Related: []source.Related{{Place: w.Place, Message: "it stands here"}}})
		}
	}
	for _, f := range told {
		added := k.report(policyChanged, k.job().Place, Subject{AboutJob, k.job().Name}, nil, "%s", f.Message)
		added.Related = slices.Clone(f.Related)
		added.explainChange(true)
	}
}

// take sets a knob to what another part has; unset: to nothing.
func (p part) take(k knob, from part, set bool) {
	switch {
	case !set && k.severity:
		delete(p.levels, k.rule)
	case !set:
		delete(p.limits, k.rule)
	case k.severity:
		p.levels[k.rule] = from.levels[k.rule]
	default:
		p.limits[k.rule] = from.limits[k.rule]
	}
}
