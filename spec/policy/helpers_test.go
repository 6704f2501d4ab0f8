package policy

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// caseOf reads, plans and computes one job.
func caseOf(t *testing.T, text string, o graph.Options) *Case {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job.yaml", []byte(text)), o)
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatalf("%d jobs, %v\n%s", len(jobs), problems, text)
	}
	p, planned := plan.Make(jobs[0], plan.Options{})
	s, computed := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88}) // figures that are easy to reckon with
	told := append(append(problems, planned...), computed...)
	if told.HasErrors() {
		t.Fatalf("%v\n%s", told, text)
	}
	return &Case{Spec: s, Told: told}
}

// planned is a job without anything told of it.
func planned(job *graph.Job) *Case {
	p, _ := plan.Make(job, plan.Options{})
	s, _ := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88}) // figures that are easy to reckon with
	return &Case{Spec: s}
}

// onCluster asks what a cluster of these options gives.
func onCluster(t *testing.T, text string, config flink.Config) *Case {
	t.Helper()
	c := caseOf(t, text, graph.Options{Base: config})
	cluster := capacity.Cluster{Config: config, Version: c.job().Version}
	report, told, refused := cluster.Assess([]*spec.Spec{c.Spec})
	if refused != nil {
		t.Fatal(refused.Message)
	}
	c.FitTold, c.Floor = told, report.Floor
	if len(report.Jobs) == 1 {
		c.Fit = report.Jobs[0]
	}
	c.Smallest = func() (capacity.Recommendation, bool) { return cluster.Smallest(report) }
	return c
}

// configOf makes a cluster's configuration of `key: value` words.
func configOf(words ...string) (c flink.Config) {
	file := source.NewFile("flink-conf.yaml", []byte(strings.Join(words, "\n")))
	offset := 0
	for _, word := range words {
		key, value, _ := strings.Cut(word, ": ")
		at := source.Place{File: file, Pos: source.At(offset)}
		c = append(c, flink.Entry{Key: key, Value: value, Place: at, ValuePlace: source.Place{File: file, Pos: source.At(offset + len(key) + 2)}})
		offset += len(word) + 1
	}
	return c
}

// limitsOf reads a limits file that has no errors.
func limitsOf(t *testing.T, text string) *Limits {
	t.Helper()
	limits, problems := ReadLimits(source.NewFile("limits.yaml", []byte(text)))
	if problems.HasErrors() {
		t.Fatal(problems, text)
	}
	return limits
}

// brief is a finding as tables have it: place, severity unless it is an error, rule, subject.
func brief(f *Finding) string {
	severity := ""
	if f.Severity != source.Error {
		severity = f.Severity.String() + " "
	}
	return fmt.Sprintf("%s %s%s %s %s", strings.TrimPrefix(f.Place.String(), "job.yaml:"), severity, f.Rule.ID, f.Subject.Kind, f.Subject.Name)
}

func briefs(findings []Finding) []string {
	out := []string{}
	for i := range findings {
		out = append(out, brief(&findings[i]))
	}
	return out
}
