package policy

import (
	"strings"
	"testing"

	"udfplan/graph"
)

// TestFixes: what a finding says would pass, where a byte or a subtask decides.
func TestFixes(t *testing.T) {
	const three = "mode: batch\noperators: [{id: a, python: true}, {id: b, inputs: [a], python: true}, {id: c, inputs: [b], python: true}]"
	const shared = "mode: batch\noperators: [{id: a, parallelism: 4, slotSharingGroup: g, python: {worker: w}}, {id: b, inputs: [a], slotSharingGroup: g, parallelism: %, python: {worker: w}}]"
	for _, row := range []struct {
		reason, text, limits string
		want                 string // begins the fix
	}{
		{"64mb and twice 15mb are just the limit", three, "worker: {memory: 94mb}", "only 2 of its 3 operators: "},
		{"a byte less leaves room for one", three, "worker: {memory: 98566143b}", "only 1 of its 3 operators: "},
		{"no room for any: no change, only a higher limit", three, "worker: {memory: 78mb}", "a limit of "},
		{"all operators of the worker have its parallelism: a lower one helps", strings.Replace(shared, "%", "4", 1), "job: {pythonMemory: 200mb}", "parallelism at most 2 (now 4) of the operators of worker \"w\""},
		{"one differs: what a lower one gives is not a product", strings.Replace(shared, "%", "2", 1), "job: {pythonMemory: 200mb}", "a limit of "},
		{"the others need the limit alone: no parallelism is low enough", strings.Replace(shared, "%", "4", 1), "job: {pythonMemory: 93mb}", "a limit of "},
	} {
		found := Check(caseOf(t, row.text, graph.Options{}), &Options{Limits: limitsOf(t, "limits: {"+row.limits+"}")}).Findings
		if len(found) != 1 || !strings.HasPrefix(found[0].Fix, row.want) {
			t.Errorf("%s: %+v", row.reason, found)
		}
	}
}

// TestElsewhere: who set an option decides, not the file that it stands in: a session job and its cluster may share one.
func TestElsewhere(t *testing.T) {
	c := onCluster(t, "flinkVersion: 1.20\nconfig: {python.fn-execution.memory.managed: false}\noperators: [{id: a, python: true}]",
		configOf("taskmanager.memory.process.size: 4g"))
	k := checker{Case: c}
	job := c.job()
	for i := range job.Config {
		job.Config[i].Place.File, job.Config[i].ValuePlace.File = job.Place.File, job.Place.File
	}
	want := map[string]bool{"taskmanager.memory.process.size": true, "python.fn-execution.memory.managed": false}
	for _, e := range job.Config {
		if got := k.elsewhere(e.ValuePlace); got != want[e.Key] {
			t.Errorf("%s: elsewhere %v, want %v", e.Key, got, want[e.Key])
		}
	}
	if got := k.clusterConfig(); len(got) != 1 || got[0].Key != "taskmanager.memory.process.size" {
		t.Errorf("the cluster's configuration is %v", got)
	}
}
