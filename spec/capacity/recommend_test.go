package capacity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// trialOf assesses one job on a configuration.
func trialOf(s *spec.Spec) func(flink.Config) (bool, *flink.Refusal) {
	return func(c flink.Config) (bool, *flink.Refusal) {
		cluster := capacity.Cluster{Config: c, Version: s.Plan.Job.Version}
		a, _, refused := cluster.Assess([]*spec.Spec{s})
		return refused == nil && len(a.Jobs) == 1 && a.Fits, refused
	}
}

// less is the lever one unit lower: what must not fit any more.
func less(key, value string) (string, bool) {
	switch {
	case strings.HasSuffix(key, "numberOfTaskSlots"):
		n, _ := strconv.Atoi(value)
		return strconv.Itoa(n + 1), true
	case strings.HasSuffix(key, "managed.fraction"):
		f, _ := strconv.ParseFloat(value, 64)
		return strconv.FormatFloat(f-0.01, 'f', 2, 64), f > 0.011
	case strings.HasSuffix(key, "consumer-weights"):
		at := strings.LastIndex(value, ":")
		n, _ := strconv.Atoi(value[at+1:])
		return value[:at+1] + strconv.Itoa(n-1), n > 0
	}
	size, _ := flink.ParseMemorySize(value)
	unit := flink.MemorySize(1)
	if strings.HasSuffix(key, "process.size") || strings.HasSuffix(key, "flink.size") {
		unit = 1 << 20
	}
	return (size - unit).String(), size >= unit
}

// TestRecommendationsFitAndAreMinimal: of random jobs on random clusters that are too small, in versions of every
// kind: each recommendation fits when it is tried, and one unit less does not.
func TestRecommendationsFitAndAreMinimal(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	tried := map[string]int{}
	for range 600 {
		version := []string{"1.10", "1.11", "1.12", "1.17", "1.20", "2.3"}[r.IntN(6)]
		text := fmt.Sprintf("flinkVersion: %q\nmode: %s\nconfig: {python.fn-execution.memory.managed: %v}\noperators:\n- {id: s}\n", version, []string{"batch", "streaming"}[r.IntN(2)], r.IntN(4) > 0)
		if version == "1.10" {
			text = strings.Replace(text, "config: {python", "# {", 1)
		}
		before := "s"
		for i := range 1 + r.IntN(3) {
			text += fmt.Sprintf("- {id: p%d, inputs: [%s], python: {userMemory: %dmb}}\n", i, before, r.IntN(300))
			before = fmt.Sprintf("p%d", i)
		}
		if r.IntN(2) == 0 {
			text += fmt.Sprintf("- {id: sort, inputs: [%s], managedMemory: 128mb}\n", before)
		}
		words := []string{fmt.Sprintf("taskmanager.memory.process.size: %dm", 900+r.IntN(1000)), fmt.Sprintf("taskmanager.numberOfTaskSlots: %d", 1+r.IntN(8))}
		if r.IntN(3) == 0 {
			words = append(words, "taskmanager.memory.managed.size: 50m")
		}
		tryOne(t, text, words, tried)
	}
	for _, lever := range []string{"managed.size", "managed.fraction", "process.size", "numberOfTaskSlots", "consumer-weights", "task.off-heap.size"} {
		if tried[lever] < 5 {
			t.Errorf("%s was recommended %d times", lever, tried[lever])
		}
	}
}

func tryOne(t *testing.T, text string, words []string, tried map[string]int) {
	t.Helper()
	cluster := config(words...)
	jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{Base: cluster})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatal(problems, text)
	}
	planned := []*spec.Spec{specOf(jobs[0])}
	try := trialOf(planned[0])
	c := capacity.Cluster{Config: cluster, Version: jobs[0].Version}
	report, _, refused := c.Assess(planned)
	if refused != nil || len(report.Jobs) == 0 || report.Fits {
		return
	}
	smallest, any := c.Smallest(report)
	for _, rec := range c.Recommend(report, capacity.Bound{}) {
		if rec.Lever == smallest.Lever {
			if diff := cmp.Diff(rec, smallest); diff != "" {
				t.Errorf("the smallest change is another (-of all +first):\n%s", diff)
			}
		}
		if rec.Fits && strings.HasSuffix(rec.Lever, ".size") && !any {
			t.Errorf("%s can do it, but no change was found\n%v\n%s", rec.Lever, words, text)
		}
		if !rec.Fits {
			if rec.Why == "" {
				t.Errorf("%s cannot do it, and nobody says why", rec.Lever)
			}
			continue
		}
		for lever := range map[string]bool{"managed.size": true, "managed.fraction": true, "process.size": true, "numberOfTaskSlots": true, "consumer-weights": true, "task.off-heap.size": true} {
			if strings.HasSuffix(rec.Lever, lever) {
				tried[lever]++
			}
		}
		if rec.Lever == capacity.LeverTogether {
			continue // TestTogether
		}
		value := rec.Set[0].Value
		rest := slices.DeleteFunc(slices.Clone(cluster), func(e flink.Entry) bool { return slices.Contains(rec.Remove, e.Key) })
		if fits, refused := try(rest.With(config(rec.Lever + ": " + value))); !fits {
			t.Errorf("%s: %s does not fit (%v)\n%v\n%s", rec.Lever, value, refused, words, text)
		}
		if lower, can := less(rec.Lever, value); can {
			if fits, _ := try(rest.With(config(rec.Lever + ": " + lower))); fits {
				t.Errorf("%s: %s fits too, less than %s\n%v\n%s", rec.Lever, lower, value, words, text)
			}
		}
	}
}
