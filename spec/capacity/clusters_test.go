package capacity_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
	"udfplan/testdata/flink/truth"
)

// recordedRun is one line of testdata/flink/finegrained/clusters: a job on a MiniCluster.
type recordedRun struct {
	ID           string
	TaskManagers int64
	Slots        int
	Cluster      map[string]string
	Job          json.RawMessage
	Expect       struct {
		TaskManagers []struct {
			AllocatedSlots []struct {
				TaskHeapMemory, TaskOffHeapMemory, ManagedMemory, NetworkMemory flink.MemorySize // MiB
			}
		}
		Operators map[string]struct{ Managed, PythonShare flink.MemorySize }
		Error     *struct{ Message string }
	}
}

// markedRuns are the cases where udfplan differs on purpose.
var markedRuns = map[string]string{
	"on-three-tms": "the worst order takes a TaskManager more; in 1.18 and 1.20 Flink asked in it, and one task waited for a slot while the others ran",
}

// TestClustersAsRecorded holds slots of different sizes to what ran on clusters: whether the job gets its slots, what memory they have, the
// network memory too, and what Python's share of it is.
func TestClustersAsRecorded(t *testing.T) {
	n := 0
	readRuns(t, func(version flink.Version, c *recordedRun) {
		n++
		t.Run(version.String()+"/"+c.ID, func(t *testing.T) { c.check(t, version) })
	})
	if n < 100 && !truth.Fresh() {
		t.Errorf("%d runs", n)
	}
}

func readRuns(t *testing.T, each func(flink.Version, *recordedRun)) {
	t.Helper()
	capacity.ReadLines(t, "clusters/*.jsonl", func(file string, c *recordedRun) {
		version, err := flink.ParseVersion(strings.TrimSuffix(file, ".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		each(version, c)
	})
}

func (c *recordedRun) cluster(v flink.Version) *capacity.Cluster {
	config := flink.Config{{Key: flink.KeySlots, Value: strconv.Itoa(c.Slots)}}
	for key, value := range c.Cluster {
		config = append(config, flink.Entry{Key: key, Value: value})
	}
	return &capacity.Cluster{Config: config, Version: v, Deployment: taskmanager.Local}
}

func (c *recordedRun) check(t *testing.T, v flink.Version) {
	cluster := c.cluster(v)
	jobs, problems := document.Read(source.NewFile(c.ID, c.Job), graph.Options{Version: v, Base: cluster.Config})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	r, problems, refused := cluster.Assess([]*spec.Spec{specOf(jobs[0])})
	if refused != nil || problems.HasErrors() {
		t.Fatal(refused, problems)
	}
	gets := r.TaskManagers <= c.TaskManagers
	for i := range problems {
		gets = gets && problems[i].Code != source.CodeRefusedByFlink
	}
	if _, differs := markedRuns[c.ID]; !differs && gets != (c.Expect.Error == nil) {
		t.Errorf("gets its slots: %v with %d TaskManagers of %d, %v; Flink: %v", gets, r.TaskManagers, c.TaskManagers, problems, c.Expect.Error)
	}
	if c.Expect.Error == nil {
		c.checkSlots(t, r.Jobs[0])
	}
}

func (c *recordedRun) checkSlots(t *testing.T, f *capacity.Fit) {
	t.Helper()
	p := f.Spec.Plan
	for i := range p.Job.Operators {
		seen, is := c.Expect.Operators[p.Job.Operators[i].ID]
		if !is {
			continue
		}
		group := &f.Groups[p.Operators[i].Group]
		if group.Size.Managed != seen.Managed || p.Job.Operators[i].Python != nil && group.Gets != seen.PythonShare {
			t.Errorf("%s: managed %d, Python's share %d; Flink: %v", p.Job.Operators[i].ID, group.Size.Managed, group.Gets, seen)
		}
	}
	known := map[[4]flink.MemorySize]bool{}
	for g := range f.Groups {
		s := f.Groups[g].Size
		known[[4]flink.MemorySize{s.TaskHeap >> 20, s.TaskOffHeap >> 20, s.Managed >> 20, s.Network >> 20}] = true
	}
	for _, tm := range c.Expect.TaskManagers {
		for _, s := range tm.AllocatedSlots {
			if !known[[4]flink.MemorySize{s.TaskHeapMemory, s.TaskOffHeapMemory, s.ManagedMemory, s.NetworkMemory}] {
				t.Errorf("Flink has a slot of %v MiB; ours: %v", s, known)
			}
		}
	}
}
