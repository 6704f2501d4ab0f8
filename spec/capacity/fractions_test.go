package capacity

import (
	"encoding/json"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
	"udfplan/testdata/flink/truth"
)

// recordedFractions is what a real Flink gave the operators of a job.
type recordedFractions struct {
	ID     string
	Job    json.RawMessage
	Expect struct {
		Error  json.RawMessage
		Memory map[string]struct {
			Weight            *int64
			SlotScope         []string
			Fraction          *float64
			Operator          float64
			StateBackend      float64
			Python            float64
			OperatorError     string
			PythonError       string
			StateBackendError string
		}
	}
}

// marked are jobs that udfplan refuses on purpose (design.md 4.1: a bad Python memory size in streaming).
var marked = map[string]bool{"streaming_calc_small_bad_framework": true, "streaming_join_small_bad_framework": true}

// TestRecordedFractions: the doubles of every operator of every recorded job, all versions.
func TestRecordedFractions(t *testing.T) {
	seen := 0
	for _, pattern := range []string{"chains", "pyflink"} {
		for _, file := range truth.Files(t, pattern+"/*.jsonl") {
			for _, c := range truth.Lines[recordedFractions](t, file) {
				if len(c.Expect.Memory) == 0 {
					continue
				}
				seen++
				if marked[c.ID] {
					continue
				}
				t.Run(pattern+"/"+truth.Version(file)+"/"+c.ID, func(t *testing.T) { c.check(t) })
			}
		}
	}
	if seen < 500 && !truth.Fresh() {
		t.Errorf("only %d recorded jobs", seen)
	}
}

func (c *recordedFractions) check(t *testing.T) {
	jobs, problems := document.Read(source.NewFile(c.ID, c.Job), graph.Options{})
	if problems.HasErrors() {
		truth.Differ(t, truth.Refusals, "Flink takes this job; problems: %v", problems)
		return
	}
	job := jobs[0]
	p, _ := plan.Make(job, plan.Options{})
	s, _ := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88}) // figures that are easy to reckon with
	weights, refused := taskmanager.ReadWeights(job.Config, job.Settings.Version)
	fractions := newDemand(s).fractions(weights)
	for i := range job.Operators {
		want, known := c.Expect.Memory[job.Operators[i].ID]
		if !known {
			truth.Differ(t, truth.Fractions, "%s is not recorded", job.Operators[i].ID)
			continue
		}
		got := fractions[i]
		if want.PythonError != "" || want.OperatorError != "" {
			if refused == nil || !strings.HasSuffix(want.OperatorError+want.PythonError, refused.Message) {
				truth.Differ(t, truth.Fractions, "%s: %v, Flink %s %s", job.Operators[i].ID, refused, want.OperatorError, want.PythonError)
			}
			continue
		}
		if refused != nil {
			truth.Differ(t, truth.Refusals, "%v", refused)
			return
		}
		checkWeight(t, job.Operators[i].ID, job.Settings.Version, got, want.Weight)
		if want.Fraction != nil && got.Whole != *want.Fraction {
			truth.Differ(t, truth.Fractions, "%s: fraction %v, Flink %v", job.Operators[i].ID, got.Whole, *want.Fraction)
		}
		if got.OfOperator != want.Operator || got.OfState != want.StateBackend || got.OfPython != want.Python {
			truth.Differ(t, truth.Fractions, "%s: %v %v %v, Flink %v %v %v", job.Operators[i].ID, got.OfOperator, got.OfState, got.OfPython, want.Operator, want.StateBackend, want.Python)
		}
	}
}

func checkWeight(t *testing.T, id string, v flink.Version, got Fractions, want *int64) {
	t.Helper()
	switch {
	case want == nil && got.Declares:
		truth.Differ(t, truth.Fractions, "%s declares %d, in Flink nothing", id, got.Weight)
	case want != nil && got.Weight != *want:
		truth.Differ(t, truth.Fractions, "%s weighs %d, in Flink %d", id, got.Weight, *want)
	}
}

// TestDeclared: what an operator declares as managed memory is stronger than its resources, and 0b declares nothing.
func TestDeclared(t *testing.T) {
	for _, row := range []struct {
		version, operator string
		weight            int64
		declares          bool
		reason            string
	}{
		{"1.20", "{id: a}", 0, false, "nothing is said"},
		{"1.20", "{id: a, managedMemory: 3mb}", 3, true, "mebibytes from 1.14 on"},
		{"1.20", "{id: a, resources: {taskHeap: 1mb, managedOffHeap: 2mb}}", 2, true, "its resources"},
		{"1.20", "{id: a, managedMemory: 3mb, resources: {taskHeap: 1mb, managedOffHeap: 2mb}}", 3, true, "both"},
		{"1.20", "{id: a, managedMemory: 0b, resources: {taskHeap: 1mb, managedOffHeap: 2mb}}", 0, false, "0b is stronger too"},
		{"1.20", "{id: a, resources: {taskHeap: 1mb, managedOffHeap: 0b}}", 0, false, "none among its resources"},
		{"1.13", "{id: a, managedMemory: 3mb}", 3 << 10, true, "kibibytes before"},
		{"1.10", "{id: a, managedMemory: 3mb}", 3 << 10, false, "1.10 does not know use cases"},
		{"1.10", "{id: a, resources: {taskHeap: 1mb, managedOffHeap: 2mb}}", 2 << 10, false, "its resources"},
		{"1.10", "{id: a, managedMemory: 0b, resources: {taskHeap: 1mb, managedOffHeap: 2mb}}", 0, false, "0b is stronger too"},
		{"1.10", "{id: a, resources: {taskHeap: 1mb, managedOffHeap: 0b}}", 0, false, "none among its resources"},
		{"1.10", "{id: a, api: datastream}", 1, false, "an operator of the DataStream API that says nothing weighs 1"},
	} {
		d := newDemand(specFor(t, "flinkVersion: '"+row.version+"'\nmode: batch\noperators: ["+row.operator+"]"))
		if got := d.declared[0]; got.Weight != row.weight || got.Declares != row.declares {
			t.Errorf("%s %s (%s): weighs %d, declares %v", row.version, row.operator, row.reason, got.Weight, got.Declares)
		}
	}
}
