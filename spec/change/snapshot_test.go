package change

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
	f.Add([]byte(smallPlan + "\x00" + strings.ReplaceAll(smallPlan, "- name: default#a\n", "- name: default#a\n    profile: {cpuCores: 1, taskHeap: [], managed: 1mb}\n")))
	f.Add([]byte(smallPlan + "---\n" + smallPlan + "\x00" + `{"kind": "Plan", "job": "small", "operators": [{"id": "a"}, {"id": "a"}], "chains": [{"id": "a", "operators": ["a", "b"]}, {"id": "a", "operators": ["b"]}]}`))
	f.Fuzz(func(t *testing.T, both []byte) {
		a, b, _ := strings.Cut(string(both), "\x00")
		old, problems := readPlans(a)
		now, more := readPlans(b)
		d := Compare(old, now)
		for _, pair := range d.Pairs {
			if pair.Old != nil {
				pair.New.GrownMost(pair.Old)
			}
		}
		if len(problems) == 0 && len(more) == 0 {
			if d := Compare(now, now); len(d.Jobs) > 0 {
				t.Fatalf("a plan differs from itself: %+v", told(d))
			}
		}
	})
}
