package capacity_test

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// config makes a configuration of "key: value" words.
func config(words ...string) (c flink.Config) {
	for _, word := range words {
		key, value, _ := strings.Cut(word, ": ")
		c = append(c, flink.Entry{Key: key, Value: value})
	}
	return c
}

const (
	slots   = "taskmanager.numberOfTaskSlots: "
	managed = "taskmanager.memory.managed.size: "
)

// two is a job of two Python operators behind a keyed exchange.
func pythonJob(version, mode, more string, parallelism ...int) string {
	job := fmt.Sprintf("flinkVersion: %q\nmode: %s\n%soperators:\n- {id: source, parallelism: %d}\n", version, mode, more, parallelism[0])
	before := "source"
	for i, p := range parallelism {
		id := fmt.Sprintf("p%d", i)
		job += fmt.Sprintf("- {id: %s, parallelism: %d, inputs: [{from: %s, shipStrategy: rebalance}], python: true}\n", id, p, before)
		before = id
	}
	return job
}

// TestSeenOnClusters: numbers of worker processes and shares as running clusters had them (pyflink-facts.md
// 2.1, 2.2): a TaskManager of 1728m unless said otherwise.
func TestSeenOnClusters(t *testing.T) {
	const keyed = "flinkVersion: \"1.20\"\noperators:\n- {id: s}\n- {id: p, inputs: [{from: s, shipStrategy: hash}], keyed: true, python: true}\n- {id: q, inputs: [{from: p, shipStrategy: rebalance}], python: true}\n"
	for _, row := range []struct {
		seen    string
		job     string
		config  []string
		workers int64
		gets    flink.MemorySize // of the first group
	}{
		{"one_op_p1_s1", pythonJob("1.20", "streaming", "", 1), []string{slots + "1"}, 1, 536870920},
		{"two_ops_p1_s1", pythonJob("1.20", "streaming", "", 1, 1), []string{slots + "1"}, 1, 536870920},
		{"two_ops_p2_s2", pythonJob("1.20", "streaming", "", 2, 2), []string{slots + "2"}, 2, 268435460},
		{"two_ops_p2_s4", pythonJob("1.20", "streaming", "", 2, 2), []string{slots + "4"}, 2, 134217730},
		{"three_ops_p3_s3_big", pythonJob("1.20", "streaming", "", 3, 3, 3), []string{slots + "3", managed + "600m"}, 3, 209715200},
		{"mixed_parallelism 1,4,2", pythonJob("1.20", "streaming", "", 1, 4, 2), []string{slots + "4"}, 4, 134217730},
		{"managed_false_two_ops_p2_s2", pythonJob("1.20", "streaming", "config: {python.fn-execution.memory.managed: false}\n", 2, 2), []string{slots + "2"}, 4, 0},
		{"weight PYTHON:0", pythonJob("1.20", "streaming", "", 2, 2), []string{slots + "2", "taskmanager.memory.managed.consumer-weights: OPERATOR:70,STATE_BACKEND:70,PYTHON:0"}, 4, 0},
		{"PYTHON missing", pythonJob("1.20", "streaming", "", 2, 2), []string{slots + "2", "taskmanager.memory.managed.consumer-weights: OPERATOR:70"}, 4, 0},
		{"weight PYTHON:0 in the job's configuration", pythonJob("1.20", "streaming", "config: {taskmanager.memory.managed.consumer-weights: 'PYTHON:0'}\n", 2, 2), []string{slots + "2"}, 2, 268435460},
		{"thread mode", pythonJob("1.20", "streaming", "config: {python.execution-mode: thread}\n", 2, 2), []string{slots + "2"}, 0, 0},
		{"rocksdb, keyed", keyed + "config: {state.backend: rocksdb}\n", nil, 1, 161061276},
		{"rocksdb, its own memory not managed: STATE_BACKEND still counts", keyed + "config: {state.backend: rocksdb, state.backend.rocksdb.memory.managed: false}\n", nil, 1, 161061276},
		{"hashmap, keyed", keyed + "config: {state.backend: hashmap}\n", nil, 1, 536870920},
		{"rocksdb, weights STATE_BACKEND:10,PYTHON:90", keyed + "config: {state.backend: rocksdb}\n", []string{"taskmanager.memory.managed.consumer-weights: STATE_BACKEND:10,PYTHON:90"}, 1, 483183828},
		{"managed 100000001b", pythonJob("1.20", "streaming", "", 3, 3), []string{slots + "3", managed + "100000001b"}, 3, 33333333},
		{"managed 4m", pythonJob("1.20", "streaming", "", 2, 2), []string{slots + "2", managed + "4m"}, 2, 2097152},
		{"managed 0", pythonJob("1.20", "streaming", "", 1, 1), []string{managed + "0"}, 1, 0},
		{"2.3.0 rocksdb", strings.Replace(keyed, "1.20", "2.3", 1) + "config: {state.backend.type: rocksdb}\n", nil, 1, 161061276},
	} {
		fit, _ := assess(t, row.job, append([]string{"taskmanager.memory.process.size: 1728m"}, row.config...)...)
		if got := fit.Spec.Total.Workers; got != row.workers {
			t.Errorf("%s: %d workers, seen %d", row.seen, got, row.workers)
		}
		if got := fit.Groups[0].Gets; got != row.gets {
			t.Errorf("%s: a slot gets %d, seen %d", row.seen, got, row.gets)
		}
	}
}

