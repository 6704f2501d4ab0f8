package policy

import (
	"udfplan/graph/source"
	"udfplan/spec"
)

// Report is what a run of `check` found.
type Report struct {
	Jobs     []JobResult
	Findings []Finding // sorted, without those that are waived
	Waived   []Finding
	Summary  Summary
	// FailOn is the severity from which on a finding fails the run.
	FailOn source.Severity
}

// JobResult is one job that was checked.
type JobResult struct {
	Name, File string
	Operators  int
	Workers    int64 // Python processes
	Judged     []*Rule
	// Worst is the worst severity of its findings; Note if there is none.
	Worst source.Severity
	// Spec is the job itself, where a drawing of it is wanted; else nil.
	Spec *spec.Spec
}

// Summary counts: jobs, the operators and Python processes in them, and how the jobs came out. Waived counts findings, and
// General those that are about no job in particular.
type Summary struct {
	Jobs, Operators, Workers       int64
	Passed, Warned, Failed, Waived int64
	General                        int64
}

// Judged is one job's verdict, and what the report says of the job.
type Judged struct {
	JobResult
	*Verdict
}

// NewReport puts verdicts together. onCluster says that a cluster's configuration was given.
func NewReport(judged []Judged, o *Options, failOn source.Severity, onCluster bool) *Report {
	r := &Report{FailOn: failOn}
	for i := range judged {
		r.add(&judged[i])
	}
	if o.Limits != nil {
		r.Findings = append(r.Findings, o.policyChanges()...)
		r.Findings = append(r.Findings, o.idleWaivers(judged, onCluster)...)
	}
	r.Findings, r.Waived = sorted(r.Findings), sorted(r.Waived)
	r.Summary.Waived = int64(len(r.Waived))
	for i := range r.Findings {
		if r.Findings[i].General && r.Findings[i].Severity != source.Note {
			r.Summary.General++
		}
	}
	return r
}

func (r *Report) add(j *Judged) {
	result := j.JobResult
	result.Worst, result.Judged = source.Note, j.Verdict.Judged
	for _, list := range []*[]Finding{&j.Verdict.Findings, &j.Verdict.Waived} {
		for i := range *list {
			f := &(*list)[i]
			if f.Job = len(r.Jobs); f.General {
				f.Job = -1
			}
		}
	}
	for i := range j.Verdict.Findings {
		if f := &j.Verdict.Findings[i]; !f.General {
			result.Worst = min(result.Worst, f.Severity)
		}
	}
	r.Findings = append(r.Findings, j.Verdict.Findings...)
	r.Waived = append(r.Waived, j.Verdict.Waived...)
	s := &r.Summary
	s.Jobs, s.Operators, s.Workers = s.Jobs+1, s.Operators+int64(result.Operators), s.Workers+result.Workers
	switch {
	case result.Worst <= r.FailOn:
		s.Failed++
	case result.Worst < source.Note:
		s.Warned++
	default:
		s.Passed++
	}
	r.Jobs = append(r.Jobs, result)
}

// Fails reports whether any finding fails the run.
func (r *Report) Fails() bool {
	for i := range r.Findings {
		if r.Findings[i].Severity <= r.FailOn {
			return true
		}
	}
	return false
}
