package capacity_test

import (
	"testing"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// TestContainer: what a full TaskManager adds up to, beside what its process size is.
func TestContainer(t *testing.T) {
	const rest = "taskmanager.memory.process.size: 2g"
	for _, row := range []struct {
		job          string
		config       []string
		measured     flink.MemorySize
		workers      flink.MemorySize
		others, over flink.MemorySize
		none         bool
		reason       string
	}{
		{"flinkVersion: '1.20'\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.managed.size: 79m"}, 0, 79 << 20, 0, 0, false, "exactly what is managed"},
		{"flinkVersion: '1.20'\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.managed.size: 78m"}, 0, 79 << 20, 0, 1 << 20, false, "a mebibyte more"},
		{"flinkVersion: '1.20'\nparallelism: 3\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.managed.size: 80m", "taskmanager.numberOfTaskSlots: 2"}, 0, 158 << 20, 0, 78 << 20, false, "as many slots as it has"},
		{"flinkVersion: '1.20'\nparallelism: 1\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.managed.size: 80m", "taskmanager.numberOfTaskSlots: 2"}, 0, 79 << 20, 0, -(1 << 20), false, "as many slots as the job has"},
		{"flinkVersion: '1.20'\noperators: [{id: p, python: true, stateBackend: true}]\nconfig: {state.backend.type: rocksdb}", []string{rest, "taskmanager.memory.managed.size: 100m"}, 0, 79 << 20, 70 << 20, 49 << 20, false, "RocksDB takes its share beside it"},
		{"flinkVersion: '1.20'\nconfig: {python.fn-execution.memory.managed: false}\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.task.off-heap.size: 79m", "taskmanager.memory.managed.size: 10m"}, 0, 79 << 20, 0, -(10 << 20), false, "outside Flink's books: in the task off-heap memory"},
		{"flinkVersion: '1.20'\noperators: [{id: p, python: true}]", []string{rest, "taskmanager.memory.managed.size: 79m"}, 2047 << 20, 79 << 20, 0, 1 << 20, false, "a container's limit that was measured"},
		{"operators: [{id: p, python: true}]", []string{rest}, 0, 0, 0, 0, true, "no version: nobody knows who shares what"},
	} {
		s, _ := spec.ComputeWith(planned(t, row.job).Plan, spec.Needs{From: spec.FromFLIP88, Container: row.measured})
		cluster := capacity.Cluster{Version: s.Plan.Job.Version, Config: config(row.config...)}
		a, _, refused := cluster.Assess([]*spec.Spec{s})
		if refused != nil {
			t.Fatal(refused.Message)
		}
		c := a.Container
		if (c == nil) != row.none {
			t.Errorf("%s: %+v", row.reason, c)
		}
		if c == nil {
			continue
		}
		sizes := map[string]flink.MemorySize{}
		var sum flink.MemorySize
		for i, p := range c.Parts {
			sizes[p.Name], sum = p.Size, sum+p.Size
			if i > 0 && c.Parts[i-1].Size < p.Size {
				t.Errorf("%s: %s is larger than the one before", row.reason, p.Name)
			}
		}
		if sizes[capacity.PythonWorkers] != row.workers || sizes[capacity.OtherManaged] != row.others || c.Over() != row.over || sum != c.Worst || c.Measured != (row.measured > 0) {
			t.Errorf("%s: workers %s, others %s, over %d of %+v", row.reason, sizes[capacity.PythonWorkers], sizes[capacity.OtherManaged], c.Over(), c)
		}
	}
}
