package document

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// recordedAnswer is what a recorded cluster answered at a path.
func recordedAnswer(t testing.TB, version string, is func(path string) bool) string {
	t.Helper()
	text, err := os.ReadFile("../../testdata/flink/rest/" + version + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Archive []struct{ Path, JSON string }
	}
	if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	for _, entry := range recorded.Archive {
		if is(entry.Path) {
			return entry.JSON
		}
	}
	t.Fatal("no such answer")
	return ""
}

func problemLines(problems source.List) string {
	var out []string
	for i := range problems {
		out = append(out, fmt.Sprintf("%s: %s", problems[i].Place, problems[i].Message))
	}
	return strings.Join(out, "\n")
}

// TestReadJobs: the answer of /jobs/overview, in its order.
func TestReadJobs(t *testing.T) {
	for _, version := range []string{"1.20.5", "2.3.0"} {
		text := recordedAnswer(t, version, func(path string) bool { return path == "/jobs/overview" })
		jobs, problems := ReadJobs(source.NewFile("overview", []byte(text)))
		if len(jobs) != 2 || len(problems) > 0 || jobs[0].Ended() || jobs[0].Starting() || jobs[0].Name != "running table" {
			t.Errorf("%s: %+v, %s", version, jobs, problemLines(problems))
		}
	}
	const id = "0123456789abcdef0123456789abcdef"
	for _, row := range []struct{ reason, text, want, problems string }{
		{"by state", `{"jobs":[{"jid":"` + id + `","name":"a","state":"FINISHED"},{"jid":"` + id + `","name":"b","state":"INITIALIZING"},{"jid":"` + id + `","name":"c","state":"RESTARTING"}]}`,
			"a true false, b false true, c false false", ""},
		{"what is missing has its place", `{"jobs":[{"jid":"` + id + `","state":"RUNNING"}]}`, "", "x:1:10: a job has no name"},
		{"an id is not a path", `{"jobs":[{"jid":"../../x","name":"a","state":"RUNNING"}]}`, "", `x:1:17: jid must be 32 hexadecimal digits; found the text "../../x"`},
		{"no list", `{"taskmanagers":1}`, "", "x:1:1: the answer of /jobs/overview has no jobs"},
		{"not a mapping", `[]`, "", "x:1:1: the answer of /jobs/overview must be a mapping; found a list"},
		{"cut", `{"jobs":[`, "", "x:1:10: expected a value, found the end of the text"},
	} {
		jobs, problems := ReadJobs(source.NewFile("x", []byte(row.text)))
		var got []string
		for i := range jobs {
			got = append(got, fmt.Sprint(jobs[i].Name, " ", jobs[i].Ended(), " ", jobs[i].Starting()))
		}
		if strings.Join(got, ", ") != row.want || problemLines(problems) != row.problems {
			t.Errorf("%s: %s\n%s", row.reason, strings.Join(got, ", "), problemLines(problems))
		}
	}
}

// TestReadRunning: the details of a job that runs, settled with what the cluster says beside them.
func TestReadRunning(t *testing.T) {
	details := func(version, name string) string {
		return recordedAnswer(t, version, func(path string) bool {
			if len(path) != len("/jobs/")+32 {
				return false
			}
			return strings.Contains(recordedAnswer(t, version, func(p string) bool { return p == path }), `"name":"`+name+`"`)
		})
	}
	o := graph.Options{Version: flink.Version{Major: 2, Minor: 3}, Own: flink.Config{{Key: flink.KeyStateBackendType, Value: "rocksdb", Origin: flink.FromJob}},
		Base: flink.Config{{Key: flink.KeyStateBackendType, Value: "hashmap"}}}
	documents, state, problems := ReadRunning(source.NewFile("x", []byte(details("2.3.0", "running datastream"))), o)
	if len(documents) != 1 || state != "RUNNING" || len(problems) > 0 {
		t.Fatalf("%d documents, %s, %s", len(documents), state, problemLines(problems))
	}
	job := documents[0].Job
	if e, _ := job.Config.Get(flink.KeyStateBackendType); e.Value != "rocksdb" || e.Origin != flink.FromJob {
		t.Errorf("the job's own setting is stronger than the cluster's: %+v", e)
	}
	var python, keyed []string
	for i := range job.Operators {
		if op := &job.Operators[i]; op.Python != nil {
			python = append(python, op.Name)
		}
		if job.Operators[i].Keyed {
			keyed = append(keyed, job.Operators[i].Name)
		}
	}
	if got := fmt.Sprintf("%q %q", python, keyed); got != `["slow, _stream_key_by_map_operator" "count"] ["count"]` {
		t.Errorf("Python and keyed: %s", got)
	}
	for _, row := range []struct{ reason, text, want string }{
		{"an unknown field is read over", strings.Replace(details("1.20.5", "running table"), "{", `{"later":[1],`, 1), ""},
		{"a vertex without its name", strings.Replace(details("1.20.5", "running table"), `"name":"Source: numbers[1] -> `, `"nome":"Source: numbers[1] -> `, 1), "a vertex has no name"},
		{"another answer", `{"jobs":[]}`, "x:1:1: this is no answer of /jobs/:jobid: it has no jid and vertices"},
		{"an error that came with 200", `{"errors":["a"]}`, "x:1:1: this is no answer of /jobs/:jobid: it has no jid and vertices"},
	} {
		documents, _, problems := ReadRunning(source.NewFile("x", []byte(row.text)), o)
		for _, d := range documents {
			for i := range d.Problems {
				if d.Problems[i].Severity == source.Error {
					problems = append(problems, d.Problems[i])
				}
			}
		}
		if got := problemLines(problems); got != row.want && (row.want == "" || !strings.Contains(got, row.want)) {
			t.Errorf("%s: %s", row.reason, got)
		}
	}
}

// FuzzRunning: whatever a cluster answers is read or refused.
func FuzzRunning(f *testing.F) {
	for _, version := range []string{"1.20.5", "2.3.0"} {
		for _, end := range []string{"overview", ""} {
			f.Add([]byte(recordedAnswer(f, version, func(path string) bool {
				return path == "/jobs/"+end || end == "" && len(path) == len("/jobs/")+32
			})))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("x", text)
		_, _ = ReadJobs(file)
		documents, _, problems := ReadRunning(file, graph.Options{})
		for _, d := range documents {
			if d.Job == nil && !d.Problems.HasErrors() && !problems.HasErrors() {
				t.Error("no job, and nothing is wrong")
			}
		}
	})
}
