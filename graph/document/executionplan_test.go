package document

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// general are notes that most documents of Flink's get; tests of their own look at them.
var general = []string{"not-in-document", "python-by-name", "python-undecided"}

// particular leaves general notes out.
func particular(problems source.List) source.List {
	return slices.DeleteFunc(slices.Clone(problems), func(d source.Diagnostic) bool { return slices.Contains(general, d.Code) })
}

func TestExecutionPlan(t *testing.T) {
	const text = `{"nodes": [
  {"id": 7, "type": "same", "pact": "Operator", "contents": "x", "parallelism": 2,
   "predecessors": [{"id": 9, "ship_strategy": "HASH", "side": "second"}, {"id": "3", "ship_strategy": "HASH[a, b]"}]},
  {"id": 9, "type": "", "pact": "Operator", "contents": "", "parallelism": 32768, "predecessors": []},
  {"id": "3", "type": "Source: s", "pact": "Data Source", "contents": "y", "parallelism": 1}]}`
	want := plainJob("3", "9", "7")
	ops := want.Operators
	ops[0].Name = "Source: s"
	ops[1].Parallelism = 32768
	ops[2].Name, ops[2].Parallelism = "same", 2
	ops[2].Inputs = []graph.Input{{From: 1, Ship: graph.Hash}, {From: 0, Port: 1, Ship: graph.Hash}}
	want.Guesses = []graph.Guess{{Operator: 2, Key: "python", Why: "may be Python: its name does not tell"}, {Operator: -1, Key: "mode", Why: "not in the document: Flink's default"}}
	job, problems := readOne(t, text, graph.Options{})
	if diff := cmp.Diff(withSettings(want), job, anyPlace); diff != "" {
		t.Errorf("operators by id, but behind their inputs, as they entered the graph (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{}, told(particular(problems))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	op := job.Operators[2]
	for _, test := range []struct {
		what, want string
		at         source.Pos
	}{{"operator", "7,", op.Pos}, {"predecessor", `{"id": "3"`, op.Inputs[1].Pos}, {"text id", `"3", "type"`, job.Operators[0].Pos}} {
		if offset, known := test.at.Offset(); !known || !strings.HasPrefix(text[offset:], test.want) {
			t.Errorf("%s: at %d, want %s", test.what, test.at, test.want)
		}
	}
}

func TestPlanShipStrategies(t *testing.T) {
	for _, test := range []struct {
		text   string
		want   graph.ShipStrategy
		reason string
	}{
		{"FORWARD", graph.Forward, "StreamPartitioner.toString"},
		{"REBALANCE", graph.Rebalance, "likewise"},
		{"RESCALE", graph.Rescale, "likewise"},
		{"SHUFFLE", graph.Shuffle, "likewise"},
		{"BROADCAST", graph.Broadcast, "likewise"},
		{"GLOBAL", graph.Global, "likewise"},
		{"HASH", graph.Hash, "likewise"},
		{"CUSTOM", graph.Custom, "likewise"},
		{"HASH[EXPR$0, b]", graph.Hash, "batch SQL prints the keys"},
		{"HASHED", graph.Custom, "a user's own partitioner may print anything"},
		{"forward", graph.Custom, "case counts"},
		{"FORWARD-CONSECUTIVE-HASH", graph.Custom, "the job file's word; Flink prints FORWARD"},
		{"my [partitioner]", graph.Custom, "a user's own"},
	} {
		text := `{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 1}, {"id": 2, "type": "b", "pact": "x", "parallelism": 1,
			"predecessors": [{"id": 1, "ship_strategy": "` + test.text + `"}]}]}`
		job, _ := readOne(t, text, graph.Options{})
		if got := job.Operators[1].Inputs[0].Ship; got != test.want {
			t.Errorf("%s (%s): %v, want %v", test.text, test.reason, got, test.want)
		}
	}
}

// planErrors are what is told of execution plans; a row without errors is a plan that can be read.
var planErrors = []errorRow{
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 1, "new": {"x": [1]},
"predecessors": [{"id": 0, "ship_strategy": "HASH", "new": 1}]}, {"id": 0, "type": "b", "parallelism": 1}], "new": []}`,
		[]string{}, "", "keys that are not known: Flink adds some each release"},
	{`{"nodes": []}`, []string{"1:11 missing-key"}, "the execution plan has no nodes", "no nodes"},
	{`{"nodes": {}}`, []string{"1:11 wrong-type"}, "nodes must be a list; found a mapping", "no list of nodes"},
	{`{"nodes": [{"pact": "x"}]}`, []string{"1:12 missing-key", "1:12 missing-key", "1:12 missing-key"},
		"a node of an execution plan has no id\na node of an execution plan has no parallelism\na node of an execution plan has no type", "each missing key"},
	{"{\"nodes\": [\n{\"id\": 1, \"type\": \"a\", \"pact\": \"x\", \"parallelism\": 1},\n  5, null]}", []string{"3:3 wrong-type", "3:6 wrong-type"},
		"an entry of nodes must be a mapping; found the number 5", "nodes that are none"},
	{`{"nodes": [{"id": [1], "type": 2, "contents": 3, "parallelism": "4", "pact": "x", "predecessors": {}}]}`,
		[]string{"1:19 wrong-type", "1:32 wrong-type", "1:47 wrong-type", "1:65 wrong-type", "1:99 wrong-type"},
		"parallelism must be an integer; found the text \"4\"", "every value of a wrong type"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 0}, {"id": 2, "type": "a", "pact": "x", "parallelism": 32769}]}`,
		[]string{"1:63 out-of-range", "1:118 out-of-range"}, "between 1 and 32768; found 0", "no parallelism of an operator"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": -1}]}`, []string{"1:1 note parallelism-undecided"},
		"planned as parallelism.default, or 1 (say it with --parallelism N)", "left to the cluster"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": -2}]}`, []string{"1:63 out-of-range"}, "found -2", "only -1 says so"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 1, "predecessors": [{"ship_strategy": "HASH"}, {"id": 1}, 4, {"id": null, "ship_strategy": 1}]}]}`,
		[]string{"1:83 missing-key", "1:110 missing-key", "1:110 self-loop", "1:121 wrong-type", "1:131 wrong-type", "1:154 wrong-type"},
		"a predecessor has no id\na predecessor has no ship_strategy", "predecessors without their keys"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 1, "predecessors": [{"id": 2, "ship_strategy": "HASH"}]}]}`,
		[]string{"1:90 unknown-input"}, `input "2" of "1" is no operator of this job`, "an operator that was fused away or cut off"},
	{`{"nodes": [{"id": "", "type": "a", "pact": "x", "parallelism": 1, "predecessors": [{"id": "", "ship_strategy": "HASH"}]}]}`,
		[]string{"1:19 empty-value", "1:91 empty-value"}, "id must not be empty", "ids that are empty"},
	{`{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 1}, {"id": "1", "type": "b", "pact": "x", "parallelism": 1}]}`,
		[]string{"1:74 duplicate-id"}, `id "1" is there twice`, "as number and as text it is the same id"},
	{`{"nodes": [{"step_function": [], "id": 1, "pact": "IterativeDataStream", "contents": "Stream Iteration", "parallelism": 1, "predecessors": []}]}`,
		[]string{"1:12 missing-key", "1:13 unsupported-document"}, "iterations (DataStream.iterate) are not planned", "an iteration"},
	{`{"nodes": [{"id": 1, "type": "sink", "pact": "x", "parallelism": 1}]}`, []string{}, "", "an operator may have the name of a DataSet kind"},
	{`{"nodes": [{"id": 1, "type": "sink", "pact": "x", "parallelism": 1}]} {"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": 0}]}`,
		[]string{"1:133 out-of-range"}, "", "two plans, one after the other"},
}

// otherDocuments are no job graphs, or none that can be read.
var otherDocuments = []errorRow{
	{`{"nodes": [{"id": 1, "type": "source", "pact": "Data Source", "contents": "x", "parallelism": "4"}]}`, []string{"1:1 unsupported-document"},
		"this is the plan of a DataSet program, which udfplan does not read as a job (give it a job file, or what Flink says of the job", "parallelism is text"},
	{`{"nodes": [{"id": 1, "pact": "Map", "type": "x", "parallelism": "1"}, {"id": 2, "type": "bulk_iteration", "pact": "Bulk Iteration", "parallelism": "default"}]}`,
		[]string{"1:1 unsupported-document"}, "the plan of a DataSet program", "any node tells"},
	{`{"nodes": [1]}`, []string{"1:12 wrong-type"}, "an entry of nodes must be a mapping; found the number 1", "a list of something else"},
	{`{"archive": [{"path": "/jobs", "json": ""}]}`, []string{"1:1 missing-key"}, "this archive has no entry with the path /jobs/:jobid", "an archive without the job"},
	{"kind: Limits\noperators: []", []string{"1:1 unsupported-document"}, "a document of kind Limits", "udfplan's own, whatever else is in it"},
	{"kind: Plan", []string{"1:1 unsupported-document"}, "a document of kind Plan", "udfplan's own"},
	{"kind: Deployment", []string{"1:1 unsupported-document"}, "a document of kind Deployment", "somebody else's"},
	{"kind: Deployment\noperators: [{id: a}]", []string{"1:7 unknown-word"}, "kind must be Job", "a job, with a slip"},
	{"kind: 3", []string{"1:1 missing-key", "1:7 unknown-word"}, "the job has no operators", "no kind at all"},
	{"apiVersion: v2\nname: x", []string{"1:1 unsupported-document"}, "a document of apiVersion v2", "a chart, without a kind"},
	{"apiVersion: v2\noperators: [{id: a}]", []string{"1:13 unknown-word"}, "apiVersion must be", "a job, with a slip"},
	{"nbformat: 4\ncells: []", []string{"1:1 unsupported-document"}, "a Jupyter notebook", "a notebook"},
	{"taskmanager.numberOfTaskSlots: 2", []string{"1:1 unsupported-document"}, "a configuration of Flink", "flink-conf.yaml"},
	{"taskmanager: {numberOfTaskSlots: 2}\noperators: [{id: a}]", []string{"1:1 unknown-key"}, "", "with operators it is a job file"},
	{"/* a\nb */\ninsert into s select 1;", []string{"1 unsupported-document"}, "a text of SQL", "a query behind a comment"},
	{"selected: 1", []string{"1:1 missing-key", "1:1 unknown-key"}, "", "no query"},
	{"def main() -> None:\n    run()\n", []string{"1 unsupported-document"}, "a Python program", "a definition is YAML, too"},
	{"async def main():\n    run()\n", []string{"1 unsupported-document"}, "a Python program", "the same, async"},
	{"define: 1", []string{"1:1 missing-key", "1:1 unknown-key"}, "", "no definition"},
	{"[{id: a}]", []string{"1:1 not-a-job"}, "a mapping with the key operators; found a list", "a list"},
	{"JSON plan could not be generated.", []string{"1:1 not-a-job"}, "found the text \"JSON plan could not", "what flink info says of a program without a plan"},
	{"operators: [{id: a}]\n--- text\n", []string{"2:5 not-a-job"}, "", "the second document"},
	{"operators: [{id: a}]\nplan: {}\nvertices: []\njid: x\narchive: 1",
		[]string{"2:1 unknown-key", "3:1 unknown-key", "4:1 unknown-key", "5:1 unknown-key"}, "", "with operators it is a job file"},
}

func TestPlanErrors(t *testing.T) {
	for _, rows := range [][]errorRow{planErrors, otherDocuments} {
		for _, row := range rows {
			row.check(t)
		}
	}
}

// TestPlanOptions: what a plan does not say comes from the command line.
func TestPlanOptions(t *testing.T) {
	const text = `{"nodes": [{"id": 1, "type": "a", "pact": "x", "parallelism": -1}, {"id": 2, "type": "b", "pact": "x", "parallelism": 2}]}`
	type outcome struct {
		Mode        graph.Mode
		Version     flink.Version
		Name        string
		Parallelism []int32
		ModeNote    bool
	}
	for _, test := range []struct {
		options graph.Options
		want    outcome
		reason  string
	}{
		{graph.Options{}, outcome{graph.Streaming, flink.Version{}, "unnamed", []int32{1, 2}, true}, "nothing said"},
		{graph.Options{Mode: graph.Batch, Version: flink110}, outcome{graph.Batch, flink110, "unnamed", []int32{1, 2}, false}, "--mode and --flink-version"},
		{graph.Options{Mode: graph.Streaming}, outcome{graph.Streaming, flink.Version{}, "unnamed", []int32{1, 2}, false}, "the default, said"},
		{graph.Options{Version: flink120, Overrides: define(flink.KeyRuntimeMode, "batch", flink.KeyName, "n", flink.KeyParallelism, "3")},
			outcome{graph.Batch, flink120, "n", []int32{3, 2}, true}, "-D"},
	} {
		job, problems := readOne(t, text, test.options)
		got := outcome{job.Mode, job.Version, job.Name, []int32{job.Operators[0].Parallelism, job.Operators[1].Parallelism}, strings.Contains(allSaid(problems), "batch or streaming")}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// TestCutPlan: plans in saved text, at their places in that text.
func TestCutPlan(t *testing.T) {
	const plan = "{\"nodes\": [\n {\"id\": 1, \"type\": \"a\", \"pact\": \"x\", \"parallelism\": 0}]}"
	for _, test := range []struct {
		text   string
		want   []string
		reason string
	}{
		{"Job has been\n" + infoHeading + "\n" + plan + "\n-----\n\nNo description provided.\n",
			[]string{"4:53 out-of-range"}, "flink info"},
		{"{ä}\r\n" + infoHeading + " \t\r\n  " + strings.ReplaceAll(plan, "\n", "\r\n") + "\r\n--\r\n",
			[]string{"4:53 out-of-range"}, "Windows' line ends, blanks, and more than ASCII before"},
		{infoHeading + "\n" + plan + "\n" + strings.Repeat("-", 62) + "\n\nTakes {a}.\n", []string{"3:53 out-of-range"}, "a description with brackets"},
		{"== Optimized Execution Plan ==\n{}\n" + "== Physical Execution Plan ==" + "\n" + plan,
			[]string{"5:53 out-of-range"}, "EXPLAIN; the section's heading, not another's"},
		{"name: |-\n  " + infoHeading + "\noperators: [{id: 1}]", []string{"3:18 wrong-type"}, "inside a line it is no heading"},
		{infoHeading + " of my job: 1\noperators: [{id: 1}]", []string{"1:1 unknown-key", "2:18 wrong-type"}, "nor is a line that goes on"},
	} {
		_, problems := readText(test.text, graph.Options{})
		if diff := cmp.Diff(test.want, told(particular(problems))); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", test.reason, diff, allSaid(problems))
		}
	}
}
