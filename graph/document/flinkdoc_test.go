package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

const idA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// flinkErrors are what is told of documents after chaining, compiled plans and EXPLAIN; unknown keys never.
var flinkErrors = []errorRow{
	{`{"jid": "x", "name": "j", "type": "STREAMING", "new": 1, "nodes": [{"id": "a", "parallelism": 1, "description": "Calc[1]", "new": [2]}]}`,
		[]string{}, "", "a plan; Flink adds keys each release"},
	{`{"plan": {"name": "j", "nodes": [{"id": "a", "parallelism": 1, "description": "x -> y", "inputs": []}]}}`, []string{}, "a JobGraph plan does not say", "as REST wraps it"},
	{`{"plan": 1}`, []string{"1:10 wrong-type"}, "plan must be a mapping; found the number 1", "a plan that is none"},
	{`{"plan": {"name": "j"}}`, []string{"1:10 missing-key"}, "the plan has no nodes", "no nodes"},
	{`{"plan": {"nodes": [], "name": 3, "type": "STREAM"}}`, []string{"1:32 wrong-type", "1:43 unknown-word"}, "type must be BATCH or STREAMING", "everything at once"},
	{`{"plan": {"nodes": [{}]}}`, []string{"1:21 missing-key", "1:21 missing-key", "1:21 missing-key"}, "a node of a JobGraph plan has no description", "a node of nothing"},
	{`{"plan": {"nodes": [{"id": null, "parallelism": 0, "description": {}, "inputs": 3}]}}`,
		[]string{"1:28 wrong-type", "1:49 out-of-range", "1:67 wrong-type", "1:81 wrong-type"}, "id must not be null", "wrong values"},
	{`{"plan": {"nodes": [{"id": "a", "parallelism": 1, "description": "x", "inputs": [{"num": 0, "id": "b"}, {"num": -1}, 5]}]}}`,
		[]string{"1:99 unknown-input", "1:105 missing-key", "1:113 out-of-range", "1:118 wrong-type"}, `input "b" is no vertex of this plan`, "inputs"},
	{`{"plan": {"nodes": [{"id": "a", "parallelism": 1, "description": "x"}, {"id": "a", "parallelism": 1, "description": "y"}]}}`,
		[]string{"1:79 duplicate-id"}, `id "a" is there twice`, "two vertices of one id"},
	{`{"plan": {"nodes": [{"id": "a", "parallelism": 1, "description": "x", "inputs": [{"id": "b"}]}, {"id": "b", "parallelism": 1, "description": "y", "inputs": [{"id": "a"}]}]}}`,
		[]string{"1:21 cycle"}, "1 -> 2 -> 1", "vertices on a cycle"},
	{`{"plan": {"nodes": [{"id": "a", "parallelism": 1, "description": "s"}, {"id": "b", "parallelism": 1, "description": "t", "inputs": [{"num": 0, "id": "a", "ship_strategy": "FORWARD", "exchange": "pipelined_bounded"}]}]}}`,
		[]string{"1:1 note kept-apart"}, "planned with chaining strategy head", "two chains where the rules see one"},
	{`{"plan": {"nodes": [{"id": "a", "parallelism": 1, "description": "a -&gt; (b, c -&gt; d, e)"}]}}`,
		[]string{"1:1 note ambiguous-names"}, "1 chain split as well as can be", "a fan-out without a tree"},

	{`{"jid": "x", "job-type": "BATCH", "pending-operators": 3, "vertices": [{"id": "a", "name": "Calc[1]", "parallelism": 1}], "plan": {"nodes": []}}`,
		[]string{"1:1 warning unfinished-document"}, "3 operators are missing", "a running job without its stream graph"},
	{`{"errors": ["Job 12 not found"]}`, []string{"1:1 unsupported-document"}, "an error of Flink's REST interface: Job 12 not found", "no job at all"},
	{`{"jobs": []}`, []string{"1:1 unsupported-document"}, "a list of jobs; ask for one", "the overview"},
	{`{"flinkVersion": "1.20", "nodes": [{"id": 1, "type": "stream-exec-calc_1"}]}`, []string{"1:1 missing-key"}, "the compiled plan has no edges", "a compiled plan cut short"},
	{`{"jid": "x", "vertices": []}`, []string{"1:1 missing-key"}, "has no plan, which holds the edges", "an answer without its plan"},
	{`{"jid": "x", "vertices": [{"name": 1, "parallelism": "1"}], "plan": {"nodes": []}}`,
		[]string{"1:27 missing-key", "1:36 wrong-type", "1:54 wrong-type"}, "a vertex has no id", "wrong vertices"},
	{`{"jid": "x", "vertices": [], "plan": {}, "stream-graph": {"nodes": [{"id": "1", "operator": "a", "inputs": [{"id": "9"}]}]}}`,
		[]string{"1:69 missing-key", "1:116 unknown-input"}, "a node of a stream graph has no parallelism", "a stream graph"},
	{`{"nodes": [{"id": "1", "operator": "MultipleInput[4]", "description": "x members=[\\n:- PythonCalc(x)", "parallelism": 1}]}`,
		[]string{"1:19 warning hidden-python"}, "outside Flink's managed memory", "a stream graph alone; Python in a MultipleInput"},
	{`{"stream-graph": {"nodes": 1}}`, []string{"1:28 wrong-type"}, "nodes must be a list", "a stream graph without a list"},

	{`{"flinkVersion": "1.20", "nodes": [], "edges": []}`, []string{"1:1 missing-key"}, "the compiled plan has no nodes", "an empty compiled plan"},
	{`{"flinkVersion": "1.9", "nodes": [{"id": 1, "type": "stream-exec-calc_1"}], "edges": []}`, []string{"1:18 unknown-version"}, "too early", "its version"},
	{`{"flinkVersion": "1.13", "nodes": [{"id": 1, "class": "org.apache"}], "edges": []}`, []string{"1:36 unsupported-document"},
		"the internal plan of Flink 1.13 or 1.14", "the plan of 1.13 and 1.14"},
	{`{"flinkVersion": "", "nodes": [{"type": "calc"}, {"id": 2, "type": "stream-exec-calc_1"}, {"id": 2, "type": 3}], "edges": [{"source": 7, "target": 8}, {"source": 2}]}`,
		[]string{"1:32 missing-key", "1:41 unknown-word", "1:98 duplicate-id", "1:109 unknown-word", "1:135 unknown-input", "1:148 unknown-input", "1:152 missing-key"},
		"must be like stream-exec-calc_1", "everything at once"},
	{`{"flinkVersion": "", "nodes": [{"id": 1, "type": "stream-exec-exchange_1"}, {"id": 2, "type": "stream-exec-calc_1"}], "edges": [{"source": 1, "target": 1}, {"source": 1, "target": 2}]}`,
		[]string{"1:39 cycle"}, "exchanges and unions of this plan are on a cycle", "an exchange of itself"},

	{"== Abstract Syntax Tree ==\nLogicalSink()\n", []string{"1 missing-key"}, "no section == Optimized Execution Plan ==", "EXPLAIN without a plan"},
	{"== Abstract Syntax Tree ==\n\n== Optimized Execution Plan ==\n\n", []string{"1 missing-key"}, "the plan in this EXPLAIN text is empty", "an empty plan"},
	{"== Abstract Syntax Tree ==\n\n== Optimized Execution Plan ==\nSink(x)\n   +- Calc(y)\n", []string{"5:1 bad-tree"}, "neither below the one before", "a line too deep"},
	{"== Abstract Syntax Tree ==\n\n== Optimized Execution Plan ==\nSink(x)\n+- what\n+- Reused(reference_id=[3])\n", []string{"5:4 bad-tree", "6:1 unknown-input"},
		"no sub-plan of this text has the reuse_id 3", "no operator; a reference to nothing"},
}

