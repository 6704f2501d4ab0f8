package conf

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

func answerFile(text string) *source.File { return source.NewFile("http://flink:8081/x", []byte(text)) }

func problemTexts(problems source.List) string {
	var out []string
	for i := range problems {
		out = append(out, fmt.Sprintf("%s: %s", problems[i].Place, problems[i].Message))
	}
	return strings.Join(out, "\n")
}

// TestReadVersion: the answer of /config.
func TestReadVersion(t *testing.T) {
	for _, row := range []struct{ reason, text, want, problems string }{
		{"1.20.5, with what nobody asks for", `{"refresh-interval":3000,"flink-version":"1.20.5","features":{"web-submit":true}}`, "1.20", ""},
		{"a vendor's", `{"flink-version":"1.18.1-amzn-0"}`, "1.18", ""},
		{"a snapshot", `{"flink-version":"2.3-SNAPSHOT"}`, "2.3", ""},
		{"missing", `{"a":1}`, "", "http://flink:8081/x:1:1: the answer of /config has no flink-version"},
		{"no text", `{"flink-version":1.20}`, "", "http://flink:8081/x:1:18: the answer of /config has no flink-version"},
		{"a list", `[]`, "", "http://flink:8081/x:1:1: the answer of /config must be a mapping; found a list"},
	} {
		v, problems := ReadVersion(answerFile(row.text))
		got := ""
		if v.Stated() {
			got = v.String()
		}
		if said := problemTexts(problems); got != row.want || said != row.problems {
			t.Errorf("%s: %s, %s", row.reason, got, said)
		}
	}
	if _, problems := ReadVersion(answerFile(`{"flink-version":"none"}`)); !problems.HasErrors() {
		t.Error("what is no version is taken")
	}
}

// TestReadCheckpoints: what a job has set itself, under the key that its version reads.
func TestReadCheckpoints(t *testing.T) {
	for _, row := range []struct {
		reason, text, want string
		version            flink.Version
	}{
		{"RocksDB, 1.20", `{"state_backend":"EmbeddedRocksDBStateBackend"}`, "state.backend.type: rocksdb", flink.Version{Major: 1, Minor: 20}},
		{"RocksDB, 1.13", `{"state_backend":"EmbeddedRocksDBStateBackend"}`, "state.backend: rocksdb", flink.Version{Major: 1, Minor: 13}},
		{"ForSt", `{"state_backend":"ForStStateBackend"}`, "state.backend.type: forst", flink.Version{Major: 2, Minor: 3}},
		{"the heap", `{"state_backend":"HashMapStateBackend"}`, "state.backend.type: hashmap", flink.Version{Major: 2, Minor: 3}},
		{"somebody else's", `{"state_backend":"com.example.Mine"}`, "", flink.Version{Major: 2, Minor: 3}},
		{"not said, before 1.13", `{"mode":"exactly_once"}`, "", flink.Version{Major: 1, Minor: 12}},
	} {
		config, problems := ReadCheckpoints(answerFile(row.text), row.version)
		got := ""
		for _, e := range config {
			got = e.Key + ": " + e.Value
			if e.Origin != flink.FromJob {
				t.Errorf("%s: it is the job's own", row.reason)
			}
		}
		if got != row.want || len(problems) > 0 {
			t.Errorf("%s: %s, %s", row.reason, got, problemTexts(problems))
		}
	}
}

