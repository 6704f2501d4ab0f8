package taskmanager

import (
	"slices"

	"udfplan/graph/flink"
)

// Shipped is what the configuration file that every Flink is shipped with says of a TaskManager's memory.
var Shipped = flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}}

// sizes are the options that say how large a TaskManager is: Flink derives its memory from any of them.
var sizes = []string{flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyTaskHeap, flink.KeyHeapSize, flink.KeyHeapMB}

// SaysSize is whether a configuration says how large a TaskManager is; Derive refuses one that does not.
func SaysSize(c flink.Config) bool {
	return slices.ContainsFunc(sizes, func(key string) bool { _, set := c.Get(key); return set })
}
