package document

import (
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// TestWindows: which windows are PyFlink's for certain, in a JobGraph plan that has only descriptions (pyflink/datastream/window.py,
// __repr__; Java's toString).
func TestWindows(t *testing.T) {
	const key = "_stream_key_by_map_operator"
	for _, row := range []struct {
		description, feeds, name string
		want                     certainty
		reason                   string
	}{
		{"Window(TumblingEventTimeWindows(10000, 0), EventTimeTrigger, PWF)", "x", "TumblingEventTimeWindows", certain, "size and offset"},
		{"Window(TumblingEventTimeWindows(10000), EventTimeTrigger, PWF)", "x", "TumblingEventTimeWindows", undecided, "Java says the size alone"},
		{"Window(TumblingProcessingTimeWindows(10000, -500), ProcessingTimeTrigger, PWF)", "x", "TumblingProcessingTimeWindows", certain, "an offset below zero"},
		{"Window(SlidingEventTimeWindows(10000, 5000, 0), EventTimeTrigger, PWF)", "x", "SlidingEventTimeWindows", certain, "size, slide and offset"},
		{"Window(SlidingEventTimeWindows(10000, 5000), EventTimeTrigger, PWF)", "x", "SlidingEventTimeWindows", undecided, "Java: size and slide"},
		{"Window(SlidingProcessingTimeWindows(10000, 5000, 0), MyTrigger, ReduceFunction, PassThroughWindowFunction)", "x", "SlidingProcessingTimeWindows", certain, "a trigger of the user's, a reduce"},
		{"Window(CountTumblingWindowAssigner(2), CountTrigger, PWF)", "x", "CountTumblingWindowAssigner", certain, "PyFlink's own assigner"},
		{"Window(CountSlidingWindowAssigner(2, 1), CountTrigger, PWF)", "x", "CountSlidingWindowAssigner", certain, "and the sliding one"},
		{"Window(EventTimeSessionWindows(5000), EventTimeTrigger, PWF)", "x", "EventTimeSessionWindows", undecided, "the same in both languages"},
		{"Window(EventTimeSessionWindows(5000), EventTimeTrigger, PWF)", key, "EventTimeSessionWindows", certain, "fed by what only PyFlink has"},
		{"Window(EventTimeSessionWindows(5000), EventTimeTrigger, PWF)", "Map, Filter, " + key, "EventTimeSessionWindows", certain, "which is fused with what is before"},
		{"Window(ProcessingTimeSessionWindows(5000), ProcessingTimeTrigger, PWF)", key, "ProcessingTimeSessionWindows", certain, "processing time"},
		{"Window(DynamicEventTimeSessionWindows(<__main__.Gap object at 0x7f1>), EventTimeTrigger, PWF)", "x", "DynamicEventTimeSessionWindows", certain, "Python's text of an extractor"},
		{"Window(DynamicEventTimeSessionWindows(), EventTimeTrigger, PWF)", "x", "DynamicEventTimeSessionWindows", undecided, "Java's text"},
		{"Window(GlobalWindows(), CountTrigger, PWF)", "x", "GlobalWindows", undecided, "the same in both"},
		{"Window(GlobalWindows(), CountTrigger, PWF)", key, "GlobalWindows", certain, "fed by PyFlink's"},
		{"AllWindow(GlobalWindows(), CountTrigger, PWF)", "x", "GlobalWindows", certain, "window_all: Java says TriggerWindow"},
		{"Window(<__main__.main.<locals>.Mine object at 0x7f1>, EventTimeTrigger, PWF)", "x", "Mine", certain, "an assigner of the user's own"},
		{"Window(TumblingEventTimeWindows(10000, 0), EventTimeTrigger, PWF), Map, Filter", "x", "TumblingEventTimeWindows, Map, Filter", certain, "fused with what follows"},
		{"WINDOW", "x", "WINDOW", undecided, "1.13 to 1.15 by its name"},
		{"WINDOW", key, "WINDOW", certain, "by what feeds it"},
		{"TriggerWindow(TumblingEventTimeWindows(10000), S, EventTimeTrigger, AllWindowedStream.main(A.java:1))", "x",
			"TriggerWindow(TumblingEventTimeWindows(10000), S, EventTimeTrigger, AllWindowedStream.main(A.java:1))", undecided, "Java's windowAll"},
	} {
		plan := fmt.Sprintf(`{"jid":"1","name":"j","nodes":[{"id":"b","parallelism":2,"operator":"","operator_strategy":"","description":"%s<br/>+- Sink: s<br/>",
			"inputs":[{"num":0,"id":"a","ship_strategy":"HASH","exchange":"pipelined_bounded"}],"optimizer_properties":{}},
			{"id":"a","parallelism":2,"operator":"","operator_strategy":"","description":"Source: s<br/>+- %s<br/>","optimizer_properties":{}}]}`,
			html.EscapeString(row.description), row.feeds)
		job, _ := readOne(t, plan, graph.Options{Version: version(t, "1.20")})
		at := slices.IndexFunc(job.Operators, func(op graph.Operator) bool { return op.Name == row.name })
		if at < 0 {
			t.Errorf("%s: no operator %q in %+v", row.reason, row.name, job.Operators)
			continue
		}
		doubted := slices.ContainsFunc(job.Guesses, func(g graph.Guess) bool { return int(g.Operator) == at && g.Key == "python" })
		if got := job.Operators[at].Python != nil; got != (row.want == certain) || doubted == got {
			t.Errorf("%s: Python %v, doubted %v", row.reason, got, doubted)
		}
	}
}

func version(t *testing.T, text string) flink.Version {
	t.Helper()
	v, problem := flink.ParseVersion(text)
	if problem != nil {
		t.Fatal(problem)
	}
	return v
}

// TestWindowNames: the operators' names of a vertex, where a window's description is not its name.
func TestWindowNames(t *testing.T) {
	const window = "Window(TumblingEventTimeWindows(10000, 0), EventTimeTrigger, PWF)"
	for _, row := range []struct {
		description, name string
		want              []string
		sure              bool
		reason            string
	}{
		{window + "\n+- Sink: s\n", "TumblingEventTimeWindows -> Sink: s", []string{"TumblingEventTimeWindows", "Sink: s"}, true, "by the assigner's class"},
		{window + "\n+- Sink: s\n", "per minute -> now -> Sink: s", []string{"per minute -> now", "Sink: s"}, true, "by the user"},
		{window + "\n+- Sink: s\n", window + " -> Sink: s", []string{window, "Sink: s"}, true, "described as it is named"},
		{window + ", Map\n+- Sink: s\n", "TumblingEventTimeWindows, Map -> Sink: s", []string{"TumblingEventTimeWindows, Map", "Sink: s"}, true, "fused"},
		{window + "\n+- Sink: s\n", "", []string{"TumblingEventTimeWindows", "Sink: s"}, true, "the vertex has no name"},
		{window + "\n+- Sink: s\n", "Sink: t", []string{"TumblingEventTimeWindows", "Sink: s"}, false, "the two do not fit"},
	} {
		names, sure := chainNames(parseChain(row.description), row.name)
		if !slices.Equal(names, row.want) || sure != row.sure {
			t.Errorf("%s: %q, %v; want %q, %v", row.reason, names, sure, row.want, row.sure)
		}
	}
}

// TestRecordedWindow: the operators of a job of windows are the same in every document that Flink gives of it.
func TestRecordedWindow(t *testing.T) {
	const folder = "../../testdata/flink/documents/"
	var meta struct {
		Job         struct{ Python []string }
		StreamGraph []struct{ Name string }
	}
	readJSON(t, folder+"ds_event_window.meta.json", &meta)
	for _, document := range []string{"B", "C"} {
		text, err := os.ReadFile(folder + "ds_event_window." + document + ".json")
		if err != nil {
			t.Fatal(err)
		}
		jobs, problems := Read(source.NewFile(document, text), graph.Options{Version: version(t, "1.20.5")})
		if len(jobs) != 1 || problems.HasErrors() {
			t.Fatal(allSaid(problems))
		}
		var python []string
		for i, op := range jobs[0].Operators {
			if op.Python != nil {
				python = append(python, op.Name)
			}
			if i >= len(meta.StreamGraph) || meta.StreamGraph[i].Name != op.Name {
				t.Errorf("%s: operator %d is named %q", document, i+1, op.Name)
			}
		}
		if !slices.Equal(python, meta.Job.Python) {
			t.Errorf("%s: Python are %q, not %q", document, python, meta.Job.Python)
		}
		if strings.Contains(allSaid(problems), "may be Python") {
			t.Error(allSaid(problems))
		}
	}
}
