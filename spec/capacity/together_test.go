package capacity_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// TestTogether: on 2,000 random clusters on which something does not fit, the one change of all levers holds when everything is planned
// again, nobody gets less, and a brute force that knows nothing of the search finds no TaskManager that is a mebibyte smaller, no
// smaller change of weights, and no byte less of managed memory.
func TestTogether(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(15, 1))
	kinds := map[string]int{}
	for short := 0; short < 2000; {
		c := randomCluster(t, r)
		today, _, refused := c.Assess(c.jobs)
		if refused != nil || len(today.Jobs) < len(c.jobs) || today.Fits {
			continue
		}
		short++
		all := c.Recommend(today, capacity.Bound{})
		rec := all[0]
		checkTotals(t, &c, all[1:])
		if rec.Lever != capacity.LeverTogether {
			t.Fatalf("the first recommendation is %s", rec.Lever)
		}
		b := newBrute(t, &c, today)
		if !rec.Fits {
			kinds["none: "+rec.Why]++
			if b.possible() {
				t.Fatalf("no answer (%s), and there is one\n%s", rec.Why, c.text)
			}
			continue
		}
		kinds[c.Version.String()]++
		checkTogether(t, &c, b, today, &rec)
	}
	t.Log(kinds)
	for _, version := range randomVersions[1:] {
		if kinds[version] < 30 {
			t.Errorf("Flink %s was tried %d times", version, kinds[version])
		}
	}
}

// checkTotals: those that can do it come first, the least memory of all TaskManagers first, and that is what it comes to.
func checkTotals(t *testing.T, c *cluster, single []capacity.Recommendation) {
	t.Helper()
	for i := range single {
		rec := &single[i]
		if i > 0 && (rec.Fits && !single[i-1].Fits || rec.Fits && rec.TotalProcess < single[i-1].TotalProcess) {
			t.Fatalf("%s comes behind %s\n%s", rec.Lever, single[i-1].Lever, c.text)
		}
		if !rec.Fits {
			continue
		}
		then := c.set(rec)
		if after, _, refused := then.Assess(c.jobs); refused != nil || !after.Fits || after.TotalProcess != rec.TotalProcess {
			t.Fatalf("%v does not come to that\n%s", rec, c.text)
		}
	}
}

func checkTogether(t *testing.T, c *cluster, b *brute, today *capacity.Assessment, rec *capacity.Recommendation) {
	t.Helper()
	then := c.set(rec)
	after, _, refused := then.Assess(c.jobs)
	if refused != nil || !after.Fits {
		t.Fatalf("%v does not fit: %v\n%s", rec, refused, c.text)
	}
	if after.TotalProcess != rec.TotalProcess {
		t.Errorf("all TaskManagers come to %s, not %s", after.TotalProcess, rec.TotalProcess)
	}
	nobodyLess(t, today, after)
	weights := b.weightsOf(then.Config)
	if !b.met(weights, after.TaskManager.Slot.Managed) {
		t.Errorf("a use case has less than today: %v\n%s", rec, c.text)
	}
	key, size := then.total()
	if key == "" {
		size = after.TaskManager.TotalProcess
	}
	b.slots = after.TaskManager.Slots
	if found := b.weightsFor(key, size-1<<20); found != nil {
		t.Fatalf("%v: %s of %s less 1mb would do, with weights %v\n%s", rec, key, size, found, c.text)
	}
	if b.change(weights) > 0 { // a smaller change?
		slot := b.largest(key, size) / flink.MemorySize(after.TaskManager.Slots)
		b.each(func(w [3]int64) bool {
			if b.change(w) < b.change(weights) && b.met(w, slot) {
				t.Errorf("%v: the change to %v is smaller\n%s", rec, w, c.text)
				return false
			}
			return true
		})
	}
	if managed := after.TaskManager.Managed - 1; b.keeps(key, size, managed) == nil {
		b.each(func(w [3]int64) bool {
			if b.change(w) == b.change(weights) && b.met(w, managed/flink.MemorySize(after.TaskManager.Slots)) {
				t.Errorf("%v: managed memory of %s less a byte would do, with weights %v\n%s", rec, after.TaskManager.Managed, w, c.text)
				return false
			}
			return true
		})
	}
	if t.Failed() {
		t.FailNow()
	}
}

