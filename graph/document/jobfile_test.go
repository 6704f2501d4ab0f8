package document

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/schema"
)

// jobFileRows show every key of a job file: what a job of the operators ids says beside them, and what it
// changes in the job. All that is not changed stays as in plainJob.
var jobFileRows = []struct {
	key, ids, text string
	change         func(*graph.Job)
	reason         string
}{
	{"operators", "a b", "operators: [{id: a}, {id: b}]", nil, "the least that a job can say"},
	{"apiVersion", "a", "apiVersion: udfplan/v1\noperators: [{id: a}]", nil, "may be there"},
	{"kind", "a", "kind: Job\noperators: [{id: a}]", nil, "may be there too"},
	{"name", "a", "name: clicks\noperators: [{id: a}]", func(j *graph.Job) { j.Name = "clicks" }, "shown to people"},
	{"name", "a", "name: 'null'\noperators: [{id: a}]", func(j *graph.Job) { j.Name = "null" }, "quoted, so text"},
	{"mode", "a", "mode: batch\noperators: [{id: a}]", func(j *graph.Job) { j.Mode = graph.Batch }, "not the default"},
	{"flinkVersion", "a", "flinkVersion: 1.20.5\noperators: [{id: a}]",
		func(j *graph.Job) { j.Version = flink.Version{Major: 1, Minor: 20} }, "a patch is ignored"},
	{"flinkVersion", "a", "flinkVersion: 1.10\noperators: [{id: a}]",
		func(j *graph.Job) { j.Version = flink.Version{Major: 1, Minor: 10} }, "a number, by its source text: not 1.1"},
	{"parallelism", "a b", "parallelism: 4\noperators: [{id: a}, {id: b, parallelism: 2}]",
		func(j *graph.Job) {
			j.Parallelism, j.Operators[0].Parallelism, j.Operators[1].Parallelism = 4, 4, 2
		}, "for operators that say none"},
	{"maxParallelism", "a b", "maxParallelism: 64\noperators: [{id: a}, {id: b, maxParallelism: 32}]",
		func(j *graph.Job) {
			j.MaxParallelism, j.Operators[0].MaxParallelism, j.Operators[1].MaxParallelism = 64, 64, 32
		}, "for operators that say none"},
	{"sharing", "a", "sharing: none\noperators: [{id: a}]", func(j *graph.Job) { j.Sharing = graph.SharingNone }, "a word, no null"},
	{"api", "a", "api: datastream\noperators: [{id: a}]", func(j *graph.Job) { j.API = graph.DataStream }, "of the whole job"},
	{"consumerOrder", "a", "consumerOrder: from-sinks\noperators: [{id: a}]", func(j *graph.Job) { j.FromSinks = true }, "the SQL planner's"},
	{"consumerOrder", "a", "consumerOrder: as-listed\noperators: [{id: a}]", nil, "the default, said"},
	{"config", "a", "config: {a: 64mb, b: 010, c: True, d: 1e3, e: '', f: 2020-01-01, 'g h': \"\\t\"}\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.Config = flink.Config{{Key: "a", Value: "64mb"}, {Key: "b", Value: "010"}, {Key: "c", Value: "True"},
				{Key: "d", Value: "1e3"}, {Key: "e"}, {Key: "f", Value: "2020-01-01"}, {Key: "g h", Value: "\t"}}.From(flink.FromJob)
		}, "every value by its source text, in order"},
	{"config", "a", "config: {}\noperators: [{id: a}]", nil, "no option"},

	{"slotSharingGroups", "a", "slotSharingGroups: []\noperators: [{id: a}]", nil, "none"},
	{"group.name", "a", "slotSharingGroups: [{name: default}]\noperators: [{id: a}]",
		func(j *graph.Job) { j.SlotSharingGroups = []graph.SlotSharingGroup{{Name: "default"}} }, "with nothing else no profile"},
	{"group.cpuCores", "a", "slotSharingGroups: [{name: default, cpuCores: 0.25, taskHeap: 1}]\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.SlotSharingGroups = profiles(graph.Profile{CPU: flink.Core / 4, TaskHeap: 1})
		}, "a part of a core"},
	{"group.cpuCores", "a", "slotSharingGroups: [{name: default, cpuCores: 1.123456789, taskHeap: 1}]\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.SlotSharingGroups = profiles(graph.Profile{CPU: 112345678, TaskHeap: 1})
		}, "Flink keeps eight decimals"},
	{"group.taskHeap", "a", "slotSharingGroups: [{taskHeap: 128mb, cpuCores: 1, name: default}]\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.SlotSharingGroups = profiles(graph.Profile{CPU: flink.Core, TaskHeap: 128 << 20})
		}, "what is left out is 0"},
	{"group.taskOffHeap", "a", "slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 1, taskOffHeap: 3b}]\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.SlotSharingGroups = profiles(graph.Profile{CPU: flink.Core, TaskHeap: 1, TaskOffHeap: 3})
		}, "a size"},
	{"group.managed", "a", "slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 1, managed: 512mb}]\noperators: [{id: a}]",
		func(j *graph.Job) {
			j.SlotSharingGroups = profiles(graph.Profile{CPU: flink.Core, TaskHeap: 1, Managed: 512 << 20})
		}, "a size"},

	{"operator.id", "1.5 ä", "operators: [{id: '1.5'}, {id: ä}]", nil, "any text"},
	{"operator.name", "a", "operators: [{id: a, name: 'Source: Kafka'}]", func(j *graph.Job) { j.Operators[0].Name = "Source: Kafka" }, "else the id"},
	{"operator.inputs", "a b", "operators: [{id: a, inputs: [b]}, {id: b, inputs: []}]",
		func(j *graph.Job) { j.Operators[0].Inputs = []graph.Input{{From: 1}} }, "a list of ids; operators in any order"},
	{"operator.parallelism", "a", "operators: [{id: a, parallelism: 32768}]", func(j *graph.Job) { j.Operators[0].Parallelism = 32768 }, "the most"},
	{"operator.maxParallelism", "a", "operators: [{id: a, maxParallelism: 1}]", func(j *graph.Job) { j.Operators[0].MaxParallelism = 1 }, "the least"},
	{"operator.slotSharingGroup", "a", "operators: [{id: a, slotSharingGroup: gpu}]",
		func(j *graph.Job) { j.Operators[0].SlotSharingGroup = "gpu" }, "its own, not inherited"},
	{"operator.chainingStrategy", "a", "operators: [{id: a, chainingStrategy: head}]", func(j *graph.Job) { j.Operators[0].Strategy = graph.Head }, "Flink's"},
	{"operator.python", "a", "operators: [{id: a, python: true}]", func(j *graph.Job) { j.Operators[0].Python = &graph.Python{Mode: graph.Process} }, "the short form"},
	{"operator.python", "a", "operators: [{id: a, python: {}}]", func(j *graph.Job) { j.Operators[0].Python = &graph.Python{Mode: graph.Process} }, "a mapping that says nothing"},
	{"operator.python", "a", "operators: [{id: a, python: false}]", nil, "the default, said"},
	{"operator.resources", "a", "operators: [{id: a, resources: {}}]\nmode: batch",
		func(j *graph.Job) { j.Mode, j.Operators[0].Resources = graph.Batch, &graph.Resources{} }, "declared, and nothing"},
	{"operator.managedMemory", "a", "operators: [{id: a, managedMemory: 16mb}]", func(j *graph.Job) { j.Operators[0].ManagedMemory = 16 << 20 }, "in streaming too"},
	{"operator.managedMemory", "a", "operators: [{id: a, managedMemory: 0}]", func(j *graph.Job) { j.Operators[0].ManagedMemory = 0 }, "none is not unset"},
	{"operator.stateBackend", "a", "operators: [{id: a, stateBackend: TRUE}]", func(j *graph.Job) { j.Operators[0].StateBackend = true }, "true in YAML's three spellings"},
	{"operator.keyed", "a", "operators: [{id: a, keyed: true, stateBackend: False}]", func(j *graph.Job) { j.Operators[0].Keyed = true }, "keyed state"},
	{"operator.legacySource", "a", "operators: [{id: a, legacySource: true}]", func(j *graph.Job) { j.Operators[0].LegacySource = true }, "FLIP-27's forerunner"},
	{"operator.async", "a", "operators: [{id: a, async: true}]", func(j *graph.Job) { j.Operators[0].Async = true }, "a yielding operator"},
	{"operator.coLocation", "a", "operators: [{id: a, coLocation: pair}]", func(j *graph.Job) { j.Operators[0].CoLocation = "pair" }, "a key"},
	{"operator.api", "a", "operators: [{id: a, api: sql}]", func(j *graph.Job) { j.Operators[0].API = graph.SQL }, "of one operator"},

	{"input.from", "a b", "operators: [{id: a}, {id: b, inputs: [{from: a}, a]}]",
		func(j *graph.Job) { j.Operators[1].Inputs = []graph.Input{{}, {Port: 1}} }, "the long form; one operator may be an input twice"},
	{"input.port", "a b c", "operators: [{id: a}, {id: b}, {id: c, inputs: [{from: a, port: 1}, {from: b, port: 1}, {from: b, port: 0}]}]",
		func(j *graph.Job) { j.Operators[2].Inputs = []graph.Input{{From: 1}, {Port: 1}, {From: 1, Port: 1}} },
		"in the order of the ports; those of one port, a union, as listed"},
	{"input.port", "a b", "operators: [{id: a}, {id: b, inputs: [{from: a, port: 32767}]}]",
		func(j *graph.Job) { j.Operators[1].Inputs = []graph.Input{{Port: 32767}} }, "the most"},
	{"input.shipStrategy", "a b", "operators: [{id: a}, {id: b, inputs: [{from: a, shipStrategy: hash}]}]",
		func(j *graph.Job) { j.Operators[1].Inputs = []graph.Input{{Ship: graph.Hash}} }, "else Flink's default"},
	{"input.exchange", "a b", "operators: [{id: a}, {id: b, inputs: [{from: a, exchange: blocking}]}]",
		func(j *graph.Job) { j.Operators[1].Inputs = []graph.Input{{Exchange: graph.Blocking}} }, "else by mode"},

	{"python.worker", "a", "operators: [{id: a, python: {worker: scoring}}]",
		func(j *graph.Job) { j.Operators[0].Python = &graph.Python{Worker: "scoring", Mode: graph.Process} }, "shared by name"},
	{"python.env", "a", "operators: [{id: a, python: {env: '3.11'}}]", func(j *graph.Job) { j.Operators[0].Python = &graph.Python{Env: "3.11", Mode: graph.Process} }, "text"},
	{"python.mode", "a", "operators: [{id: a, python: {mode: thread}}]", func(j *graph.Job) { j.Operators[0].Python = &graph.Python{Mode: graph.Thread} }, "without a version threads are honoured"},
	{"python.functions", "a", "operators: [{id: a, python: {functions: [f, g]}}]",
		func(j *graph.Job) {
			j.Operators[0].Python = &graph.Python{Functions: []string{"f", "g"}, Mode: graph.Process}
		}, "for people, in order"},
	{"python.userMemory", "a", "operators: [{id: a, python: {userMemory: 300 MB}}]",
		func(j *graph.Job) { j.Operators[0].Python = &graph.Python{UserMemory: 300 << 20, Mode: graph.Process} }, "a size as Flink reads it"},
	{"resources.taskHeap", "a", "mode: batch\noperators: [{id: a, resources: {taskHeap: 1024}}]",
		func(j *graph.Job) { j.Mode, j.Operators[0].Resources = graph.Batch, &graph.Resources{TaskHeap: 1024} }, "a number is bytes"},
	{"resources.managedOffHeap", "a", "mode: batch\noperators: [{id: a, resources: {managedOffHeap: 1g}}]",
		func(j *graph.Job) {
			j.Mode, j.Operators[0].Resources = graph.Batch, &graph.Resources{ManagedOffHeap: 1 << 30}
		}, "a size"},
}

