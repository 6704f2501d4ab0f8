package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
		options      Options
		want         Mode
		told         []string
		reason       string
	}{
		{"", "", Options{}, Streaming, nil, "Flink's default"},
		{"", "BATCH", Options{}, Batch, nil, "the option"},
		{"", "batch", Options{}, Batch, nil, "in any case"},
		{"", "STREAMING", Options{}, Streaming, nil, "the option says the default"},
		{"streaming", "BATCH", Options{}, Streaming, nil, "the document is stronger"},
		{"streaming", "", Options{Mode: Batch}, Batch, nil, "--mode is strongest"},
		{"batch", "BATCH", Options{Mode: Streaming}, Streaming, nil, "either way"},
		{"", "BATCH", Options{Overrides: define(flink.KeyRuntimeMode, "STREAMING")}, Streaming, nil, "-D over the document's config"},
		{"", "", Options{Overrides: define(flink.KeyRuntimeMode, "BATCH")}, Batch, nil, "-D alone"},
		{"", "AUTOMATIC", Options{}, Streaming, []string{"1:34 warning automatic-mode"}, "the sources decide, which are not seen"},
		{"batch", "AUTOMATIC", Options{}, Batch, nil, "not asked"},
		{"", "BULK", Options{}, Streaming, []string{"1:34 bad-option-value"}, "Flink refuses it"},
		{"batch", "BULK", Options{}, Batch, nil, "not asked either"},
		{"", "BATCH", Options{Version: flink110}, Streaming, []string{"1:10 warning option-without-effect"}, "1.10 does not know the option"},
		{"", "BATCH", Options{Version: flink.Version{Major: 1, Minor: 12}}, Batch, nil, "1.12 does"},
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
		if len(jobs) != 1 || jobs[0].Mode != test.want || jobs[0].Settings.Batch != (test.want == Batch) {
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
	base := func() *Job {
		job := plainJob("a")
		job.Version, job.Sharing, job.Config = flink.Version{Major: 1, Minor: 12}, SharingChain, flink.Config{{Key: "k", Value: "v", Origin: flink.FromJob}}
		return job
	}
	set := func(j *Job, words ...string) { j.Config = append(j.Config, define(words...)...) }
	tests := []struct {
		options Options
		change  func(*Job)
		reason  string
	}{
		{Options{}, func(*Job) {}, "nothing said"},
		{Options{Version: flink120}, func(j *Job) { j.Version = flink120 }, "--flink-version"},
		{Options{Sharing: SharingNone}, func(j *Job) { j.Sharing = SharingNone }, "--sharing"},
		{Options{Overrides: define("k", "w")}, func(j *Job) { set(j, "k", "w") }, "-D over config: the last counts"},
		{Options{Overrides: define(flink.KeyName, "n")}, func(j *Job) { j.Name = "n"; set(j, flink.KeyName, "n") }, "a name where the document has none"},
		{Options{Overrides: define(flink.KeyParallelism, "3")},
			func(j *Job) { j.Operators[0].Parallelism = 3; set(j, flink.KeyParallelism, "3") }, "likewise a parallelism"},
		{Options{Overrides: define(flink.KeyMaxParallelism, "7")},
			func(j *Job) { j.Operators[0].MaxParallelism = 7; set(j, flink.KeyMaxParallelism, "7") }, "and a maxParallelism"},
		{Options{PythonOperators: []string{"b", "?", "x*"}}, func(j *Job) {
			j.Operators[0].Python, j.MatchedGlobs = &Python{Mode: Process}, []bool{false, true, false}
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
		job, _ := readOne(t, config+test.text, Options{})
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
		want         PythonMode
		told         []string
		reason       string
	}{
		{"", "true", flink120, Process, nil, "the default"},
		{thread, "true", flink120, Thread, nil, "the option"},
		{thread, "{mode: process}", flink120, Process, nil, "the operator is stronger"},
		{"", "{mode: thread}", flink120, Thread, nil, "either way"},
		{thread, "true", flink.Version{}, Thread, nil, "without a version threads are honoured"},
		{"", "{mode: thread}", flink.Version{Major: 1, Minor: 15}, Thread, nil, "the first version that has them"},
		{"", "{mode: thread}", flink.Version{Major: 1, Minor: 14}, Process, []string{"1:21 warning no-thread-mode"}, "the last that has not"},
		{"", "{mode: thread, worker: w}", flink110, Process, []string{"1:52 warning no-thread-mode"}, "a process, so it may name a worker"},
		{thread, "true", flink110, Process, []string{"1:10 warning option-without-effect"}, "the option means nothing there"},
	}
	for _, test := range tests {
		text := test.text + "operators: [{id: a, python: " + test.python + "}]"
		job, problems := readOne(t, text, Options{Version: test.version})
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
	_, problems := readText("operators: [{id: a}]", Options{Overrides: define(flink.KeyParallelism, "x")})
	if diff := cmp.Diff([]string{"-D:1:1 bad-option-value"}, told(problems)); diff != "" {
		t.Errorf("a bad -D is told at the command line (-want +got):\n%s", diff)
	}
}
