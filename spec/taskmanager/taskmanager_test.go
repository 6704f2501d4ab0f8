package taskmanager

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"udfplan/graph/flink"
	"udfplan/testdata/flink/truth"
)

// recordedTaskManager is a line of testdata/flink/taskmanager.
type recordedTaskManager struct {
	ID, Flink, Path string
	Config, Env     map[string]string
	Expect          map[string]json.RawMessage
	Error           *recordedRefusal
}

type recordedRefusal struct {
	Class, Message string
	Causes         []struct{ Class, Message string }
}

var recordedPaths = map[string]Deployment{"standalone": Standalone, "container": Container, "direct": Direct, "local": Local}

// recordedTaskManagers calls check with each recorded line.
func recordedTaskManagers(t *testing.T, check func(t *testing.T, line recordedTaskManager)) {
	files := truth.Files(t, "taskmanager/*.jsonl")
	if len(files) != 14 && !truth.Fresh() {
		t.Fatalf("%d recorded versions; want 14", len(files))
	}
	for _, file := range files {
		t.Run(truth.Version(file), func(t *testing.T) {
			lines := truth.Lines[recordedTaskManager](t, file)
			for _, line := range lines {
				t.Run(line.ID, func(t *testing.T) { check(t, line) })
			}
			if len(lines) < 50 && !truth.Fresh() {
				t.Fatalf("%d cases", len(lines))
			}
		})
	}
}

func taskManagerConfig(values map[string]string) (config flink.Config) {
	for key, value := range values {
		config = append(config, flink.Entry{Key: key, Value: value})
	}
	return config
}

