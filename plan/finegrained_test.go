package plan_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/testdata/flink/truth"
)

// recordedProfiles is one line of testdata/flink/finegrained/graphs.
type recordedProfiles struct {
	ID     string
	Job    map[string]json.RawMessage
	Again  map[string]json.RawMessage
	Expect struct {
		Vertices []struct {
			Name    string
			Profile recordedProfile
			Results []string
		}
		Error *struct{ Message string }
	}
}

type recordedProfile struct {
	Unknown                                 bool
	CPUCores                                string
	TaskHeap, TaskOffHeap, Managed, Network flink.MemorySize
}

// markedProfiles are the cases where udfplan differs on purpose.
var markedProfiles = map[string]string{
	"registered-unused":       "Flink takes no notice of a profile that nobody uses; in a job file it is a slip",
	"batch-registered-unused": "as above",
	"same-twice":              "a job file says of a group once what it is",
	"plain-after-profile":     "as above",
	"cpu-tiny":                "Flink has no text for it",
	"cpu-nan":                 "a job file has no such number",
}

// TestProfilesAsRecorded holds what profiles make of a job, or its refusal, to what Flink did in every version.
func TestProfilesAsRecorded(t *testing.T) {
	files := truth.Files(t, "finegrained/graphs/*.jsonl")
	if len(files) < 10 && !truth.Fresh() {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		version, err := flink.ParseVersion(truth.Version(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range truth.Lines[recordedProfiles](t, file) {
			t.Run(version.String()+"/"+c.ID, func(t *testing.T) { c.check(t, version) })
		}
	}
}

// text is the job file: a group that an operator is given again stands there twice.
func (c *recordedProfiles) text(t *testing.T) []byte {
	t.Helper()
	var groups []json.RawMessage
	if all, has := c.Job["slotSharingGroups"]; has {
		if err := json.Unmarshal(all, &groups); err != nil {
			t.Fatal(err)
		}
	}
	for _, again := range c.Again {
		groups = append(groups, again)
	}
	c.Job["slotSharingGroups"], _ = json.Marshal(append([]json.RawMessage{}, groups...))
	text, _ := json.Marshal(c.Job)
	return bytes.ReplaceAll(text, []byte(`"NaN"`), []byte("1e999"))
}

func (c *recordedProfiles) check(t *testing.T, v flink.Version) {
	jobs, problems := document.Read(source.NewFile(c.ID, c.text(t)), graph.Options{Version: v})
	var p *plan.Plan
	if !problems.HasErrors() {
		var more source.List
		p, more = plan.Make(jobs[0], plan.Options{})
		problems = append(problems, more...)
	}
	_, differs := markedProfiles[c.ID]
	if differs || c.Expect.Error != nil {
		if !problems.HasErrors() {
			truth.Differ(t, truth.Profiles, "not refused: %v", c.Expect.Error)
		}
		if !differs && !slices.ContainsFunc(problems, func(d source.Diagnostic) bool { return strings.Contains(d.Message, c.Expect.Error.Message) }) {
			truth.Differ(t, truth.Profiles, "want %q in\n%v", c.Expect.Error.Message, problems)
		}
		return
	}
	if problems.HasErrors() {
		truth.Differ(t, truth.Profiles, "Flink takes this job; problems: %v", problems)
		return
	}
	for _, v := range c.Expect.Vertices {
		c.checkVertex(t, p, strings.TrimPrefix(v.Name, "Source: "), v.Profile, v.Results)
	}
}

// checkVertex looks at the chain whose name begins with its head's: o0 -> (o1, o2 -> o3). What several read may be one result to Flink.
func (c *recordedProfiles) checkVertex(t *testing.T, p *plan.Plan, name string, want recordedProfile, results []string) {
	t.Helper()
	head, _, _ := strings.Cut(name, " ")
	at := slices.IndexFunc(p.Job.Operators, func(o graph.Operator) bool { return o.ID == head })
	if at < 0 {
		truth.Differ(t, truth.Profiles, "no operator is called %s", head)
		return
	}
	got := recordedProfile{Unknown: true}
	if profile := p.Groups[p.Operators[at].Group].Profile; profile != nil {
		got = recordedProfile{CPUCores: profile.CPU.String(), TaskHeap: profile.TaskHeap, TaskOffHeap: profile.TaskOffHeap, Managed: profile.Managed}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		truth.Differ(t, truth.Profiles, "profile of %s, Flink (-) and udfplan (+):\n%s", head, diff)
	}
	partitions := []string{}
	for i := range p.Edges {
		if e := &p.Edges[i]; !e.Chained && p.Operators[e.From].Chain == p.Operators[at].Chain {
			partitions = append(partitions, strings.ToUpper(e.Partition.String()))
		}
	}
	if diff := cmp.Diff(once(results), once(partitions)); diff != "" {
		truth.Differ(t, truth.Profiles, "exchanges of %s, Flink (-) and udfplan (+):\n%s", head, diff)
	}
}

// once is a list in order, each text once.
func once(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
