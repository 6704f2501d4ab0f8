package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

const smallPlan = `apiVersion: udfplan/v1
kind: Plan
job: small
mode: batch
model: flip-88
sharing: chain
edges: []
chains:
  - id: a
    operators: [a]
    parallelism: 2
    slotSharingGroup: default#a
workers:
  - id: a
    operators: [a]
    launchedBy: a
    framework: 64mb
    buffers: 15mb
    memory: 79mb
    instances: 2
operators:
  - id: a
    chain: a
    python: true
    worker: a
    parallelism: 2
    resources: {taskHeap: 5mb, managedOffHeap: 79mb}
slotSharingGroups:
  - name: default#a
    slots: 2
    workers: 1
    pythonMemory: 79mb
    taskHeap: 5mb
    managedOffHeap: 79mb
total:
  slots: 2
  workers: 2
  pythonMemory: 158mb
  taskHeap: 10mb
  managedOffHeap: 158mb
`

func readPlans(text string) ([]*Snapshot, source.List) {
	docs, problems := source.Read(source.NewFile("plan.yaml", []byte(text)))
	shots, more := ReadPlans(docs)
	return shots, append(problems, more...)
}

// TestReadPlan: a plan's document is the same as the plan of its job. (cmd/udfplan compares all golden jobs with their documents.)
func TestReadPlan(t *testing.T) {
	shots, problems := readPlans(smallPlan + "later: {key: of a later udfplan}\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	job := shotsOf(t, "job.yaml", "name: small\nmode: batch\nparallelism: 2\noperators: [{id: a, python: true}]")
	job[0].Place, shots[0].Place = source.Place{}, source.Place{}
	job[0].Operators[0].Place, shots[0].Operators[0].Place = source.Place{}, source.Place{}
	if diff := cmp.Diff(job, shots); diff != "" {
		t.Errorf("(-planned +read):\n%s", diff)
	}
}

func TestReadPlanErrors(t *testing.T) {
	change := func(old, now string) string {
		if !strings.Contains(smallPlan, old) {
			t.Fatal(old)
		}
		return strings.Replace(smallPlan, old, now, 1)
	}
	for _, row := range []struct {
		reason, text string
		want         []string
	}{
		{"nothing but its kind", "kind: Plan", []string{"1:1 missing-key"}},
		{"another document behind it", smallPlan + "---\noperators: []\n", []string{"42:1 not-a-plan"}},
		{"another version", change("udfplan/v1", "udfplan/v9"), []string{"1:13 unknown-word"}},
		{"a list that is none", change("workers:\n  - id: a\n    operators: [a]\n    launchedBy: a\n    framework: 64mb\n    buffers: 15mb\n    memory: 79mb\n    instances: 2\n", "workers: 2\n"), []string{"13:10 wrong-type"}},
		{"an entry that is none", change("chains:\n", "chains:\n  - 4\n"), []string{"9:5 wrong-type"}},
		{"no size, no number, no text", change("framework: 64mb", "framework: big") + "", []string{"17:16 bad-size"}},
		{"a number below zero", change("parallelism: 2\n    slot", "parallelism: -2\n    slot"), []string{"11:18 out-of-range"}},
		{"resources that are neither", change("resources: {taskHeap: 5mb, managedOffHeap: 79mb}", "resources: many"), []string{"27:16 wrong-type"}},
		{"half of the resources", change("{taskHeap: 5mb, managedOffHeap: 79mb}", "{taskHeap: 5mb}"), []string{"27:16 missing-key"}},
		{"python that is no boolean", change("python: true", "python: yes please"), []string{"24:13 wrong-type"}},
		{"ids that are no texts", change("operators: [a]\n    parallelism", "operators: [1]\n    parallelism"), []string{"10:17 wrong-type"}},
	} {
		_, problems := readPlans(row.text)
		got := []string{}
		for _, d := range problems {
			got = append(got, strings.TrimPrefix(d.Place.String(), "plan.yaml:")+" "+d.Code)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got): %v\n%s", row.reason, problems, diff)
		}
	}
}

// FuzzPlan: whatever the text, reading and comparing it never fails, and a plan has not changed against itself.
func FuzzPlan(f *testing.F) {
	f.Add([]byte(smallPlan + "\x00" + strings.ReplaceAll(smallPlan, "79mb", "80mb")))
	f.Add([]byte(smallPlan + "---\n" + smallPlan + "\x00" + `{"kind": "Plan", "job": "small", "operators": [{"id": "a"}, {"id": "a"}], "chains": [{"id": "a", "operators": ["a", "b"]}, {"id": "a", "operators": ["b"]}]}`))
	f.Fuzz(func(t *testing.T, both []byte) {
		a, b, _ := strings.Cut(string(both), "\x00")
		old, problems := readPlans(a)
		now, more := readPlans(b)
		d := Compare(old, now)
		d.Judge([]Increase{{bytes: 1}})
		if len(problems) == 0 && len(more) == 0 {
			if d := Compare(now, now); len(d.Jobs) > 0 {
				t.Fatalf("a plan differs from itself: %+v", told(d))
			}
		}
	})
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
