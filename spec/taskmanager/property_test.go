package taskmanager

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"udfplan/graph/flink"
)

var randomVersions = []flink.Version{{}, {Major: 1, Minor: 10}, {Major: 1, Minor: 11}, {Major: 1, Minor: 12},
	{Major: 1, Minor: 17}, {Major: 1, Minor: 20}, {Major: 2, Minor: 0}, {Major: 2, Minor: 3}, {Major: 9, Minor: 9}}

// TestDeriveProperties derives random configurations, texts of no sense among them: what is derived adds up,
// and more slots never give a slot more.
func TestDeriveProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(49, 141))
	derived := 0
	for range 60_000 {
		config := randomConfig(random)
		v := randomVersions[random.IntN(len(randomVersions))]
		d := Deployment(random.IntN(4))
		tm, refusal := Derive(config, v, d)
		if (tm == nil) == (refusal == nil) {
			t.Fatalf("%v %v %v: %v and %v", config, v, d, tm, refusal)
		}
		if refusal != nil {
			if refusal.Key == "" || refusal.Class == "" || refusal.Message == "" {
				t.Fatalf("%v %v %v: %+v", config, v, d, refusal)
			}
			continue
		}
		derived++
		if d != Local {
			checkTotals(t, config, tm)
		}
		checkMoreSlots(t, config, v, d, tm)
	}
	if derived < 5_000 {
		t.Errorf("only %d configurations were accepted", derived)
	}
}

func checkTotals(t *testing.T, config flink.Config, tm *Memory) {
	t.Helper()
	inner := tm.FrameworkHeap + tm.TaskHeap + tm.FrameworkOffHeap + tm.TaskOffHeap + tm.Network + tm.Managed
	if inner != tm.TotalFlink || inner+tm.JVMMetaspace+tm.JVMOverhead != tm.TotalProcess {
		t.Fatalf("%v: %+v does not add up", config, *tm)
	}
	for name, size := range memoryFields(tm) {
		if size < 0 {
			t.Fatalf("%v: %s is %d", config, name, size)
		}
	}
}

func checkMoreSlots(t *testing.T, config flink.Config, v flink.Version, d Deployment, tm *Memory) {
	t.Helper()
	if tm.Slots < 1 || tm.Slots == math.MaxInt32 {
		return
	}
	more := config.With(flink.Config{{Key: flink.KeySlots, Value: fmt.Sprint(tm.Slots + 1)}})
	next, refusal := Derive(more, v, d)
	if refusal != nil || next.SlotRefusal != nil {
		t.Fatalf("%v: %v, %v with one slot more", config, refusal, next)
	}
	a, b := tm.Slot, next.Slot
	if b.TaskHeap > a.TaskHeap || b.TaskOffHeap > a.TaskOffHeap || b.Managed > a.Managed || b.Network > a.Network {
		t.Fatalf("%v: one slot more gives a slot %+v instead of %+v", config, b, a)
	}
}

// randomConfig sets few options, to values of their kind for the most part.
func randomConfig(random *rand.Rand) flink.Config {
	totals := []string{flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyHeapSize, flink.KeyHeapMB, flink.KeyTaskHeap}
	sizes := []string{flink.KeyFrameworkHeap, flink.KeyFrameworkOffHeap, flink.KeyTaskOffHeap, flink.KeyTaskHeap, flink.KeyManagedSize, flink.KeyNetworkMin, flink.KeyNetworkMax,
		flink.KeyMetaspace, flink.KeyOverheadMin, flink.KeyOverheadMax, flink.KeySegmentSize, "taskmanager.memory.size", "taskmanager.network.memory.min"}
	counts := []string{flink.KeySlots, flink.KeyCPUCores, flink.KeyNetworkBuffers}
	fractions := []string{flink.KeyManagedFraction, flink.KeyNetworkFraction, flink.KeyOverheadFraction}
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	config := flink.Config{{Key: pick(totals...), Value: fmt.Sprint(500+random.IntN(9000)) + pick("m", "mb", " MB", "")}}
	for range random.IntN(5) {
		e := flink.Entry{}
		switch random.IntN(4) {
		case 0, 1:
			e = flink.Entry{Key: pick(sizes...), Value: fmt.Sprint(random.IntN(700)) + pick("m", "m", "kb", "g", "")}
		case 2:
			e = flink.Entry{Key: pick(counts...), Value: fmt.Sprint(random.IntN(40) - 1)}
		default:
			e = flink.Entry{Key: pick(fractions...), Value: fmt.Sprint(random.Float64())}
		}
		if random.IntN(12) == 0 {
			e.Value = randomText(random)
		}
		config = append(config, e)
	}
	return config
}

func randomText(random *rand.Rand) string {
	whole := []string{"", " ", "NaN", "-Infinity", "+Infinity", "9223372036854775807", "9223372036854775808", "0x1p-2f", "-0.0", "1e-45", "1e400", "\u0661\uff14", "\xff"}
	if random.IntN(2) == 0 {
		return whole[random.IntN(len(whole))]
	}
	letters := []rune("0123456789..eE+-xpfdDmMkgtb \t\u00a0\u0130\U0001d7ce")
	text := make([]rune, random.IntN(12))
	for i := range text {
		text[i] = letters[random.IntN(len(letters))]
	}
	return string(text)
}

func FuzzDerive(f *testing.F) {
	f.Add(flink.KeyProcessSize, "1728m", flink.KeySlots, "2", uint8(3))
	f.Fuzz(func(t *testing.T, key1, value1, key2, value2 string, which uint8) {
		config := flink.Config{{Key: key1, Value: value1}, {Key: key2, Value: value2}}
		if slices.ContainsFunc(config, func(e flink.Entry) bool { return e.Key == "" }) {
			return
		}
		tm, refusal := Derive(config, randomVersions[int(which/4)%len(randomVersions)], Deployment(which%4))
		if (tm == nil) == (refusal == nil) {
			t.Fatalf("%v and %v", tm, refusal)
		}
		if tm != nil && which%4 != uint8(Local) {
			checkTotals(t, config, tm)
		}
	})
}
