package plan_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
)

// recordedJob is what a real Flink made of a PyFlink program whose documents were recorded.
type recordedJob struct {
	FlinkVersion string
	Job          struct{ Mode string }
	Expected     struct {
		PythonOperators []recordedPython
		Chains          []struct {
			Operators []string
			Group     int `json:"slotSharingGroupIndex"`
		}
	}
}

// recordedPython is a name, or an object with one.
type recordedPython struct{ Name string }

func (p *recordedPython) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &p.Name)
	}
	var object struct{ Name string }
	err := json.Unmarshal(text, &object)
	p.Name = object.Name
	return err
}

const documentsFolder = "../testdata/flink/formats/"

// documents calls f for every recorded document.
func documents(t *testing.T, f func(t *testing.T, name, kind string, text []byte, job *recordedJob)) {
	metas, _ := filepath.Glob(documentsFolder + "*/*.meta.json")
	if len(metas) < 60 {
		t.Fatalf("%d recorded jobs", len(metas))
	}
	for _, meta := range metas {
		var job recordedJob
		text, err := os.ReadFile(meta)
		if err == nil {
			err = json.Unmarshal(text, &job)
		}
		if err != nil {
			t.Fatal(meta, err)
		}
		stem := strings.TrimSuffix(meta, "meta.json")
		files, _ := filepath.Glob(stem + "[A-F]*")
		if len(files) == 0 {
			t.Errorf("no documents of %s", stem)
		}
		for _, file := range files {
			kind := strings.TrimPrefix(file, stem)
			t.Run(strings.TrimPrefix(file, documentsFolder), func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				f(t, filepath.Base(strings.TrimSuffix(stem, ".")), kind, text, &job)
			})
		}
	}
}

// execID is the number of an SQL operator, which another translation of the program gives anew.
var (
	execID      = regexp.MustCompile(`\[\d+\]`)
	description = regexp.MustCompile(`^\[\]:(\w+)\(.*`)
)

// plainName forgets it, and what a description has in place of a name.
func plainName(name string) string {
	name = execID.ReplaceAllString(name, "[]")
	name = description.ReplaceAllString(name, "$1[]")
	return strings.Replace(name, "LocalHashAggregate[]", "HashAggregate[]", 1)
}

// unfinished are answers that REST gave while an adaptive batch job was running: what was not made then is
// not in them. (Of the same job, C has the stream graph, which is whole.)
var unfinished = set("2.3.0/ds_batch_mode.B_rest.json", "2.3.0/tbl_batch_agg.B_rest.json", "2.3.0/tbl_batch_join.B_rest.json")

func isUnfinished(t *testing.T) bool {
	_, document, _ := strings.Cut(t.Name(), "/")
	return unfinished[document]
}

// saysUnfinished wants udfplan to tell what such an answer lacks.
func saysUnfinished(t *testing.T, problems source.List) {
	t.Helper()
	if problems.Has("unfinished-document") {
		return
	}
	t.Errorf("nothing says that operators may be missing: %v", problems)
}

func readDocument(t *testing.T, text []byte, job *recordedJob, globs ...string) (*graph.Job, source.List) {
	t.Helper()
	version, err := flink.ParseVersion(job.FlinkVersion)
	if err != nil {
		t.Fatal(err)
	}
	mode, _ := graph.ParseMode(job.Job.Mode)
	jobs, problems := document.Read(source.NewFile("document", text), graph.Options{Version: version, Mode: mode, PythonOperators: globs})
	if len(jobs) != 1 || problems.HasErrors() {
		t.Fatalf("%d jobs, %v", len(jobs), problems)
	}
	return jobs[0], problems
}

// pythonIn lists the names of Python operators, sorted.
func pythonIn(job *graph.Job) (names []string) {
	for i := range job.Operators {
		if job.Operators[i].Python != nil {
			names = append(names, plainName(job.Operators[i].Name))
		}
	}
	slices.Sort(names)
	return names
}

