package taskmanager_test

import (
	"fmt"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// The TaskManager that Flink is shipped with, and what Python gets of its slot.
func ExampleDerive() {
	version, _ := flink.ParseVersion("1.20")
	config := flink.Config{{Key: "taskmanager.memory.process.size", Value: "1728m"}}
	memory, refused := taskmanager.Derive(config, version, taskmanager.Standalone)
	fmt.Println(memory.Managed, memory.TotalFlink, refused)
	shares, _ := taskmanager.SharesOf(config, version, memory.Slot.Managed)
	fmt.Println(shares.Python, shares.WithBoth)

	_, refused = taskmanager.Derive(flink.Config{{Key: "taskmanager.memory.process.size", Value: "100m"}}, version, taskmanager.Standalone)
	fmt.Println(refused)

	// Output:
	// 536870920b 1280mb <nil>
	// 536870920b 94741927b
	// TaskManager memory configuration failed: Sum of configured JVM Metaspace (256.000mb (268435456 bytes)) and JVM Overhead (192.000mb (201326592 bytes)) exceed configured Total Process Memory (100.000mb (104857600 bytes)).
}
