package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

func TestReadRemark(t *testing.T) {
	for _, row := range []struct{ reason, text, want string }{
		{"the issue's own example", "ignore worker-memory until 2027-01-31 -- model is 1.1 GB", "[worker-memory] 2027-01-31 model is 1.1 GB"},
		{"no day", "ignore worker-memory -- agreed", "[worker-memory]  agreed"},
		{"several rules, with and without commas", "ignore worker-memory, slot-workers,job-slots job-workers -- x", "[worker-memory slot-workers job-slots job-workers]  x"},
		{"a reason may hold anything", "ignore worker-memory -- until then -- see https://x/y#z", "[worker-memory]  until then -- see https://x/y#z"},
		{"no reason is no slip", "ignore worker-memory", "[worker-memory]  "},
		{"an empty reason", "ignore worker-memory --", "[worker-memory]  "},
		{"more blanks", "  ignore   worker-memory   until   2027-01-31   --   x  ", "[worker-memory] 2027-01-31 x"},
		{"nothing", "", "must begin with ignore; found nothing"},
		{"a slip", "ingore worker-memory -- x", `must begin with ignore; found "ingore worker-memory"`},
		{"no rule", "ignore -- x", "names no rule"},
		{"no rule, a day", "ignore until 2027-01-31 -- x", "names no rule"},
		{"an unknown rule", "ignore worker-memry -- x", `"worker-memry" is no rule; did you mean worker-memory?`},
		{"no such rule at all", "ignore everything -- x", `"everything" is no rule`},
		{"a rule of waivers", "ignore waiver-unused -- x", "waiver-unused is about waivers and cannot be waived"},
		{"a rule of diff", "ignore memory-increase -- x", "memory-increase is judged by udfplan diff, which has no waivers"},
		{"no day behind until", "ignore worker-memory until -- x", "until must be followed by one day; found nothing"},
		{"no day", "ignore worker-memory until soon -- x", `until must be a day such as 2027-01-31; found "soon"`},
		{"a day that does not exist", "ignore worker-memory until 2027-02-29 -- x", `until must be a day such as 2027-01-31; found "2027-02-29"`},
		{"a reason without its dashes", "ignore worker-memory until 2027-01-31 agreed", `until must be followed by one day; found "2027-01-31 agreed"`},
		{"one dash", "ignore worker-memory - agreed", `"-" is no rule`},
	} {
		w, got := readRemark(graph.Remark{Text: row.text, Operator: -1})
		if got == "" {
			got = fmt.Sprintf("%s %s %s", w.Rules, w.Expires, w.Reason)
		}
		if got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

// FuzzRemark: no comment makes the program fail, and what is no waiver says why.
func FuzzRemark(f *testing.F) {
	f.Add("ignore worker-memory, slot-workers until 2027-01-31 -- model is 1.1 GB")
	f.Add("ignore until -- ")
	f.Fuzz(func(t *testing.T, text string) {
		w, problem := readRemark(graph.Remark{Text: text})
		if problem == "" && len(w.Rules) == 0 {
			t.Fatal("a waiver of nothing")
		}
		for _, id := range w.Rules {
			if _, known := Lookup(id); !known {
				t.Fatalf("waives %q", id)
			}
		}
	})
}

const today Day = "2026-11-25"

// TestInlineWaivers: what a comment waives, by where it stands, and what becomes of those that do nothing.
func TestInlineWaivers(t *testing.T) {
	job := func(top, a, b string) string {
		return top + "mode: batch\noperators:\n  - id: a\n    python: true" + a + "\n  - id: b\n    inputs: [a]\n    python: {userMemory: 100mb}" + b + "\n"
	}
	const ok = " # udfplan: ignore worker-memory -- x"
	for _, row := range []struct {
		reason, text string
		limits       string
		waived       []string
		left         []string
	}{
		{"at the heaviest operator, where the finding is", job("", "", ok), "worker: {memory: 1mb}", []string{"5:9 worker-memory worker a"}, []string{}},
		{"at another operator of the worker", job("", ok, ""), "worker: {memory: 1mb}", []string{"5:9 worker-memory worker a"}, []string{}},
		{"above everything: the whole job", job("# udfplan: ignore worker-memory -- x\n", "", ""), "worker: {memory: 1mb}", []string{"6:9 worker-memory worker a"}, []string{}},
		{"another rule of the same operator stands", job("", "", ok), "worker: {memory: 1mb, operators: 1}", []string{"5:9 worker-memory worker a"}, []string{"5:9 worker-operators worker a"}},
		{"an operator's own finding is not waived at another", job("", " # udfplan: ignore operator-managed-off-heap -- x", ""), "operator: {managedOffHeap: 80mb}", nil,
			[]string{"5:9 operator-managed-off-heap operator b", "4:18 warning waiver-unused waiver operator-managed-off-heap"}},
		{"the job's slots at any operator of the group", job("", " # udfplan: ignore job-slots -- x", ""), "job: {slots: 0}", []string{"3:9 job-slots job unnamed"}, []string{}},
		{"one of two rules is used", job("", "", " # udfplan: ignore worker-memory, slot-workers -- x"), "worker: {memory: 1mb}", []string{"5:9 worker-memory worker a"},
			[]string{"7:33 warning waiver-unused waiver worker-memory, slot-workers"}},
		{"a limit that nobody set", job("", "", ok), "", nil, []string{"7:33 warning waiver-unused waiver worker-memory"}},
		{"a rule of clusters, without one: nobody can tell", job("", "", " # udfplan: ignore memory-short -- x"), "", nil, []string{}},
		{"until today", job("", "", " # udfplan: ignore worker-memory until 2026-11-25 -- x"), "worker: {memory: 1mb}", []string{"5:9 worker-memory worker a"}, []string{}},
		{"until yesterday", job("", "", " # udfplan: ignore worker-memory until 2026-11-24 -- x"), "worker: {memory: 1mb}", nil,
			[]string{"5:9 worker-memory worker a", "7:33 waiver-expired waiver worker-memory"}},
		{"expired, and nothing to waive", job("", "", " # udfplan: ignore worker-memory until 2026-11-24 -- x"), "", nil, []string{"7:33 waiver-expired waiver worker-memory"}},
		{"no reason", job("", "", " # udfplan: ignore worker-memory"), "worker: {memory: 1mb}", nil, []string{"5:9 worker-memory worker a", "7:33 waiver-without-reason waiver worker-memory"}},
		{"no waiver", job("", "", " # udfplan: ignore"), "", nil, []string{"7:33 waiver-malformed waiver "}},
		{"two of the same: both are used", job("", ok, ok), "worker: {memory: 1mb}", []string{"5:9 worker-memory worker a"}, []string{}},
	} {
		v := Check(caseOf(t, row.text, graph.Options{}), &Options{Limits: limitsOf(t, "limits: {"+row.limits+"}"), Today: today})
		if diff := cmp.Diff(append([]string{}, row.waived...), briefs(v.Waived)); diff != "" {
			t.Errorf("%s: waived (-want +got):\n%s%s", row.reason, diff, row.text)
		}
		if diff := cmp.Diff(row.left, briefs(v.Findings)); diff != "" {
			t.Errorf("%s: left (-want +got):\n%s%s", row.reason, diff, row.text)
		}
	}
}

// TestFileWaivers: the waivers of a limits file, over two jobs.
func TestFileWaivers(t *testing.T) {
	const jobs = "name: one\noperators: [{id: a, slotSharingGroup: g, python: true}]\n---\nname: two\noperators: [{id: b, python: {worker: w}}, {id: c, slotSharingGroup: h, python: {userMemory: 1mb}}]\n"
	for _, row := range []struct {
		reason, waiver string
		waived         []string
		left           string // what is told of the waiver
	}{
		{"every job", "{rule: worker-memory, reason: x}", []string{"one a", "two w", "two c"}, ""},
		{"a job by its name", "{rule: worker-memory, job: one, reason: x}", []string{"one a"}, ""},
		{"jobs by a glob", "{rule: worker-memory, job: 't*', reason: x}", []string{"two w", "two c"}, ""},
		{"a worker by its name", "{rule: worker-memory, job: two, worker: w, reason: x}", []string{"two w"}, ""},
		{"a worker by an operator", "{rule: worker-memory, operator: '?', reason: x}", []string{"one a", "two w", "two c"}, ""},
		{"an operator of it", "{rule: worker-memory, operator: b, reason: x}", []string{"two w"}, ""},
		{"a slot sharing group", "{rule: worker-memory, slotSharingGroup: h, reason: x}", []string{"two c"}, ""},
		{"all that is said must hold", "{rule: worker-memory, slotSharingGroup: h, worker: w, reason: x}", nil, "warning waiver-unused: the waiver of worker-memory matches no finding"},
		{"no such job", "{rule: worker-memory, job: three, reason: x}", nil, `note waiver-unused: the waiver of worker-memory matches no job that was checked: "three"`},
		{"a rule that found nothing", "{rule: slot-workers, reason: x}", nil, "warning waiver-unused: the waiver of slot-workers matches no finding"},
		{"no reason", "{rule: worker-memory}", nil, "error waiver-without-reason: the waiver of worker-memory has no reason, and waives nothing"},
		{"an empty reason", "{rule: worker-memory, reason: ''}", nil, "error waiver-without-reason: the waiver of worker-memory has no reason, and waives nothing"},
		{"expired", "{rule: worker-memory, reason: x, expires: 2026-11-24}", nil, "error waiver-expired: the waiver of worker-memory was good until 2026-11-24, and waives nothing any more"},
		{"on its last day", "{rule: worker-memory, reason: x, expires: 2026-11-25}", []string{"one a", "two w", "two c"}, ""},
	} {
		limits := limitsOf(t, "limits: {worker: {memory: 1mb}, slot: {workers: 1}}\nwaivers: ["+row.waiver+"]")
		o := &Options{Limits: limits, Today: today}
		var judged []Judged
		read, _ := document.Read(source.NewFile("jobs.yaml", []byte(jobs)), graph.Options{})
		for _, job := range read {
			judged = append(judged, Judged{JobResult{Name: job.Name}, Check(planned(job), o)})
		}
		r := NewReport(judged, o, source.Error, false)
		var waived, told []string
		for _, f := range r.Waived {
			waived = append(waived, f.JobName+" "+f.Subject.Name)
		}
		for _, f := range r.Findings {
			if f.Rule.Scope == OfWaiver {
				told = append(told, f.Severity.String()+" "+f.Rule.ID+": "+f.Message)
			}
		}
		if diff := cmp.Diff(row.waived, waived); diff != "" {
			t.Errorf("%s: waived (-want +got):\n%s", row.reason, diff)
		}
		if got := strings.Join(told, "\n"); got != row.left {
			t.Errorf("%s: %q, want %q", row.reason, got, row.left)
		}
		if r.Summary.Waived != int64(len(waived)) || r.Summary.Passed+r.Summary.Warned+r.Summary.Failed != 2 {
			t.Errorf("%s: %+v", row.reason, r.Summary)
		}
	}
}

// TestReportCounts: how jobs come out, by what fails the run.
func TestReportCounts(t *testing.T) {
	const jobs = "name: fails\nflinkVersion: 1.10\noperators: [{id: a, python: true}]\n---\nname: warns\nflinkVersion: 1.14\noperators: [{id: b, python: {mode: thread}}]\n---\nname: passes\noperators: [{id: c}]\n"
	for _, row := range []struct {
		reason string
		failOn source.Severity
		want   Summary
		fails  bool
	}{
		{"on errors", source.Error, Summary{Jobs: 3, Passed: 1, Warned: 1, Failed: 1}, true},
		{"on warnings too", source.Warning, Summary{Jobs: 3, Passed: 1, Failed: 2}, true},
	} {
		read, _ := document.Read(source.NewFile("jobs.yaml", []byte(jobs)), graph.Options{})
		o := &Options{Limits: limitsOf(t, "overrides: [{job: fails, limits: {worker: {memory: 1mb}}}]"), Today: today}
		var judged []Judged
		for _, job := range read {
			c := planned(job)
			if job.Name == "warns" {
				c.Told.Warnf(c.at(job.Operators[0].Pos), "no-thread-mode", "thread mode")
			}
			judged = append(judged, Judged{JobResult{Name: job.Name}, Check(c, o)})
		}
		r := NewReport(judged, o, row.failOn, false)
		if diff := cmp.Diff(row.want, r.Summary); diff != "" || r.Fails() != row.fails {
			t.Errorf("%s: fails %v (-want +got):\n%s", row.reason, r.Fails(), diff)
		}
	}
}

// TestBesides: the same warning about the command line, of many jobs, is one finding of none of them.
func TestBesides(t *testing.T) {
	config := configOf("python.fn-execution.buffer.memory.size: 1mb")
	o := &Options{Limits: &Limits{}, Today: today}
	var judged []Judged
	for range 3 {
		judged = append(judged, Judged{JobResult{}, Check(caseOf(t, "flinkVersion: 1.20\noperators: [{id: a, python: true}]", graph.Options{Base: config}), o)})
	}
	r := NewReport(judged, o, source.Error, false)
	if len(r.Findings) != 1 || r.Findings[0].Job != -1 || r.Summary.Passed != 3 || r.Summary.General != 1 {
		t.Errorf("%v, %+v", briefs(r.Findings), r.Summary)
	}
}
