package spec_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// compute reads, plans and computes one job; problems are those of all stages.
func compute(t *testing.T, job string, o graph.Options) (*spec.Spec, source.List) {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job.yaml", []byte(job)), o)
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatalf("%d jobs, %v\n%s", len(jobs), problems, job)
	}
	p, more := plan.Make(jobs[0], plan.Options{})
	s, yetMore := spec.Compute(p)
	return s, append(append(problems, more...), yetMore...)
}

// line is what a spec says, short: operators, workers, groups, total.
func line(s *spec.Spec) []string {
	var out []string
	for i, r := range s.Operators {
		out = append(out, fmt.Sprintf("%s %s %s", s.Plan.Job.Operators[i].ID, r.TaskHeap, r.ManagedOffHeap))
	}
	for i, w := range s.Workers {
		out = append(out, fmt.Sprintf("worker %s: %s + %s + %s = %s, %d times", s.Plan.Workers[i].ID, w.Framework, w.Buffers, w.UserMemory, w.Memory, w.Instances))
	}
	for i, g := range s.Groups {
		out = append(out, s.Plan.Groups[i].Name+": "+sumLine(g))
	}
	return append(out, "total: "+sumLine(s.Total))
}

func sumLine(s spec.Sum) string {
	return fmt.Sprintf("%d slots, %d workers, python %s, heap %s, managed %s", s.Slots, s.Workers, s.PythonMemory, s.TaskHeap, s.ManagedOffHeap)
}

func TestCompute(t *testing.T) {
	for _, row := range []struct {
		reason, job string
		want        []string
	}{
		{"FLIP-88's own numbers: one operator takes 64 + 15", "mode: batch\noperators: [{id: p, python: true}]",
			[]string{"p 5mb 79mb", "worker p: 64mb + 15mb + 0b = 79mb, 1 times",
				"default#p: 1 slots, 1 workers, python 79mb, heap 5mb, managed 79mb", "total: 1 slots, 1 workers, python 79mb, heap 5mb, managed 79mb"}},
		{"the framework once a worker, to its launcher", "mode: batch\noperators: [{id: p, python: true}, {id: q, inputs: [p], python: {userMemory: 300mb}}]",
			[]string{"p 5mb 79mb", "q 5mb 315mb", "worker p: 64mb + 30mb + 300mb = 394mb, 1 times",
				"default#p: 1 slots, 1 workers, python 394mb, heap 10mb, managed 394mb", "total: 1 slots, 1 workers, python 394mb, heap 10mb, managed 394mb"}},
		{"in streaming only the workers are numbers", "operators: [{id: p, python: true}]",
			[]string{"p 0b 0b", "worker p: 64mb + 15mb + 0b = 79mb, 1 times",
				"default: 1 slots, 1 workers, python 79mb, heap 0b, managed 0b", "total: 1 slots, 1 workers, python 79mb, heap 0b, managed 0b"}},
		{"a thread-mode operator has the Java side alone", "mode: batch\noperators: [{id: p, python: {mode: thread}}]",
			[]string{"p 5mb 0b", "default#p: 1 slots, 0 workers, python 0b, heap 5mb, managed 0b", "total: 1 slots, 0 workers, python 0b, heap 5mb, managed 0b"}},
		{"what others declare counts, what they do not is zero", "mode: batch\noperators: [{id: a}, {id: b, inputs: [a], parallelism: 3, resources: {taskHeap: 8mb, managedOffHeap: 1025b}}]",
			[]string{"a 0b 0b", "b 8mb 1025b", "default#a: 1 slots, 0 workers, python 0b, heap 0b, managed 0b",
				"default#b: 3 slots, 0 workers, python 0b, heap 8mb, managed 1025b", "total: 4 slots, 0 workers, python 0b, heap 24mb, managed 3075b"}},
		{"both options of the configuration", "mode: batch\nconfig: {python.fn-execution.framework.memory.size: 1gb, python.fn-execution.buffer.memory.size: 1kb}\noperators: [{id: p, python: true}]",
			[]string{"p 5mb 1048577kb", "worker p: 1gb + 1kb + 0b = 1048577kb, 1 times",
				"default#p: 1 slots, 1 workers, python 1048577kb, heap 5mb, managed 1048577kb", "total: 1 slots, 1 workers, python 1048577kb, heap 5mb, managed 1048577kb"}},
		{"slot 0 holds the most; a worker is there as often as its largest operator", "mode: batch\nsharing: slot\noperators: [{id: p, parallelism: 2, slotSharingGroup: g, python: true}, {id: q, inputs: [p], parallelism: 5, python: true}]",
			[]string{"p 5mb 79mb", "q 5mb 15mb", "worker p: 64mb + 30mb + 0b = 94mb, 5 times",
				"g: 5 slots, 1 workers, python 94mb, heap 10mb, managed 94mb", "total: 5 slots, 5 workers, python 425mb, heap 35mb, managed 233mb"}},
		{"exactly 2^63-1 bytes still count", "mode: batch\nconfig: {python.fn-execution.framework.memory.size: 9223372036854775806b, python.fn-execution.buffer.memory.size: 1b}\noperators: [{id: p, python: true}]",
			[]string{"p 5mb 9223372036854775807b", "worker p: 9223372036854775806b + 1b + 0b = 9223372036854775807b, 1 times",
				"default#p: 1 slots, 1 workers, python 9223372036854775807b, heap 5mb, managed 9223372036854775807b", "total: 1 slots, 1 workers, python 9223372036854775807b, heap 5mb, managed 9223372036854775807b"}},
	} {
		s, problems := compute(t, row.job, graph.Options{})
		if diff := cmp.Diff(row.want, line(s)); diff != "" || problems.HasErrors() {
			t.Errorf("%s (-want +got): %v\n%s", row.reason, problems, diff)
		}
	}
}

