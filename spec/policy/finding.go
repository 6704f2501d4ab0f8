package policy

import (
	"cmp"
	"slices"

	"udfplan/graph/source"
	"udfplan/spec"
)

// Kind is what a finding is about.
type Kind uint8

// The kinds; their words are the keys of the documents.
const (
	AboutJob Kind = iota
	AboutOperator
	AboutWorker
	AboutGroup
	AboutOption
	AboutWaiver
	AboutPolicy // something in a limits file, by its path there
)

func (k Kind) String() string {
	return [...]string{"job", "operator", "worker", "slotSharingGroup", "option", "waiver", "policy"}[k]
}

// Subject is the thing that a finding is about; Name is an id, a name, an option's key, or a waiver's rule.
type Subject struct {
	Kind Kind
	Name string
}

// Finding is a fault of a job, or of what is said about jobs. It is no failure of the program.
type Finding struct {
	Rule     *Rule
	Severity source.Severity
	Message  string
	// Fix is what would make it pass; may be empty.
	Fix string
	// Edit is what to write instead, at Place; nil: nobody knows for sure.
	Edit *source.Edit
	// Place is that of the operator, option or waiver to change.
	Place   source.Place
	Related []source.Related
	// General: it is about no job in particular. Job is the job's index in the Report; -1 where General.
	General bool
	Job     int
	JobName string
	Subject Subject
	// Measured: Found and Limit are known.
	Measured     bool
	Found, Limit spec.Quantity
	// Before is what it was in the baseline; nil if there is none to compare with.
	Before *spec.Quantity
	// Waiver is the one that covers it; nil: none does.
	Waiver *Waiver

	operators []int32 // that a waiver of this finding may stand at
}

// Diagnostic is the finding as every stage tells its faults.
func (f *Finding) Diagnostic() source.Diagnostic {
	return source.Diagnostic{Severity: f.Severity, Code: f.Rule.ID, Message: f.Message, Hint: f.Fix, Place: f.Place, Related: f.Related, Edit: f.Edit}
}

// sorted orders findings by place, rule and message; the same one about no job in particular is told once.
func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compareFindings)
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.General && b.General && compareFindings(a, b) == 0
	})
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		source.ComparePlaces(a.Place, b.Place),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Rule.ID, b.Rule.ID),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Job, b.Job),
	)
}
