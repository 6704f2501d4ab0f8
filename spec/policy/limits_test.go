package policy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// TestRuleTable: a rule's row is whole, and what bounds a number is named after its place in a limits file.
func TestRuleTable(t *testing.T) {
	capital := regexp.MustCompile("[A-Z]")
	for _, r := range Rules {
		if found, known := Lookup(r.ID); !known || found != r {
			t.Errorf("%s is not found: two rules of one ID?", r.ID)
		}
		if (r.Scope == OfLimit) != (r.Bounds != nil) || (r.Scope == OfLimit || r.Scope == OfCluster) && r.judge == nil {
			t.Errorf("%s: what is judged by a limit or on a cluster needs its function, and only limits have bounds", r.ID)
		}
		if r.Bounds == nil {
			continue
		}
		if want := r.Bounds.Scope + "-" + strings.ToLower(capital.ReplaceAllString(r.Bounds.Key, "-$0")); r.ID != want {
			t.Errorf("the rule of %s.%s is %s, want %s", r.Bounds.Scope, r.Bounds.Key, r.ID, want)
		}
	}
}

// TestLimitsErrors: everything that is wrong with a limits file, at its place and at once.
func TestLimitsErrors(t *testing.T) {
	for _, row := range []struct {
		reason, text string
		want         []string
		says         string
	}{
		{"nothing at all", "", []string{"1 empty-input"}, ""},
		{"a list", "- limits", []string{"1:1 wrong-type"}, "a limits file must be a mapping; found a list"},
		{"two documents", "limits: {}\n---\nlimits: {}\n", []string{"3:1 second-document"}, ""},
		{"a slip in the kind, another version", "apiVersion: v2\nkind: Limit", []string{"1:13 unknown-word", "2:7 unknown-word"}, "kind must be Limits; found the text \"Limit\""},
		{"another kind", "kind: Plan\njob: x\noperators: []", []string{"1:1 unsupported-document"}, "this is a document of kind Plan"},
		{"a job", "operators: [{id: a}]", []string{"1:1 unsupported-document"}, "this is a job file, which udfplan does not read as limits"},
		{"a slip in a key", "limit: {}", []string{"1:1 unknown-key"}, "did you mean limits?"},
		{"a scope that is none", "limits: {slots: {workers: 1}}", []string{"1:10 unknown-key"}, "did you mean slot?"},
		{"a key of another scope", "limits: {job: {operators: 1}}", []string{"1:16 unknown-key"}, "allowed: pythonMemory, workers, slots"},
		{"no mapping of limits", "limits: [1]\noverrides: {}\nwaivers: x", []string{"1:9 wrong-type", "2:12 wrong-type", "3:10 wrong-type"}, ""},
		{"a scope without a mapping", "limits: {job: 4}", []string{"1:15 wrong-type"}, "the limits of job must be a mapping"},
		{"no sizes", "limits: {worker: {memory: big}, job: {pythonMemory: [1gb]}}", []string{"1:27 bad-size", "1:53 wrong-type"}, ""},
		{"no counts", "limits: {worker: {operators: 1.5}, slot: {workers: -1}, job: {slots: 4mb, workers: 99999999999999999999}}",
			[]string{"1:30 wrong-type", "1:52 out-of-range", "1:70 wrong-type", "1:84 out-of-range"}, "must be between 0 and 9223372036854775807"},
		{"an override without a job, one without limits, one that is none", "overrides: [{limits: {}}, {job: a}, 4]", []string{"1:13 missing-key", "1:27 missing-key", "1:37 wrong-type"}, "an override has no job"},
		{"a job that is no text, or empty", "overrides: [{job: 4, limits: {}}, {job: '', limits: {}}]", []string{"1:19 wrong-type", "1:41 empty-value"}, `quote it: "4"`},
		{"unknown keys of both", "overrides: [{job: a, limits: {}, x: 1}]\nwaivers: [{rule: worker-memory, jobs: a}]", []string{"1:34 unknown-key", "2:33 unknown-key"}, "did you mean job?"},
		{"a waiver without a rule", "waivers: [{reason: x}]", []string{"1:11 missing-key"}, "a waiver has no rule"},
		{"a rule that is none", "waivers: [{rule: worker-memry, reason: x}]", []string{"1:18 unknown-rule"}, `"worker-memry" is no rule; did you mean worker-memory?`},
		{"rules that cannot be waived", "waivers: [{rule: waiver-unused, reason: x}, {rule: memory-increase, reason: x}]", []string{"1:18 unknown-rule", "1:52 unknown-rule"}, "is about waivers and cannot be waived"},
		{"a day that does not exist, and none", "waivers: [{rule: worker-memory, expires: 2027-02-30, reason: x}, {rule: worker-memory, expires: soon, reason: x}]",
			[]string{"1:42 bad-date", "1:97 bad-date"}, `must be a day such as 2027-01-31; found "2027-02-30"`},
		{"severities of no rule, of none, and of one that is judged elsewhere", "severities: {worker-memry: note, worker-memory: warn, slot-workers: 2, memory-increase: off}",
			[]string{"1:14 unknown-rule", "1:49 unknown-word", "1:69 wrong-type", "1:72 unknown-rule"}, `"worker-memry" is no rule; did you mean worker-memory?`},
		{"a severity that is none", "severities: {worker-memory: fatal}", []string{"1:29 unknown-word"}, "the severity of worker-memory must be one of error, warning, note, off"},
		{"the severity of a rule twice", "severities: {worker-memory: note, worker-memory: off}", []string{"1:35 duplicate-key"}, ""},
		{"no mapping of severities, here and in an override", "severities: [note]\noverrides: [{job: a, severities: off}, {severities: {}}]",
			[]string{"1:13 wrong-type", "2:34 wrong-type", "2:40 missing-key"}, "severities must be a mapping"},
		{"a reason that is no text", "waivers: [{rule: worker-memory, reason: 12}]", []string{"1:41 wrong-type"}, `quote it: "12"`},
		{"the same key twice", "limits: {job: {slots: 1, slots: 2}}", []string{"1:26 duplicate-key"}, ""},
		{"all at once", "limits: {job: {slots: x}}\nwaivers: [{rule: nothing}]\nmore: 1", []string{"1:23 wrong-type", "2:18 unknown-rule", "3:1 unknown-key"}, ""},
	} {
		_, problems := ReadLimits(source.NewFile("limits.yaml", []byte(row.text)))
		got, said := []string{}, ""
		for _, d := range problems.Sorted() {
			got = append(got, strings.TrimPrefix(d.Place.String(), "limits.yaml:")+" "+d.Code)
			said += d.Message + " " + d.Hint + "\n"
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", row.reason, diff, row.text)
		}
		if !strings.Contains(said, row.says) {
			t.Errorf("%s: %s\nis not in\n%s", row.reason, row.says, said)
		}
	}
}

