package capacity_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// A job whose worker needs more than its slot gives, and the changes after which it fits.
func ExampleCluster() {
	version, _ := flink.ParseVersion("1.20")
	p, _ := plan.Make(&graph.Job{Version: version, Operators: []graph.Operator{{ID: "score", Python: &graph.Python{UserMemory: 150 << 20}}}}, plan.Options{})
	s, _ := spec.Compute(p)
	cluster := capacity.Cluster{Version: version, Config: flink.Config{{Key: "taskmanager.memory.process.size", Value: "1728m"}, {Key: "taskmanager.numberOfTaskSlots", Value: "2"}}}
	report, _, _ := cluster.Assess([]*spec.Spec{s})
	group := report.Jobs[0].Groups[0]
	fmt.Println(report.Fits, group.Needs, group.Gets)
	for _, change := range cluster.Recommend(report, capacity.Bound{}) {
		if change.Fits {
			fmt.Println(change.Lever, change.Set[0].Value, change.TotalProcess)
		}
	}

	// Output:
	// false 322mb 268435460b
	// together 644mb 1875mb
	// taskmanager.memory.managed.size 644mb 1728mb
	// taskmanager.memory.managed.fraction 0.51 1728mb
	// taskmanager.numberOfTaskSlots 1 1728mb
	// taskmanager.memory.process.size 2074mb 2074mb
}
