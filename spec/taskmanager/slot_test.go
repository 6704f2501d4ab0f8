package taskmanager

import (
	"testing"

	"udfplan/graph/flink"
)

// TestNegativeSlots: Flink divides the CPU cores first (CPUResource refuses a negative result), then the memory
// (MemorySize.divide refuses the divisor). Only 0 cores come out, so only then the memory's words are seen; a script that
// starts a TaskManager refuses those before, a MiniCluster does not.
func TestNegativeSlots(t *testing.T) {
	for _, row := range []struct{ version, cores, want, reason string }{
		{"1.12", "", negativeResource, "no cores are set: a MiniCluster has as many as a double holds"},
		{"1.12", "2", negativeResource, "2 cores by -1 slots"},
		{"1.12", "0.5", negativeResource, "half a core is more than none"},
		{"1.12", "0", "divisor must be >= 0", "no cores: the memory is divided"},
		{"1.19", "0", "divisor must be >= 0", "the last version of these words"},
		{"1.20", "0", "divisor must be != 0", "the words of 1.20"},
	} {
		config := flink.Config{{Key: flink.KeyProcessSize, Value: "2g"}, {Key: flink.KeySlots, Value: "-1"}}
		if row.cores != "" {
			config = append(config, flink.Entry{Key: flink.KeyCPUCores, Value: row.cores})
		}
		tm, refusal := Derive(config, taskManagerVersion(t, row.version), Local)
		if refusal == nil && tm != nil {
			refusal = tm.SlotRefusal
		}
		if refusal == nil || refusal.Message != row.want || refusal.Key != flink.KeySlots {
			t.Errorf("%s, Flink %s: %+v, want %q", row.reason, row.version, refusal, row.want)
		}
	}
}
