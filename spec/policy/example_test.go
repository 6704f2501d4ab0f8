package policy_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/policy"
)

// A worker that takes more than the limits allow is a finding, with what would make it pass.
func ExampleCheck() {
	limits, problems := policy.ReadLimits(source.NewFile("limits.yaml", []byte("limits: {worker: {memory: 256mb}}\n")))
	p, _ := plan.Make(&graph.Job{Operators: []graph.Operator{{ID: "score", Python: &graph.Python{UserMemory: 300 << 20}}}}, plan.Options{})
	s, _ := spec.Compute(p)
	verdict := policy.Check(&policy.Case{Spec: s}, &policy.Options{Limits: limits})
	for _, finding := range verdict.Findings {
		fmt.Printf("%s: %s\n%s\n", finding.Rule.ID, finding.Message, finding.Fix)
	}
	fmt.Println(len(problems), "problems of the limits file")

	// Output:
	// worker-memory: Python worker "score" needs 379mb; the limit is 256mb
	// userMemory of "score" at most 177mb (now 300mb), or a limit of 379mb
	// 0 problems of the limits file
}