// profiles are those of a job whose group default has one.
func profiles(p graph.Profile) []graph.SlotSharingGroup {
	return []graph.SlotSharingGroup{{Name: "default", Profile: &p}}
}

func TestJobFileKeys(t *testing.T) {
	for _, test := range jobFileRows {
		want := plainJob(strings.Fields(test.ids)...)
		if test.change != nil {
			test.change(want)
		}
		jobs, problems := readText(test.text, graph.Options{})
		if len(jobs) != 1 || len(problems) > 0 {
			t.Errorf("%s (%s): %d jobs, %s", test.key, test.reason, len(jobs), allSaid(problems))
			continue
		}
		if diff := cmp.Diff(withSettings(want), jobs[0], anyPlace); diff != "" {
			t.Errorf("%s (%s): %s\n(-want +got):\n%s", test.key, test.reason, test.text, diff)
		}
	}
}

func TestEveryKeyHasARow(t *testing.T) {
	shown := map[string]bool{}
	for _, row := range jobFileRows {
		shown[row.key] = true
	}
	for _, of := range []struct {
		prefix string
		keys   schema.Mapping
	}{{"", jobKeys}, {"operator.", operatorKeys}, {"input.", inputKeys}, {"python.", pythonKeys}, {"resources.", resourceKeys}, {"group.", groupKeys}} {
		for _, key := range of.keys.Names() {
			if !shown[of.prefix+key] {
				t.Errorf("no row for %s", of.prefix+key)
			}
			delete(shown, of.prefix+key)
		}
	}
	if len(shown) > 0 {
		t.Errorf("rows for keys that there are not: %v", shown)
	}
}

