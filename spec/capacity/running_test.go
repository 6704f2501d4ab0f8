package capacity_test

import (
	"fmt"
	"testing"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// TestRunning: TaskManagers that are not alike: each is asked for the jobs that hold its slots, and the one that gives least is the
// cluster's measure.
func TestRunning(t *testing.T) {
	v := flink.Version{Major: 1, Minor: 20}
	cluster := &capacity.Cluster{Version: v, Config: config("taskmanager.memory.process.size: 4g", slots+"2", "taskmanager.memory.managed.consumer-weights: OPERATOR:70,STATE_BACKEND:70,PYTHON:30")}
	told := func(managedSize string) flink.Config {
		return config(slots+"2", managed+managedSize, "taskmanager.memory.task.heap.size: 512mb", "taskmanager.memory.framework.heap.size: 128mb", "taskmanager.memory.framework.off-heap.size: 128mb",
			"taskmanager.memory.task.off-heap.size: 0b", "taskmanager.memory.network.min: 128mb", "taskmanager.memory.network.max: 128mb", "taskmanager.memory.jvm-metaspace.size: 256mb",
			"taskmanager.memory.jvm-overhead.min: 192mb", "taskmanager.memory.jvm-overhead.max: 192mb")
	}
	// As the configuration makes it: 4g, of which managed is 1438814063.
	same := config(slots+"2", managed+"1438814063b", "taskmanager.memory.task.heap.size: 1530082070b", "taskmanager.memory.network.min: 359703515b", "taskmanager.memory.network.max: 359703515b",
		"taskmanager.memory.task.off-heap.size: 0b", "taskmanager.memory.jvm-overhead.min: 429496736b", "taskmanager.memory.jvm-overhead.max: 429496736b")
	jobs := []*spec.Spec{planned(t, pythonJob("1.20", "streaming", "name: first\n", 1)), planned(t, pythonJob("1.20", "streaming", "name: second\n", 1))}
	all := []capacity.Started{
		{ID: "as configured", Slots: 2, Config: same},
		{ID: "small, nobody's", Slots: 2, Free: 2, Config: told("128mb"), Holds: []bool{false, false}},
		{ID: "small, the second's", Slots: 2, Free: 1, Config: told("128mb"), Holds: []bool{false, true}},
		{ID: "small, anybody's", Slots: 2, Config: told("128mb")},
	}
	var got []string
	for _, r := range cluster.Running(all, jobs) {
		got = append(got, fmt.Sprintf("%s: %d free, %s, %v", r.ID, r.Free, r.Managed, r.Short))
	}
	want := []string{"as configured: 0 free, 719407031b, []", "small, nobody's: 2 free, 64mb, []", "small, the second's: 1 free, 64mb, [second]", "small, anybody's: 0 free, 64mb, [first second]"}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	shared := *cluster
	shared.Shared = true
	apart, _, _ := cluster.Assess(jobs)
	together, _, _ := shared.Assess(jobs)
	if apart.TaskManagers != 2 || together.TaskManagers != 1 || together.TotalProcess != 4<<30 {
		t.Errorf("two jobs of a slot: %d TaskManagers of their own, %d that they share, %s", apart.TaskManagers, together.TaskManagers, together.TotalProcess)
	}
	if as := cluster.As(same); as != cluster {
		t.Error("a TaskManager as it is configured is the configuration's")
	}
	least, _, refused := cluster.Least(all).Assess(jobs)
	if refused != nil || least.Fits || least.TaskManager.Slot.Managed != 64<<20 {
		t.Errorf("%v %+v", refused, least)
	}
	if w, set := cluster.Least(all).Config.Get(flink.KeyConsumerWeights); !set || w.Value == "" {
		t.Error("what a TaskManager does not tell is the configuration's")
	}
	if cluster.Least(nil) != cluster {
		t.Error("where none runs, the configuration is all there is")
	}
}
