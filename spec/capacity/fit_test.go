package capacity_test

import (
	"fmt"
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

// batchOf110 is a batch job of so many Python operators in one group, of Flink 1.10.
func batchOf110(python int) string {
	job := "flinkVersion: \"1.10\"\nmode: batch\noperators:\n"
	for i := range python {
		job += fmt.Sprintf("- {id: p%d, python: true", i)
		if i > 0 {
			job += fmt.Sprintf(", inputs: [p%d]", i-1)
		}
		job += "}\n"
	}
	return job
}

// TestExactlyEnough: what a slot gives may be all that is needed, and a byte less is too little.
func TestExactlyEnough(t *testing.T) {
	const (
		one    = "flinkVersion: '1.20'\noperators: [{id: p, python: true}]"
		onBook = "config: {python.fn-execution.memory.managed: false}\n"
	)
	for _, row := range []struct {
		job, config string
		fits        bool
		short       flink.MemorySize
		warned      bool
		reason      string
	}{
		{one, managed + "79mb", true, 0, false, "one share of the slot"},
		{one, managed + "82837503b", false, 1, false, "a byte less"},
		{onBook + one, "taskmanager.memory.task.off-heap.size: 79mb", true, 0, false, "outside Flink's books"},
		{onBook + one, "taskmanager.memory.task.off-heap.size: 82837503b", false, 1, false, "a byte less there"},
		{batchOf110(3), managed + "237mb", true, 0, false, "1.10: a third of 237mb is 79mb"},
		{batchOf110(6), managed + "474mb", false, 6, true, "1.10: a sixth, rounded down, is a byte short for each (design.md 3.5)"},
	} {
		fit, problems := assess(t, row.job, "taskmanager.memory.flink.size: 3g", row.config)
		group := &fit.Groups[0]
		if fit.Fits != row.fits || group.Fits != row.fits || group.Needs-group.Gets != row.short {
			t.Errorf("%s: fits %v, needs %s, gets %s", row.reason, fit.Fits, group.Needs, group.Gets)
		}
		if problems.Has("python-unreserved") != row.warned {
			t.Errorf("%s: %v", row.reason, problems)
		}
	}
}

// TestOwnNeeds: of 1.10 each operator needs its buffer and its functions' memory, the one that launches the worker the framework too.
func TestOwnNeeds(t *testing.T) {
	const job = "flinkVersion: \"1.10\"\nmode: batch\nsharing: chain\noperators: [{id: a, python: {userMemory: 5mb}}, {id: b, python: {userMemory: 7mb}, inputs: [a]}]"
	fit, _ := assess(t, job, "taskmanager.memory.flink.size: 3g")
	var needs []string
	for _, o := range fit.Operators {
		needs = append(needs, o.Needs.String())
	}
	if want := []string{"84mb", "22mb"}; !slices.Equal(needs, want) || fit.Groups[0].Needs != 106<<20 {
		t.Errorf("operators need %q, want %q; their group %s", needs, want, fit.Groups[0].Needs)
	}
}

// multipleInput is a batch job of 1.20 with Python inside a MultipleInput, and with an operator beside it.
func multipleInput(beside string) string {
	return "flinkVersion: '1.20'\noperators: [{id: a}, {id: m, name: \"MultipleInput(members=[x])\", inputs: [{from: a, shipStrategy: rebalance}], python: true}" + beside + "]"
}

// TestOutside: Python inside a MultipleInput declares nothing, so its workers run in task off-heap memory, beside the
// share of the others.
func TestOutside(t *testing.T) {
	const beside = ", {id: p, inputs: [{from: a, shipStrategy: rebalance}], python: true}"
	const unmanaged = "config: {python.fn-execution.memory.managed: false}\n"
	for _, row := range []struct {
		job, offHeap         string
		fits                 bool
		outside, needs, gets flink.MemorySize
		reason               string
	}{
		{multipleInput(""), "79mb", true, 79 << 20, 79 << 20, 79 << 20, "nothing else: what there is of off-heap is what it gets"},
		{multipleInput(""), "78mb", false, 79 << 20, 79 << 20, 78 << 20, "too little of it"},
		{multipleInput(beside), "79mb", true, 79 << 20, 79 << 20, 300 << 20, "the other one has the slot's share"},
		{multipleInput(beside), "78mb", false, 79 << 20, 79 << 20, 300 << 20, "too little for one is too little"},
		{unmanaged + multipleInput(beside), "158mb", true, 0, 158 << 20, 158 << 20, "where nothing is managed, one is as the other"},
		{strings.Replace(multipleInput(beside), "MultipleInput(members=[x])", "Join", 1), "0b", true, 0, 94 << 20, 300 << 20, "both have one worker in the share"},
	} {
		fit, _ := assess(t, row.job, "taskmanager.memory.flink.size: 3g", managed+"300mb", "taskmanager.memory.task.off-heap.size: "+row.offHeap)
		group := &fit.Groups[0]
		if fit.Fits != row.fits || group.Outside != row.outside || group.Needs != row.needs || group.Gets != row.gets || fit.Outside != (row.outside > 0) {
			t.Errorf("%s: %+v, outside %v", row.reason, *group, fit.Outside)
		}
	}
}

// TestSharesByGroup: what else is in a slot hangs on the group.
func TestSharesByGroup(t *testing.T) {
	const job = "flinkVersion: '1.20'\nmode: batch\noperators: [{id: p, slotSharingGroup: a, python: true}, {id: m, slotSharingGroup: b, managedMemory: 1mb}, {id: q, slotSharingGroup: b, python: true}, {id: r, slotSharingGroup: c, python: true}]"
	fit, _ := assess(t, job, "taskmanager.memory.flink.size: 3g", managed+"100mb")
	var gets []string
	for _, g := range fit.Groups {
		gets = append(gets, g.Gets.String())
	}
	if want := []string{"100mb", "30mb", "100mb"}; !slices.Equal(gets, want) {
		t.Errorf("groups get %q, want %q", gets, want)
	}
}

// TestWithoutShare: where the weights leave Python nothing each operator has its own worker in task off-heap memory, unless
// the job asks for sharing (pyflink-facts.md 2.1).
func TestWithoutShare(t *testing.T) {
	const job = "flinkVersion: '1.20'\noperators: [{id: p, python: true}, {id: q, inputs: [p], python: true}]"
	for _, row := range []struct {
		job, weights string
		pool         capacity.Pool
		workers      int64
		needs        flink.MemorySize
		reason       string
	}{
		{job, "OPERATOR:70,PYTHON:30", capacity.OfSlot, 1, 94 << 20, "a share"},
		{job, "OPERATOR:70,PYTHON:0", capacity.TaskOffHeap, 2, 158 << 20, "none"},
		{"sharing: slot\n" + job, "OPERATOR:70,PYTHON:0", capacity.TaskOffHeap, 1, 94 << 20, "none, but the job says who shares"},
	} {
		fit, problems := assess(t, row.job, "taskmanager.memory.process.size: 2g", "taskmanager.memory.managed.consumer-weights: "+row.weights)
		unshared := row.pool == capacity.TaskOffHeap
		if group := &fit.Groups[0]; fit.Pool != row.pool || fit.Unshared != unshared || problems.Has("python-without-share") != unshared || group.Workers != row.workers || group.Needs != row.needs {
			t.Errorf("%s: pool %d, unshared %v, %+v", row.reason, fit.Pool, fit.Unshared, *group)
		}
	}
}

// TestEach: what one worker of a group gets, where workers have a share at all.
func TestEach(t *testing.T) {
	for _, row := range []struct {
		job    string
		each   flink.MemorySize
		shared bool
		reason string
	}{
		{"flinkVersion: '1.20'\noperators: [{id: a}]", 0, false, "there is no worker"},
		{"flinkVersion: '1.20'\noperators: [{id: p, python: true}]", 300 << 20, true, "one worker"},
		{"flinkVersion: '1.20'\noperators: [{id: p, python: {env: x}}, {id: q, python: {env: y}}]", 150 << 20, true, "two, of two environments"},
		{"flinkVersion: '1.20'\nconfig: {python.fn-execution.memory.managed: false}\noperators: [{id: p, python: true}]", 0, false, "outside Flink's books"},
		{multipleInput(""), 0, false, "inside a MultipleInput"},
	} {
		fit, _ := assess(t, row.job, "taskmanager.memory.flink.size: 3g", managed+"300mb")
		each, shared := fit.Each(0)
		if each != row.each || shared != row.shared {
			t.Errorf("%s: %s, %v", row.reason, each, shared)
		}
		floor := spec.Measured{Worker: row.each + 1, Of: "a test"}
		if warned := fit.BelowMeasured(floor).Has("below-measured"); warned != row.shared {
			t.Errorf("%s: a byte below what an idle worker takes: warned %v", row.reason, warned)
		}
		floor.Worker--
		if len(fit.BelowMeasured(floor)) > 0 {
			t.Errorf("%s: what an idle worker takes is enough", row.reason)
		}
	}
}

// TestTaskManagers: the slots that run at once, divided by those of a TaskManager, rounded up.
func TestTaskManagers(t *testing.T) {
	for _, row := range []struct {
		parallelism int
		slots       string
		want        int64
		reason      string
	}{
		{4, "4", 1, "exactly full"},
		{5, "4", 2, "one more"},
		{8, "4", 2, "two full ones"},
		{1, "8", 1, "more slots than needed"},
		{3, "1", 3, "one each"},
	} {
		fit, _ := assess(t, pythonJob("1.20", "streaming", "", row.parallelism), "taskmanager.memory.process.size: 2g", slots+row.slots)
		if fit.TaskManagers != row.want || fit.TotalProcess != flink.MemorySize(row.want)<<31 {
			t.Errorf("%s: %d TaskManagers, %s", row.reason, fit.TaskManagers, fit.TotalProcess)
		}
	}
}

// TestClusterOnly: only a job's own configuration is warned of.
func TestClusterOnly(t *testing.T) {
	const job = "config: {taskmanager.numberOfTaskSlots: 2, parallelism.default: 3, my.taskmanager.x: 1}\noperators: [{id: a}]"
	jobs, problems := document.Read(source.NewFile("job", []byte(job)), graph.Options{
		Base:      flink.Config{{Key: flink.KeyProcessSize, Value: "2g"}},
		Overrides: flink.Config{{Key: flink.KeyTaskOffHeap, Value: "1g"}}})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	told := capacity.ClusterOnly(jobs[0])
	if len(told) != 1 || told[0].Code != "cluster-only" || !strings.HasPrefix(told[0].Message, flink.KeySlots+" ") {
		t.Errorf("%v", told)
	}
}

// TestSweep: a row for each value of the first axis, a cell for each of the second.
func TestSweep(t *testing.T) {
	job := []*spec.Spec{planned(t, "flinkVersion: '1.20'\noperators: [{id: p, python: true}]")}
	for _, row := range []struct {
		axes   []capacity.Axis
		jobs   []*spec.Spec
		minor  int
		want   string
		reason string
	}{
		{[]capacity.Axis{{Key: flink.KeySlots, Values: []string{"1", "2", "0"}}}, job, 20, "[[400mb of 79mb true] [200mb of 79mb true] [refused]]", "one axis"},
		{[]capacity.Axis{{Key: flink.KeyManagedSize, Values: []string{"100mb", "400mb"}}, {Key: flink.KeySlots, Values: []string{"1", "2"}}}, job, 20,
			"[[100mb of 79mb true 50mb of 79mb false] [400mb of 79mb true 200mb of 79mb true]]", "two axes: the second over the first"},
		{[]capacity.Axis{{Key: flink.KeyManagedSize, Values: []string{"100mb"}}, {Key: flink.KeySlots, Values: []string{"1", "2"}}}, nil, 20,
			"[[100mb of 0b true 50mb of 0b true]]", "without jobs: what Python gets alone"},
		{[]capacity.Axis{{Key: flink.KeyConsumerWeights, Values: []string{"PYTHON:0"}}, {Key: flink.KeySlots, Values: []string{"1"}}}, nil, 20,
			"[[0b of 0b true]]", "which may be nothing"},
		{[]capacity.Axis{{Key: flink.KeyManagedSize, Values: []string{"100mb"}}, {Key: flink.KeySlots, Values: []string{"1", "2"}}}, nil, 11,
			"[[100mb of 0b true 50mb of 0b true]]", "before 1.12: the slot's managed memory"},
		{[]capacity.Axis{{Key: flink.KeySlots, Values: []string{"0"}}}, nil, 20, "[[refused refused refused refused]]", "one axis without jobs, no slots"},
	} {
		cluster := capacity.Cluster{Version: flink.Version{Major: 1, Minor: row.minor}, Config: config("taskmanager.memory.process.size: 3g", managed+"400mb")}
		var got [][]string
		for _, cells := range cluster.Sweep(row.axes, capacity.Planned(row.jobs)).Cells {
			var texts []string
			for _, c := range cells {
				text := "refused"
				if c.Refused == nil {
					text = fmt.Sprintf("%s of %s %v", c.Gets, c.Needs, c.Fits)
				}
				texts = append(texts, text)
			}
			got = append(got, texts)
		}
		if fmt.Sprint(got) != row.want {
			t.Errorf("%s: %v, want %s", row.reason, got, row.want)
		}
	}
}

// planned is a job that was read and planned.
func planned(t *testing.T, text string) *spec.Spec {
	t.Helper()
	jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatal(problems)
	}
	return specOf(jobs[0])
}

