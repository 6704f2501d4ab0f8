package spec

import (
	"strings"

	"udfplan/graph/flink"
)

// Measured is what an idle worker was seen to take: FLIP-88's 64mb are a figure of 2019.
type Measured struct {
	Since  flink.Version    // versions between those measured go with the one before
	Worker flink.MemorySize // resident, in bytes
	Of     string           // what was measured, for people
	short  string           // of one process alone, for people
}

// MeasuredPandas is what a pandas function with large batches was seen to take.
const MeasuredPandas = "1.2gb"

// measured are sizes on running clusters (pyflink-facts.md 2.3); up to 1.18 those of the trivial workload (testdata/measured).
var measured = []Measured{
	{flink.Version{Major: 1, Minor: 10}, (117 + 112) << 20, "1.10.3: 117mb, and 112mb for the second process that starts it", "117 MiB (1.10.3)"},
	{flink.Version{Major: 1, Minor: 12}, 113 << 20, "1.13.6", "113 MiB (1.13.6)"},
	{flink.Version{Major: 1, Minor: 16}, 118 << 20, "1.16.3", ""},
	{flink.Version{Major: 1, Minor: 17}, 157 << 20, "1.20.5", "157 MiB (1.20.5)"},
	{flink.Version{Major: 1, Minor: 19}, 161 << 20, "1.19.3", ""},
	{flink.Version{Major: 1, Minor: 20}, 157 << 20, "1.20.5", ""},
	{flink.Version{Major: 2, Minor: 0}, 171 << 20, "2.3.0", "171 MiB (2.3.0)"},
}

// MeasuredIn is the figure for a version; where none is stated, that of 1.10.
func MeasuredIn(v flink.Version) Measured {
	found := measured[0]
	for _, m := range measured {
		if !v.Planned().Before(m.Since) {
			found = m
		}
	}
	return found
}

// measuredText lists all figures.
func measuredText() string {
	var figures []string
	for i := range measured {
		if measured[i].short != "" { // else it is there already
			figures = append(figures, measured[i].short)
		}
	}
	return strings.Join(figures, ", ")
}
