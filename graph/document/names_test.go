package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

var nameRows = []struct {
	name   string
	want   certainty
	reason string
}{
	{"StreamExecPythonCalc", certain, "1.10 blink"},
	{"BatchExecPythonCalc", certain, "1.10 blink batch"},
	{"StreamExecPythonCorrelate", certain, "1.11"},
	{"BatchExecPythonCorrelate", certain, "1.11 batch"},
	{"StreamExecPythonGroupWindowAggregate", certain, "1.12"},
	{"StreamExecPythonOverAggregate", certain, "1.12"},
	{"BatchExecPythonGroupAggregate", certain, "1.12 batch"},
	{"BatchExecPythonGroupWindowAggregate", certain, "1.12 batch"},
	{"BatchExecPythonOverAggregate", certain, "1.12 batch"},
	{"PythonGroupAggregate(groupBy=[b], select=[b, pyFunc(a, c) AS EXPR$1])", certain, "1.12, the text of the plan"},
	{"PythonCalc(select=[c, pyFunc1(a, b) AS f0])", certain, "1.13 and 1.14, and later without table.exec.simplify-operator-name-enabled"},
	{"PythonCorrelate(invocation=[f($0, g($1))], joinType=[LEFT])", certain, "likewise"},
	{"PythonGroupTableAggregate(select=[f(a)])", certain, "likewise"},
	{"PythonGroupWindowAggregate(window=[x])", certain, "likewise"},
	{"PythonOverAggregate(partitionBy=[b], orderBy=[rowtime ASC])", certain, "likewise"},
	{"PythonAsyncCalc(select=[a])", certain, "2.3"},
	{"PythonCalc[2]", certain, "1.15 on"},
	{"PythonCorrelate[6]", certain, "1.15 on"},
	{"PythonGroupAggregate[25]", certain, "1.15 on"},
	{"PythonGroupTableAggregate[25]", certain, "1.15 on"},
	{"PythonGroupWindowAggregate[3]", certain, "1.15 on"},
	{"PythonOverAggregate[1234]", certain, "1.15 on"},
	{"PythonAsyncCalc[9]", certain, "2.3"},

	{"Source: *anonymous_python-input-format$3*[5]", noPython, "a Java source, seen in a task's name"},
	{"pythonCalc[2]", undecided, "case counts"},
	{"Calc[2]", noPython, "Java"},
	{"Calc(select=[PythonCalc(a)])", noPython, "Python is inside"},
	{"LogicalAggregate(select=[TestPythonAggregateFunction(a)])", noPython, "a logical node"},
	{"MyPythonCalc[2]", noPython, "not at the beginning"},
	{"[3]:PythonCalc(select=[a])", undecided, "a description, or a name of the user's"},
	{"PythonCalc[x]", undecided, "no number"},
	{"PythonCalculator", undecided, "another word"},
	{"PythonTableSource(a)", undecided, "not among the operators, and nothing of SQL in the brackets"},
	{"PythonJoin[4]", noPython, "nor this"},
	{"LegacyExecPythonCalc", undecided, "neither stream nor batch"},
	{"where: (f(a)), select: (b)", undecided, "the old planner's Python calc: nobody can know"},
	{"HashAggregate[6]", noPython, "Java"},
	{"", noPython, "no name"},

	{"_stream_key_by_map_operator", certain, "before a HASH"},
	{"_partition_custom_map_operator", certain, "before a CUSTOM"},
	{"_keyed_stream_values_operator", certain, "behind a keyed stream"},
	{"_timestamp_and_watermark_operator", certain, "1.12 and 1.13"},
	{"PROCESS", certain, "Java says Process"},
	{"KEYED PROCESS", certain, "Java says KeyedProcess"},
	{"FLAT_MAP", certain, "1.12 and 1.13"},
	{"Keyed Co-Process", certain, "Java says Co-Keyed-Process"},
	{"Keyed-Co-Process-Broadcast", certain, "Java says Co-Process-Broadcast-Keyed"},
	{"Extract-Timestamp", certain, "a Python assigner"},
	{"FlatMap", likely, "Java says Flat Map"},

	{"Map", undecided, "Java's name too"},
	{"Filter", undecided, "Java's name too"},
	{"Co-Map", undecided, "Java's name too"},
	{"Co-Flat Map", undecided, "Java's name too"},
	{"Co-Process", undecided, "Java's name too"},
	{"Co-Process-Broadcast", undecided, "Java's name too"},
	{"async wait operator", undecided, "Java's name too"},
	{"Reduce", undecided, "weak evidence"},
	{"Keyed Reduce", undecided, "PyFlink's in 1.12, Java's ever since"},
	{"WINDOW", undecided, "1.13 to 1.15"},
	{"TumblingEventTimeWindows", undecided, "1.16 on: the assigner's class, in Java too"},
	{"TumblingProcessingTimeWindows", undecided, "likewise"},
	{"SlidingEventTimeWindows", undecided, "likewise"},
	{"SlidingProcessingTimeWindows", undecided, "likewise"},
	{"EventTimeSessionWindows", undecided, "likewise"},
	{"ProcessingTimeSessionWindows", undecided, "likewise"},
	{"GlobalWindows", undecided, "likewise"},
	{"CountTumblingWindowAssigner", certain, "an assigner that only PyFlink has"},
	{"CountSlidingWindowAssigner", certain, "likewise"},

	{"Process", noPython, "Java"},
	{"KeyedProcess", noPython, "Java"},
	{"Flat Map", noPython, "Java"},
	{"Co-Keyed-Process", noPython, "Java"},
	{"Co-Process-Broadcast-Keyed", noPython, "Java"},
	{"Timestamps/Watermarks", noPython, "Java, behind Extract-Timestamp"},
	{"Remove-Timestamp", noPython, "Java, behind that"},
	{"Sink: Print to Std. Out", noPython, "Java"},
	{"Source: Collection Source", noPython, "Java"},
	{"o[20]: Writer", noPython, "Java"},
	{"map", undecided, "case counts"},
	{"plus one", undecided, "a name of the user's"},

	{"Map, Filter, Map", likely, "only PyFlink fuses, and joins names with a comma"},
	{"score, Map", likely, "one name of PyFlink's is enough"},
	{"Reduce, pick", likely, "wherever it stands"},
	{"plus one, _stream_key_by_map_operator", certain, "a certain part"},
	{"Map, KEYED PROCESS, x", certain, "the surest part counts"},
	{"Map, FlatMap", likely, "likewise"},
	{"a, b", likely, "only PyFlink fuses; a user may call a Java operator that"},
	{"Score(v2)", undecided, "brackets alone make no SQL operator"},
	{"SourceConversion(table=[s], fields=[a])", noPython, "1.10"},
	{"CsvTableSource(read fields: a, b)", noPython, "1.10"},
	{"Map,Filter", undecided, "fusion puts a blank behind the comma"},
	{"Calc(select=[a, Map, b])", noPython, "commas in brackets are SQL's own"},
	{"Sort[a, Map]", undecided, "in both kinds of brackets: not fused, but perhaps a name of the user's"},
}