// TestWords: the words of design.md 4.1, each read as its value and written as itself.
func TestWords(t *testing.T) {
	const operator, input = "operators: [{id: a, %s}]", "operators: [{id: b}, {id: a, inputs: [{from: b, %s}]}]"
	last := func(j *graph.Job) *graph.Operator { return &j.Operators[len(j.Operators)-1] }
	tests := []struct {
		key, words, format string
		values             []fmt.Stringer
		get                func(*graph.Job) fmt.Stringer
	}{
		{"mode", "batch streaming", "%s\noperators: [{id: a}]", []fmt.Stringer{graph.Batch, graph.Streaming}, func(j *graph.Job) fmt.Stringer { return j.Mode }},
		{"sharing", "none chain slot", "%s\noperators: [{id: a}]", []fmt.Stringer{graph.SharingNone, graph.SharingChain, graph.SharingSlot},
			func(j *graph.Job) fmt.Stringer { return j.Sharing }},
		{"api", "sql datastream", "%s\noperators: [{id: a}]", []fmt.Stringer{graph.SQL, graph.DataStream}, func(j *graph.Job) fmt.Stringer { return j.API }},
		{"api", "sql datastream", operator, []fmt.Stringer{graph.SQL, graph.DataStream}, func(j *graph.Job) fmt.Stringer { return last(j).API }},
		{"chainingStrategy", "always head never head-with-sources", operator, []fmt.Stringer{graph.Always, graph.Head, graph.Never, graph.HeadWithSources},
			func(j *graph.Job) fmt.Stringer { return last(j).Strategy }},
		{"shipStrategy", "forward rebalance rescale shuffle hash broadcast global custom forward-consecutive-hash", input,
			[]fmt.Stringer{graph.Forward, graph.Rebalance, graph.Rescale, graph.Shuffle, graph.Hash, graph.Broadcast, graph.Global, graph.Custom, graph.ForwardConsecutiveHash},
			func(j *graph.Job) fmt.Stringer { return last(j).Inputs[0].Ship }},
		{"exchange", "pipelined blocking undefined", input, []fmt.Stringer{graph.Pipelined, graph.Blocking, graph.Undefined},
			func(j *graph.Job) fmt.Stringer { return last(j).Inputs[0].Exchange }},
		{"mode", "process thread", "operators: [{id: a, python: {%s}}]", []fmt.Stringer{graph.Process, graph.Thread},
			func(j *graph.Job) fmt.Stringer { return last(j).Python.Mode }},
	}
	for _, test := range tests {
		for i, word := range strings.Fields(test.words) {
			said := test.key + ": " + word
			job, _ := readOne(t, fmt.Sprintf(test.format, said), graph.Options{})
			if got := test.get(job); got != test.values[i] || got.String() != word {
				t.Errorf("%s: read as %v, want %v", said, got, test.values[i])
			}
		}
		if n := len(strings.Fields(test.words)); n != len(test.values) {
			t.Errorf("%s: %d words, %d values", test.key, n, len(test.values))
		}
	}
}

