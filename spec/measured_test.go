package spec_test

import (
	"testing"

	"udfplan/graph/flink"
	"udfplan/spec"
)

func TestMeasuredIn(t *testing.T) {
	for _, row := range []struct {
		version, of string
		worker      flink.MemorySize
		reason      string
	}{
		{"", "1.10.3: 117mb, and 112mb for the second process that starts it", 229 << 20, "FLIP-88 was made for 1.10"},
		{"1.10", "1.10.3: 117mb, and 112mb for the second process that starts it", 229 << 20, "measured"},
		{"1.11", "1.10.3: 117mb, and 112mb for the second process that starts it", 229 << 20, "as the one before"},
		{"1.12", "1.13.6", 113 << 20, "from here on one process is a worker"},
		{"1.15", "1.13.6", 113 << 20, "seen in 1.14 and 1.15 too"},
		{"1.16", "1.16.3", 118 << 20, "a newer Beam"},
		{"1.17", "1.20.5", 157 << 20, "from here on pandas is in every worker"},
		{"1.19", "1.19.3", 161 << 20, "measured"},
		{"1.20", "1.20.5", 157 << 20, "measured"},
		{"2.0", "2.3.0", 171 << 20, "2.x"},
		{"9.9", "2.3.0", 171 << 20, "a later version is planned as the last one"},
	} {
		var v flink.Version
		if row.version != "" {
			v, _ = flink.ParseVersion(row.version)
		}
		if m := spec.MeasuredIn(v); m.Worker != row.worker || m.Of != row.of {
			t.Errorf("%q (%s): %s of %s", row.version, row.reason, m.Worker, m.Of)
		}
	}
}