func TestPythonByName(t *testing.T) {
	for _, test := range nameRows {
		if got := pythonByName(test.name); got != test.want {
			t.Errorf("%q (%s): %d, want %d", test.name, test.reason, got, test.want)
		}
	}
}

// TestPyflinkNames: each has a row above, and counts fused with others as much as on its own, or is likely.
func TestPyflinkNames(t *testing.T) {
	rows := map[string]certainty{}
	for _, row := range nameRows {
		rows[row.name] = row.want
	}
	for name := range pyflinkNames {
		want, shown := rows[name]
		if !shown {
			t.Errorf("no row for %s", name)
		}
		if got := pythonByName("x, " + name); got != max(want, likely) {
			t.Errorf("%s: fused %d, want %d", name, got, max(want, likely))
		}
	}
}

// planOf is an execution plan of operators with these names and contents, in turn.
func planOf(words ...string) string {
	var nodes []string
	for i := 0; i+1 < len(words); i += 2 {
		nodes = append(nodes, fmt.Sprintf(`{"id": %d, "type": %q, "contents": %q, "pact": "x", "parallelism": 1}`, i/2+1, words[i], words[i+1]))
	}
	return `{"nodes": [` + strings.Join(nodes, ", ") + `]}`
}

func TestRecognisePython(t *testing.T) {
	const members = `[4]:MultipleInput(readOrder=[0,1], members=[\nHashJoin(joinType=[InnerJoin])\n:- `
	long := strings.Repeat("x", 70)
	nine := []string{"Map", "", "Filter", "", "Co-Map", "", "Co-Flat Map", "", "Co-Process", "", "Reduce", "", "WINDOW", "", "GlobalWindows", "", "Keyed Reduce", ""}
	for _, test := range []struct {
		words, globs []string
		python       string // ids, those alone in a worker with a !
		want         string // what is said
		reason       string
	}{
		{[]string{"PythonCalc[2]", "", "Map", "", "FlatMap", "", "Calc[1]", ""}, nil, "1 3",
			"Python operators found by name: certain: PythonCalc[2]; likely: FlatMap\n" +
				"may be Python, planned as Java: Map (name those that are with --python-operator GLOB)", "each degree of certainty"},
		{[]string{"Calc[1]", ""}, nil, "", "Python operators found by name: none", "none"},
		{[]string{"x", ""}, nil, "", "may be Python, planned as Java: x (name those that are with --python-operator GLOB)\nPython operators found by name: none", "a name of the user's"},
		{[]string{"Map", "", "Map", "", "PROCESS", "", "PROCESS", ""}, nil, "3 4",
			"Python operators found by name: certain: PROCESS\nmay be Python, planned as Java: Map (name those that are with --python-operator GLOB)", "a name is said once"},
		{nine, nil, "", "may be Python, planned as Java: Map, Filter, Co-Map, Co-Flat Map, Co-Process, Reduce, WINDOW, GlobalWindows and 1 more (name those that are with --python-operator GLOB)\n" +
			"Python operators found by name: none", "eight names are enough"},
		{[]string{"Map, " + long, ""}, nil, "1", "Python operators found by name: likely: \"Map, " + long[:55] + "…\"", "a long name is cut"},
		{[]string{"Map", "", "Filter", ""}, []string{"M*"}, "1",
			"Python operators found by name: none\nmay be Python, planned as Java: Filter (name those that are with --python-operator GLOB)", "no doubt of what the command line names"},
		{[]string{"Map", "", "Filter", ""}, []string{"2"}, "2",
			"Python operators found by name: none\nmay be Python, planned as Java: Map (name those that are with --python-operator GLOB)", "named by id"},
		{[]string{"Calc[7]", "[7]:PythonCalc(select=[a])"}, nil, "", "Python operators found by name: none", "contents are no name"},

		{[]string{"MultipleInput[4]", members + `PythonCalc(select=[f(a)])\n])`}, nil, "1!",
			`Python functions inside "MultipleInput[4]" run in a worker of their own, outside Flink's managed memory (table.optimizer.multiple-input-enabled: false keeps them apart)`,
			"swallowed; line breaks are the two characters"},
		{[]string{"MultipleInput[4]", `[4]:MultipleInput(readOrder=[0], members=[\nPythonCalc(select=[f(a)])\n])`}, nil, "1!",
			`Python functions inside "MultipleInput[4]" run in a worker of their own, outside Flink's managed memory (table.optimizer.multiple-input-enabled: false keeps them apart)`,
			"the first member, right behind the two characters"},
		{[]string{"MultipleInput[4]", members + "Python\n:- PythonOverAggregate(x)", "PythonCalc[5]", ""}, nil, "1! 2",
			"Python operators found by name: certain: PythonCalc[5]\n" +
				`Python functions inside "MultipleInput[4]" run in a worker of their own, outside Flink's managed memory (table.optimizer.multiple-input-enabled: false keeps them apart)`, "behind a real line break; beside one that is not swallowed"},
		{[]string{"MultipleInput[4]", members + `Calc(select=[PythonicCalc(a)])\n])`}, nil, "", "Python operators found by name: none", "no Python among the members"},
		{[]string{"MultipleInput[4]", "[4]:MultipleInput(PythonCalc(x), members=[])"}, nil, "", "Python operators found by name: none", "before the members"},
		{[]string{"Calc[4]", members + "PythonCalc(x)"}, nil, "", "Python operators found by name: none", "only MultipleInput has members"},
		{[]string{"MultipleInput[4]", members + "Calc(x)"}, []string{"MultipleInput*"}, "1!",
			`Python functions inside "MultipleInput[4]" run in a worker of their own, outside Flink's managed memory (table.optimizer.multiple-input-enabled: false keeps them apart)`, "named on the command line: alone as well"},
	} {
		job, problems := readOne(t, planOf(test.words...), graph.Options{Mode: graph.Streaming, PythonOperators: test.globs})
		var python []string
		for _, op := range job.Operators {
			if op.Python != nil {
				python = append(python, op.ID+map[bool]string{true: "!"}[op.Python.Alone])
			}
		}
		if got := strings.Join(python, " "); got != test.python {
			t.Errorf("%s: Python are %q, want %q", test.reason, got, test.python)
		}
		open := slices.DeleteFunc(problems, func(d source.Diagnostic) bool { return d.Code == "not-in-document" })
		if diff := cmp.Diff(test.want, allSaid(open)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

func TestGlobs(t *testing.T) {
	for _, test := range []struct {
		glob    string
		yes, no []string
		reason  string
	}{
		{"Map", []string{"Map"}, []string{"map", "Map ", "Maps", "xMap", "", "Map\n"}, "the whole name; case counts"},
		{"M*", []string{"M", "Map", "M\nx"}, []string{"m", "aM"}, "any characters, line breaks too"},
		{"*", []string{"", "a", "a/b"}, nil, "everything; a slash is nothing special"},
		{"M?p", []string{"Map", "Mäp", "M\np"}, []string{"Mp", "Maap"}, "one character, not one byte"},
		{"PythonCalc[2]", []string{"PythonCalc[2]"}, []string{"PythonCalc2"}, "brackets are no class"},
		{"a.b", []string{"a.b"}, []string{"axb"}, "a point is a point"},
		{"a|b", []string{"a|b"}, []string{"a", "b"}, "no alternatives"},
		{`a\*`, []string{`a\`, `a\x`}, []string{"a*"}, "a backslash escapes nothing"},
		{"^$(+{", []string{"^$(+{"}, []string{""}, "nothing else means anything"},
		{"", []string{""}, []string{"a"}, "the empty glob"},
		{"\xff", []string{"\uFFFD"}, []string{"a", ""}, "bytes of the command line that are no UTF-8"},
		{"*a*b*", []string{"ab", "xaxbx"}, []string{"ba"}, "several stars"},
	} {
		pattern := graph.GlobPattern(test.glob)
		for _, name := range test.yes {
			if !pattern.MatchString(name) {
				t.Errorf("%q does not match %q (%s)", test.glob, name, test.reason)
			}
		}
		for _, name := range test.no {
			if pattern.MatchString(name) {
				t.Errorf("%q matches %q (%s)", test.glob, name, test.reason)
			}
		}
	}
}
