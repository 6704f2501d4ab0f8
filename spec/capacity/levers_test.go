package capacity_test

import (
	"slices"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// assessed is the report of one job on one cluster.
func assessed(t *testing.T, job string, cluster flink.Config) (capacity.Cluster, *capacity.Assessment) {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job", []byte(job)), graph.Options{Base: cluster})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatal(problems)
	}
	site := capacity.Cluster{Config: cluster, Version: jobs[0].Version}
	report, _, refused := site.Assess([]*spec.Spec{specOf(jobs[0])})
	if refused != nil {
		t.Fatal(refused)
	}
	return site, report
}

// TestLeversOffered: of the two totals the configured one is offered, the other levers whichever it is.
func TestLeversOffered(t *testing.T) {
	const big = "flinkVersion: '1.20'\noperators: [{id: p, python: {userMemory: 900mb}}]"
	for _, row := range []struct {
		words   []string
		yes, no string
		reason  string
	}{
		{[]string{"taskmanager.memory.process.size: 1000m"}, flink.KeyProcessSize, flink.KeyFlinkSize, "process.size is set"},
		{[]string{"taskmanager.memory.flink.size: 1000m"}, flink.KeyFlinkSize, flink.KeyProcessSize, "flink.size is set"},
		{[]string{"taskmanager.memory.flink.size: 700m", "taskmanager.memory.process.size: 1200m"}, flink.KeyProcessSize, flink.KeyFlinkSize, "both: what bounds the process"},
	} {
		site, report := assessed(t, big, config(row.words...))
		var levers []string
		for _, r := range site.Recommend(report) {
			levers = append(levers, r.Lever)
		}
		if !slices.Contains(levers, row.yes) || slices.Contains(levers, row.no) || !slices.Contains(levers, flink.KeyManagedSize) {
			t.Errorf("%s: %q", row.reason, levers)
		}
	}
}

// TestOperatorsListed: everything that declares something of managed memory, wherever it stands among others.
func TestOperatorsListed(t *testing.T) {
	_, report := assessed(t, "flinkVersion: '1.20'\noperators: [{id: a}, {id: p, python: true}, {id: b}, {id: k, keyed: true}, {id: s, stateBackend: true}, {id: m, managedMemory: 1mb}]",
		config("taskmanager.memory.process.size: 2g"))
	var got []int32
	for _, o := range report.Jobs[0].Operators {
		got = append(got, o.Operator)
	}
	if want := []int32{1, 3, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("operators %v, want %v", got, want)
	}
}

// TestSweepShares: without jobs a row has the shares of a slot by what else is in it; before 1.12 a slot is not shared out.
func TestSweepShares(t *testing.T) {
	for _, row := range []struct {
		version flink.Version
		want    []string
		reason  string
	}{
		{flink.Version{Major: 1, Minor: 11}, []string{"100mb"}, "the slot's managed memory is all there is"},
		{flink.Version{Major: 1, Minor: 20}, []string{"100mb", "30mb", "30mb", "18504282b"}, "Python has 30 of 30, 100, 100, 170"},
	} {
		s := capacity.SweepShares(capacity.Axis{Key: flink.KeySlots, Values: []string{"2"}}, func(v string) flink.Config {
			return config("taskmanager.memory.process.size: 2g", managed+"200mb", slots+v)
		}, row.version, taskmanager.Standalone)
		var got []string
		for _, c := range s.Cells[0] {
			got = append(got, c.Gets.String())
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}