func taskManagerVersion(t *testing.T, text string) flink.Version {
	t.Helper()
	v, err := flink.ParseVersion(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDeriveAsRecorded(t *testing.T) {
	recordedTaskManagers(t, func(t *testing.T, line recordedTaskManager) {
		deployment, known := recordedPaths[line.Path]
		if !known {
			t.Fatalf("%s: path %q", line.ID, line.Path)
		}
		tm, refusal := derive(taskManagerConfig(line.Config), taskManagerVersion(t, line.Flink), deployment, line.Env)
		if got, want := taskManagerRefusal(refusal), line.Error.text(); got != want {
			truth.Differ(t, truth.TaskManagers, "%s %s %v %v:\n got %s\nwant %s", line.ID, line.Path, line.Config, line.Env, got, want)
			return
		}
		if refusal != nil {
			checkRefusalKey(t, line, refusal)
			return
		}
		if len(line.Expect) == 0 {
			truth.Differ(t, truth.TaskManagers, "%s: nothing expected", line.ID)
		}
		got := memoryFields(tm)
		for field, raw := range line.Expect {
			if field == "slot" {
				checkSlotAsRecorded(t, line, tm, raw)
				continue
			}
			if value, known := got[field]; !known || fmt.Sprint(int64(value)) != string(raw) {
				truth.Differ(t, truth.TaskManagers, "%s %s %v %v: %s is %d; want %s", line.ID, line.Path, line.Config, line.Env, field, value, raw)
			}
		}
	})
}

// memoryFields are the numbers by their recorded names.
func memoryFields(tm *Memory) map[string]flink.MemorySize {
	return map[string]flink.MemorySize{
		"frameworkHeap": tm.FrameworkHeap, "taskHeap": tm.TaskHeap,
		"frameworkOffHeap": tm.FrameworkOffHeap, "taskOffHeap": tm.TaskOffHeap,
		"network": tm.Network, "managed": tm.Managed,
		"jvmMetaspace": tm.JVMMetaspace, "jvmOverhead": tm.JVMOverhead,
		"totalFlink": tm.TotalFlink, "totalProcess": tm.TotalProcess,
		"jvmHeap":   tm.FrameworkHeap + tm.TaskHeap,
		"jvmDirect": tm.FrameworkOffHeap + tm.TaskOffHeap + tm.Network,
	}
}

func checkSlotAsRecorded(t *testing.T, line recordedTaskManager, tm *Memory, raw json.RawMessage) {
	t.Helper()
	var want struct {
		NumSlots *int64
		Slot
		Error *recordedRefusal
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got, want := taskManagerRefusal(tm.SlotRefusal), want.Error.text(); got != want {
		truth.Differ(t, truth.TaskManagers, "%s %v: slot\n got %s\nwant %s", line.ID, line.Config, got, want)
	}
	if tm.Slot != want.Slot || want.Error == nil && (want.NumSlots == nil || tm.Slots != *want.NumSlots) {
		truth.Differ(t, truth.TaskManagers, "%s %v: %d slots of %+v; want %s", line.ID, line.Config, tm.Slots, tm.Slot, raw)
	}
}

// checkRefusalKey: there is always something to change, and it is an option or the variable.
func checkRefusalKey(t *testing.T, line recordedTaskManager, refusal *flink.Refusal) {
	t.Helper()
	_, known := flink.LookupOption(refusal.Key)
	_, exported := line.Env[refusal.Key]
	if !known && !exported {
		truth.Differ(t, truth.TaskManagers, "%s %v %q: to change is %q", line.ID, line.Config, refusal.Message, refusal.Key)
	}
}

func taskManagerRefusal(r *flink.Refusal) string {
	var lines []string
	for ; r != nil && len(lines) < 7; r = r.Cause {
		lines = append(lines, r.Class+": "+r.Message)
	}
	return strings.Join(lines, "\n  ")
}

func (r *recordedRefusal) text() string {
	if r == nil {
		return ""
	}
	lines := []string{r.Class + ": " + r.Message}
	for _, cause := range r.Causes {
		lines = append(lines, cause.Class+": "+cause.Message)
	}
	return strings.Join(lines, "\n  ")
}

func TestDeriveByHand(t *testing.T) {
	const mb = flink.MemorySize(1 << 20)
	usual := Memory{
		FrameworkHeap: 128 * mb, TaskHeap: 402653174, FrameworkOffHeap: 128 * mb, Network: 134217730, Managed: 536870920,
		JVMMetaspace: 256 * mb, JVMOverhead: 192 * mb, TotalFlink: 1280 * mb, TotalProcess: 1728 * mb}
	tests := []struct {
		reason string
		key    string
		value  string
		d      Deployment
		want   Memory
	}{
		{"1728m, the default of flink-conf.yaml: 0.4 is the float 0.4000000059604645, so managed memory is 8 bytes above 512mb",
			flink.KeyProcessSize, "1728m", Container, usual},
		{"the same from inside: the metaspace and the least overhead come on top",
			flink.KeyFlinkSize, "1280m", Container, usual},
		{"an older heap size is the total Flink memory to the scripts",
			flink.KeyHeapSize, "1280m", Standalone, usual},
		{"and the total process memory in a container",
			flink.KeyHeapMB, "1728", Container, usual},
		{"a MiniCluster has its own defaults and no totals; a version that is not stated is 1.10",
			flink.KeyProcessSize, "8g", Local, Memory{
				TaskHeap: math.MaxInt64, TaskOffHeap: math.MaxInt64, Network: 64 * mb, Managed: 128 * mb}},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			tm, refusal := Derive(flink.Config{{Key: test.key, Value: test.value}}, flink.Version{}, test.d)
			if refusal != nil {
				t.Fatal(refusal)
			}
			test.want.Slots = 1
			test.want.Slot = Slot{test.want.TaskHeap, test.want.TaskOffHeap, test.want.Managed, test.want.Network}
			if *tm != test.want {
				t.Errorf("got %+v\nwant %+v", *tm, test.want)
			}
		})
	}
}

// TestRefusalKey holds the option to change to the one that is set badly.
func TestRefusalKey(t *testing.T) {
	tests := []struct {
		reason string
		config flink.Config
		key    string
	}{
		{"nothing is set", nil, flink.KeyProcessSize},
		{"a bad value under an older name", flink.Config{{Key: flink.KeyProcessSize, Value: "2g"}, {Key: "taskmanager.memory.size", Value: "lots"}}, "taskmanager.memory.size"},
		{"a sum exceeds its total", flink.Config{{Key: flink.KeyFlinkSize, Value: "300m"}, {Key: flink.KeyTaskHeap, Value: "200m"}}, flink.KeyFlinkSize},
		{"the total is an older option's", flink.Config{{Key: flink.KeyHeapMB, Value: "300"}, {Key: flink.KeyTaskHeap, Value: "200m"}}, flink.KeyHeapMB},
		{"the process is too small for its JVM", flink.Config{{Key: flink.KeyProcessSize, Value: "200m"}}, flink.KeyProcessSize},
		{"a sum beyond 2^63-1: its largest part", flink.Config{{Key: flink.KeyProcessSize, Value: "2g"}, {Key: flink.KeyMetaspace, Value: "9223372036854775807"}}, flink.KeyMetaspace},
		{"a least above the default of the most", flink.Config{{Key: flink.KeyProcessSize, Value: "4g"}, {Key: flink.KeyOverheadMin, Value: "2g"}}, flink.KeyOverheadMin},
		{"a fraction out of range", flink.Config{{Key: flink.KeyProcessSize, Value: "4g"}, {Key: flink.KeyManagedFraction, Value: "1"}}, flink.KeyManagedFraction},
		{"no slots", flink.Config{{Key: flink.KeyProcessSize, Value: "4g"}, {Key: flink.KeySlots, Value: "0"}}, flink.KeySlots},
		{"no cores", flink.Config{{Key: flink.KeyProcessSize, Value: "4g"}, {Key: flink.KeyCPUCores, Value: "0"}}, flink.KeyCPUCores},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			_, refusal := Derive(test.config, flink.Version{Major: 1, Minor: 11}, Standalone)
			if refusal == nil || refusal.Key != test.key {
				t.Errorf("got %+v; want key %s", refusal, test.key)
			}
		})
	}
}

// TestHeapMB: 0 is no negative number; it is only too little.
func TestHeapMB(t *testing.T) {
	for value, want := range map[string]bool{"0": false, "-1": true} {
		_, refusal := Derive(flink.Config{{Key: flink.KeyHeapMB, Value: value}}, flink.Version{Major: 1, Minor: 11}, Standalone)
		if refusal == nil || strings.Contains(refusal.Message, "must not be less than 0") != want {
			t.Errorf("%s: %+v", value, refusal)
		}
	}
}

func TestParseFloatRoundsOnce(t *testing.T) {
	// Just above the middle of two floats; a double rounds it to the middle, which then rounds down to even.
	got, refusal := parseFloat(" 1.000000059604644775390626f\t")
	if want := float64(math.Nextafter32(1, 2)); refusal != nil || got != want {
		t.Errorf("got %v, %v; want %v", got, refusal, want)
	}
}
