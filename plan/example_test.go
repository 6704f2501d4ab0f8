package plan_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/plan"
)

// Operators of different parallelism do not chain, and without a chain FLIP-88 lets them share no worker.
func ExampleMake() {
	p, _ := plan.Make(&graph.Job{Operators: []graph.Operator{
		{ID: "clean", Parallelism: 2, Python: &graph.Python{}},
		{ID: "score", Parallelism: 4, Python: &graph.Python{}, Inputs: []graph.Input{{From: 0}}},
	}}, plan.Options{})
	for _, worker := range p.Workers {
		fmt.Println("worker", worker.ID, "of operators", worker.Operators)
	}
	fmt.Println(p.Edges[0].Ship, p.Edges[0].Reason())

	// Output:
	// worker clean of operators [0]
	// worker score of operators [1]
	// rebalance different parallelism (2, 4)
}
