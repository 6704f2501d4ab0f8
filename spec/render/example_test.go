package render_test

import (
	"os"

	"udfplan/graph"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/render"
)

// The plan of a job, as a table for people. WriteYAML and WriteJSON write it for programs.
func ExamplePick() {
	p, _ := plan.Make(&graph.Job{Name: "clicks", Mode: graph.Batch, Operators: []graph.Operator{{ID: "score", Python: &graph.Python{}}}}, plan.Options{})
	s, _ := spec.Compute(p)
	table := render.Pick(render.Formats, "table")
	if err := table.Write(os.Stdout, []*spec.Spec{s}, render.Options{}); err != nil {
		panic(err)
	}

	// Output:
	// clicks  batch, flip-88, sharing chain
	//
	// CHAIN / OPERATOR  PARALLELISM  PYTHON WORKER   TASK HEAP  MANAGED
	// score
	//   score                     1  launches score        5mb     79mb
	// TOTAL in 1 slot                1 worker, 79mb        5mb     79mb
	//
	// PYTHON WORKER  PROCESSES  FRAMEWORK  BUFFERS  USER  MEMORY EACH
	// score                  1       64mb     15mb    0b         79mb
}