func TestParseWords(t *testing.T) {
	for _, test := range []struct {
		word    string
		mode    graph.Mode
		sharing graph.Sharing
		reason  string
	}{
		{"batch", graph.Batch, graph.SharingDefault, "a mode"},
		{"streaming", graph.Streaming, graph.SharingDefault, "the other"},
		{"none", graph.ModeUnset, graph.SharingNone, "a scope"},
		{"chain", graph.ModeUnset, graph.SharingChain, "a scope"},
		{"slot", graph.ModeUnset, graph.SharingSlot, "a scope"},
		{"", graph.ModeUnset, graph.SharingDefault, "the word of what is not said is none"},
		{"Batch", graph.ModeUnset, graph.SharingDefault, "case counts"},
	} {
		mode, isMode := graph.ParseMode(test.word)
		sharing, isSharing := graph.ParseSharing(test.word)
		if mode != test.mode || isMode != (mode != graph.ModeUnset) || sharing != test.sharing || isSharing != (sharing != graph.SharingDefault) {
			t.Errorf("%q (%s): %v %v, %v %v", test.word, test.reason, mode, isMode, sharing, isSharing)
		}
	}
}

// TestAllKeys reads the job of all keys of design.md 4.1, whole.
func TestAllKeys(t *testing.T) {
	text, err := os.ReadFile("../../testdata/golden/input-all-keys/job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := plainJob("source", "clean", "score", "sink")
	want.Name, want.Mode, want.Version, want.Sharing = "all-keys", graph.Batch, flink.Version{Major: 1, Minor: 10}, graph.SharingChain
	want.Config = flink.Config{{Key: flink.KeyFrameworkMemory, Value: "64mb"}, {Key: flink.KeyBufferMemory, Value: "15mb"}}.From(flink.FromJob)
	want.Parallelism = 4
	ops := want.Operators
	for i := range ops {
		ops[i].Parallelism = 4
	}
	ops[0].Name = "Source: Kafka"
	ops[1].Inputs, ops[1].Python = []graph.Input{{}}, &graph.Python{Mode: graph.Process}
	ops[2].Inputs = []graph.Input{{From: 1, Ship: graph.Forward, Exchange: graph.Pipelined}}
	ops[2].MaxParallelism, ops[2].SlotSharingGroup, ops[2].Strategy = 128, "default", graph.Always
	ops[2].Python = &graph.Python{Worker: "scoring", Env: "py311", Mode: graph.Process, Functions: []string{"score_v2"}, UserMemory: 300 << 20}
	ops[3].Inputs, ops[3].StateBackend = []graph.Input{{From: 2}}, true
	ops[3].Resources = &graph.Resources{TaskHeap: 8 << 20, ManagedOffHeap: 32 << 20}
	job, _ := readOne(t, string(text), graph.Options{})
	if diff := cmp.Diff(withSettings(want), job, anyPlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPlaces: what a message would point at is where the job says it.
func TestPlaces(t *testing.T) {
	const text = "config: {k: v}\noperators:\n- python: {env: e, worker: w}\n  id: ä1\n- {id: b2, inputs: [{port: 1, from: ä1}, ä1], python: true}\n---\noperators: [{id: c3}]"
	jobs, problems := readText(text, graph.Options{})
	if len(jobs) != 2 || len(problems) > 0 {
		t.Fatalf("%d jobs, %s", len(jobs), allSaid(problems))
	}
	file := jobs[0].Place.File
	first, second := &jobs[0].Operators[0], &jobs[0].Operators[1]
	for _, test := range []struct {
		what, want string
		at         interface{ Offset() (int, bool) }
	}{
		{"job", "config:", jobs[0].Place.Pos},
		{"option", "k: v", jobs[0].Config[0].Place.Pos},
		{"value of an option", "v}", jobs[0].Config[0].ValuePlace.Pos},
		{"operator", "ä1\n", first.Pos},
		{"worker", "w}", first.Python.Pos},
		{"operator in flow style", "b2,", second.Pos},
		{"input that is a mapping", "{port", second.Inputs[0].Pos},
		{"input that is an id", "ä1], python", second.Inputs[1].Pos},
		{"python without a worker", "python: true", second.Python.Pos},
		{"second job", "operators: [{id: c3", jobs[1].Place.Pos},
		{"its operator", "c3", jobs[1].Operators[0].Pos},
	} {
		offset, known := test.at.Offset()
		if !known || !strings.HasPrefix(file.Text[offset:], test.want) {
			t.Errorf("%s: %v %q; want %q", test.what, known, file.Text[max(offset, 0):], test.want)
		}
	}
	if !first.Source() || second.Source() {
		t.Error("the first operator is a source, the second is not")
	}
}
