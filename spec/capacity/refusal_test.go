package capacity_test

import (
	"testing"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
)

// TestPlaceOf: where to change what Flink refuses.
func TestPlaceOf(t *testing.T) {
	file := &source.File{Name: "config.yaml"}
	written := func(keys ...string) (c flink.Config) {
		for i, key := range keys {
			c = append(c, flink.Entry{Key: key, Value: "1", ValuePlace: source.Place{File: file, Pos: source.At(i)}})
		}
		return c
	}
	unwritten := config(flink.KeyManagedSize + ": 1") // as shipped, or tried by a sweep
	for _, row := range []struct {
		reason string
		config flink.Config
		want   int // of the option; -1: nowhere
	}{
		{"the option that is refused", written(flink.KeyProcessSize, flink.KeyManagedSize), 1},
		{"it is not set: the total is too small", written(flink.KeySlots, flink.KeyProcessSize), 1},
		{"the process before Flink's", written(flink.KeyFlinkSize, flink.KeyProcessSize), 1},
		{"Flink's before the heap", written(flink.KeyHeapSize, flink.KeyFlinkSize), 1},
		{"an older heap size", written(flink.KeySlots, flink.KeyHeapSize), 1},
		{"it is written nowhere", append(written(flink.KeyProcessSize), unwritten...), 0},
		{"nothing is", unwritten, -1},
	} {
		cluster := capacity.Cluster{Config: row.config}
		want := source.Place{}
		if row.want >= 0 {
			want = row.config[row.want].ValuePlace
		}
		if got := cluster.PlaceOf(&flink.Refusal{Key: flink.KeyManagedSize}); got != want {
			t.Errorf("%s: %v, want %v", row.reason, got, want)
		}
	}
}