// TestLimitsFile reads the file of design.md 4.3.
func TestLimitsFile(t *testing.T) {
	l := limitsOf(t, designLimits)
	for _, row := range []struct {
		reason, job string
		flag        int64
		want        string
	}{
		{"the file's own", "etl", -1, "128mb 256mb 4 512mb 2 8gb 64 100"},
		{"an override of one key", "ml-embed", -1, "128mb 2gb 4 512mb 2 8gb 64 100"},
		{"a flag is stronger than both", "ml-embed", 1 << 20, "128mb 1mb 4 512mb 2 8gb 64 100"},
		{"the glob matches a whole name", "an-ml-job", -1, "128mb 256mb 4 512mb 2 8gb 64 100"},
	} {
		with := *l
		if row.flag >= 0 {
			with.Set(limitOf("worker", "memory"), row.flag, "--max-worker-memory")
		}
		var got []string
		for _, r := range limitRules {
			got = append(got, with.of(row.job)[r].Most.String())
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
	w := l.Waivers[0]
	if w.Rules[0] != "worker-memory" || w.Job != "nightly-embeddings" || w.Reason != "model is 1.1 GB, agreed in CAP-112" || w.Expires != "2027-01-31" {
		t.Errorf("%+v", w)
	}
}

const designLimits = `apiVersion: udfplan/v1
kind: Limits
limits:
  operator: {managedOffHeap: 128mb}
  worker:   {memory: 256mb, operators: 4}
  slot:     {pythonMemory: 512mb, workers: 2}
  job:      {pythonMemory: 8gb, workers: 64, slots: 100}
overrides:
  - job: "ml-*"
    limits: {worker: {memory: 2gb}}
waivers:
  - rule: worker-memory
    job: nightly-embeddings
    worker: embed
    reason: model is 1.1 GB, agreed in CAP-112
    expires: 2027-01-31
`

// Later overrides are stronger than earlier ones, key by key.
func TestOverridesInOrder(t *testing.T) {
	l := limitsOf(t, "overrides:\n- {job: 'a*', limits: {job: {slots: 1, workers: 1}}}\n- {job: '*b', limits: {job: {slots: 2}}}\n")
	if set := l.of("ab"); set[limitOf("job", "slots")].Most.N != 2 || set[limitOf("job", "workers")].Most.N != 1 || len(set) != 2 {
		t.Errorf("%+v", set)
	}
}

func FuzzLimits(f *testing.F) {
	f.Add([]byte(designLimits))
	files, _ := filepath.Glob("../../testdata/golden/*/limits.yaml")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"limits": {"job": {"slots": 1}}, "waivers": [{"rule": "worker-memory", "job": "*", "operator": "a", "expires": "2027-01-31"}]}`))
	jobs, _ := document.Read(source.NewFile("job.yaml", []byte("mode: batch\noperators:\n- {id: a, python: {userMemory: 1gb}} # udfplan: ignore job-slots -- x\n- {id: b, inputs: [a], python: true}\n")), graph.Options{})
	c := planned(jobs[0])
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("limits.yaml", text)
		limits, problems := ReadLimits(file)
		for _, d := range problems {
			if offset, known := d.Place.Pos.Offset(); d.Place.File != file || known && offset > len(file.Text) {
				t.Fatalf("%s lies outside", d.Place)
			}
		}
		if problems.HasErrors() {
			return
		}
		o := Options{Limits: limits, Today: "2026-11-25"}
		first := NewReport([]Judged{{Verdict: Check(c, &o)}}, &o, source.Warning, false)
		second := NewReport([]Judged{{Verdict: Check(c, &o)}}, &o, source.Warning, false)
		if diff := cmp.Diff(briefs(first.Findings), briefs(second.Findings)); diff != "" {
			t.Fatalf("the same limits twice:\n%s", diff)
		}
		again, _ := ReadLimits(file)
		if inForce := Inherit(limits, again); len(inForce.changes) > 0 {
			t.Fatalf("no change is one: %s", inForce.changes[0].Message)
		}
	})
}