// TestAddedUp: an assessment is of all its jobs together.
func TestAddedUp(t *testing.T) {
	fits, short := planned(t, pythonJob("1.20", "streaming", "", 3)), planned(t, pythonJob("1.20", "streaming", "", 2, 2)+"- {id: big, python: {userMemory: 1gb}}")
	cluster := capacity.Cluster{Version: flink.Version{Major: 1, Minor: 20}, Config: config("taskmanager.memory.process.size: 2g", slots+"1")}
	for _, row := range []struct {
		jobs         []*spec.Spec
		fits         bool
		taskManagers int64
		reason       string
	}{
		{[]*spec.Spec{fits, fits}, true, 6, "twice three"},
		{[]*spec.Spec{fits, short}, false, 5, "one that does not fit, behind one that does"},
		{[]*spec.Spec{short, fits}, false, 5, "and before"},
	} {
		a, _, _ := cluster.Assess(row.jobs)
		if a.Fits != row.fits || a.TaskManagers != row.taskManagers || a.TotalProcess != flink.MemorySize(row.taskManagers)<<31 || len(a.Jobs) != len(row.jobs) {
			t.Errorf("%s: fits %v, %d TaskManagers, %s", row.reason, a.Fits, a.TaskManagers, a.TotalProcess)
		}
	}
}

