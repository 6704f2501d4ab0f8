package capacity

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"udfplan/graph/flink"
	"udfplan/testdata/flink/truth"
)

// recordedSize is a ResourceProfile as the recorder writes it.
type recordedSize struct {
	CPUCores                                json.Number
	TaskHeap, TaskOffHeap, Managed, Network flink.MemorySize
	Unknown                                 bool
	Count, Slots                            int64
}

func (r *recordedSize) size(t *testing.T) Size {
	t.Helper()
	cpu, err := flink.ParseCPUCores(r.CPUCores.String())
	if err != nil {
		t.Fatal(r.CPUCores, err)
	}
	return Size{cpu, r.TaskHeap, r.TaskOffHeap, r.Managed, r.Network}
}

type recordedFill struct {
	ID          string
	TaskManager recordedSize
	Slots       []recordedSize
	Expect      struct {
		Unfulfillable bool
		DefaultSlot   recordedSize
		TaskManagers  [][]int64
	}
}

// readLines reads a recording, one case a line.
func readLines[T any](t *testing.T, pattern string, each func(file string, c *T)) {
	t.Helper()
	files := truth.Files(t, "finegrained/"+pattern)
	if len(files) < 4 && !truth.Fresh() {
		t.Fatalf("%d files of %s, want those of four versions", len(files), pattern)
	}
	for _, file := range files {
		for _, c := range truth.Lines[T](t, file) {
			each(filepath.Base(file), &c)
		}
	}
}

// TestFillAsRecorded holds fill to what Flink's own DefaultResourceAllocationStrategy did, TaskManager by TaskManager.
func TestFillAsRecorded(t *testing.T) {
	n := 0
	readLines(t, "fill/*.jsonl", func(file string, c *recordedFill) {
		n++
		t.Run(truth.Version(file)+"/"+c.ID, c.check)
	})
	if n < 2000 && !truth.Fresh() {
		t.Errorf("%d cases, want those of four versions", n)
	}
}

func (c *recordedFill) check(t *testing.T) {
	total := c.TaskManager.size(t)
	if got, want := part(total, c.TaskManager.Slots), c.Expect.DefaultSlot.size(t); got != want {
		truth.Differ(t, truth.Profiles, "an equal part is %v, want %v", got, want)
	}
	var want []Slots
	for i := range c.Slots {
		size := part(total, c.TaskManager.Slots)
		if !c.Slots[i].Unknown {
			size = c.Slots[i].size(t)
		}
		want = append(want, Slots{size, c.Slots[i].Count})
	}
	tms, tooLarge := fill(total, want)
	var got [][]int64
	for _, f := range tms {
		for range f.TaskManagers {
			got = append(got, f.Slots)
		}
	}
	if !slices.EqualFunc(got, c.Expect.TaskManagers, slices.Equal) || (len(tooLarge) > 0) != c.Expect.Unfulfillable {
		truth.Differ(t, truth.Profiles, "TaskManagers\ngot  %v, too large %v\nwant %v, unfulfillable %v", got, tooLarge, c.Expect.TaskManagers, c.Expect.Unfulfillable)
	}
}

// TestFillAtWorst: with a slot that is large and many that are small the order decides, and the worst one is told.
func TestFillAtWorst(t *testing.T) {
	total := Size{CPU: 4 * flink.Core, Managed: 512}
	large, small := Slots{Size{CPU: flink.Core, Managed: 300}, 3}, Slots{Size{CPU: flink.Core / 2, Managed: 100}, 5}
	for _, want := range [][]Slots{{large, small}, {small, large}} {
		tms, tooLarge := fillAtWorst(total, want)
		if count(tms) != 4 || len(tooLarge) != 0 { // large first: 3 (case two-sizes); small first: 4 (case two-sizes-small-first)
			t.Errorf("%v: %v, too large %v", want, tms, tooLarge)
		}
	}
	if tms, tooLarge := fillAtWorst(total, []Slots{large, {Size{Managed: 513}, 1}}); count(tms) != 3 || !slices.Equal(tooLarge, []int{1}) {
		t.Errorf("%v, too large %v", tms, tooLarge)
	}
}