// TestDocumentsPython: the Python operators found are the recorded ones; where they are not, udfplan says itself
// that it doubts just those; and with the doubtful ones named, they are.
func TestDocumentsPython(t *testing.T) {
	documents(t, func(t *testing.T, name, kind string, text []byte, recorded *recordedJob) {
		var truth []string
		for _, p := range recorded.Expected.PythonOperators {
			truth = append(truth, plainName(p.Name))
		}
		slices.Sort(truth)
		if strings.HasPrefix(kind, "E") || strings.HasPrefix(kind, "F") {
			comparePythonKinds(t, text, recorded, truth)
			return
		}
		job, problems := readDocument(t, text, recorded)
		if isUnfinished(t) {
			saysUnfinished(t, problems)
			return
		}
		doubts := map[string]bool{}
		for _, g := range job.Guesses {
			if g.Key == "python" {
				doubts[plainName(job.Operators[g.Operator].Name)] = true
			}
		}
		found := pythonIn(job)
		var globs []string
		for _, want := range truth {
			if !slices.Contains(found, want) && !alone(job, want) {
				if !doubts[want] {
					t.Errorf("%q is Python, was not found, and nothing is said of it", want)
				}
				globs = append(globs, namesOf(job, want)...)
			}
		}
		for _, got := range found {
			if !slices.Contains(truth, got) && !doubts[got] && !strings.HasPrefix(got, "MultipleInput") {
				t.Errorf("%q is no Python operator, and nothing is said of it", got)
			}
		}
		if len(doubts) > 0 && !problems.Has("python-undecided") && !problems.Has("python-by-name") {
			t.Error("doubts that nobody hears of")
		}
		named, _ := readDocument(t, text, recorded, globs...)
		if got := withoutAlone(pythonIn(named)); !cmp.Equal(got, withoutAlone(truth)) {
			t.Errorf("with %q named: %q, recorded %q", globs, got, truth)
		}
	})
}

// namesOf are the whole names of the operators of a plain name.
func namesOf(job *graph.Job, plain string) (names []string) {
	for i := range job.Operators {
		if plainName(job.Operators[i].Name) == plain {
			names = append(names, job.Operators[i].Name)
		}
	}
	return names
}

// alone: the recordings name no operator that has swallowed Python ones.
func alone(job *graph.Job, name string) bool { return strings.HasPrefix(name, "MultipleInput") }

func withoutAlone(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.HasPrefix(name, "MultipleInput") })
}

// comparePythonKinds: SQL plans show operators by kind, before translation.
func comparePythonKinds(t *testing.T, text []byte, recorded *recordedJob, truth []string) {
	t.Helper()
	kind := func(name string) string {
		name, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(name, "Batch"), "Stream"), "[")
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "Exec"), "(")
		return name
	}
	kinds := func(names []string) (out []string) {
		for _, name := range withoutAlone(names) {
			out = append(out, kind(name))
		}
		slices.Sort(out)
		return out
	}
	job, _ := readDocument(t, text, recorded)
	if got, want := kinds(pythonIn(job)), kinds(truth); !cmp.Equal(got, want) {
		t.Errorf("Python operators %v, recorded %v", got, want)
	}
}

// TestDocumentsChains: documents that show Flink's chains are planned with just those, and slot sharing groups
// where they show them.
func TestDocumentsChains(t *testing.T) {
	seen := 0
	documents(t, func(t *testing.T, name, kind string, text []byte, recorded *recordedJob) {
		if kind[0] < 'B' || kind[0] > 'D' || len(recorded.Expected.Chains) == 0 {
			return
		}
		seen++
		var want [][]string
		for _, c := range recorded.Expected.Chains {
			var names []string
			for _, op := range c.Operators {
				names = append(names, plainName(op))
			}
			want = append(want, names)
		}
		if isUnfinished(t) {
			return
		}
		job, _ := readDocument(t, text, recorded)
		p, problems := plan.Make(job, plan.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		var got [][]string
		for _, c := range p.Chains {
			var names []string
			for _, i := range c.Operators {
				names = append(names, plainName(job.Operators[i].Name))
			}
			got = append(got, names)
		}
		sortSets(want)
		sortSets(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Flink (-), udfplan (+):\n%s", diff)
		}
	})
	if seen < 100 {
		t.Errorf("only %d documents show chains", seen)
	}
}
