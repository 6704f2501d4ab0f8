package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

// aProfile is the profile of the group default.
const aProfile = "slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 1mb}]\n"

// checkRows hold for every row of Checks a job where it fires and one near it where it does not. want is
// what is told of the job; a row without want is a near one, of which nothing is told.
var checkRows = []struct {
	check, text string
	want        []string
	says        string
	reason      string
}{
	{"self-loop", "operators: [{id: s}, {id: a, inputs: [s, a]}]", []string{"1:42 self-loop"}, `"a" is its own input`, "at the input"},
	{"self-loop", "operators: [{id: a, inputs: [a, a]}]", []string{"1:30 self-loop", "1:33 self-loop"}, "", "each input"},
	{"self-loop", "operators: [{id: s}, {id: a, inputs: [s, s]}]", nil, "", "twice another's"},
	{"self-loop", "operators: [{id: a, name: b}, {id: b, name: a, inputs: [a]}]", nil, "", "a name is no id"},

	{"cycle", "operators: [{id: a, inputs: [b]}, {id: b, inputs: [a]}]", []string{"1:18 cycle"}, "a -> b -> a", "two wait for each other"},
	{"cycle", "operators: [{id: a, inputs: [a, b]}, {id: b, inputs: [a]}]", []string{"1:18 cycle", "1:30 self-loop"}, "a -> b -> a", "a self-loop is told apart"},
	{"cycle", "operators: [{id: s}, {id: a, inputs: [s]}, {id: b, inputs: [s, a]}, {id: c, inputs: [a, b]}]", nil, "", "a diamond"},

	{"parallelism-above-max", "operators: [{id: a, parallelism: 5, maxParallelism: 4}]", []string{"1:18 parallelism-above-max"},
		`parallelism 5 of "a" is higher than its maxParallelism 4 (Flink: Please lower the parallelism or increase the max parallelism.)`, "both its own"},
	{"parallelism-above-max", "parallelism: 3\nmaxParallelism: 2\noperators: [{id: a}, {id: b, parallelism: 2}]", []string{"3:18 parallelism-above-max"}, "", "both the job's"},
	{"parallelism-above-max", "operators: [{id: a, parallelism: 4, maxParallelism: 4}]", nil, "", "equal"},
	{"parallelism-above-max", "operators: [{id: a, parallelism: 32768}]", nil, "", "no maximum set"},

	{"forward-parallelism", "operators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: forward}]}]", []string{"1:55 forward-parallelism"},
		`forward from "a" (parallelism 1) to "b" (parallelism 2); Flink: Forward partitioning does not allow change of parallelism. ` +
			"(You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global.)", "at the input"},
	{"forward-parallelism", "flinkVersion: 1.15\noperators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: forward-consecutive-hash}]}]",
		[]string{"2:55 forward-parallelism"}, `forward-consecutive-hash from "a"`, "forward up to 1.15"},
	{"forward-parallelism", "operators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: forward-consecutive-hash}]}]",
		[]string{"1:55 forward-parallelism"}, "", "and so without a version"},
	{"forward-parallelism", "flinkVersion: 1.16\noperators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: forward-consecutive-hash}]}]",
		nil, "", "hash from 1.16 on"},
	{"forward-parallelism", "parallelism: 2\noperators: [{id: a}, {id: b, parallelism: 2, inputs: [{from: a, shipStrategy: forward}]}]", nil, "", "equal parallelism"},
	{"forward-parallelism", "operators: [{id: a}, {id: b, parallelism: 2, inputs: [a, {from: a, shipStrategy: rescale}]}]", nil, "", "not forward: left out, or another"},

	{"resources-on-python", "mode: batch\noperators: [{id: a, python: true, resources: {taskHeap: 1mb}}]", []string{"2:18 resources-on-python"},
		`resources of the Python operator "a" are computed and cannot be declared (remove resources; python.userMemory adds`, "batch"},
	{"resources-on-python", "operators: [{id: a, python: {mode: thread}, resources: {}}]", []string{"1:18 resources-on-python"}, "", "streaming, thread mode, nothing declared: the same"},
	{"resources-on-python", "mode: batch\noperators: [{id: a, python: false, resources: {taskHeap: 1mb}}, {id: b, python: {userMemory: 1mb}}]", nil, "", "no Python operator"},
	{"resources-on-python", "operators: [{id: a, python: true, managedMemory: 1mb}]", nil, "", "a weight is no spec"},

	{"mixed-resources", "operators: [{id: a}, {id: b, resources: {taskHeap: 1mb}}]", []string{"1:27 mixed-resources"},
		`operator "b" declares resources in a streaming job, where all resources are unknown; known and unknown cannot be mixed in one job`, "streaming by default"},
	{"mixed-resources", "mode: streaming\noperators: [{id: a, resources: {}}]", []string{"2:18 mixed-resources"}, "--mode batch", "declared, if nothing"},
	{"mixed-resources", "mode: batch\noperators: [{id: a}, {id: b, resources: {taskHeap: 1mb}}]", nil, "", "batch"},
	{"mixed-resources", "operators: [{id: a, managedMemory: 1mb}]", nil, "", "a weight is allowed in streaming"},

	{"worker-in-thread", "operators: [{id: a, python: {mode: thread, worker: w}}]", []string{"1:52 worker-in-thread"},
		`"a" names the worker "w" but runs in thread mode, which has no worker`, "at the worker"},
	{"worker-in-thread", "config: {python.execution-mode: thread}\noperators: [{id: a, python: {worker: w}}]", []string{"2:38 worker-in-thread"}, "set mode: process", "thread by option"},
	{"worker-in-thread", "config: {python.execution-mode: thread}\noperators: [{id: a, python: {worker: w, mode: process}}]", nil, "", "a process"},
	{"worker-in-thread", "operators: [{id: a, python: {mode: thread, env: e}}]", nil, "", "names none"},

	{"memory-in-thread", "operators: [{id: a, python: {mode: thread, userMemory: 1mb}}]", []string{"1:21 warning memory-in-thread"}, `userMemory of "a" is not counted`, "at python"},
	{"memory-in-thread", "operators: [{id: a, python: {mode: process, userMemory: 1mb}}]", nil, "", "counted"},
	{"memory-in-thread", "operators: [{id: a, python: {mode: thread, userMemory: 0}}]", nil, "", "none"},

	{"profile-version", "flinkVersion: 1.13\n" + aProfile + "operators: [{id: a}]", []string{"2:28 profile-version"},
		`slot sharing group "default" has a profile, and Flink 1.13 takes none (profiles of slot sharing groups exist from Flink 1.14 on)`, "before FLIP-169"},
	{"profile-version", "flinkVersion: 1.14\n" + aProfile + "operators: [{id: a}]", nil, "", "the first with them"},
	{"profile-version", aProfile + "operators: [{id: a}]", nil, "", "no version is stated"},
	{"profile-version", "flinkVersion: 1.13\nslotSharingGroups: [{name: default}]\noperators: [{id: a}]", nil, "", "nothing but a name is no profile"},

	{"profile-in-batch", "mode: batch\nflinkVersion: 1.20\n" + aProfile + "operators: [{id: a}]", []string{"3:28 profile-in-batch"},
		"you need to configure 'fine-grained.shuffle-mode.all-blocking' to 'true'", "case batch-default"},
	{"profile-in-batch", "mode: batch\nflinkVersion: 1.20\nconfig: {fine-grained.shuffle-mode.all-blocking: false}\n" + aProfile + "operators: [{id: a}]", []string{"3:50 profile-in-batch"},
		"See FLINK-20865", "case batch-blocking-false: at the option"},
	{"profile-in-batch", "mode: batch\nconfig: {execution.batch-shuffle-mode: ALL_EXCHANGES_BLOCKING}\n" + aProfile + "operators: [{id: a}]", []string{"3:28 profile-in-batch"},
		"", "case batch-all-blocking-mode: another option"},
	{"profile-in-batch", "mode: batch\nflinkVersion: 1.20\nconfig: {fine-grained.shuffle-mode.all-blocking: true}\n" + aProfile + "operators: [{id: a}]", nil, "", "case batch-blocking-default"},
	{"profile-in-batch", "mode: batch\nflinkVersion: 2.0\n" + aProfile + "operators: [{id: a}]", nil, "", "from 2.0 on exchanges block without being told to"},
	{"profile-in-batch", "flinkVersion: 1.20\n" + aProfile + "operators: [{id: a}]", nil, "", "streaming"},
	{"profile-in-batch", "mode: batch\nflinkVersion: 1.20\nslotSharingGroups: [{name: default}]\noperators: [{id: a}]", nil, "", "no profile"},

	{"unknown-group", "slotSharingGroups: [{name: heavi}]\noperators: [{id: a, slotSharingGroup: heavy}]", []string{"1:28 unknown-group"},
		`no operator is in the slot sharing group "heavi" (did you mean heavy?)`, "the nearest"},
	{"unknown-group", "slotSharingGroups: [{name: x}]\noperators: [{id: a}]", []string{"1:28 unknown-group"}, "an operator's slotSharingGroup names it", "none is near"},
	{"unknown-group", "slotSharingGroups: [{name: heavy}, {name: default}]\noperators: [{id: a, slotSharingGroup: heavy}]", nil, "", "default is always there"},

	{"weight-conflict", "mode: batch\nflinkVersion: 1.20\noperators: [{id: a, keyed: true, managedMemory: 64mb}]", []string{"3:18 weight-conflict"},
		"Flink: Conflict managed memory consumer weights for 'OPERATOR' were configured: '128' and '64'.", "MiB"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.13\napi: datastream\noperators: [{id: a, keyed: true, managedMemory: 128mb}]", []string{"4:18 weight-conflict"},
		"'1' and '131072'", "KiB in 1.13, whose sorted inputs weigh 1"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.20\nconfig: {execution.sorted-inputs.memory: 64mb}\noperators: [{id: a, keyed: true, managedMemory: 128mb}]",
		[]string{"4:18 weight-conflict"}, "'64' and '128'", "the option sets the other weight"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.20\nconfig: {execution.sorted-inputs.memory: 64mb}\noperators: [{id: a, keyed: true, managedMemory: 64mb}]", nil, "", "the same weight"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.20\noperators: [{id: a, keyed: true}, {id: b, managedMemory: 64mb}]", nil, "", "keyed without a weight, a weight without keys"},
	{"weight-conflict", "flinkVersion: 1.20\noperators: [{id: a, keyed: true, managedMemory: 64mb}]", nil, "", "streaming sorts nothing"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.12\napi: datastream\noperators: [{id: a, keyed: true, managedMemory: 64mb}]", nil, "", "1.12 replaces the weight"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.13\noperators: [{id: a, keyed: true, managedMemory: 64mb}]", nil, "", "1.13 SQL batch sorts no inputs"},
	{"weight-conflict", "mode: batch\nflinkVersion: 1.20\nconfig: {execution.sorted-inputs.enabled: false, execution.batch-state-backend.enabled: false}\n" +
		"operators: [{id: a, keyed: true, managedMemory: 64mb}]", nil, "", "sorting is off"},
}

