package policy

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// threePython has a worker of three operators, the second the heaviest, beside one of another environment.
const threePython = `mode: batch
parallelism: 2
operators:
  - id: a
    python: true
  - id: b
    inputs: [a]
    python: {userMemory: 100mb}
  - id: c
    inputs: [b]
    python: {userMemory: 10mb}
  - id: d
    inputs: [c]
    python: {env: other}
  - id: e
    inputs: [d]
    resources: {managedOffHeap: 50mb}
`

// TestLimits: where a limit is broken, what it is about, and what would pass.
func TestLimits(t *testing.T) {
	for _, row := range []struct {
		reason, limits string
		want           []string
		fix            string
	}{
		{"of the operator that launches: the framework is in it", "operator: {managedOffHeap: 78mb}", []string{"4:9 operator-managed-off-heap operator a", "6:9 operator-managed-off-heap operator b", "12:9 operator-managed-off-heap operator d"},
			"a limit of 79mb"},
		{"userMemory can be lowered by as much", "operator: {managedOffHeap: 114mb}", []string{"6:9 operator-managed-off-heap operator b"}, `userMemory of "b" at most 99mb (now 100mb), or a limit of 115mb`},
		{"what a Java operator declares", "operator: {managedOffHeap: 49mb}", []string{"4:9 operator-managed-off-heap operator a", "6:9 operator-managed-off-heap operator b", "12:9 operator-managed-off-heap operator d", "15:9 operator-managed-off-heap operator e"},
			"managedOffHeap of its resources at most 49mb, or a limit of 50mb"},
		{"a worker: at the heaviest operator", "worker: {memory: 218mb}", []string{"6:9 worker-memory worker a"}, `userMemory of "b" at most 99mb (now 100mb), or a limit of 219mb`},
		{"no userMemory is large enough: fewer operators", "worker: {memory: 110mb}", []string{"6:9 worker-memory worker a"}, "only 2 of its 3 operators: give the others a worker of their own (python: {worker: NAME}), or a limit of 219mb"},
		{"not even one operator", "worker: {memory: 70mb}", []string{"6:9 worker-memory worker a", "12:9 worker-memory worker d"}, "a limit of 219mb"},
		{"at the first operator too many", "worker: {operators: 2}", []string{"9:9 worker-operators worker a"}, "only 2 of its 3 operators"},
		{"of no operators at all", "worker: {operators: 0}", []string{"4:9 worker-operators worker a", "12:9 worker-operators worker d"}, "a limit of 3"},
		{"a slot: both workers", "slot: {pythonMemory: 297mb}", []string{"6:9 slot-python-memory slotSharingGroup default#a"}, `userMemory of "b" at most 99mb (now 100mb), or a limit of 298mb`},
		{"at the launcher of the first worker too many", "slot: {workers: 1}", []string{"12:9 slot-workers slotSharingGroup default#a"}, "move operators into another slot sharing group"},
		{"a job: at the launcher of the worker that takes most", "job: {pythonMemory: 595mb}", []string{"4:9 job-python-memory job unnamed"}, `parallelism at most 1 (now 2) of the operators of worker "a", or a limit of 596mb`},
		{"a job too large even at parallelism 1", "job: {pythonMemory: 300mb}", []string{"4:9 job-python-memory job unnamed"}, "a limit of 596mb"},
		{"processes", "job: {workers: 3}", []string{"4:9 job-workers job unnamed"}, `parallelism at most 1 (now 2) of the operators of worker "a", or a limit of 4`},
		{"slots", "job: {slots: 1}", []string{"4:9 job-slots job unnamed"}, `parallelism at most 1 (now 2) in slot sharing group "default#a", or a limit of 2`},
		{"just what there is", "operator: {managedOffHeap: 115mb}, worker: {memory: 219mb, operators: 3}, slot: {pythonMemory: 298mb, workers: 2}, job: {pythonMemory: 596mb, workers: 4, slots: 2}", []string{}, ""},
	} {
		v := Check(caseOf(t, threePython, graph.Options{}), &Options{Limits: limitsOf(t, "limits: {"+row.limits+"}")})
		if diff := cmp.Diff(row.want, briefs(v.Findings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
		said := ""
		for _, f := range v.Findings {
			said += f.Fix + "\n"
			if !f.Measured || f.Found.N <= f.Limit.N || len(f.Related) != 1 {
				t.Errorf("%s: found %s, limit %s, %d places", row.reason, f.Found, f.Limit, len(f.Related))
			}
		}
		if !strings.Contains(said, row.fix) {
			t.Errorf("%s: %s\nis not in\n%s", row.reason, row.fix, said)
		}
	}
}

// TestUnknownIsNotJudged: in streaming nobody knows what an operator reserves, and that is said.
func TestUnknownIsNotJudged(t *testing.T) {
	v := Check(caseOf(t, "operators: [{id: a, python: true}]", graph.Options{}), &Options{Limits: limitsOf(t, "limits: {operator: {managedOffHeap: 0b}}")})
	if len(v.Findings) > 0 || !v.Notes.Has("limit-not-judged") {
		t.Errorf("%v, %v", briefs(v.Findings), v.Notes)
	}
}

var (
	lowerMemory = regexp.MustCompile(`^userMemory of "(\w+)" at most (\w+) `)
	lowerTimes  = regexp.MustCompile(`^parallelism at most (\d+) \(now`)
)

// TestFixesPass: of random jobs and limits, what a finding says would pass does pass.
func TestFixesPass(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	tried := map[string]int{}
	for range 2000 {
		parallelism, user := 1+r.IntN(6), []int{r.IntN(300), r.IntN(300), r.IntN(3)}
		job := func() string {
			text := fmt.Sprintf("mode: batch\nparallelism: %d\noperators:\n", parallelism)
			for i, mb := range user {
				text += fmt.Sprintf("- {id: o%d, python: {userMemory: %dmb}", i, mb)
				if i > 0 {
					text += fmt.Sprintf(", inputs: [o%d]", i-1)
				}
				text += "}\n"
			}
			return text
		}
		rule := limitRules[r.IntN(len(limitRules))]
		most := int64(1 + r.IntN(12))
		if rule.Bounds.Bytes {
			most *= 60 << 20
		}
		o := &Options{Limits: &Limits{}}
		o.Limits.Set(rule, most, "--max")
		v := Check(caseOf(t, job(), graph.Options{}), o)
		if len(v.Findings) == 0 {
			continue
		}
		f := v.Findings[0]
		if m := lowerMemory.FindStringSubmatch(f.Fix); m != nil {
			size, _ := flink.ParseMemorySize(m[2])
			if size%(1<<20) != 0 {
				t.Fatal(f.Fix)
			}
			user[m[1][1]-'0'] = int(size >> 20)
		} else if m := lowerTimes.FindStringSubmatch(f.Fix); m != nil {
			_, _ = fmt.Sscan(m[1], &parallelism)
		} else if _, found := strings.CutPrefix(f.Fix, "a limit of "); found {
			o.Limits.Set(rule, f.Found.N, "--max")
		} else {
			continue
		}
		tried[f.Rule.ID]++
		for _, again := range Check(caseOf(t, job(), graph.Options{}), o).Findings {
			if again.Subject == f.Subject {
				t.Fatalf("%s: %s\ndoes not pass: %s\n%s", f.Message, f.Fix, again.Message, job())
			}
		}
	}
	for _, rule := range []string{"operator-managed-off-heap", "worker-memory", "slot-python-memory", "job-python-memory", "job-workers", "job-slots"} {
		if tried[rule] < 20 {
			t.Errorf("the fix of %s was tried %d times", rule, tried[rule])
		}
	}
}

// TestJobRules: what no stage before tells. (The rules of what is told have their golden cases.)
func TestJobRules(t *testing.T) {
	const python = "operators: [{id: a, python: true}, {id: b, inputs: [a], python: true}]"
	for _, row := range []struct {
		reason, text string
		config       []string
		want         []string
	}{
		{"1.10 shares nothing", "flinkVersion: 1.10\n" + python, nil, []string{"2:18 warning worker-per-operator operator a"}},
		{"without a version FLIP-88's chains share", python, nil, nil},
		{"1.12 shares by slot", "flinkVersion: 1.12\n" + python, nil, nil},
		{"unmanaged, 1.20: the operators of a group", "flinkVersion: 1.20\nconfig: {python.fn-execution.memory.managed: false}\n" + python, []string{"taskmanager.memory.task.off-heap.size: 1g"},
			[]string{"3:18 warning worker-per-operator operator a"}},
		{"one of two has another environment", "flinkVersion: 1.10\noperators: [{id: a, python: true}, {id: b, inputs: [a], python: {env: x}}]", nil, nil},
		{"one of two names its worker", "flinkVersion: 1.10\noperators: [{id: a, python: true}, {id: b, inputs: [a], python: {worker: x}}]", nil, nil},
		{"not in one chain", "flinkVersion: 1.10\noperators: [{id: a, python: true}, {id: b, inputs: [a], parallelism: 2, python: true}]", nil, nil},
		{"1.11 does not manage unless asked; the operator is the place", "flinkVersion: 1.11\noperators: [{id: a, python: true}]", nil, []string{"2:18 warning unmanaged-without-off-heap option python.fn-execution.memory.managed"}},
		{"no Python, no worker", "flinkVersion: 1.11\noperators: [{id: a}]", nil, nil},
		{"off-heap memory in the job's own configuration is none", "flinkVersion: 1.11\nconfig: {taskmanager.memory.task.off-heap.size: 1g}\noperators: [{id: a, python: true}]", nil,
			[]string{"3:18 warning unmanaged-without-off-heap option python.fn-execution.memory.managed"}},
		{"weights by parts, from 1.14 on", "flinkVersion: 1.14\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.consumer-weights.OPERATOR: 70"},
			[]string{"flink-conf.yaml:1:55 warning weights-without-python option taskmanager.memory.managed.consumer-weights"}},
		{"the same is no option of 1.13", "flinkVersion: 1.13\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.consumer-weights.OPERATOR: 70"}, nil},
		{"a weight of 0", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.consumer-weights: OPERATOR:70,PYTHON:0"},
			[]string{"flink-conf.yaml:1:46 warning weights-without-python option taskmanager.memory.managed.consumer-weights"}},
		{"1.12 knows them by other names", "flinkVersion: 1.12\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.consumer-weights: DATAPROC:70"},
			[]string{"flink-conf.yaml:1:46 warning weights-without-python option taskmanager.memory.managed.consumer-weights"}},
		{"weights that Flink refuses are another fault", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.consumer-weights: PYTHON:x"}, nil},
		{"without Python they do not matter", "flinkVersion: 1.20\noperators: [{id: a}]", []string{"taskmanager.memory.managed.consumer-weights: OPERATOR:70"}, nil},
		{"an aggregate that says process", "flinkVersion: 1.20\nconfig: {python.execution-mode: thread}\noperators: [{id: a, name: 'PythonGroupAggregate[3]', python: {mode: process}}]", nil, nil},
		{"an aggregate over a window of 1.15, by its own mode", "flinkVersion: 1.15\noperators: [{id: a, name: 'PythonOverAggregate[3]', python: {mode: thread}}]", nil, []string{"2:53 warning thread-fallback operator a"}},
		{"a user's name is not the planner's", "operators: [{id: a, name: 'MyPythonGroupAggregate', python: {mode: thread}}]", nil, nil},
	} {
		c := caseOf(t, row.text, graph.Options{Base: configOf(row.config...)})
		c.Told = nil
		got := briefs(Check(c, &Options{}).Findings)
		if diff := cmp.Diff(append([]string{}, row.want...), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestClusterRules: the verdicts of capacity as findings.
func TestClusterRules(t *testing.T) {
	for _, row := range []struct {
		reason, text string
		config       []string
		want         []string
		says         string
	}{
		{"1.20: a share", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.size: 78m"},
			[]string{"2:18 memory-short slotSharingGroup default", "2:18 warning below-measured slotSharingGroup default"}, "taskmanager.memory.managed.size: 79mb (udfplan capacity shows other ways)"},
		{"1.10: each operator by itself", "flinkVersion: 1.10\nmode: batch\noperators: [{id: a, python: true}, {id: b, inputs: [a], python: true}]", []string{"taskmanager.memory.managed.size: 100m"},
			[]string{"3:18 memory-short operator a", "3:18 warning below-measured slotSharingGroup default#a", "3:18 warning worker-per-operator operator a", "3:41 memory-short operator b"}, "taskmanager.memory.managed.size: 158mb"},
		{"1.11 refuses the job: said once", "flinkVersion: 1.11\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.task.off-heap.size: 1m"},
			[]string{"2:18 memory-short slotSharingGroup default", "2:18 refused-by-flink option taskmanager.memory.task.off-heap.size"}, "The configured Task Off-Heap Memory 1 mb is less than"},
		{"unmanaged, and no off-heap memory: the verdict is enough", "flinkVersion: 1.20\nconfig: {python.fn-execution.memory.managed: false}\noperators: [{id: a, python: true}]", nil,
			[]string{"3:18 memory-short slotSharingGroup default"}, "taskmanager.memory.task.off-heap.size: 79mb"},
		{"RocksDB has its own rule", "flinkVersion: 1.11\nconfig: {python.fn-execution.memory.managed: true, state.backend: rocksdb}\noperators: [{id: a, python: true}]", nil,
			[]string{"2:46 rocksdb-with-managed-python option python.fn-execution.memory.managed"}, "state.backend.rocksdb.memory.managed: false"},
		{"Python inside a MultipleInput stands beside the share", "flinkVersion: 1.20\nmode: batch\noperators: [{id: m, name: 'MultipleInput[1]', python: true}, {id: p, inputs: [{from: m, shipStrategy: forward}], python: true}]", []string{"taskmanager.memory.managed.size: 500m"},
			[]string{"3:18 memory-short slotSharingGroup default#m"}, "needs 79mb of task off-heap memory for Python inside a MultipleInput"},
		{"enough of everything", "flinkVersion: 1.20\noperators: [{id: a, python: true}]", []string{"taskmanager.memory.managed.size: 200m"}, nil, ""},
	} {
		config := append(configOf("taskmanager.memory.process.size: 4g"), configOf(row.config...)...)
		c := onCluster(t, row.text, config)
		c.Told = nil
		v := Check(c, &Options{})
		var got []string
		said := ""
		for _, f := range sorted(v.Findings) {
			got = append(got, brief(&f))
			said += f.Message + " " + f.Fix + "\n"
		}
		if diff := cmp.Diff(row.want, got); diff != "" || !strings.Contains(said, row.says) {
			t.Errorf("%s (-want +got):\n%s%s", row.reason, diff, said)
		}
	}
}

// TestTold: warnings of reading and planning become findings where they have a rule, by what stands at their place.
func TestTold(t *testing.T) {
	c := caseOf(t, "flinkVersion: 1.14\nconfig: {python.fn-execution.buffer.memory.size: 1mb}\noperators: [{id: a, python: {mode: thread}}]", graph.Options{})
	want := []string{"2:10 warning option-without-effect option python.fn-execution.buffer.memory.size", "3:21 warning no-thread-mode operator a"}
	if diff := cmp.Diff(want, briefs(Check(c, &Options{}).Findings)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i := range c.Told {
		if d := &c.Told[i]; BecomesFinding(d) != (d.Severity == source.Warning) {
			t.Errorf("%s becomes a finding: %v", d.Code, BecomesFinding(d))
		}
	}
}
