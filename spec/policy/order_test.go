package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// TestEveryOne: a rule goes on behind what passes, and says once what it says of several.
func TestEveryOne(t *testing.T) {
	for _, row := range []struct {
		reason, text, limits string
		config               []string
		want                 []string
	}{
		{"a worker that passes before one that does not; the operator beyond the limit is the place", "sharing: chain\noperators: [{id: a, python: true}, {id: b, python: true}, {id: c, inputs: [b], python: true}]", "worker: {operators: 1}", nil,
			[]string{"2:64 worker-operators worker b"}},
		{"of two groups that are equally large, the first is the place", "operators: [{id: a, slotSharingGroup: g, parallelism: 3}, {id: b, parallelism: 3}]", "job: {slots: 5}", nil,
			[]string{"1:18 job-slots job unnamed"}},
		{"three operators of one environment are one finding", "flinkVersion: '1.10'\noperators: [{id: a, python: true}, {id: b, inputs: [a], python: true}, {id: c, inputs: [b], python: true}]", "", nil,
			[]string{"2:18 warning worker-per-operator operator a"}},
		{"a group that fits before one that does not", "flinkVersion: '1.20'\noperators: [{id: a, slotSharingGroup: g, python: true}, {id: b, python: {userMemory: 900mb}}]", "",
			[]string{"taskmanager.memory.process.size: 4g", "taskmanager.memory.managed.size: 200m"}, []string{"2:62 memory-short slotSharingGroup default"}},
		{"two groups that do not fit are two findings", "flinkVersion: '1.20'\noperators: [{id: a, slotSharingGroup: g, python: {userMemory: 900mb}}, {id: b, python: {userMemory: 900mb}}]", "",
			[]string{"taskmanager.memory.process.size: 4g", "taskmanager.memory.managed.size: 200m"}, []string{"2:18 memory-short slotSharingGroup g", "2:77 memory-short slotSharingGroup default"}},
	} {
		c := caseOf(t, row.text, graph.Options{})
		if row.config != nil {
			c = onCluster(t, row.text, configOf(row.config...))
		}
		c.Told = nil
		o := &Options{Today: today}
		if row.limits != "" {
			o.Limits = limitsOf(t, "limits: {"+row.limits+"}")
		}
		if diff := cmp.Diff(row.want, briefs(Check(c, o).Findings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestWaiverStandsAt: a waiver that waives nothing is told of the operator at which it stands, the first one too.
func TestWaiverStandsAt(t *testing.T) {
	const unused = " # udfplan: ignore worker-memory -- x"
	for _, row := range []struct {
		reason, top, a, b string
		want              []int32
	}{
		{"the first operator", "", unused, "", []int32{0}},
		{"the second", "", "", unused, []int32{1}},
		{"the whole job", unused[1:] + "\n", "", "", nil},
	} {
		c := caseOf(t, row.top+"operators:\n  - id: a"+row.a+"\n  - id: b"+row.b+"\n", graph.Options{})
		findings := Check(c, &Options{Today: today}).Findings
		if len(findings) != 1 {
			t.Fatalf("%s: %v", row.reason, briefs(findings))
		}
		if diff := cmp.Diff(row.want, findings[0].operators); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestReportKeepsOrder: findings of several jobs stand in the order of the jobs.
func TestReportKeepsOrder(t *testing.T) {
	read, _ := document.Read(source.NewFile("jobs.yaml", []byte("name: one\noperators: [{id: a, python: true}]\n---\nname: two\noperators: [{id: b, python: true}]\n")), graph.Options{})
	o := &Options{Limits: limitsOf(t, "limits: {worker: {memory: 1mb}}"), Today: today}
	var judged []Judged
	for _, job := range read {
		judged = append(judged, Judged{JobResult{Name: job.Name}, Check(planned(job), o)})
	}
	var jobs []int
	for _, f := range NewReport(judged, o, source.Error, false).Findings {
		jobs = append(jobs, f.Job)
	}
	if diff := cmp.Diff([]int{0, 1}, jobs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
