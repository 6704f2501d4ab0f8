package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/measure"
)

const measuredFolder = "../../testdata/measured/"

// workload is one recorded run: what its worker peaked at, and what udfplan plans, without and with its Measurement; bytes.
type workload struct {
	version, name              string
	peak, estimate, asMeasured flink.MemorySize
}

func (w *workload) ratio(planned flink.MemorySize) float64 { return float64(planned) / float64(w.peak) }

// workloads are all that .ci/measure has recorded, as PyFlink's own graph of each plans.
func workloads(t *testing.T) (all []workload) {
	t.Helper()
	files, _ := filepath.Glob(measuredFolder + "[0-9]*/*.yaml")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		w := workload{version: filepath.Base(filepath.Dir(file)), name: name, peak: peakOf(t, file)}
		w.estimate = plannedWorker(t, w.version, name, spec.Needs{})
		w.asMeasured = plannedWorker(t, w.version, name, spec.Needs{Largest: withHeadroom(w.peak, 10)})
		all = append(all, w)
	}
	if len(all) < 80 {
		t.Fatalf("%d workloads", len(all))
	}
	return all
}

func peakOf(t *testing.T, file string) flink.MemorySize {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, problems := measure.Read(source.NewFile(file, text))
	if problems != nil || len(all) != 1 || len(all[0].Workers) != 1 {
		t.Fatalf("%s: %v", file, problems)
	}
	return all[0].Peak()
}

// plannedWorker is what the one worker of a workload's job takes, in bytes.
func plannedWorker(t *testing.T, version, name string, needs spec.Needs) flink.MemorySize {
	t.Helper()
	text, err := os.ReadFile(measuredFolder + "jobs/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	flags := jobFlags{}
	if err := flags.FlinkVersion.UnmarshalText([]byte(version)); err != nil {
		t.Fatal(err)
	}
	jobs, problems := document.Read(source.NewFile(name, text), flags.options())
	if problems.HasErrors() || len(jobs) != 1 {
		t.Fatalf("%s: %v", name, problems)
	}
	p, _ := plan.Make(jobs[0], plan.Options{})
	s, _ := spec.ComputeWith(p, needs)
	if len(s.Workers) != 1 {
		t.Fatalf("%s: %d workers", name, len(s.Workers))
	}
	return s.Workers[0].Memory
}

// trivial are the workloads whose functions take next to nothing: for these the estimate itself has to hold.
var trivial = []string{"trivial", "small-rows", "import-numpy", "import-pandas", "pandas-default", "aggregate", "two-operators", "window", "keyed-100000"}

// outside are the others, whose own memory nobody can know beforehand: they are listed in the README. For five operators the buffers
// are far more than was taken.
var outside = []string{"long-strings", "large-bundle", "scikit-learn", "pandas-large", "array-300mb", "five-operators"}

// TestMeasuredWorkloads: with a Measurement a plan is never below what was seen, and at most a quarter above; without one, that holds
// for trivial functions.
func TestMeasuredWorkloads(t *testing.T) {
	for _, w := range workloads(t) {
		within := func(how string, planned flink.MemorySize) {
			if r := w.ratio(planned); r < 1 || r > 1.25 {
				t.Errorf("%s %s, %s: %s for a peak of %s, %.2f times", w.version, w.name, how, planned, w.peak, r)
			}
		}
		within("measured", w.asMeasured)
		if slices.Contains(trivial, w.name) {
			within("estimated", w.estimate)
		} else if !slices.Contains(outside, w.name) {
			t.Errorf("%s is in no list", w.name)
		}
	}
}

// TestMeasuredTable: what the README says of two versions is what was recorded.
func TestMeasuredTable(t *testing.T) {
	versions := []string{"1.20.5", "2.3.0"}
	var rows strings.Builder
	rows.WriteString("| workload | 1.20.5: planned | took | planned by a Measurement | 2.3.0: planned | took | planned by a Measurement |\n| --- | --: | --: | --: | --: | --: | --: |\n")
	all := workloads(t)
	for _, name := range slices.Concat(trivial, outside) {
		rows.WriteString("| " + name)
		for _, version := range versions {
			i := slices.IndexFunc(all, func(w workload) bool { return w.version == version && w.name == name })
			if i < 0 {
				t.Fatalf("%s of %s was not recorded", name, version)
			}
			w := &all[i]
			rows.WriteString(" | " + mebibytes(w.estimate) + " | " + mebibytes(w.peak) + " | " + mebibytes(w.asMeasured))
		}
		rows.WriteString(" |\n")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), rows.String()) {
		t.Errorf("the README has no such table:\n%s", rows.String())
	}
}

func mebibytes(size flink.MemorySize) string {
	return strconv.FormatFloat(float64(size)/(1<<20), 'f', 0, 64)
}