func assess(t *testing.T, job string, words ...string) (*capacity.Fit, source.List) {
	t.Helper()
	cluster := config(words...)
	jobs, problems := document.Read(source.NewFile("job", []byte(job)), graph.Options{Base: cluster})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatal(problems, job)
	}
	on := capacity.Cluster{Config: cluster, Version: jobs[0].Version}
	a, more, refused := on.Assess([]*spec.Spec{specOf(jobs[0])})
	if refused != nil || len(a.Jobs) != 1 {
		t.Fatal(refused, more)
	}
	return a.Jobs[0], more
}

// TestSeenIn110: warnings of 1.10.3 with the numbers that they had, and where there were none (pyflink-facts.md 2.2).
func TestSeenIn110(t *testing.T) {
	streaming := "flinkVersion: \"1.10\"\noperators:\n"
	for i, id := range []string{"source", "reader", "python", "calc", "conversion", "map", "sink"} {
		streaming += fmt.Sprintf("- {id: %s, inputs: [%s], python: %v}\n", id, []string{"", "source", "reader", "python", "calc", "conversion", "map"}[i], id == "python")
	}
	batch := func(python, parallelism int) string {
		job := fmt.Sprintf("flinkVersion: \"1.10\"\nmode: batch\nparallelism: %d\noperators:\n- {id: conversion}\n", parallelism)
		before := "conversion"
		for i := range python {
			job += fmt.Sprintf("- {id: p%d, inputs: [%s], python: true}\n", i, before)
			before = fmt.Sprintf("p%d", i)
		}
		return job + fmt.Sprintf("- {id: map, inputs: [%s], api: datastream}\n- {id: sink, inputs: [map], api: datastream}\n", before)
	}
	for _, row := range []struct {
		seen, job string
		config    []string
		workers   int64
		warned    string // the two numbers; empty: no warning
	}{
		{"streaming calc, 512m", streaming, []string{managed + "512m"}, 1, "82837504 exceeds the available managed off-heap memory 76695844"},
		{"streaming calc, 1024m", streaming, []string{managed + "1024m"}, 1, ""},
		{"batch calc, 512m", batch(1, 1), []string{managed + "512m"}, 1, ""},
		{"batch calc, 80m", batch(1, 1), []string{managed + "80m"}, 1, ""},
		{"batch calc, 79m exactly", batch(1, 1), []string{managed + "79m"}, 1, "82837504 exceeds the available managed off-heap memory 82835456"},
		{"batch two calcs, 256m, 2 slots", batch(2, 2), []string{managed + "256m", slots + "2"}, 4, "82837504 exceeds the available managed off-heap memory 67108034"},
		{"batch two calcs, 512m, 2 slots", batch(2, 2), []string{managed + "512m", slots + "2"}, 4, ""},
	} {
		fit, problems := assess(t, row.job, append([]string{"taskmanager.memory.flink.size: 4g"}, row.config...)...)
		if got := fit.Spec.Total.Workers; got != row.workers {
			t.Errorf("%s: %d workers, seen %d", row.seen, got, row.workers)
		}
		said := fmt.Sprint(problems)
		if strings.Contains(said, "Required Python worker memory") != (row.warned != "") || !strings.Contains(said, row.warned) {
			t.Errorf("%s: warned %q, Flink %q", row.seen, said, row.warned)
		}
		if fit.Fits != (row.warned == "") {
			t.Errorf("%s: fits %v", row.seen, fit.Fits)
		}
	}
}

// specOf plans a job and computes what it needs.
func specOf(job *graph.Job) *spec.Spec {
	p, _ := plan.Make(job, plan.Options{})
	s, _ := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88}) // figures that are easy to reckon with
	return s
}
