package policy

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// Options are what the command line says of judging; the zero value says nothing.
type Options struct {
	Limits *Limits
	// Levels are the severities asked for, by rule, stronger than those of the limits file; Off judges a rule not at all.
	Levels map[string]Level
	Today  Day
	// Baseline is what there was before: then only what grew can fail. nil: there is none.
	Baseline *Baseline
	// Inherit says that a revision decides: Limits are made by the function Inherit, and of the inline waivers those of Case.Before count.
	Inherit bool
}

// Case is one planned job, and what is known of it.
type Case struct {
	Spec *spec.Spec
	// Told is what reading and planning told of the job; its warnings are findings.
	Told source.List
	// Before is the job as the revision has it that decides what is waived; nil: it has no such job.
	Before *graph.Job
	// Fit is what the cluster gives; nil where no cluster is known, or it refuses the job.
	Fit *capacity.Fit
	// Container is what a TaskManager full of it adds up to; nil where that is not known.
	Container *capacity.Container
	FitTold   source.List
	// Floor is what an idle worker was seen to take; Smallest the smallest change after which the job fits.
	Floor    spec.Measured
	Smallest func() (capacity.Recommendation, bool)
}

func (c *Case) job() *graph.Job { return c.Spec.Plan.Job }

// Verdict is what was found in one job.
type Verdict struct {
	Findings []Finding // not waived
	Waived   []Finding
	Judged   []*Rule
	Notes    source.List  // what could not be judged
	used     map[int]bool // the waivers of the limits file that covered something
	newcomer *newcomer    // nil: no baseline, or it has a job of this name
}

// Check judges a job by all rules.
func Check(c *Case, o *Options) *Verdict {
	if o.Limits == nil {
		withLimits := *o
		withLimits.Limits = &Limits{}
		o = &withLimits
	}
	name := c.job().Name
	k := checker{Case: c, options: o, set: o.Limits.of(name), levels: o.Limits.levelsOf(name)}
	if was, renamed := c.formerName(); renamed {
		k.renamed(was)
	}
	k.told()
	for _, r := range Rules {
		if r.judge != nil && k.looksAt(r) {
			r.judge(&k, r)
		}
	}
	var unknown *newcomer
	if o.Baseline != nil {
		unknown = o.Baseline.lower(c, k.found)
	}
	v := k.waive()
	v.newcomer = unknown
	return v
}

// looksAt says whether a rule is judged in this job at all.
func (k *checker) looksAt(r *Rule) bool {
	if k.level(r) == Off {
		return false
	}
	switch r.Scope {
	case OfLimit:
		_, set := k.set[r]
		return set
	case OfCluster:
		return k.onCluster()
	case OfPolicy:
		return k.options.Inherit
	}
	return r.Scope != OfDiff
}

// judged are the rules that were looked at.
func (k *checker) judged() (rules []*Rule) {
	for _, r := range Rules {
		if k.looksAt(r) {
			rules = append(rules, r)
		}
	}
	return rules
}

// checker judges one job.
type checker struct {
	*Case
	options *Options
	set     limitSet // the job's limits
	levels  levelSet // and severities
	found   []Finding
	notes   source.List
	fixed   *string // the text of Smallest
	muted   Finding // of a rule that is off
	// What stands at places, by the first question.
	optionAt   map[source.Place]*flink.Entry
	operatorAt map[source.Pos]int32
	// noRoom: the cluster was found too small, or Flink refuses it. short are the places of memory-short.
	noRoom bool
	short  map[source.Place]bool
}

func (k *checker) level(r *Rule) Level { return k.options.level(r, k.levels) }

func (k *checker) onCluster() bool { return k.Fit != nil || len(k.FitTold) > 0 }

// at is the place of something in the job's file.
func (c *Case) at(p source.Pos) source.Place {
	return source.Place{File: c.job().Place.File, Pos: p}
}

// report adds a finding, about operators of the job; the pointer is good until the next. What a rule that is off finds
// goes nowhere.
func (k *checker) report(r *Rule, at source.Place, about Subject, operators []int32, format string, args ...any) *Finding {
	level := k.level(r)
	if level == Off {
		k.muted = Finding{}
		return &k.muted
	}
	k.found = append(k.found, Finding{Rule: r, Severity: source.Severity(level), Place: at, Subject: about,
		Message: fmt.Sprintf(format, args...), JobName: k.job().Name, operators: operators})
	return &k.found[len(k.found)-1]
}

// told makes findings of the warnings of reading and planning.
func (k *checker) told() {
	for i := range k.Told {
		d := &k.Told[i]
		if !BecomesFinding(d) {
			continue
		}
		about, operators := k.subjectAt(d.Place)
		r, _ := Lookup(d.Code)
		f := k.report(r, d.Place, about, operators, "%s", d.Message)
		f.Fix, f.Related, f.Edit = d.Hint, d.Related, d.Edit
	}
}

// BecomesFinding reports whether what reading or planning told becomes a finding, and so need not be told twice: warnings that have a rule, and
// operators that may be Python, even where others are for sure.
func BecomesFinding(d *source.Diagnostic) bool {
	rule, known := Lookup(d.Code)
	return known && rule.judge == nil && rule.Scope == OfJob && (d.Severity == source.Warning || rule.evenNote)
}

// subjectAt is what stands at a place: an option, an operator, else the job.
func (k *checker) subjectAt(at source.Place) (Subject, []int32) {
	job := k.job()
	k.indexPlaces()
	if e, is := k.optionAt[at]; is {
		return Subject{AboutOption, e.Key}, nil
	}
	if i, is := k.operatorAt[at.Pos]; is && at.File == job.Place.File {
		return Subject{AboutOperator, job.Operators[i].ID}, []int32{i}
	}
	return Subject{AboutJob, job.Name}, nil
}

// indexPlaces notes where options and operators stand; the first at a place counts.
func (k *checker) indexPlaces() {
	if k.optionAt != nil {
		return
	}
	job := k.job()
	k.optionAt, k.operatorAt = map[source.Place]*flink.Entry{}, map[source.Pos]int32{}
	for i := len(job.Config) - 1; i >= 0; i-- {
		e := &job.Config[i]
		k.optionAt[e.ValuePlace] = e
		k.optionAt[e.Place] = e
	}
	for i := len(job.Operators) - 1; i >= 0; i-- {
		op := &job.Operators[i]
		if op.Python != nil {
			k.operatorAt[op.Python.Pos] = int32(i)
		}
		k.operatorAt[op.Pos] = int32(i)
	}
}

// elsewhere says whether a place belongs to no job: the command line's, or the cluster's configuration.
func (k *checker) elsewhere(at source.Place) bool {
	if at.File == nil {
		return true
	}
	k.indexPlaces()
	e, is := k.optionAt[at]
	return is && e.Origin != flink.FromJob
}

// pythonOf are the operators of a group that have a worker.
func (c *Case) pythonOf(group int32) (operators []int32) {
	for _, i := range c.Spec.Plan.Groups[group].Operators {
		if c.Spec.Plan.Operators[i].Worker >= 0 {
			operators = append(operators, i)
		}
	}
	return operators
}

// pythonOperators are a job's operators that have a worker.
func (c *Case) pythonOperators() (operators []int32) {
	for i := range c.Spec.Plan.Operators {
		if c.Spec.Plan.Operators[i].Worker >= 0 {
			operators = append(operators, int32(i))
		}
	}
	return operators
}
