package spec_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/plan"
	"udfplan/spec"
)

// A job needs no document: what it leaves open is filled with Flink's defaults.
func ExampleCompute() {
	job := &graph.Job{Name: "by-hand", Mode: graph.Batch, Operators: []graph.Operator{
		{ID: "source", ManagedMemory: -1},
		{ID: "clean", ManagedMemory: -1, Inputs: []graph.Input{{From: 0}}, Python: &graph.Python{}},
	}}
	problems := append(graph.Settle(job, graph.Options{}), graph.Check(job, graph.Refused{})...)
	p, more := plan.Make(job, plan.Options{})
	s, yetMore := spec.Compute(p)
	fmt.Println(len(problems)+len(more)+len(yetMore), "problems")
	for i, r := range s.Operators {
		fmt.Println(job.Operators[i].ID, r.TaskHeap, r.ManagedOffHeap)
	}
	// Output:
	// 0 problems
	// source 0b 0b
	// clean 5mb 79mb
}
