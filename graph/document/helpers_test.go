package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

func readText(text string, o graph.Options) ([]*graph.Job, source.List) {
	return Read(source.NewFile("job.yaml", []byte(text)), o)
}

// readOne reads a text that must be one job without errors.
func readOne(t *testing.T, text string, o graph.Options) (*graph.Job, source.List) {
	t.Helper()
	jobs, problems := readText(text, o)
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatalf("%d jobs, %v of\n%s", len(jobs), told(problems), text)
	}
	return jobs[0], problems
}

// told writes diagnostics as the tables do: "2:5 unknown-key", with the severity unless it is an error.
func told(problems source.List) []string {
	out := []string{}
	for _, d := range problems.Sorted() {
		code := d.Code
		if d.Severity != source.Error {
			code = d.Severity.String() + " " + code
		}
		out = append(out, strings.TrimPrefix(d.Place.String(), "job.yaml:")+" "+code)
	}
	return out
}

// says is what a diagnostic tells people, place and code aside.
func says(d source.Diagnostic) string {
	text := d.Message
	if d.Hint != "" {
		text += " (" + d.Hint + ")"
	}
	for _, r := range d.Related {
		text += fmt.Sprintf(" [%s: %s]", r.Message, r.Place)
	}
	return text
}

func allSaid(problems source.List) string {
	var out []string
	for _, d := range problems.Sorted() {
		out = append(out, says(d))
	}
	return strings.Join(out, "\n")
}

// plainJob is what a job of these operators is read as when the document says no more than their ids.
func plainJob(ids ...string) *graph.Job {
	job := &graph.Job{Name: "unnamed", Mode: graph.Streaming, MatchedGlobs: []bool{}}
	for _, id := range ids {
		job.Operators = append(job.Operators, graph.Operator{ID: id, Name: id, Parallelism: 1, MaxParallelism: -1, ManagedMemory: -1})
	}
	return job
}

// withSettings fills in what the wanted version, mode and configuration mean.
func withSettings(job *graph.Job) *graph.Job {
	job.Settings, _ = flink.ReadSettings(job.Version, job.Mode == graph.Batch, job.API != graph.DataStream, job.Config)
	return job
}

// anyPlace leaves places out of a comparison; tests of their own look at them.
var anyPlace = cmp.Options{
	cmp.Comparer(func(source.Pos, source.Pos) bool { return true }),
	cmp.Comparer(func(source.Place, source.Place) bool { return true }),
	cmpopts.EquateEmpty(),
	cmpopts.IgnoreUnexported(graph.Job{}),
}
