package document

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

const formatsFolder = "../../testdata/flink/formats/"

// recording is the meta file of a recorded job: the real graph, as the program that recorded it saw it.
type recording struct {
	FlinkVersion string
	Job          struct{ Mode string }
	StreamGraph  []recordedNode
	Expected     struct {
		Chains []struct {
			Operators   []string
			OperatorIDs []int `json:"operatorIds"`
			Parallelism int32
		}
	}
}

type recordedNode struct {
	ID          int
	Name        string
	Parallelism int32
	Inputs      []struct {
		From         int
		ShipStrategy string
	}
}

// seen is an operator as the document and the recording have it in common. Inputs are "2 hash": the
// predecessor is the third operator by id.
type seen struct {
	ID, Name    string
	Parallelism int32
	Inputs      []string
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// truth is the recorded graph in the order of the ids.
func (rec *recording) truth(t *testing.T, plan string) []seen {
	t.Helper()
	nodes := rec.StreamGraph
	if nodes == nil {
		nodes = rec.ofChains(t, plan)
	}
	nodes = slices.SortedFunc(slices.Values(nodes), func(a, b recordedNode) int { return a.ID - b.ID })
	rank := func(id int) int {
		return slices.IndexFunc(nodes, func(n recordedNode) bool { return n.ID == id })
	}
	var out []seen
	for _, n := range nodes {
		op := seen{ID: strconv.Itoa(n.ID), Name: n.Name, Parallelism: n.Parallelism}
		for _, in := range n.Inputs {
			ship, _, _ := strings.Cut(in.ShipStrategy, "[")
			op.Inputs = append(op.Inputs, fmt.Sprint(rank(in.From), " ", strings.ToLower(ship)))
		}
		out = append(out, op)
	}
	return out
}

// ofChains makes the graph of 1.10.3, whose recordings hold chains only: within a chain (none fans out) each
// operator follows the one before. What enters a chain's head is read from the plan itself.
func (rec *recording) ofChains(t *testing.T, plan string) []recordedNode {
	t.Helper()
	var document struct {
		Nodes []struct {
			ID           int
			Parallelism  int32
			Predecessors []struct {
				ID           int
				ShipStrategy string `json:"ship_strategy"`
			}
		}
	}
	readJSON(t, plan, &document)
	var nodes []recordedNode
	for _, chain := range rec.Expected.Chains {
		for i, id := range chain.OperatorIDs {
			n := recordedNode{ID: id, Name: chain.Operators[i], Parallelism: chain.Parallelism}
			for _, d := range document.Nodes {
				if d.ID != id || i > 0 {
					continue
				}
				for _, p := range d.Predecessors {
					n.Inputs = append(n.Inputs, struct {
						From         int
						ShipStrategy string
					}{p.ID, p.ShipStrategy})
				}
			}
			if i > 0 {
				n.Inputs = append(n.Inputs, struct {
					From         int
					ShipStrategy string
				}{chain.OperatorIDs[i-1], "FORWARD"})
			}
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// seenIn is what was read, by id.
func seenIn(job *graph.Job) []seen {
	number := func(i int32) int {
		id, _ := strconv.Atoi(job.Operators[i].ID)
		return id
	}
	var order []int32
	for i := range job.Operators {
		order = append(order, int32(i))
	}
	slices.SortFunc(order, func(a, b int32) int { return number(a) - number(b) })
	var out []seen
	for _, i := range order {
		n := &job.Operators[i]
		op := seen{ID: n.ID, Name: n.Name, Parallelism: n.Parallelism}
		for _, in := range n.Inputs {
			op.Inputs = append(op.Inputs, fmt.Sprint(slices.Index(order, in.From), " ", in.Ship))
		}
		out = append(out, op)
	}
	return out
}

// A document and its recording come from two translations of one program: a sink's writer gets another id
// each time, and in EXPLAIN everything gets other ids and the names of SQL operators other numbers.
var sqlNumber = regexp.MustCompile(`\[\d+\]`)

func forgetIDs(ops []seen, explain bool) []seen {
	for i := range ops {
		if explain || strings.HasSuffix(ops[i].Name, ": Writer") {
			ops[i].ID = ""
		}
		if explain {
			ops[i].Name = sqlNumber.ReplaceAllString(ops[i].Name, "[]")
		}
	}
	return ops
}

// recordedPlans calls f for every recorded execution plan: JOB.A.json, and JOB.F.explain_all.txt which holds one.
func recordedPlans(t *testing.T, f func(t *testing.T, job, file string, rec *recording)) {
	for _, kind := range []struct {
		suffix string
		least  int
	}{{".A.json", 60}, {".F.explain_all.txt", 18}} {
		files, _ := filepath.Glob(formatsFolder + "*/*" + kind.suffix)
		if len(files) < kind.least {
			t.Fatalf("%d files %s, want %d", len(files), kind.suffix, kind.least)
		}
		for _, file := range files {
			job := strings.TrimSuffix(filepath.Base(file), kind.suffix)
			t.Run(strings.TrimPrefix(file, formatsFolder), func(t *testing.T) {
				rec := new(recording)
				readJSON(t, filepath.Join(filepath.Dir(file), job+".meta.json"), rec)
				f(t, job, file, rec)
			})
		}
	}
}

func readRecorded(t *testing.T, file string, o graph.Options) (*graph.Job, source.List) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return readOne(t, string(text), o)
}

// TestRecordedPlans: operators and edges are the recorded ones. (Which of them are Python, and which chains they
// make, TestDocuments… of package plan ask of every kind of document.)
func TestRecordedPlans(t *testing.T) {
	recordedPlans(t, func(t *testing.T, name, file string, rec *recording) {
		explain := strings.HasSuffix(file, ".txt")
		version, err := flink.ParseVersion(rec.FlinkVersion)
		if err != nil {
			t.Fatal(err)
		}
		mode, said := graph.ParseMode(rec.Job.Mode)
		job, problems := readRecorded(t, file, graph.Options{Version: version, Mode: mode})
		if diff := cmp.Diff(forgetIDs(rec.truth(t, file), explain), forgetIDs(seenIn(job), explain)); diff != "" {
			t.Errorf("recorded (-), read (+):\n%s", diff)
		}
		if job.Version != version || said && job.Mode != mode {
			t.Errorf("version %v, mode %v, %v; recorded with %v, %v", job.Version, job.Mode, told(problems), version, mode)
		}
	})
}