func TestOverflow(t *testing.T) {
	const most = "9223372036854775807b"
	for _, row := range []struct{ reason, job, at string }{
		{"one worker", "mode: batch\nconfig: {python.fn-execution.framework.memory.size: " + most + "}\noperators:\n- id: p\n  python: true", "job.yaml:4:7"},
		{"two operators of one worker", "mode: batch\noperators:\n- id: p\n  python: true\n- id: q\n  inputs: [p]\n  python: {userMemory: " + most + "}", "job.yaml:5:7"},
		{"by parallelism alone", "mode: batch\nparallelism: 2\noperators:\n- id: a\n  resources: {managedOffHeap: 4611686018427387904b}", "job.yaml:4:7"},
		{"a group of two workers, in streaming", "operators:\n- id: p\n  python: {worker: a, userMemory: 4611686018427387904b}\n- id: q\n  python: {worker: b, userMemory: 4611686018427387904b}\n- id: r", "job.yaml:4:7"},
		{"a group of two operators", "mode: batch\noperators:\n- id: a\n  resources: {taskHeap: " + most + "}\n- id: b\n  inputs: [a]\n  resources: {taskHeap: 1b}", "job.yaml:5:7"},
	} {
		_, problems := compute(t, row.job, graph.Options{})
		var found []string
		for _, d := range problems {
			if d.Code == "memory-overflow" {
				found = append(found, d.Place.String())
			}
		}
		if diff := cmp.Diff([]string{row.at}, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

func TestUnmanagedNote(t *testing.T) {
	for _, row := range []struct {
		reason, version, managed string
		note                     bool
	}{
		{"1.10 knows no such option", "1.10", "", false},
		{"1.11 does not manage unless asked", "1.11", "", true},
		{"1.11, asked", "1.11", "true", false},
		{"1.12 manages", "1.12", "", false},
		{"1.20, told not to", "1.20", "false", true},
	} {
		job := "mode: batch\nflinkVersion: " + row.version + "\noperators: [{id: p, python: true}]\n"
		if row.managed != "" {
			job += "config: {python.fn-execution.memory.managed: " + row.managed + "}\n"
		}
		if _, problems := compute(t, job, graph.Options{}); problems.Has("unmanaged-workers") != row.note {
			t.Errorf("%s: %v", row.reason, problems)
		}
	}
}

// randomJob is a batch job of up to ten operators with all that changes memory.
func randomJob(r *rand.Rand) string {
	var job strings.Builder
	fmt.Fprintf(&job, "mode: batch\nsharing: %s\noperators:\n", []string{"none", "chain", "slot"}[r.IntN(3)])
	for i := range 1 + r.IntN(10) {
		fmt.Fprintf(&job, "- id: o%d\n  parallelism: %d\n", i, 1+r.IntN(4))
		if i > 0 && r.IntN(5) > 0 {
			fmt.Fprintf(&job, "  inputs: [o%d]\n", r.IntN(i))
		}
		if r.IntN(3) == 0 {
			fmt.Fprintf(&job, "  slotSharingGroup: g%d\n", r.IntN(2))
		}
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&job, "  resources: {taskHeap: %dkb, managedOffHeap: %db}\n", r.IntN(5000), r.IntN(5000))
		case 1, 2:
			fmt.Fprintf(&job, "  python: {userMemory: %dmb, env: e%d, mode: %s}\n", r.IntN(100), r.IntN(2), []string{"process", "process", "thread"}[r.IntN(3)])
		}
	}
	return job.String()
}

// TestSumsSlotBySlot adds up random jobs the long way: slot i of a group holds subtask i of every operator
// whose parallelism is larger than i, and a process of every worker that one of them uses (design.md 3.4).
func TestSumsSlotBySlot(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		job := randomJob(r)
		s, _ := compute(t, job, graph.Options{})
		var total spec.Sum
		for g := range s.Groups {
			var slots []spec.Sum
			for slot := 0; ; slot++ {
				sum, any := oneSlot(s, g, slot)
				if !any {
					break
				}
				slots = append(slots, sum)
				total.Slots++
				total.Workers += sum.Workers
				total.PythonMemory += sum.PythonMemory
				total.TaskHeap += sum.TaskHeap
				total.ManagedOffHeap += sum.ManagedOffHeap
			}
			fullest := slots[0]
			fullest.Slots = int64(len(slots))
			if diff := cmp.Diff(fullest, s.Groups[g]); diff != "" {
				t.Fatalf("group %s (-slot by slot +got):\n%s%s", s.Plan.Groups[g].Name, diff, job)
			}
		}
		if diff := cmp.Diff(total, s.Total); diff != "" {
			t.Fatalf("total (-slot by slot +got):\n%s%s", diff, job)
		}
	}
}

