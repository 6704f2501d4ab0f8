package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/spec/change"
)

// shotsOf are the plans of a text's jobs.
func shotsOf(t *testing.T, name, text string) (shots []*change.Snapshot) {
	t.Helper()
	jobs, problems := document.Read(source.NewFile(name, []byte(text)), graph.Options{})
	if problems.HasErrors() {
		t.Fatal(problems, text)
	}
	for _, job := range jobs {
		shots = append(shots, change.Take(planned(job).Spec))
	}
	return shots
}

// TestBaselineOnCluster: the verdict of capacity, of a share and of an operator's own fraction.
func TestBaselineOnCluster(t *testing.T) {
	for _, row := range []struct {
		reason, old, now string
		want             string
	}{
		{"a slot of 1.20, as before", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", "2:18 note memory-short slotSharingGroup default"},
		{"an operator more in it", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", "flinkVersion: 1.20\noperators: [{id: a, python: true}, {id: b, python: true}]", "2:18 memory-short slotSharingGroup default"},
		{"an operator of 1.10, as before", "flinkVersion: 1.10\noperators: [{id: a, python: true}]", "flinkVersion: 1.10\noperators: [{id: a, python: true}]", "2:18 note memory-short operator a"},
		{"with memory of its own now", "flinkVersion: 1.10\noperators: [{id: a, python: true}]", "flinkVersion: 1.10\noperators: [{id: a, python: {userMemory: 1b}}]", "2:18 memory-short operator a"},
	} {
		c := onCluster(t, row.now, configOf("taskmanager.memory.process.size: 1728m", "taskmanager.memory.managed.size: 50m"))
		found := Check(c, &Options{Baseline: NewBaseline(shotsOf(t, "old", row.old))}).Findings
		if got := brief(&found[0]); got != row.want || found[0].Before == nil {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// TestBaseline: what grew fails, what did not is a note, and what Flink refuses stays.
func TestBaseline(t *testing.T) {
	job := func(name string, mb string) string {
		return "name: " + name + "\nmode: batch\noperators: [{id: a, python: {userMemory: " + mb + "}}]\n"
	}
	for _, row := range []struct {
		reason, old, now, limits string
		want                     []string
		before                   string
	}{
		{"the same", job("x", "100mb"), job("x", "100mb"), "worker: {memory: 1mb}", []string{"3:18 note worker-memory worker a"}, "179mb"},
		{"less, and still too much", job("x", "100mb"), job("x", "50mb"), "worker: {memory: 1mb}", []string{"3:18 note worker-memory worker a"}, "179mb"},
		{"a byte more", job("x", "100mb"), job("x", "104857601b"), "worker: {memory: 1mb}", []string{"3:18 worker-memory worker a"}, "179mb"},
		{"a job that was not there", job("y", "100mb"), job("x", "100mb"), "worker: {memory: 1mb}", []string{"3:18 worker-memory worker a"}, ""},
		{"of several of its name, the one with its operators", "operators: [{id: b, python: true}]\n---\nmode: batch\noperators: [{id: a, python: {userMemory: 100mb}}]\n---\noperators: [{id: c}]", "\nmode: batch\noperators: [{id: a, python: {userMemory: 100mb}}]", "worker: {memory: 1mb}", []string{"3:18 note worker-memory worker a"}, "179mb"},
		{"of several of its name, the first that is as good", job("x", "1mb") + "---\n" + job("x", "100mb"), job("x", "100mb"), "worker: {memory: 1mb}", []string{"3:18 worker-memory worker a"}, "80mb"},
		{"a worker that was not there", "name: x\noperators: [{id: a}]", job("x", "100mb"), "worker: {memory: 1mb}", []string{"3:18 worker-memory worker a"}, ""},
		{"a worker that was renamed", "name: x\noperators: [{id: a, python: {worker: w, userMemory: 100mb}}]", job("x", "100mb"), "worker: {memory: 1mb}", []string{"3:18 note worker-memory worker a"}, "179mb"},
		{"every limit", job("x", "1mb"), job("x", "1mb"), "operator: {managedOffHeap: 1b}, worker: {memory: 1b, operators: 0}, slot: {pythonMemory: 1b, workers: 0}, job: {pythonMemory: 1b, workers: 0, slots: 0}",
			[]string{"3:18 note job-python-memory job x", "3:18 note job-slots job x", "3:18 note job-workers job x", "3:18 note operator-managed-off-heap operator a",
				"3:18 note slot-python-memory slotSharingGroup default#a", "3:18 note slot-workers slotSharingGroup default#a", "3:18 note worker-memory worker a", "3:18 note worker-operators worker a"}, "80mb"},
		{"a warning has no size to grow", job("x", "1mb"), "name: x\nflinkVersion: 1.14\noperators: [{id: a, python: {mode: thread}}]", "", []string{"3:21 note no-thread-mode operator a"}, ""},
		{"what Flink refuses cannot have been running", job("x", "1mb"), "name: x\nflinkVersion: 1.11\nconfig: {state.backend: rocksdb, python.fn-execution.memory.managed: true}\noperators: [{id: a, python: true}]", "",
			[]string{"3:70 rocksdb-with-managed-python option python.fn-execution.memory.managed"}, ""},
	} {
		o := &Options{Limits: limitsOf(t, "limits: {"+row.limits+"}"), Baseline: NewBaseline(shotsOf(t, "old", row.old))}
		findings := sorted(Check(caseOf(t, row.now, graph.Options{}), o).Findings)
		if diff := cmp.Diff(row.want, briefs(findings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
			continue
		}
		before := ""
		for _, f := range findings {
			if f.Before != nil && f.Rule.ID == "worker-memory" {
				before = f.Before.String()
			}
		}
		if before != row.before {
			t.Errorf("%s: before it was %q, want %q", row.reason, before, row.before)
		}
	}
}
