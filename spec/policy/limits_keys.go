package policy

import (
	"math"
	"slices"

	"udfplan/graph"
	"udfplan/graph/schema"
)

// The keys of a limits file (design.md 4.3), in the order in which an error lists them. The switches of limitsReader take exactly these.
// What can be limited, and which rules can be waived, stands in the table of rules.
var (
	fileKeys = schema.Mapping{
		Doc: "Limits: what udfplan check allows, and what is agreed to.",
		Keys: []schema.Key{
			{Name: "apiVersion", Value: schema.Value{Kind: schema.Constant, Words: []string{"", graph.APIVersion}}, Doc: "The version of this format. May be left out."},
			{Name: "kind", Value: schema.Value{Kind: schema.Constant, Words: []string{"", "Limits"}}, Doc: "May be left out."},
			{Name: "limits", Value: limitsValue, Doc: "The limits of every job."},
			{Name: "severities", Value: severitiesValue, Doc: "How severe rules are, in every job; a flag --severity is stronger."},
			{Name: "overrides", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.Fields, Of: &overrideKeys}}, Doc: "Other limits and severities for some jobs; a later one is stronger."},
			{Name: "waivers", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.Fields, Of: &waiverKeys}}, Doc: "Findings that are agreed to."},
		},
	}
	overrideKeys = schema.Mapping{
		Doc:    "Limits and severities of the jobs whose name matches.",
		Either: []string{"limits", "severities"},
		Keys: []schema.Key{
			{Name: "job", Required: true, Doc: "A glob on the job's name.", Example: "ml-*"},
			{Name: "limits", Value: limitsValue, Doc: "The limits of these jobs; what is left out stays as it is."},
			{Name: "severities", Value: severitiesValue, Doc: "How severe rules are in these jobs."},
		},
	}
	waiverKeys = schema.Mapping{
		Doc: "A waiver: findings of a rule that are agreed to. It waives only where all that it names match.",
		Keys: []schema.Key{
			{Name: "rule", Required: true, Value: schema.Value{Kind: schema.Word, Words: waivableRules()}, Doc: "The rule that is waived."},
			{Name: "job", Doc: "A glob on the job's name; else every job.", Example: "nightly-*"},
			{Name: "operator", Doc: "A glob on the operator's id.", Example: "embed"},
			{Name: "worker", Doc: "A glob on the worker's id.", Example: "embed"},
			{Name: "slotSharingGroup", Doc: "A glob on the slot sharing group's name.", Example: "heavy"},
			{Name: "reason", Value: schema.Value{Kind: schema.AnyText}, Doc: "Why, and who agreed. A waiver without one waives nothing, and is a finding.", Example: "the model is 1.1 GB, agreed in CAP-112"},
			{Name: "expires", Value: schema.Value{Kind: schema.Day}, Doc: "The last day on which it is good; else it is good for ever."},
		},
	}
	limitsValue     = schema.Value{Kind: schema.Fields, Of: limitsMapping()}
	severitiesValue = schema.Value{Kind: schema.Fields, Of: severitiesMapping()}
)

// scopeDocs say what a limit of each scope is about.
var scopeDocs = map[string]string{
	"operator": "Limits of one subtask of an operator.",
	"worker":   "Limits of one Python worker, which is one process.",
	"slot":     "Limits of the fullest slot of a slot sharing group.",
	"job":      "Limits of a whole job.",
}

// LimitsSchema is what a limits file holds.
func LimitsSchema() *schema.Mapping { return &fileKeys }

// limitsMapping has what can be limited, by scope.
func limitsMapping() *schema.Mapping {
	limits := &schema.Mapping{Doc: "The most that is allowed, by what it is about."}
	for _, scope := range scopes() {
		of := &schema.Mapping{Doc: scopeDocs[scope]}
		for _, r := range limitRules {
			if r.Bounds.Scope != scope {
				continue
			}
			value := schema.Value{Kind: schema.Integer, High: math.MaxInt64}
			if r.Bounds.Bytes {
				value = schema.Value{Kind: schema.Size}
			}
			of.Keys = append(of.Keys, schema.Key{Name: r.Bounds.Key, Value: value, Doc: "The most that is allowed. Above it, rule " + r.ID + ": " + r.Doc + ". " + r.Why})
		}
		limits.Keys = append(limits.Keys, schema.Key{Name: scope, Value: schema.Value{Kind: schema.Fields, Of: of}, Doc: of.Doc})
	}
	return limits
}

// severitiesMapping has the rules that can be given a severity.
func severitiesMapping() *schema.Mapping {
	severities := &schema.Mapping{Doc: "Severities by rule: an error fails, a warning only with --fail-on warning, a note never; what is off is not looked at."}
	for _, r := range Rules {
		if unranked(r.ID) == "" {
			severities.Keys = append(severities.Keys, schema.Key{Name: r.ID, Value: schema.Value{Kind: schema.Word, Words: levelWords}, Doc: "Unless given: " + r.Severity.String() + ". The rule: " + r.Doc + "."})
		}
	}
	return severities
}

// levelWords are the words of the levels, behind an empty one.
var levelWords = slices.Concat([]string{""}, LevelWords)

// waivableRules are the IDs of the rules that a waiver can name, behind an empty one.
func waivableRules() []string {
	ids := []string{""}
	for _, id := range RuleIDs() {
		if unwaivable(id) == "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// LimitsFileKeys are all keys of a limits file, for whoever documents them; rules have a table of their own.
func LimitsFileKeys() []string {
	return slices.DeleteFunc(fileKeys.AllNames(), func(key string) bool { _, is := Lookup(key); return is })
}
