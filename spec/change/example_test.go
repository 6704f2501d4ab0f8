package change_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/change"
)

func snapshot(user flink.MemorySize) []*change.Snapshot {
	p, _ := plan.Make(&graph.Job{Name: "clicks", Operators: []graph.Operator{{ID: "score", Python: &graph.Python{UserMemory: user}}}}, plan.Options{})
	s, _ := spec.Compute(p)
	return []*change.Snapshot{change.Take(s)}
}

// The same job twice; its function now loads a larger model.
func ExampleCompare() {
	diff := change.Compare(snapshot(0), snapshot(300<<20))
	for _, c := range diff.Jobs[0].Changes {
		for _, field := range c.Fields {
			fmt.Println(c.About, c.Name, field.Key, field.Old.Text, field.New.Text)
		}
	}
	fmt.Println(diff.Old, diff.New)

	// Output:
	// worker score memory 79mb 379mb
	// worker score userMemory 0b 300mb
	// slotSharingGroup default pythonMemory 79mb 379mb
	// total  pythonMemory 79mb 379mb
	// 79mb 379mb
}