func oneSlot(s *spec.Spec, group, slot int) (sum spec.Sum, any bool) {
	workers := map[int32]bool{}
	for _, i := range s.Plan.Groups[group].Operators {
		op := &s.Plan.Job.Operators[i]
		if int(op.Parallelism) <= slot {
			continue
		}
		any = true
		sum.TaskHeap += s.Operators[i].TaskHeap
		sum.ManagedOffHeap += s.Operators[i].ManagedOffHeap
		if w := s.Plan.Operators[i].Worker; w >= 0 {
			if !workers[w] {
				sum.Workers++
				sum.PythonMemory += flink.MemorySize(64 << 20)
			}
			workers[w] = true
			sum.PythonMemory += 15<<20 + op.Python.UserMemory
		}
	}
	return sum, any
}

// TestReservedIsNeeded: in slot 0 what Python operators reserve is what their workers take.
func TestReservedIsNeeded(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		job := randomJob(r)
		s, _ := compute(t, job, graph.Options{})
		for w, m := range s.Workers {
			var reserved flink.MemorySize
			for _, i := range s.Plan.Workers[w].Operators {
				reserved += s.Operators[i].ManagedOffHeap
			}
			if reserved != m.Memory || m.Memory != m.Framework+m.Buffers+m.UserMemory {
				t.Fatalf("worker %s: operators reserve %s, the worker takes %s\n%s", s.Plan.Workers[w].ID, reserved, m.Memory, job)
			}
		}
	}
}

// TestLauncherReserves: the operator that launches a worker reserves its framework memory, whichever that is.
func TestLauncherReserves(t *testing.T) {
	s, _ := compute(t, "mode: batch\noperators: [{id: p, python: true}, {id: q, inputs: [p], python: true}]", graph.Options{})
	for _, row := range []struct {
		open   bool
		p, q   flink.MemorySize
		reason string
	}{
		{false, 79 << 20, 15 << 20, "the first in dataflow order"},
		{true, 15 << 20, 79 << 20, "the first that Flink opens, the tail of the chain"},
	} {
		p, _ := plan.Make(s.Plan.Job, plan.Options{Open: row.open})
		s, _ := spec.Compute(p)
		if got := s.Operators; got[0].ManagedOffHeap != row.p || got[1].ManagedOffHeap != row.q {
			t.Errorf("%s: %+v", row.reason, got)
		}
	}
}

// TestExplainRegions: batch regions are explained where there are any, whatever the operators are called.
func TestExplainRegions(t *testing.T) {
	for _, row := range []struct {
		job    string
		want   bool
		reason string
	}{
		{"mode: batch\noperators: [{id: a, python: true}]", true, "a batch job"},
		{"mode: streaming\noperators: [{id: 'a#1', python: true}]", false, "a streaming job with a # in a name"},
	} {
		s, _ := compute(t, row.job, graph.Options{})
		if got := strings.Contains(fmt.Sprint(spec.Explain(s, -1)), "every pipelined region"); got != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
}
