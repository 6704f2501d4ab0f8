// Package policy says what is allowed: limits and what is known to hurt, waivers of them, and what changed between two
// plans. It computes no memory itself.
package policy

import (
	"udfplan/graph/source"
)

// Scope says what a rule needs to be judged at all.
type Scope uint8

// The scopes.
const (
	OfJob     Scope = iota // a job alone
	OfLimit                // a limit that is set
	OfCluster              // a cluster's configuration
	OfWaiver               // a waiver
	OfDiff                 // an older plan
)

// Rule is one thing that is looked at.
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
}

// Rules are all rules, in the order in which people are shown them. Rules of limits are those of the table limits.
var Rules = concat(limitRules, clusterRules, jobRules, waiverRules, diffRules)

func concat(tables ...[]Rule) (all []Rule) {
	for _, table := range tables {
		all = append(all, table...)
	}
	return all
}

// Lookup finds a rule by its ID.
func Lookup(id string) (*Rule, bool) {
	i, known := ruleIndex[id]
	if !known {
		return nil, false
	}
	return &Rules[i], true
}

var ruleIndex = func() map[string]int {
	index := make(map[string]int, len(Rules))
	for i := range Rules {
		index[Rules[i].ID] = i
	}
	return index
}()

// RuleIDs are the IDs of all rules.
func RuleIDs() []string {
	ids := make([]string, len(Rules))
	for i := range Rules {
		ids[i] = Rules[i].ID
	}
	return ids
}
