package taskmanager

import "udfplan/graph/flink"

// Shipped is what the configuration file that every Flink is shipped with says of a TaskManager's memory.
var Shipped = flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}}
