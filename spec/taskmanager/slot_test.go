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

// TestNoSlots: the CPU cores are divided first, and Java says otherwise of a number beyond a long.
func TestNoSlots(t *testing.T) {
	const long, beyond = "/ by zero", "BigInteger divide by zero"
	for _, row := range []struct{ version, cores, want, reason string }{
		{"1.13", "", beyond, "no cores are set: a MiniCluster has as many as a double holds"},
		{"1.14", "", long, "and now a million"},
		{"1.13", "2.0", long, "2 cores"},
		{"1.13", "0", long, "no cores"},
		{"1.13", "922.3372036854775", long, "with 16 decimals not quite 2^63"},
		{"1.13", "922.3372036854776", beyond, "the next double"},
		{"1.14", "922.3372036854776", long, "8 decimals"},
		{"1.14", "92233720368.54775", long, "with 8 decimals not quite 2^63"},
		{"1.14", "92233720368.54776", beyond, "the next double"},
	} {
		config := flink.Config{{Key: flink.KeySlots, Value: "0"}}
		if row.cores != "" {
			config = append(config, flink.Entry{Key: flink.KeyCPUCores, Value: row.cores})
		}
		tm, refusal := Derive(config, taskManagerVersion(t, row.version), Local)
		if refusal != nil || tm.SlotRefusal == nil || tm.SlotRefusal.Class != flink.Arithmetic || tm.SlotRefusal.Message != row.want {
			t.Errorf("%q cores (%s), Flink %s: %+v, %+v; want %q", row.cores, row.reason, row.version, tm, refusal, row.want)
		}
	}
}

// TestLocalCores: a MiniCluster does not ask for cores, but CPUResource takes no negative number and none that is no decimal.
func TestLocalCores(t *testing.T) {
	for _, row := range []struct{ cores, class, reason string }{
		{"0.5", "", "half a core"},
		{"0", "", "none"},
		{"-0.5", flink.IllegalArgument, "fewer than none"},
		{"NaN", flink.NumberFormat, "new BigDecimal(NaN)"},
		{"Infinity", flink.NumberFormat, "and of infinity"},
	} {
		config := flink.Config{{Key: flink.KeyCPUCores, Value: row.cores}}
		_, refusal := Derive(config, taskManagerVersion(t, "1.20"), Local)
		if class := classOf(refusal); class != row.class || refusal != nil && refusal.Key != flink.KeyCPUCores {
			t.Errorf("%s cores (%s): %+v, want %q", row.cores, row.reason, refusal, row.class)
		}
	}
}

// TestNetworkBuffers: the oldest way to say the network memory (gone in 2.0).
func TestNetworkBuffers(t *testing.T) {
	for _, row := range []struct {
		buffers, segment string
		want             flink.MemorySize
		class, reason    string
	}{
		{"2048", "32kb", 64 << 20, "", "buffers times their size"},
		{"0", "32kb", 0, "", "none"},
		{"2048", "4kb", 8 << 20, "", "the smallest segment"},
		{"2048", "4095b", 0, flink.IllegalConfiguration, "a byte too small"},
		{"2048", "33kb", 0, flink.IllegalConfiguration, "no power of two"},
		{"1", "2gb", 0, flink.IllegalArgument, "more than an int"},
		{"-1", "32kb", 0, flink.IllegalArgument, "MemorySize takes no negative number"},
	} {
		config := flink.Config{{Key: flink.KeyProcessSize, Value: "4g"}, {Key: flink.KeyNetworkBuffers, Value: row.buffers}, {Key: flink.KeySegmentSize, Value: row.segment}}
		tm, refusal := Derive(config, taskManagerVersion(t, "1.12"), Standalone)
		if class := classOf(refusal); class != row.class || refusal == nil && tm.Network != row.want {
			t.Errorf("%s x %s (%s): %+v, %+v", row.buffers, row.segment, row.reason, tm, refusal)
		}
	}
}

func classOf(r *flink.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Class
}