func TestChecks(t *testing.T) {
	for _, row := range checkRows {
		errorRow{row.text, append([]string{}, row.want...), row.says, row.check + ": " + row.reason}.check(t)
	}
}

func TestEveryCheckHasRows(t *testing.T) {
	fires, near := map[string]bool{}, map[string]bool{}
	for _, row := range checkRows {
		if len(row.want) == 0 {
			near[row.check] = true
			continue
		}
		fires[row.check] = true
		if !slices.ContainsFunc(row.want, func(w string) bool { return strings.HasSuffix(w, " "+row.check) }) {
			t.Errorf("%s: %s: it does not fire", row.check, row.reason)
		}
	}
	for _, check := range graph.Checks {
		if !fires[check.Code] || !near[check.Code] {
			t.Errorf("%s (%s): a row where it fires: %v, a near one: %v", check.Code, check.Doc, fires[check.Code], near[check.Code])
		}
	}
	if len(fires) != len(graph.Checks) || len(near) != len(graph.Checks) {
		t.Errorf("%d checks, rows of %d that fire and %d near ones", len(graph.Checks), len(fires), len(near))
	}
}

// TestCycles: each cycle once, at its first operator in the document, named in the direction of the data.
func TestCycles(t *testing.T) {
	ring := func(n int) string {
		out := "operators:\n"
		for i := range n {
			out += fmt.Sprintf("- {id: o%02d, inputs: [o%02d]}\n", i, (i+n-1)%n)
		}
		return out
	}
	way := func(n int) string {
		out := ""
		for i := range n {
			out += fmt.Sprintf("o%02d -> ", i)
		}
		return out
	}
	long := strings.Repeat("long ", 20)
	for _, test := range []struct {
		text   string
		want   []string
		reason string
	}{
		{"operators:\n- {id: c, inputs: [b]}\n- {id: a, inputs: [c]}\n- {id: b, inputs: [a]}", []string{"2:8 c -> a -> b -> c"}, "with the data, not against it"},
		{"operators:\n- {id: sink, inputs: [b]}\n- {id: b, inputs: [s, a]}\n- {id: s}\n- {id: a, inputs: [b]}\n", []string{"3:8 b -> a -> b"},
			"neither who feeds it nor who waits behind it"},
		{"operators:\n- {id: a, inputs: [b]}\n- {id: b, inputs: [a]}\n- {id: c, inputs: [d, a]}\n- {id: d, inputs: [c]}", []string{"2:8 a -> b -> a", "4:8 c -> d -> c"},
			"two cycles, one behind the other"},
		{"operators:\n- {id: a, inputs: [b, b]}\n- {id: b, inputs: [a, a, b]}", []string{"2:8 a -> b -> a"}, "edges that are there twice, and a self-loop"},
		{ring(20), []string{"2:8 " + way(20) + "o00"}, "as many as are named"},
		{ring(21), []string{"2:8 " + way(20) + "… -> o00"}, "one more"},
		{"operators:\n- {id: '" + long + "', inputs: [b]}\n- {id: b, inputs: ['" + long + "']}", []string{"2:8 " + long[:60] + "… -> b -> " + long[:60] + "…"}, "long ids are cut"},
	} {
		_, problems := readText(test.text, graph.Options{})
		var got []string
		for _, d := range problems {
			if d.Code == "cycle" {
				got = append(got, strings.TrimPrefix(d.Place.String(), "job.yaml:")+strings.TrimPrefix(d.Message, "the operators are on a cycle:"))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

func TestConsumers(t *testing.T) {
	job, _ := readOne(t, "operators: [{id: c, inputs: [a, b, a]}, {id: a}, {id: b, inputs: [a]}]", graph.Options{})
	consumers := graph.Consumers(job.Operators)
	for i, want := range [][]int32{{}, {0, 0, 2}, {0}} {
		if got := consumers.Of(int32(i)); !slices.Equal(got, want) {
			t.Errorf("consumers of %s: %v, want %v (one entry an edge, in the order of the job)", job.Operators[i].ID, got, want)
		}
	}
}