// TestReadTaskManagers: those that run, alike or not, and whose slots they are.
func TestReadTaskManagers(t *testing.T) {
	const one = `{"id":"a","slotsNumber":2,"freeSlots":1,"hardware":{"managedMemory":1024,"freeMemory":1},"memoryConfiguration":{"managedMemory":2048},"later":1}`
	const other = `{"id":"b","slotsNumber":4,"hardware":{},"memoryConfiguration":{"managedMemory":4096}}`
	all, problems := ReadTaskManagers(answerFile(`{"taskmanagers":[` + one + "," + other + `]}`))
	if len(all) != 2 || len(problems) > 0 || all[0].ID != "a" || all[0].Slots != 2 || all[0].Free != 1 || all[1].Slots != 4 || all[1].Free != 0 {
		t.Fatalf("%+v, %s", all, problemTexts(problems))
	}
	if e, set := all[1].Config.Get(flink.KeyManagedSize); !set || e.Value != "4096b" || e.Origin != flink.FromCluster {
		t.Errorf("%+v", e)
	}
	for text, want := range map[string]string{
		`{}`:                   "http://flink:8081/x:1:1: the answer of /taskmanagers has no list taskmanagers",
		`{"taskmanagers":[1]}`: "http://flink:8081/x:1:18: an entry of taskmanagers must be a mapping with slotsNumber and hardware; found the number 1",
		`{"taskmanagers":{}}`:  "http://flink:8081/x:1:17: the answer of /taskmanagers has no list taskmanagers",
		`{"taskmanagers":[]}`:  "",
		`"taskmanagers"`:       `http://flink:8081/x:1:1: the answer of /taskmanagers must be a mapping; found the text "taskmanagers"`,
	} {
		if _, problems := ReadTaskManagers(answerFile(text)); problemTexts(problems) != want {
			t.Errorf("%s: %s", text, problemTexts(problems))
		}
	}
	held, said, problems := ReadHeld(answerFile(`{"id":"a","allocatedSlots":[{"jobId":"x"},{"jobId":"y"},{"jobId":"x"}]}`))
	if !said || held["x"] != 2 || held["y"] != 1 || len(problems) > 0 {
		t.Errorf("%v %v %s", held, said, problemTexts(problems))
	}
	if _, said, _ := ReadHeld(answerFile(`{"id":"a"}`)); said {
		t.Error("before 1.13 nothing is said")
	}
	if _, _, problems := ReadHeld(answerFile(`{"allocatedSlots":[{}]}`)); problemTexts(problems) != "http://flink:8081/x:1:20: an entry of allocatedSlots has no jobId" {
		t.Error(problemTexts(problems))
	}
}

// TestReadDeployed: all clusters of a manifest, each with the jobs that it puts there.
func TestReadDeployed(t *testing.T) {
	const head = "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: NAME, namespace: SPACE}\nspec: {flinkVersion: v1_20, taskManager: {resource: {memory: 2g}}"
	deployment := func(space, name, more string) string {
		return strings.NewReplacer("NAME", name, "SPACE", space).Replace(head) + more + "}\n---\n"
	}
	const session = "apiVersion: flink.apache.org/v1beta1\nkind: FlinkSessionJob\nmetadata: {name: n, namespace: b}\nspec: {deploymentName: d, job: {jarURI: n.jar}}\n"
	all, problems := ReadDeployed(answerFile(deployment("a", "d", `, job: {jarURI: x.jar, args: ["-py", job.py]}`)+deployment("b", "d", "")+session), Options{})
	var got []string
	for _, d := range all {
		got = append(got, fmt.Sprintf("%s %s %v", d.Name, d.Version, d.Jobs))
	}
	if want := "a/d 1.20 [{d x.jar job.py}]; b/d 1.20 [{n n.jar}]"; strings.Join(got, "; ") != want || len(problems) > 0 {
		t.Errorf("%s\n%s", strings.Join(got, "; "), problemTexts(problems))
	}
	for _, row := range []struct{ reason, text, want string }{
		{"no manifest", "a: 1\n", "this is no Kubernetes manifest, and no fleet"},
		{"empty", "", "the input is empty"},
		{"no deployment", "apiVersion: v1\nkind: Service\n", "there is no FlinkDeployment in this manifest"},
		{"a job without its cluster", session + "---\n" + deployment("c", "e", ""), `FlinkSessionJob n runs on the FlinkDeployment "d", which is not in this file`},
		{"all that is wrong", deployment("a", "d", ", flinkConfiguration: [1]") + deployment("a", "e", ", flinkConfiguration: 2"), "flinkConfiguration must be a mapping; found a list|flinkConfiguration must be a mapping; found the number 2"},
	} {
		_, problems := ReadDeployed(answerFile(row.text), Options{})
		for _, want := range strings.Split(row.want, "|") {
			if !strings.Contains(problemTexts(problems), want) {
				t.Errorf("%s: %s", row.reason, problemTexts(problems))
			}
		}
	}
}
