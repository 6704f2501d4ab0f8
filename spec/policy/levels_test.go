package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

// TestLevels: what the command line asks for is stronger than an override, which is stronger than the file's own, which is stronger
// than the rule's.
func TestLevels(t *testing.T) {
	const job = "name: etl\nflinkVersion: 1.14\nconfig: {python.fn-execution.buffer.memory.size: 1mb}\noperators: [{id: a, python: {mode: thread}}]"
	thread, option := "4:21 %sno-thread-mode operator a", "3:10 %soption-without-effect option python.fn-execution.buffer.memory.size"
	with := func(line, severity string) string { return line[:5] + severity + line[7:] }
	for _, row := range []struct {
		reason, limits string
		flags          map[string]Level
		want           []string
	}{
		{"the rules' own", "", nil, []string{with(option, "warning "), with(thread, "warning ")}},
		{"by flag", "", map[string]Level{"no-thread-mode": ErrorLevel, "option-without-effect": Off}, []string{with(thread, "")}},
		{"by the file", "severities: {no-thread-mode: error, option-without-effect: off}", nil, []string{with(thread, "")}},
		{"a flag is stronger than the file", "severities: {no-thread-mode: error, option-without-effect: off}", map[string]Level{"no-thread-mode": NoteLevel, "option-without-effect": WarningLevel},
			[]string{with(option, "warning "), with(thread, "note ")}},
		{"of some jobs", "severities: {no-thread-mode: error}\noverrides: [{job: 'e*', severities: {no-thread-mode: note}}, {job: x, severities: {option-without-effect: off}}]", nil,
			[]string{with(option, "warning "), with(thread, "note ")}},
		{"a later override is stronger", "overrides: [{job: 'e*', severities: {no-thread-mode: error, option-without-effect: off}}, {job: '*', severities: {no-thread-mode: note}}]", nil,
			[]string{with(thread, "note ")}},
		{"a flag is stronger than an override", "overrides: [{job: etl, severities: {no-thread-mode: error}}]", map[string]Level{"no-thread-mode": NoteLevel, "option-without-effect": Off},
			[]string{with(thread, "note ")}},
	} {
		o := &Options{Levels: row.flags}
		if row.limits != "" {
			o.Limits = limitsOf(t, row.limits)
		}
		v := Check(caseOf(t, job, graph.Options{}), o)
		if diff := cmp.Diff(row.want, briefs(v.Findings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
		off := len(row.want) == 1
		for _, rule := range v.Judged {
			if rule.ID == "option-without-effect" && off || rule.Scope == OfLimit || rule.Scope == OfCluster || rule.Scope == OfDiff {
				t.Errorf("%s: %s is said to be judged", row.reason, rule.ID)
			}
		}
	}
}

// TestLevelsOfWaivers: what is wrong with waivers has severities in the file too; an unused one that was asked for is no note.
func TestLevelsOfWaivers(t *testing.T) {
	const waivers = "waivers: [{rule: job-slots, reason: x, job: gone}, {rule: worker-memory}]\n"
	for _, row := range []struct {
		reason, limits string
		want           source.Severity
		found          int
	}{
		{"a job that was not checked", "", source.Note, 2},
		{"asked for", "severities: {waiver-unused: error}", source.Error, 2},
		{"off", "severities: {waiver-unused: off}", source.Error, 1},
		{"the waived rule is off: nobody looked", "severities: {job-slots: off}", source.Error, 1},
	} {
		o := &Options{Limits: limitsOf(t, waivers+row.limits)}
		c := caseOf(t, "operators: [{id: a, python: true}]", graph.Options{})
		r := NewReport([]Judged{{Verdict: Check(c, o)}}, o, source.Error, false)
		if len(r.Findings) != row.found || r.Findings[0].Severity != row.want {
			t.Errorf("%s: %v", row.reason, briefs(r.Findings))
		}
	}
}
