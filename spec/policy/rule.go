// Package policy says what is allowed: limits, what is known to hurt, and waivers of both. Start with Rules, the table
// of all that is looked at, and Check, which judges one job; NewReport puts the verdicts of many together. The package
// computes no memory itself.
package policy

import (
	"slices"

	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/change"
)

// Scope says what a rule needs to be judged at all.
type Scope uint8

// The scopes.
const (
	OfJob     Scope = iota // a job alone
	OfLimit                // a limit that is set
	OfCluster              // a cluster's configuration
	OfWaiver               // a waiver
	OfPolicy               // the policy of a revision
	OfDiff                 // an older plan
)

// Rule is one thing that is looked at: a row with all that is known of it, the function that judges it included.
type Rule struct {
	// ID is stable: the fault as a noun, in kebab-case. Where a reader or a planner tells the fault, it is the code of what it tells.
	ID       string
	Severity source.Severity // unless another is asked for
	Scope    Scope
	Doc      string // what is wrong, in a line
	Why      string // what it does to the job
	Fix      string // how it passes
	// Example is a job file in which the rule fires, with Args on the command line.
	Example string
	Args    []string
	// Bounds is what a rule of scope OfLimit sets a limit to; nil for every other.
	Bounds *Bounds

	// judge reports what the rule finds in one job; nil where others tell the fault, and told takes it in.
	judge func(k *checker, r *Rule)
	// evenNote: told takes it in also where it was told as a note.
	evenNote bool
	// before is what a finding of the rule would have found in an older plan, by the index there of what it is
	// about; nil: it has no size to compare.
	before func(p *change.Pairing, about Kind, i int) (spec.Quantity, bool)
}

// Bounds is a number of the plan that can have a limit, by where the limit stands in a limits file (design.md 4.3).
type Bounds struct {
	Scope, Key string
	Bytes      bool // a memory size, not a count
}

// Rules are all rules, in the order in which people are shown them.
var Rules = slices.Concat(limitRules, clusterRules, jobRules, waiverRules, policyRules, diffRules)

// Lookup finds a rule by its ID.
func Lookup(id string) (*Rule, bool) {
	r, known := ruleIndex[id]
	return r, known
}

var ruleIndex = func() map[string]*Rule {
	index := make(map[string]*Rule, len(Rules))
	for _, r := range Rules {
		index[r.ID] = r
	}
	return index
}()

// RuleIDs are the IDs of all rules.
func RuleIDs() []string {
	ids := make([]string, len(Rules))
	for i, r := range Rules {
		ids[i] = r.ID
	}
	return ids
}
