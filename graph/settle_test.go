package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
)

// handmade is a job of two operators with nothing but what must be said.
func handmade() *Job {
	return &Job{Operators: []Operator{{ID: "a", ManagedMemory: -1}, {ID: "b", ManagedMemory: -1, Inputs: []Input{{From: 0}}, Python: &Python{}}}}
}

func options(words ...string) (c flink.Config) {
	for i := 0; i < len(words); i += 2 {
		c = append(c, flink.Entry{Key: words[i], Value: words[i+1]})
	}
	return c
}

// TestSettle: who is stronger, for a job that no document was read for.
func TestSettle(t *testing.T) {
	for _, row := range []struct {
		change func(j *Job)
		o      Options
		want   string // mode, name, parallelism of both, Python mode
		reason string
	}{
		{nil, Options{}, "streaming unnamed 1 1 process", "Flink's defaults"},
		{func(j *Job) { j.Mode, j.Name, j.Parallelism = Batch, "etl", 4 }, Options{}, "batch etl 4 4 process", "the job's own"},
		{func(j *Job) { j.Mode = Batch }, Options{Mode: Streaming}, "streaming unnamed 1 1 process", "--mode is stronger"},
		{func(j *Job) { j.Parallelism, j.Operators[1].Parallelism = 4, 2 }, Options{Parallelism: 8}, "streaming unnamed 8 2 process", "--parallelism is stronger than the job, not than an operator"},
		{nil, Options{Base: options(flink.KeyParallelism, "3")}, "streaming unnamed 3 3 process", "the cluster fills what is open"},
		{func(j *Job) { j.Config = options(flink.KeyParallelism, "5") }, Options{Base: options(flink.KeyParallelism, "3")}, "streaming unnamed 5 5 process", "the job's configuration is stronger than the cluster's"},
		{func(j *Job) { j.Config = options(flink.KeyParallelism, "5") }, Options{Overrides: options(flink.KeyParallelism, "7")}, "streaming unnamed 7 7 process", "-D is stronger than both"},
		{nil, Options{Base: options(flink.KeyRuntimeMode, "BATCH", flink.KeyName, "n")}, "batch n 1 1 process", "mode and name by configuration"},
		{func(j *Job) { j.Version = flink.Version{Major: 1, Minor: 20} }, Options{Overrides: options(flink.KeyExecutionMode, "thread")}, "streaming unnamed 1 1 thread", "the mode of Python operators"},
		{nil, Options{PythonOperators: []string{"a"}}, "streaming unnamed 1 1 process", "a glob makes a Python operator"},
	} {
		j := handmade()
		if row.change != nil {
			row.change(j)
		}
		problems := Settle(j, row.o)
		got := fmt.Sprintf("%s %s %d %d %s", j.Mode, j.Name, j.Operators[0].Parallelism, j.Operators[1].Parallelism, j.Operators[1].Python.Mode)
		if got != row.want || problems.HasErrors() || !j.Settled() {
			t.Errorf("%s: %s, want %s (%v)", row.reason, got, row.want, problems)
		}
	}
}

// TestSettleGroups: of a chain that Flink has made, all operators go into the group that one of them is put into.
func TestSettleGroups(t *testing.T) {
	j := &Job{Operators: []Operator{{ID: "a", Task: 1}, {ID: "b", Task: 1}, {ID: "c", Task: 2}, {ID: "d"}}}
	Settle(j, Options{Groups: []GroupRule{{"b", "g"}, {"nobody", "h"}}})
	var got []string
	for _, op := range j.Operators {
		got = append(got, op.ID+"="+op.SlotSharingGroup)
	}
	if text := strings.Join(got, " "); text != "a=g b=g c= d=" || !cmp.Equal(j.MatchedGroups, []bool{true, false}) {
		t.Errorf("%s, matched %v", text, j.MatchedGroups)
	}
}

// TestRefused: what could not be read of a job is not compared with what could.
func TestRefused(t *testing.T) {
	forward := handmade()
	forward.Operators[0].Parallelism, forward.Operators[1].Inputs[0].Ship = 2, Forward
	resources := handmade()
	resources.Operators[0].Resources = &Resources{}
	for _, row := range []struct {
		job     *Job
		refused Refused
		want    int
		reason  string
	}{
		{forward, Refused{}, 1, "forward edges need equal parallelism"},
		{forward, Refused{Parallelism: true}, 0, "one of them is not known"},
		{forward, Refused{Mode: true}, 1, "the mode has nothing to do with it"},
		{resources, Refused{}, 1, "a streaming job declares resources"},
		{resources, Refused{Mode: true}, 0, "perhaps it was meant to be a batch job"},
	} {
		Settle(row.job, Options{})
		if got := Check(row.job, row.refused); len(got) != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
}

func TestTopologicalOrder(t *testing.T) {
	in := func(from ...int32) (inputs []Input) {
		for _, f := range from {
			inputs = append(inputs, Input{From: f})
		}
		return inputs
	}
	for _, row := range []struct {
		ops    []Operator
		want   []int32
		reason string
	}{
		{[]Operator{{}, {Inputs: in(0)}, {Inputs: in(1)}}, []int32{0, 1, 2}, "listed so already"},
		{[]Operator{{Inputs: in(1)}, {}, {Inputs: in(1)}}, []int32{1, 0, 2}, "ties by the order in the job"},
		{[]Operator{{Inputs: in(1)}, {Inputs: in(0)}, {Inputs: in(0)}, {}}, []int32{3}, "a cycle, and what is behind it, is left out"},
	} {
		if got := TopologicalOrder(row.ops); !cmp.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", row.reason, got, row.want)
		}
	}
}
