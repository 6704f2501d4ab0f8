package capacity_test

import (
	"slices"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// assessed is the report of one job on one cluster.
func assessed(t *testing.T, job string, cluster flink.Config) (capacity.Cluster, *capacity.Assessment) {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job", []byte(job)), graph.Options{Base: cluster})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatal(problems)
	}
	on := capacity.Cluster{Config: cluster, Version: jobs[0].Version}
	report, _, refused := on.Assess([]*spec.Spec{specOf(jobs[0])})
	if refused != nil {
		t.Fatal(refused)
	}
	return on, report
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
		on, report := assessed(t, big, config(row.words...))
		var levers []string
		for _, r := range on.Recommend(report, capacity.Bound{}) {
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
		cluster := capacity.Cluster{Version: row.version, Config: config("taskmanager.memory.process.size: 2g", managed+"200mb")}
		s := cluster.Sweep([]capacity.Axis{{Key: flink.KeySlots, Values: []string{"2"}}}, nil)
		var got []string
		for _, c := range s.Cells[0] {
			got = append(got, c.Gets.String())
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}

// TestWhyNot: a lever that cannot do it says why.
func TestWhyNot(t *testing.T) {
	const big = "flinkVersion: '1.20'\noperators: [{id: p, python: {userMemory: 20000gb}}]"
	for _, row := range []struct {
		job       string
		lever     string
		why, slot string
		reason    string
	}{
		{big, flink.KeySlots, "there is only one slot already", "1", "one slot"},
		{big, flink.KeySlots, "not even one slot is enough", "2", "two slots"},
		{big, flink.KeyTaskOffHeap, "the jobs' workers live in managed memory", "1", "a lever of another pool"},
		{big, flink.KeyManagedSize, "not even 960mb is enough, and Flink refuses more", "1", "1280mb without 2 x 128mb of the framework and 64mb network"},
		{big, flink.KeyConsumerWeights, "not even OPERATOR:70,STATE_BACKEND:70,PYTHON:1000000 is enough", "1", "all of the slot is too little"},
		{strings.Replace(big, "1.20", "1.11", 1), flink.KeyConsumerWeights, "the jobs' workers have no share by weights", "1", "no weights in 1.11"},
		{strings.Replace(big, "1.20", "1.11", 1), flink.KeyManagedFraction, "the jobs' workers do not live in managed memory", "1", "task off-heap memory in 1.11"},
	} {
		on, report := assessed(t, row.job, config("taskmanager.memory.flink.size: 1280m", "taskmanager.memory.network.max: 64mb", slots+row.slot))
		for _, r := range on.Recommend(report, capacity.Bound{}) {
			if r.Lever == row.lever && (r.Fits || r.Why != row.why) {
				t.Errorf("%s: %+v", row.reason, r)
			}
		}
	}
}

// TestRecommendedWeights: the weights of the others stay as they are, in the words of the version.
func TestRecommendedWeights(t *testing.T) {
	const job = "flinkVersion: '9.9'\nmode: batch\noperators: [{id: m, managedMemory: 1mb}, {id: p, inputs: [m], python: {userMemory: 100mb}}]"
	for _, row := range []struct{ version, set, want, reason string }{
		{"1.12", "DATAPROC:10,PYTHON:1", "DATAPROC:10,PYTHON:9", "1.12 knows one name for operators and state"},
		{"1.20", "OPERATOR:10,STATE_BACKEND:20,PYTHON:1", "OPERATOR:10,STATE_BACKEND:20,PYTHON:9", "later ones know two"},
	} {
		on, report := assessed(t, strings.Replace(job, "9.9", row.version, 1), config("taskmanager.memory.flink.size: 2g", managed+"380mb", flink.KeyConsumerWeights+": "+row.set))
		r := on.Recommend(report, capacity.Bound{})[1] // behind the one of all levers
		if !r.Fits || r.Lever != flink.KeyConsumerWeights || r.Set[0].Value != row.want {
			t.Errorf("%s: %+v, want %s", row.reason, r, row.want)
		}
	}
}

// TestLeverServes: what a lever sets, and what must go for it to count.
func TestLeverServes(t *testing.T) {
	const python = "flinkVersion: '1.20'\noperators: [{id: p, python: true}]"
	for _, row := range []struct {
		job        string
		config     []string
		lever, set string
		remove     []string
		reason     string
	}{
		{python, []string{managed + "50mb"}, flink.KeyManagedFraction, "0.06", []string{flink.KeyManagedSize}, "a size is stronger than the fraction"},
		{python, []string{"taskmanager.memory.managed.fraction: 0.01"}, flink.KeyManagedSize, "79mb", []string{flink.KeyManagedFraction}, "the fraction would stand beside the size"},
		{python, []string{managed + "50mb"}, flink.KeyManagedSize, "79mb", nil, "the option itself"},
		{multipleInput(""), nil, flink.KeyTaskOffHeap, "79mb", nil, "Python inside a MultipleInput lives in task off-heap memory"},
	} {
		on, report := assessed(t, row.job, config(append(row.config, "taskmanager.memory.flink.size: 1400m")...))
		found := false
		for _, r := range on.Recommend(report, capacity.Bound{}) {
			if r.Lever == row.lever {
				found = r.Fits && r.Set[0].Value == row.set && slices.Equal(r.Remove, row.remove)
				if !found {
					t.Errorf("%s: %+v, want %s without %q", row.reason, r, row.set, row.remove)
				}
			}
		}
		if !found {
			t.Errorf("%s: %s does not serve", row.reason, row.lever)
		}
	}
}

// TestTogetherKeepsShares: who has a share of next to nothing keeps one, as Flink refuses a job with a fraction of 0.
func TestTogetherKeepsShares(t *testing.T) {
	on, report := assessed(t, "flinkVersion: '1.20'\noperators: [{id: k, keyed: true, python: true}]",
		config("taskmanager.memory.process.size: 2g", managed+"1b", slots+"1", "state.backend.type: rocksdb"))
	r := on.Recommend(report, capacity.Bound{})[0]
	if weights, _ := r.Set.Get(flink.KeyConsumerWeights); !r.Fits || strings.Contains(weights.Value, "STATE_BACKEND:0") {
		t.Errorf("%+v", r)
	}
}
