package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// define is what -D key=value in turn makes.
func define(words ...string) flink.Config {
	file := source.NewFile("-D", []byte("defined on the command line"))
	var c flink.Config
	for i := 0; i+1 < len(words); i += 2 {
		at := source.Place{File: file, Pos: source.At(i)}
		c = append(c, flink.Entry{Key: words[i], Value: words[i+1], Origin: flink.FromCommandLine, Place: at, ValuePlace: at})
	}
	return c
}

var (
	flink110 = flink.Version{Major: 1, Minor: 10}
	flink120 = flink.Version{Major: 1, Minor: 20}
)

// TestMode: strongest first --mode, the document, execution.runtime-mode, Flink's default.
func TestMode(t *testing.T) {
	tests := []struct {
		said, option string // the document's mode and execution.runtime-mode
		options      graph.Options
		want         graph.Mode
		told         []string
		reason       string
	}{
		{"", "", graph.Options{}, graph.Streaming, nil, "Flink's default"},
		{"", "BATCH", graph.Options{}, graph.Batch, nil, "the option"},
		{"", "batch", graph.Options{}, graph.Batch, nil, "in any case"},
		{"", "STREAMING", graph.Options{}, graph.Streaming, nil, "the option says the default"},
		{"streaming", "BATCH", graph.Options{}, graph.Streaming, nil, "the document is stronger"},
		{"streaming", "", graph.Options{Mode: graph.Batch}, graph.Batch, nil, "--mode is strongest"},
		{"batch", "BATCH", graph.Options{Mode: graph.Streaming}, graph.Streaming, nil, "either way"},
		{"", "BATCH", graph.Options{Overrides: define(flink.KeyRuntimeMode, "STREAMING")}, graph.Streaming, nil, "-D over the document's config"},
		{"", "", graph.Options{Overrides: define(flink.KeyRuntimeMode, "BATCH")}, graph.Batch, nil, "-D alone"},
		{"", "AUTOMATIC", graph.Options{}, graph.Streaming, []string{"1:34 warning automatic-mode"}, "the sources decide, which are not seen"},
		{"batch", "AUTOMATIC", graph.Options{}, graph.Batch, nil, "not asked"},
		{"", "BULK", graph.Options{}, graph.Streaming, []string{"1:34 bad-option-value"}, "Flink refuses it"},
		{"batch", "BULK", graph.Options{}, graph.Batch, nil, "not asked either"},
		{"", "BATCH", graph.Options{Version: flink110}, graph.Streaming, []string{"1:10 warning option-without-effect"}, "1.10 does not know the option"},
		{"", "BATCH", graph.Options{Version: flink.Version{Major: 1, Minor: 12}}, graph.Batch, nil, "1.12 does"},
	}
	for _, test := range tests {
		text := "operators: [{id: a}]\n"
		if test.said != "" {
			text = "mode: " + test.said + "\n" + text
		}
		if test.option != "" {
			text = "config: {execution.runtime-mode: " + test.option + "}\n" + text
		}
		jobs, problems := readText(text, test.options)
		if len(jobs) != 1 || jobs[0].Mode != test.want || jobs[0].Settings.Batch != (test.want == graph.Batch) {
			t.Errorf("%s: read as %v", test.reason, jobs)
		}
		if diff := cmp.Diff(test.told, told(problems), anyPlace); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// TestOptions: what the command line and the configuration change in a job that says something else.
func TestOptions(t *testing.T) {
	const text = "flinkVersion: 1.12\nsharing: chain\nconfig: {k: v}\noperators: [{id: a}]"
	base := func() *graph.Job {
		job := plainJob("a")
		job.Version, job.Sharing, job.Config = flink.Version{Major: 1, Minor: 12}, graph.SharingChain, flink.Config{{Key: "k", Value: "v", Origin: flink.FromJob}}
		return job
	}
	set := func(j *graph.Job, words ...string) { j.Config = append(j.Config, define(words...)...) }
	tests := []struct {
		options graph.Options
		change  func(*graph.Job)
		reason  string
	}{
		{graph.Options{}, func(*graph.Job) {}, "nothing said"},
		{graph.Options{Version: flink120}, func(j *graph.Job) { j.Version = flink120 }, "--flink-version"},
		{graph.Options{Sharing: graph.SharingNone}, func(j *graph.Job) { j.Sharing = graph.SharingNone }, "--sharing"},
		{graph.Options{Overrides: define("k", "w")}, func(j *graph.Job) { set(j, "k", "w") }, "-D over config: the last counts"},
		{graph.Options{Overrides: define(flink.KeyName, "n")}, func(j *graph.Job) { j.Name = "n"; set(j, flink.KeyName, "n") }, "a name where the document has none"},
		{graph.Options{Overrides: define(flink.KeyParallelism, "3")},
			func(j *graph.Job) { j.Operators[0].Parallelism = 3; set(j, flink.KeyParallelism, "3") }, "likewise a parallelism"},
		{graph.Options{Overrides: define(flink.KeyMaxParallelism, "7")},
			func(j *graph.Job) { j.Operators[0].MaxParallelism = 7; set(j, flink.KeyMaxParallelism, "7") }, "and a maxParallelism"},
		{graph.Options{PythonOperators: []string{"b", "?", "x*"}}, func(j *graph.Job) {
			j.Operators[0].Python, j.MatchedGlobs = &graph.Python{Mode: graph.Process}, []bool{false, true, false}
		}, "an operator named as Python; which glob did is told"},
	}
	for _, test := range tests {
		want := base()
		test.change(want)
		job, _ := readOne(t, text, test.options)
		if diff := cmp.Diff(withSettings(want), job, anyPlace); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// TestWeakerDefaults: what the document says is stronger than its configuration.
func TestWeakerDefaults(t *testing.T) {
	const config = "config: {pipeline.name: c, parallelism.default: 5, pipeline.max-parallelism: 50}\n"
	type outcome struct {
		Name                        string
		Parallelism, MaxParallelism int32
	}
	for _, test := range []struct {
		text   string
		want   outcome
		reason string
	}{
		{"operators: [{id: a}]", outcome{"c", 5, 50}, "the configuration"},
		{"name: n\nparallelism: 4\nmaxParallelism: 40\noperators: [{id: a}]", outcome{"n", 4, 40}, "the job"},
		{"parallelism: 4\nmaxParallelism: 40\noperators: [{id: a, parallelism: 3, maxParallelism: 30}]", outcome{"c", 3, 30}, "the operator"},
	} {
		job, _ := readOne(t, config+test.text, graph.Options{})
		got := outcome{job.Name, job.Operators[0].Parallelism, job.Operators[0].MaxParallelism}
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", test.reason, got, test.want)
		}
	}
}

// TestPythonMode: an operator's own mode, else python.execution-mode; no threads before 1.15.
func TestPythonMode(t *testing.T) {
	const thread = "config: {python.execution-mode: thread}\n"
	tests := []struct {
		text, python string
		version      flink.Version
		want         graph.PythonMode
		told         []string
		reason       string
	}{
		{"", "true", flink120, graph.Process, nil, "the default"},
		{thread, "true", flink120, graph.Thread, nil, "the option"},
		{thread, "{mode: process}", flink120, graph.Process, nil, "the operator is stronger"},
		{"", "{mode: thread}", flink120, graph.Thread, nil, "either way"},
		{thread, "true", flink.Version{}, graph.Thread, nil, "without a version threads are honoured"},
		{"", "{mode: thread}", flink.Version{Major: 1, Minor: 15}, graph.Thread, nil, "the first version that has them"},
		{"", "{mode: thread}", flink.Version{Major: 1, Minor: 14}, graph.Process, []string{"1:21 warning no-thread-mode"}, "the last that has not"},
		{"", "{mode: thread, worker: w}", flink110, graph.Process, []string{"1:52 warning no-thread-mode"}, "a process, so it may name a worker"},
		{thread, "true", flink110, graph.Process, []string{"1:10 warning option-without-effect"}, "the option means nothing there"},
	}
	for _, test := range tests {
		text := test.text + "operators: [{id: a, python: " + test.python + "}]"
		job, problems := readOne(t, text, graph.Options{Version: test.version})
		if got := job.Operators[0].Python.Mode; got != test.want {
			t.Errorf("%s: %v, want %v", test.reason, got, test.want)
		}
		if diff := cmp.Diff(test.told, told(problems), anyPlace); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// TestConfigErrors: options whose values are refused while reading, at the value.
func TestConfigErrors(t *testing.T) {
	for _, row := range []errorRow{
		{"config: {parallelism.default: 0}\noperators: [{id: a}]", []string{"1:31 bad-option-value"}, "between 1 and 32768; found 0", "below the least"},
		{"config: {parallelism.default: 1.5}\noperators: [{id: a}]", []string{"1:31 bad-option-value"},
			`Could not parse value '1.5' for key 'parallelism.default'.`, "no int, in Flink's words"},
		{"parallelism: 2\nconfig: {parallelism.default: x}\noperators: [{id: a}]", []string{}, "", "not asked, as the job says it"},
		{"config: {pipeline.max-parallelism: 40000}\noperators: [{id: a}]", []string{"1:36 bad-option-value"}, "found 40000", "above the most"},
		{"config: {python.fn-execution.buffer.memory.size: 1q}\noperators: [{id: a}]", []string{"1:50 bad-option-value"}, "unit 'q'", "a size; in streaming too"},
		{"config: {python.fn-execution.buffer.memory: 1mb}\noperators: [{id: a}]", []string{"1:10 warning unknown-option"},
			"did you mean python.fn-execution.buffer.memory.size?", "at the key, as it is the key that is wrong"},
	} {
		row.check(t)
	}
	_, problems := readText("operators: [{id: a}]", graph.Options{Overrides: define(flink.KeyParallelism, "x")})
	if diff := cmp.Diff([]string{"-D:1:1 bad-option-value"}, told(problems)); diff != "" {
		t.Errorf("a bad -D is told at the command line (-want +got):\n%s", diff)
	}
}
