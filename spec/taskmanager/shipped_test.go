package taskmanager

import (
	"testing"

	"udfplan/graph/flink"
)

// TestSaysSize: what Flink ships says it; a part of a TaskManager's memory does not say how large the whole is.
func TestSaysSize(t *testing.T) {
	for _, row := range []struct {
		key  string
		want bool
	}{
		{Shipped[0].Key, true},
		{flink.KeyFlinkSize, true},
		{flink.KeyTaskHeap, true},
		{flink.KeyHeapSize, true},
		{flink.KeyHeapMB, true},
		{flink.KeyManagedSize, false},
		{flink.KeyTaskOffHeap, false},
		{flink.KeySlots, false},
	} {
		if got := (flink.Config{{Key: row.key, Value: "1"}}).SaysSize(); got != row.want {
			t.Errorf("%s: %v, want %v", row.key, got, row.want)
		}
	}
	if flink.Config(nil).SaysSize() {
		t.Error("nothing says it")
	}
	if _, refused := Derive(Shipped, flink.Version{Major: 1, Minor: 20}, Standalone); refused != nil {
		t.Errorf("Flink takes what it ships: %v", refused)
	}
}
