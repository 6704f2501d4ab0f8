package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

// TestRenamed: a job that had another name has the stricter of what both may; a flag and the file's own limits are for both.
func TestRenamed(t *testing.T) {
	const file = `limits: {worker: {memory: 1mb}}
severities: {worker-memory: warning}
overrides:
  - {job: free, limits: {worker: {memory: 1gb}, slot: {pythonMemory: 1gb}}, severities: {worker-memory: "off"}}
  - {job: bound, limits: {slot: {pythonMemory: 2mb}}, severities: {worker-memory: error}}
waivers: [{rule: slot-python-memory, job: free, reason: x}, {rule: slot-python-memory, job: free, reason: x, expires: 2020-01-01}]
`
	for _, row := range []struct {
		reason, was, is string
		want            []string
	}{
		{"the same", "free", "free", []string{}},
		{"bound before", "bound", "free", []string{
			"policy-changed the limit of worker.memory is loosened from 1mb to 1gb by the name of the job, which was \"bound\"",
			"policy-changed the severity of worker-memory is loosened from error to off by the name of the job, which was \"bound\"",
			"policy-changed the limit of slot.pythonMemory is loosened from 2mb to 1gb by the name of the job, which was \"bound\"",
			"policy-changed the waiver of slot-python-memory for job \"free\" is for the job by its name, which was \"bound\"",
			"worker-memory 1mb", "slot-python-memory 2mb"}},
		{"bound now", "free", "bound", []string{"worker-memory 1mb", "slot-python-memory 2mb"}},
		{"by the file alone before", "other", "free", []string{
			"policy-changed the limit of worker.memory is loosened from 1mb to 1gb by the name of the job, which was \"other\"",
			"policy-changed the severity of worker-memory is loosened from warning to off by the name of the job, which was \"other\"",
			"policy-changed the waiver of slot-python-memory for job \"free\" is for the job by its name, which was \"other\"",
			"warning worker-memory 1mb"}},
		{"no limit now", "bound", "other", []string{
			"policy-changed the severity of worker-memory is loosened from error to warning by the name of the job, which was \"bound\"",
			"policy-changed the limit of slot.pythonMemory is loosened from 2mb to no limit by the name of the job, which was \"bound\"",
			"worker-memory 1mb", "slot-python-memory 2mb"}},
	} {
		limits := limitsOf(t, file)
		limits.Set(limitOf("job", "slots"), 9, "--max-job-slots")
		c := caseOf(t, "name: "+row.is+"\noperators: [{id: a, python: true}]", graph.Options{})
		before := *c.job()
		before.Name = row.was
		c.Before = &before
		got := []string{}
		for _, f := range Check(c, &Options{Limits: Inherit(limits, limitsOf(t, file)), Inherit: true, Today: "2026-12-24"}).Findings {
			line := f.Rule.ID + " " + f.Message
			if f.Measured {
				line = f.Rule.ID + " " + f.Limit.String()
			}
			if f.Severity != source.Error {
				line = f.Severity.String() + " " + line
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}
