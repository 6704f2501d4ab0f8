package flink

import "slices"

// options is never changed. What of it Flink's own classes say is compared with testdata/flink/options.json;
// patch releases that differ are given to their minor version.
var options = slices.Concat(planOptions, pythonOptions, taskManagerOptions, tableOptions)