// nobodyLess: every component and every operator has at least its bytes of before.
func nobodyLess(t *testing.T, before, after *capacity.Assessment) {
	t.Helper()
	was, is := before.TaskManager, after.TaskManager
	for _, pair := range [][2]flink.MemorySize{{was.FrameworkHeap, is.FrameworkHeap}, {was.TaskHeap, is.TaskHeap}, {was.FrameworkOffHeap, is.FrameworkOffHeap},
		{was.TaskOffHeap, is.TaskOffHeap}, {was.Network, is.Network}, {was.JVMMetaspace, is.JVMMetaspace}, {was.JVMOverhead, is.JVMOverhead}} {
		if pair[1] < pair[0] {
			t.Errorf("a component had %s and has %s", pair[0], pair[1])
		}
	}
	of := func(slot flink.MemorySize, fraction float64) flink.MemorySize {
		return flink.MemorySize(float64(slot) * fraction)
	}
	for j, f := range before.Jobs {
		for k := range f.Operators {
			a, b := &f.Operators[k].Fractions, &after.Jobs[j].Operators[k].Fractions
			for _, pair := range [][2]float64{{a.OfOperator, b.OfOperator}, {a.OfState, b.OfState}, {a.Whole, b.Whole}} {
				if of(is.Slot.Managed, pair[1]) < of(was.Slot.Managed, pair[0]) {
					t.Errorf("an operator had %s and has %s", of(was.Slot.Managed, pair[0]), of(is.Slot.Managed, pair[1]))
				}
			}
		}
	}
}

// TestTogetherTotalIsLeast: within a bound the total memory of all TaskManagers is the least over all numbers of slots.
func TestTogetherTotalIsLeast(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(15, 2))
	answers, fewer := 0, 0
	for range 150 {
		c := randomCluster(t, r)
		today, _, refused := c.Assess(c.jobs)
		if refused != nil || len(today.Jobs) < len(c.jobs) || today.Fits {
			continue
		}
		bound := capacity.Bound{Process: today.TaskManager.TotalProcess + flink.MemorySize(r.IntN(2000)-100)<<20}
		rec := c.Recommend(today, bound)[0]
		least, found := flink.MemorySize(0), false
		b := newBrute(t, &c, today)
		for slots := int64(1); slots <= today.TaskManager.Slots; slots++ {
			if all, possible := b.least(slots, bound.Process); possible && (!found || all < least) {
				least, found = all, true
			}
		}
		exact := rec.TotalProcess == least
		if key, _ := c.total(); key == "" { // the sizes of the tasks say all of it: in bytes, of which we know the mebibytes
			exact = rec.TotalProcess <= least && least-rec.TotalProcess < 100<<20
		}
		if found != rec.Fits || rec.Fits && !exact {
			t.Fatalf("%+v with at most %s; the least is %s (%v)\n%s", rec, bound.Process, least, found, c.text)
		}
		if rec.Fits {
			answers++
			if rec.Set[0].Key == flink.KeySlots {
				fewer++
			}
		}
	}
	if answers < 30 || fewer < 8 {
		t.Errorf("%d answers, %d of them with fewer slots", answers, fewer)
	}
}

// quotients are the frequent ones.
var quotients [101][301]float64

func init() {
	for w := range int64(101) {
		for sum := range int64(301) {
			quotients[w][sum] = exactQuotient(w, sum)
		}
	}
}

func quotient(w, sum int64) float64 {
	if w < 101 && sum < 301 {
		return quotients[w][sum]
	}
	return exactQuotient(w, sum)
}

// exactQuotient is w/sum as Flink keeps it: cut off behind 16 decimals, as a double.
func exactQuotient(w, sum int64) float64 {
	if sum <= 0 {
		return 0
	}
	const digits = 10_000_000_000_000_000
	q, _ := strconv.ParseFloat(strconv.FormatInt(w/sum*digits+mulDiv(w%sum, digits, sum), 10)+"e-16", 64)
	return q
}

// mulDiv is a*b/c digit by digit, for small a and c.
func mulDiv(a, b, c int64) (out int64) {
	for ; b > 1; b /= 10 {
		a *= 10
		out = out*10 + a/c
		a %= c
	}
	return out
}

// BenchmarkAdvice: all changes for a thousand jobs on one cluster, of each kind of slot.
func BenchmarkAdvice(b *testing.B) {
	r := rand.New(rand.NewPCG(15, 3))
	for _, row := range []struct {
		name               string
		rocksDB, operators bool
	}{{"state", true, false}, {"operators", false, true}, {"both", true, true}} {
		b.Run(row.name, func(b *testing.B) {
			words := []string{"taskmanager.memory.process.size: 4g", "taskmanager.numberOfTaskSlots: 4", "state.backend: rocksdb"}
			if !row.rocksDB {
				words = words[:2]
			}
			c := capacity.Cluster{Config: config(words...)}
			var jobs []*spec.Spec
			for range 1000 {
				read, _ := document.Read(source.NewFile("job", []byte(randomJob(r, "1.20", row.rocksDB, row.operators))), graph.Options{Base: c.Config})
				c.Version = read[0].Version
				jobs = append(jobs, specOf(read[0]))
			}
			for b.Loop() {
				today, _, _ := c.Assess(jobs)
				if rec := c.Recommend(today, capacity.Bound{}); !rec[0].Fits {
					b.Fatal(rec)
				}
			}
		})
	}
}
