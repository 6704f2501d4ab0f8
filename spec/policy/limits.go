package policy

import (
	"maps"
	"regexp"
	"slices"

	"udfplan/graph/source"
	"udfplan/spec"
)

// LimitRules are the rules that bound a number, in order.
func LimitRules() []*Rule { return limitRules }

// Limit is a bound that is set: the most that is allowed.
type Limit struct {
	Most  spec.Quantity
	Place source.Place // where it is set
}

// limitSet has the limits that are set, by their rule.
type limitSet map[*Rule]Limit

// over is what rules are given, with what is stronger over it.
func over[Set ~map[*Rule]V, V any](weaker, stronger Set) Set {
	both := maps.Clone(weaker)
	if both == nil {
		both = Set{}
	}
	maps.Copy(both, stronger)
	return both
}

// Limits say what is allowed, by job. The zero Limits allow everything.
type Limits struct {
	Waivers   []Waiver
	Place     source.Place // where the file begins; none without a file
	base      limitSet
	levels    levelSet
	overrides []override
	flags     limitSet     // stronger than the file
	changes   []Finding    // since the revision that decides (Inherit)
	told      []toldWaiver // the waivers as they stand now; nil: as in Waivers

	waiverAt   waiverIndex
	overrideOf overrideIndex
}

// override is for jobs whose name matches; a later one is stronger than an earlier.
type override struct {
	name   string
	job    *regexp.Regexp
	limits limitSet
	levels levelSet
}

// of are the limits of a job.
func (l *Limits) of(job string) limitSet {
	set := l.base
	for _, i := range l.overrideOf.candidates(job) {
		if l.overrides[i].job.MatchString(job) {
			set = over(set, l.overrides[i].limits)
		}
	}
	return over(set, l.flags)
}

// Set sets the limit of a rule for every job, stronger than the file does. where says what set it, for people.
func (l *Limits) Set(r *Rule, most int64, where string) {
	if l.flags == nil {
		l.flags = limitSet{}
	}
	l.flags[r] = Limit{Most: spec.Quantity{N: most, Bytes: r.Bounds.Bytes}, Place: source.Place{File: source.NewFile(where, nil)}}
}

// scopes are the scopes of limits in their order, and keysOf the keys of one.
func scopes() (names []string) {
	for _, r := range limitRules {
		if !slices.Contains(names, r.Bounds.Scope) {
			names = append(names, r.Bounds.Scope)
		}
	}
	return names
}

func keysOf(scope string) (keys []string) {
	for _, r := range limitRules {
		if r.Bounds.Scope == scope {
			keys = append(keys, r.Bounds.Key)
		}
	}
	return keys
}

// limitOf is the rule that has its limit at a place of a limits file; nil: none has.
func limitOf(scope, key string) *Rule {
	for _, r := range limitRules {
		if r.Bounds.Scope == scope && r.Bounds.Key == key {
			return r
		}
	}
	return nil
}