// TestLessThanFlinkAsks: 1.11 refuses by its own two options, whatever the plan reckons with.
func TestLessThanFlinkAsks(t *testing.T) {
	s, _ := spec.ComputeWith(planned(t, "flinkVersion: '1.11'\noperators: [{id: p, python: true}]").Plan, spec.Needs{From: spec.FromOption, Framework: 1 << 20})
	cluster := capacity.Cluster{Version: s.Plan.Job.Version, Config: config("taskmanager.memory.process.size: 2g", "taskmanager.memory.task.off-heap.size: 70mb")}
	a, problems, _ := cluster.Assess([]*spec.Spec{s})
	if a.Fits || !a.Jobs[0].Groups[0].Fits || !problems.Has("refused-by-flink") {
		t.Errorf("16mb in 70mb fit their slot, but Flink asks for 79mb: %v, %v", a.Fits, problems)
	}
}

// TestRocksDBRefused: 1.11 refuses RocksDB with managed memory where there are Python workers in managed memory too.
func TestRocksDBRefused(t *testing.T) {
	const head = "flinkVersion: '1.11'\nconfig: {state.backend: RocksDB, python.fn-execution.memory.managed: true}\n"
	cluster := capacity.Cluster{Version: flink.Version{Major: 1, Minor: 11}, Config: config("taskmanager.memory.process.size: 2g")}
	for _, row := range []struct {
		job     string
		refused bool
		reason  string
	}{
		{head + "operators: [{id: p, python: true}]", true, "both"},
		{head + "operators: [{id: a}]", false, "no worker"},
		{strings.Replace(head, "true", "false", 1) + "operators: [{id: p, python: true}]", false, "the worker is not in managed memory"},
		{strings.Replace(head, "1.11", "1.12", 1) + "operators: [{id: p, python: true}]", false, "from 1.12 on they share by weights"},
	} {
		a, problems, _ := cluster.Assess([]*spec.Spec{planned(t, row.job)})
		refused := problems.HasErrors() && strings.Contains(problems[0].Message, "both RocksDB state backend and Python worker")
		if refused != row.refused || (len(a.Jobs) == 0) != row.refused {
			t.Errorf("%s: %v", row.reason, problems)
		}
	}
}

