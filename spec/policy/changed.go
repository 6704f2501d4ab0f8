package policy

import (
	"fmt"
	"math"

	"udfplan/graph/source"
)

// A change must not open its own gate. Where the policy is taken from a revision (Inherit), that one alone is in force: what the
// change loosens is a finding of the rule policy-changed, and what it tightens a note.

// knob is one number that a limits file sets: the limit of a rule, or the severity of one. The larger, the looser.
type knob struct {
	rule     *Rule
	severity bool
}

// knobs are all of them, in the order of the rules.
func knobs() (all []knob) {
	for _, r := range Rules {
		if r.Bounds != nil {
			all = append(all, knob{r, false})
		}
		all = append(all, knob{r, true})
	}
	return all
}

// path is where it stands in a limits file.
func (k knob) path() string {
	if k.severity {
		return "severities." + k.rule.ID
	}
	return "limits." + k.rule.Bounds.Scope + "." + k.rule.Bounds.Key
}

// String is what people call it.
func (k knob) String() string {
	if k.severity {
		return "the severity of " + k.rule.ID
	}
	return "the limit of " + k.rule.Bounds.Scope + "." + k.rule.Bounds.Key
}

// setting is what a knob is set to.
type setting struct {
	n     int64
	text  string
	place source.Place // none where nobody set it
}

// unset is what holds where nobody sets it.
func (k knob) unset() setting {
	if k.severity {
		return setting{n: int64(k.rule.Severity), text: k.rule.Severity.String()}
	}
	return setting{n: math.MaxInt64, text: "no limit"}
}

// part is the base of a limits file, or an override.
type part struct {
	job    string // glob; empty: the base
	limits limitSet
	levels levelSet
}

func (l *Limits) basePart() part { return part{limits: l.base, levels: l.levels} }

func (l *Limits) overridePart(i int) part {
	return part{l.overrides[i].name, l.overrides[i].limits, l.overrides[i].levels}
}

// at is what a part sets a knob to.
func (p part) at(k knob) (s setting, set bool) {
	if k.severity {
		of, set := p.levels[k.rule]
		return setting{int64(of.level), of.level.String(), of.place}, set
	}
	limit, set := p.limits[k.rule]
	return setting{limit.Most.N, limit.Most.String(), limit.Place}, set
}

// stands takes the place where the same now stands: that is where people look for it.
func (p part) stands(k knob, at source.Place) {
	if k.severity {
		p.levels[k.rule] = setLevel{p.levels[k.rule].level, at}
		return
	}
	p.limits[k.rule] = Limit{p.limits[k.rule].Most, at}
}

// comparison is of the limits file of a revision and of what stands there now.
type comparison struct {
	before, now *Limits
	found       []Finding
}

// Inherit is the policy that is in force where a revision decides: all that the limits file of the revision says, and what the one
// of now changes, as findings. nil: there is no file. before is changed.
func Inherit(before, now *Limits) *Limits {
	c := comparison{before: before, now: now}
	switch {
	case before == nil && now == nil:
		return &Limits{}
	case before == nil:
		c.before = &Limits{Place: now.Place}
	case now == nil:
		c.now = &Limits{}
		before.told = []toldWaiver{}
		before.Changed(before.Place, true, "the limits file is removed")
		return before
	}
	c.base()
	c.overrides()
	c.waivers()
	for _, f := range c.found {
		if before != nil || f.Severity != source.Note { // of a new file, all is new
			c.before.changes = append(c.before.changes, f)
		}
	}
	c.before.index()
	return c.before
}

// Changed adds a change of the limits file as a whole.
func (l *Limits) Changed(at source.Place, loosened bool, format string, args ...any) {
	name := ""
	if at.File != nil {
		name = at.File.Name
	}
	l.changes = append(l.changes, changed(at, loosened, Subject{AboutPolicy, name}, fmt.Sprintf(format, args...)))
}

// changed is a finding; its severity is only whether it may be more than a note.
func changed(at source.Place, loosened bool, about Subject, text string) Finding {
	f := Finding{Rule: policyChanged, Severity: source.Note, Place: at, General: true, Job: -1, Subject: about, Message: text}
	if f.explainChange(loosened); loosened {
		f.Severity = policyChanged.Severity
	}
	return f
}

// explainChange says what comes of a change.
func (f *Finding) explainChange(loosened bool) {
	if loosened {
		f.Fix = "take it back, or let a reviewer agree: it is in force once it is merged"
	} else {
		f.Message += "; in force once it is merged"
	}
}

// differs tells what a knob was and is, if that is not the same. jobs says for which, "" for all.
func (c *comparison) differs(k knob, jobs string, was, is setting) {
	if was.n == is.n {
		return
	}
	verb, loosened := "tightened", is.n > was.n
	if loosened {
		verb = "loosened"
	}
	if jobs != "" {
		jobs = fmt.Sprintf(" for jobs %q", source.Excerpt(jobs))
	}
	at := is.place
	if at.File == nil {
		at = was.place
	}
	f := changed(at, loosened, Subject{AboutPolicy, k.path()}, fmt.Sprintf("%s%s is %s from %s to %s", k, jobs, verb, was.text, is.text))
	if was.place.File != nil && was.place != at {
		f.Related = []source.Related{{Place: was.place, Message: "before"}}
	}
	c.found = append(c.found, f)
}

// base compares what is for all jobs.
func (c *comparison) base() {
	before, now := c.before.basePart(), c.now.basePart()
	for _, k := range knobs() {
		was, wasSet := before.at(k)
		is, isSet := now.at(k)
		switch {
		case wasSet && isSet && was.n == is.n:
			before.stands(k, is.place)
			continue
		case !wasSet:
			was = k.unset()
		}
		if !isSet {
			is = k.unset()
		}
		c.differs(k, "", was, is)
	}
}

// policyChanges are those of the limits file, as severe as policy-changed is for all jobs.
func (o *Options) policyChanges() (findings []Finding) {
	level, _ := o.generalLevel(policyChanged)
	for _, f := range o.Limits.changes {
		if level == Off {
			continue
		}
		f.Severity = max(f.Severity, source.Severity(level))
		findings = append(findings, f)
	}
	return findings
}
