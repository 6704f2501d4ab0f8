package plan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/testdata/flink/truth"
)

// recorded is one line of testdata/flink: a job, and what a real Flink made of it.
type recorded struct {
	ID     string          `json:"id"`
	Job    json.RawMessage `json:"job"`
	Expect struct {
		Chains          [][]string     `json:"chains"`
		SlotSharing     [][]string     `json:"slotSharing"`
		Edges           []recordedEdge `json:"edges"`
		Error           *recordedError `json:"error"`
		PythonOperators []string       `json:"pythonOperators"`
		PerSlot         *int           `json:"workersIfSharedPerSlot"`
		NotShared       *int           `json:"workersIfNotShared"`
	} `json:"expect"`
}

type recordedEdge struct {
	From, To, Ship, Partition string
	Chained                   bool
}

type recordedError struct {
	Normalized string `json:"normalized"`
}

// marked are the recorded cases where udfplan differs on purpose; the reason is the value.
var marked = map[string]string{
	"1.10.3/streaming_calc_small_bad_framework": "a bad Python memory size is refused in streaming too: the worker could not be computed (design.md 4.1)",
	"1.10.3/streaming_join_small_bad_framework": "as above",
}

// hidden are jobs whose file says nothing of a Python operator that Flink ran: the user has to name it.
var hidden = map[string]string{
	"tbl_batch_multi_input": "MultipleInput*", // pyflink-facts.md 4.4
}

// TestRecorded holds chains, slot sharing groups and edges to what real Flink runs of every version made.
func TestRecorded(t *testing.T) {
	for _, folder := range []string{"chains", "pyflink"} {
		for _, file := range truth.Files(t, folder+"/*.jsonl") {
			version := truth.Version(file)
			t.Run(folder+"/"+version, func(t *testing.T) {
				for _, c := range truth.Lines[recorded](t, file) {
					t.Run(c.ID, func(t *testing.T) { c.check(t, version, folder == "chains") })
				}
			})
		}
	}
}

func (c recorded) check(t *testing.T, version string, ordered bool) {
	jobs, problems := document.Read(source.NewFile(c.ID, c.Job), c.options(graph.SharingDefault))
	var p *plan.Plan
	if !problems.HasErrors() {
		var more source.List
		p, more = plan.Make(jobs[0], plan.Options{})
		problems = append(problems, more...)
	}
	if why, differs := marked[version+"/"+c.ID]; differs {
		if c.Expect.Error != nil || !problems.HasErrors() {
			t.Errorf("marked as different (%s), but it is not", why)
		}
		return
	}
	if c.Expect.Error != nil {
		c.checkError(t, problems)
		return
	}
	if problems.HasErrors() {
		truth.Differ(t, truth.Refusals, "Flink takes this job; problems: %v", problems)
		return
	}
	got := describe(p, ordered)
	want := described{Chains: c.Expect.Chains, Groups: c.Expect.SlotSharing, Edges: c.Expect.Edges}
	want.normalise(ordered)
	if !ordered {
		got.Edges = nil // not recorded in pyflink
	}
	want.compare(t, got)
	if !ordered {
		c.checkWorkers(t, p)
	}
}

func (c recorded) options(sharing graph.Sharing) graph.Options {
	o := graph.Options{Sharing: sharing}
	if glob, is := hidden[c.ID]; is {
		o.PythonOperators = []string{glob}
	}
	return o
}

// checkError wants Flink's text among the errors; up to the ids of its own graph, which nobody else knows.
func (c recorded) checkError(t *testing.T, problems source.List) {
	text := c.Expect.Error.Normalized
	if i := strings.Index(text, " Upstream operation"); i >= 0 {
		text = text[:i]
	}
	for _, d := range problems {
		if d.Severity == source.Error && strings.Contains(d.Message+" "+d.Hint, text) {
			return
		}
	}
	truth.Differ(t, truth.Refusals, "Flink refuses this job: %s\nproblems: %v", text, problems)
}

func (c recorded) checkWorkers(t *testing.T, p *plan.Plan) {
	var python []string
	for _, op := range p.Job.Operators {
		if op.Python != nil {
			python = append(python, op.ID)
		}
	}
	if !slices.Equal(python, c.Expect.PythonOperators) {
		t.Errorf("Python operators: %v, Flink %v", python, c.Expect.PythonOperators)
	}
	for _, row := range []struct {
		sharing graph.Sharing
		want    *int
	}{{graph.SharingSlot, c.Expect.PerSlot}, {graph.SharingNone, c.Expect.NotShared}} {
		if row.want == nil {
			continue
		}
		jobs, _ := document.Read(source.NewFile(c.ID, c.Job), c.options(row.sharing))
		p, _ := plan.Make(jobs[0], plan.Options{})
		instances := 0
		for _, w := range p.Workers {
			most := int32(0)
			for _, i := range w.Operators {
				most = max(most, p.Job.Operators[i].Parallelism)
			}
			instances += int(most)
		}
		if instances != *row.want {
			t.Errorf("--sharing %s: %d workers, Flink %d", row.sharing, instances, *row.want)
		}
	}
}

type described struct {
	Chains, Groups [][]string
	Edges          []recordedEdge
}

func describe(p *plan.Plan, ordered bool) described {
	ids := func(ops []int32) []string {
		var out []string
		for _, i := range ops {
			out = append(out, p.Job.Operators[i].ID)
		}
		return out
	}
	var d described
	for _, c := range p.Chains {
		d.Chains = append(d.Chains, ids(c.Operators))
	}
	for _, g := range p.Groups {
		d.Groups = append(d.Groups, ids(g.Operators))
	}
	for _, e := range p.Edges {
		d.Edges = append(d.Edges, recordedEdge{ids([]int32{e.From})[0], ids([]int32{e.To})[0], strings.ToUpper(e.Ship.String()), e.Partition.String(), e.Chained})
	}
	d.normalise(ordered)
	return d
}

// compare says by which rule a plan differs from what Flink made.
func (d described) compare(t *testing.T, got described) {
	t.Helper()
	for _, row := range []struct {
		rule      truth.Rule
		want, got any
	}{
		{truth.Chains, d.Chains, got.Chains},
		{truth.Groups, d.Groups, got.Groups},
		{truth.Exchanges, d.Edges, got.Edges},
	} {
		if diff := cmp.Diff(row.want, row.got); diff != "" {
			truth.Differ(t, row.rule, "Flink (-) and udfplan (+) differ:\n%s", diff)
		}
	}
}

// normalise sorts what has no order in the recordings: groups always, chains where they are sets.
func (d *described) normalise(ordered bool) {
	sortSets(d.Groups)
	if !ordered {
		sortSets(d.Chains)
	}
}

func sortSets(sets [][]string) {
	for _, s := range sets {
		slices.Sort(s)
	}
	slices.SortFunc(sets, slices.Compare)
}
