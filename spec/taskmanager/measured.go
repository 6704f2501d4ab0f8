package taskmanager

import "udfplan/graph/flink"

// Measured is what an idle worker really takes, resident, in bytes: FLIP-88's 64mb are a figure of 2019.
// Seen on running clusters (pyflink-facts.md 2.3); versions between those seen go with the one before.
type Measured struct {
	Since  flink.Version
	Worker flink.MemorySize
	Of     string // what was measured, for people
}

var measured = []Measured{
	{flink.Version{Major: 1, Minor: 10}, (117 + 112) << 20, "1.10.3: 117mb, and 112mb for the second process that starts it"},
	{flink.Version{Major: 1, Minor: 12}, 157 << 20, "1.20.5"},
	{flink.Version{Major: 2, Minor: 0}, 171 << 20, "2.3.0"},
}

// MeasuredIn is the figure for a version; for one that is not stated, that of 1.10.
func MeasuredIn(v flink.Version) Measured {
	found := measured[0]
	for _, m := range measured {
		if !v.Planned().Before(m.Since) {
			found = m
		}
	}
	return found
}