func TestFlinkErrors(t *testing.T) {
	for _, row := range flinkErrors {
		row.check(t)
	}
}

// TestArchive: the answer inside an archive is read; places count in it.
func TestArchive(t *testing.T) {
	archive := func(answer string) string {
		quoted, _ := json.Marshal(answer)
		return fmt.Sprintf(`{"archive": [{"path": "/jobs/overview", "json": "{}"}, {"path": "/jobs/%s", "json": %s}, {"path": "/jobs/%s/plan", "json": "{"}]}`, idA, quoted, idA)
	}
	for _, row := range []struct {
		answer string
		want   []string
		reason string
	}{
		{`{"jid": "x", "name": "j", "job-type": "BATCH", "vertices": [{"id": "a", "name": "Calc[1]", "parallelism": 2}], "plan": {"nodes": []}}`, []string{}, "a whole answer"},
		{"{\n \"jid\": \"x\", \"vertices\": [{}], \"plan\": {\"nodes\": []}}", []string{"#/jobs/" + idA + ":2:27 missing-key"}, "places in the answer"},
		{"[1]", []string{"#/jobs/" + idA + ":1:1 wrong-type"}, "no mapping"},
		{"{", []string{"#/jobs/" + idA + ":1 yaml-syntax"}, "no JSON"},
	} {
		jobs, problems := readText(archive(row.answer), graph.Options{})
		got := []string{}
		for _, line := range told(particular(problems)) {
			if line = strings.TrimPrefix(line, "job.yaml"); !slices.Contains(got, line) {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", row.reason, diff, allSaid(problems))
		}
		if len(row.want) == 0 && (len(jobs) != 1 || jobs[0].Name != "j" || jobs[0].Mode != graph.Batch || jobs[0].Operators[0].Parallelism != 2) {
			t.Errorf("%s: %+v", row.reason, jobs)
		}
	}
}