// TestMoreThanAll: of 1.10, a sum that wraps around twice makes fractions above 1, and Flink no job graph.
func TestMoreThanAll(t *testing.T) {
	const job = "flinkVersion: '1.10'\nmode: batch\noperators: [{id: m, managedMemory: 2047gb}, {id: n, inputs: [m], managedMemory: 2047gb}, {id: o, inputs: [n], managedMemory: 3gb}]"
	cluster := capacity.Cluster{Version: flink.Version{Major: 1, Minor: 10}, Config: config("taskmanager.memory.process.size: 4g")}
	a, problems, _ := cluster.Assess([]*spec.Spec{planned(t, job)})
	if len(a.Jobs) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Message, "managedMemFraction should be in range [0.0, 1.0], but was: 2047.0") {
		t.Errorf("%+v, %v", a.Jobs, problems)
	}
}

// TestNothingGiven: of 1.10, weights whose sum wraps around give nobody anything.
func TestNothingGiven(t *testing.T) {
	const job = "flinkVersion: '1.10'\nmode: batch\noperators: [{id: m, managedMemory: 1500gb}, {id: n, inputs: [m], managedMemory: 1500gb}, {id: p, inputs: [n], python: true}]"
	fit, _ := assess(t, job, "taskmanager.memory.process.size: 4g")
	if fit.Fits || fit.Groups[0].Gets != 0 {
		t.Errorf("%+v", fit.Groups[0])
	}
}
