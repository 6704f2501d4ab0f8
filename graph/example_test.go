package graph_test

import (
	"fmt"

	"udfplan/graph"
)

// A job that is built by hand leaves open what it does not care for. Settle fills that; Check says whether the job is valid.
func Example() {
	job := graph.Job{Name: "clicks", Parallelism: 4, Operators: []graph.Operator{
		{ID: "source"},
		{ID: "score", Inputs: []graph.Input{{From: 0}}, Python: &graph.Python{}},
	}}
	problems := graph.Settle(&job, graph.Options{})
	problems = append(problems, graph.Check(&job, graph.Refused{})...)
	fmt.Println(job.Mode, job.Operators[1].Parallelism, job.Operators[1].Python.Mode, problems)

	job.Operators[0].Inputs = []graph.Input{{From: 1}}
	for _, problem := range graph.Check(&job, graph.Refused{}) {
		fmt.Println(problem.Message)
	}

	// Output:
	// streaming 4 process []
	// the operators are on a cycle: source -> score -> source
}
