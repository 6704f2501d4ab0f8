package change

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// shotsOf are the plans of a text's jobs.
func shotsOf(t *testing.T, name, text string) (shots []*Snapshot) {
	t.Helper()
	jobs, problems := document.Read(source.NewFile(name, []byte(text)), graph.Options{})
	if problems.HasErrors() {
		t.Fatal(problems, text)
	}
	for _, job := range jobs {
		p, _ := plan.Make(job, plan.Options{})
		sp, _ := spec.Compute(p)
		shots = append(shots, Take(sp))
	}
	return shots
}

// told writes a diff line by line: action, kind, name, former name, and each field with both values.
func told(d *Diff) (lines []string) {
	for _, j := range d.Jobs {
		if j.Action != Changed || j.Was != "" {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s job %s %s", j.Action, j.Job, j.Was)))
		}
		for _, c := range j.Changes {
			line := strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Action, c.About, c.Name))
			if c.Was != "" {
				line += " was " + c.Was
			}
			for _, f := range c.Fields {
				line += fmt.Sprintf("; %s %s>%s", f.Key, f.Old.Text, f.New.Text)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// TestDiff: every kind of change. Totals are looked at in rows of their own; elsewhere the lines of totals and groups are left out.
func TestDiff(t *testing.T) {
	const base = "mode: batch\noperators: [{id: a}, {id: b, inputs: [a], python: true}, {id: c, inputs: [b], python: true}]"
	for _, row := range []struct {
		reason, old, now string
		want             []string
	}{
		{"nothing", base, base, nil},
		{"only the order in the file", base, "mode: batch\noperators: [{id: c, inputs: [b], python: true}, {id: a}, {id: b, inputs: [a], python: true}]", nil},
		{"an operator more", base, base[:len(base)-1] + ", {id: d, inputs: [c]}]",
			[]string{"+ operator d; parallelism >1; chain >a", "~ chain a; operators [a, b, c]>[a, b, c, d]"}},
		{"an operator less", base[:len(base)-1] + ", {id: d, inputs: [c]}]", base,
			[]string{"- operator d; parallelism 1>; chain a>", "~ chain a; operators [a, b, c, d]>[a, b, c]"}},
		{"another name", base, strings.Replace(base, "{id: a}", "{id: a, name: Kafka}", 1), []string{"~ operator a; name >Kafka"}},
		{"Python now", base, strings.Replace(base, "{id: a}", "{id: a, python: true}", 1),
			[]string{"~ operator a; python >true; worker >a; managedOffHeap 0b>79mb; taskHeap 0b>5mb", "~ operator b; managedOffHeap 79mb>15mb",
				"~ worker a was b; memory 94mb>109mb; buffers 30mb>45mb; operators [b, c]>[a, b, c]; launchedBy b>a"}},
		{"Java now", base, strings.Replace(base, "{id: b, inputs: [a], python: true}", "{id: b, inputs: [a]}", 1),
			[]string{"~ operator b; python true>; worker b>; managedOffHeap 79mb>0b; taskHeap 5mb>0b", "~ operator c; managedOffHeap 15mb>79mb",
				"~ worker c was b; memory 94mb>79mb; buffers 30mb>15mb; operators [b, c]>[c]; launchedBy b>c"}},
		{"thread mode now", "operators: [{id: a, python: true}]", "operators: [{id: a, python: {mode: thread}}]", []string{"~ operator a; mode >thread; worker a>", "- worker a; memory 79mb>; framework 64mb>; buffers 15mb>; instances 1>; operators [a]>; launchedBy a>"}},
		{"more memory", base, strings.Replace(base, "python: true}]", "python: {userMemory: 300mb}}]", 1),
			[]string{"~ operator c; managedOffHeap 15mb>315mb", "~ worker b; memory 94mb>394mb; userMemory 0b>300mb"}},
		{"a chain renamed: nothing has moved", base, "mode: batch\noperators: [{id: z}, {id: a, inputs: [z]}, {id: b, inputs: [a], python: true}, {id: c, inputs: [b], python: true}]",
			[]string{"+ operator z; parallelism >1; chain >z", "~ chain z was a; operators [a, b, c]>[z, a, b, c]"}},
		{"an operator moved to another chain", base, strings.Replace(base, "{id: c, inputs: [b]", "{id: c, inputs: [{from: b, shipStrategy: rebalance}]", 1),
			[]string{"~ operator c; chain a>c; worker b>c; managedOffHeap 15mb>79mb", "~ chain a; operators [a, b, c]>[a, b]", "+ chain c; operators >[c]; parallelism >1; slotSharingGroup >default#c",
				"~ worker b; memory 94mb>79mb; buffers 30mb>15mb; operators [b, c]>[b]", "+ worker c; memory >79mb; framework >64mb; buffers >15mb; instances >1; operators >[c]; launchedBy >c"}},
		{"another parallelism", base, strings.Replace(base, "mode", "parallelism: 4\nmode", 1),
			[]string{"~ operator a; parallelism 1>4", "~ operator b; parallelism 1>4", "~ operator c; parallelism 1>4", "~ chain a; parallelism 1>4", "~ worker b; instances 1>4"}},
		{"a worker named", base, strings.ReplaceAll(base, "python: true", "python: {worker: w}"), []string{"~ worker w was b"}},
		{"another group", "operators: [{id: a, python: true}]", "operators: [{id: a, slotSharingGroup: g, python: true}]", nil},
		{"another mode and version", "operators: [{id: a}]", "mode: batch\nflinkVersion: 1.20\noperators: [{id: a}]",
			[]string{"~ job unnamed; mode streaming>batch; flinkVersion >1.20; model flip-88>flip-141; sharing chain>slot; needsFrom flip-88>measured", "~ operator a; managedOffHeap unknown>0b; taskHeap unknown>0b"}},
	} {
		d := Compare(shotsOf(t, "old", row.old), shotsOf(t, "new", row.now))
		var got []string
		for _, line := range told(d) {
			if !strings.Contains(line, "slotSharingGroup ") || strings.HasPrefix(line, "+ chain") {
				if !strings.Contains(line, "~ total") {
					got = append(got, line)
				}
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestDiffSums: groups and totals, and groups that were renamed with their chain.
func TestDiffSums(t *testing.T) {
	old := "mode: batch\noperators: [{id: b, python: true}]"
	for _, row := range []struct {
		reason, now string
		want        []string
	}{
		{"twice as many slots", "mode: batch\nparallelism: 2\noperators: [{id: b, python: true}]",
			[]string{"~ slotSharingGroup default#b; slots 1>2", "~ total; slots 1>2; workers 1>2; pythonMemory 79mb>158mb; managedOffHeap 79mb>158mb; taskHeap 5mb>10mb"}},
		{"the group's name follows its chain", "mode: batch\noperators: [{id: a}, {id: b, inputs: [a], python: true}]", []string{"~ slotSharingGroup default#a was default#b"}},
		{"a group more", "mode: batch\noperators: [{id: b, python: true}, {id: c, parallelism: 3}]",
			[]string{"+ slotSharingGroup default#c; slots >3; workers >0", "~ total; slots 1>4"}},
	} {
		var got []string
		for _, line := range told(Compare(shotsOf(t, "old", old), shotsOf(t, "new", row.now))) {
			if strings.Contains(line, " slotSharingGroup") && !strings.Contains(line, " chain ") || strings.Contains(line, "~ total") {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestDiffJobs: which job is which.
func TestDiffJobs(t *testing.T) {
	job := func(name string, mb int) string {
		return fmt.Sprintf("name: %s\noperators: [{id: a, python: {userMemory: %dmb}}]\n", name, mb)
	}
	docs := func(jobs ...string) string { return strings.Join(jobs, "---\n") }
	paths := func(shots []*Snapshot, of string) {
		for i, path := range strings.Fields(of) {
			shots[i].Path = path
		}
	}
	for _, row := range []struct {
		reason, old, now     string
		oldPaths, nowPaths   string
		want                 string
		added, gone, changed int
	}{
		{"by name, whatever the order", docs(job("x", 1), job("y", 2)), docs(job("y", 2), job("x", 1)), "", "", "[1 0]", 0, 0, 0},
		{"one came, one went, one stayed", docs(job("x", 1), job("y", 2)), docs(job("y", 2), job("z", 3), job("w", 3)), "", "", "[1 -1 -1]", 2, 1, 0},
		{"the only one that is left was renamed", docs(job("x", 1), job("y", 2)), docs(job("y", 2), job("z", 3)), "", "", "[1 0]", 0, 0, 1},
		{"two of one name: in their order", docs(job("x", 1), job("x", 2)), docs(job("x", 1), job("x", 3)), "", "", "[0 1]", 0, 0, 1},
		{"two of one name: by their files", docs(job("x", 1), job("x", 2)), docs(job("x", 2), job("x", 1)), "1 2", "2 1", "[1 0]", 0, 0, 0},
		{"nothing in common: another job", job("x", 1), "name: z\noperators: [{id: other}]\n", "", "", "[-1]", 1, 1, 0},
		{"renamed: by their files", docs(job("x", 1), job("y", 2)), docs(job("v", 2), job("u", 1)), "1 2", "2 1", "[1 0]", 0, 0, 2},
		{"two renamed, without files: nobody can tell", docs(job("x", 1), job("y", 2)), docs(job("v", 2), job("u", 1)), "", "", "[-1 -1]", 2, 2, 0},
		{"two renamed, without files: by their operators", docs(job("x", 1), "name: y\noperators: [{id: b}]\n"), docs("name: v\noperators: [{id: b}]\n", job("u", 1)), "", "", "[1 0]", 0, 0, 2},
		{"renamed and moved to another file", docs(job("x", 1), "name: y\noperators: [{id: b}]\n"), docs("name: v\noperators: [{id: b}]\n", job("u", 1)), "1 2", "3 4", "[1 0]", 0, 0, 2},
		{"moved to another file: by name", docs(job("x", 1), job("y", 2)), docs(job("y", 2), job("x", 1)), "1 2", "3 4", "[1 0]", 0, 0, 0},
	} {
		old, now := shotsOf(t, "old", row.old), shotsOf(t, "new", row.now)
		paths(old, row.oldPaths)
		paths(now, row.nowPaths)
		if got := fmt.Sprint(pairJobs(old, now)); got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
		var counts [3]int
		d := Compare(old, now)
		for _, j := range d.Jobs {
			counts[j.Action]++
		}
		if want := [3]int{Changed: row.changed, Added: row.added, Removed: row.gone}; counts != want || d.Unchanged+row.changed+row.added != len(now) {
			t.Errorf("%s: %v jobs, want %v; %d unchanged", row.reason, counts, want, d.Unchanged)
		}
	}
}

func TestDifference(t *testing.T) {
	for _, row := range []struct {
		old, now   Value
		difference int64
		percent    string
	}{
		{size(94 << 20), size(394 << 20), 300 << 20, "319.1"},
		{size(0), size(1), 1, "none"},
		{number(4), number(1), -3, "-75.0"},
		{number(4), Value{}, 0, "none"},
		{text("unknown"), size(1), 0, "none"},
	} {
		f := Field{Old: row.old, New: row.now}
		d, _ := f.Difference()
		percent := "none"
		if p, ok := f.Percent(); ok {
			percent = fmt.Sprintf("%.1f", p)
		}
		if d.N != row.difference || percent != row.percent {
			t.Errorf("%s, %s: %d, %s%%", row.old.Text, row.now.Text, d.N, percent)
		}
	}
}
