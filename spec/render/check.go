package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/policy"
)

// CheckFormats are all formats of `check`.
var CheckFormats = []Format[*policy.Report]{
	{"text", "for people: each finding at its line, and a summary", writeCheckText},
	{"json", "the findings as a document", writeCheckJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", writeSARIF},
	{"junit", "JUnit XML: a test case for each job and rule", writeJUnit},
	{"github", "annotations of a GitHub workflow", writeGitHub},
	{"gitlab", "GitLab Code Quality, for the widget of a merge request", writeGitLab},
	{"rdjson", "for reviewdog: Reviewdog Diagnostic Format", writeRDJSON},
	{"tap", "TAP 14: a test point for each job", writeTAP},
	{"unix", "FILE:LINE:COLUMN: severity: message [rule], a line each", writeUnix},
	{"markdown", "a review comment: headline, ten rows, the rest folded", writeCheckMarkdown},
}

// SummaryLine says how a run of `check` came out.
func SummaryLine(s policy.Summary) string {
	text := fmt.Sprintf("%s, %s, %s: %s passed, %s warned, %s failed, %s waived", groupedCount(s.Jobs, "job"), groupedCount(s.Operators, "operator"),
		groupedCount(s.Workers, "worker"), grouped(s.Passed), grouped(s.Warned), grouped(s.Failed), grouped(s.Waived))
	if s.General > 0 {
		text += "; " + groupedCount(s.General, "finding") + " besides the jobs"
	}
	return text
}

// grouped is a number with commas: 9,871.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func groupedCount(n int64, word string) string {
	if n != 1 {
		word += "s"
	}
	return grouped(n) + " " + word
}

// shown are the findings that a report is to show.
func shown(findings []policy.Finding, o Options) []policy.Finding {
	if !o.Quiet {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f policy.Finding) bool { return f.Severity == source.Note })
}

// worstFirst orders findings by severity, those of one severity as they are.
func worstFirst(findings []policy.Finding) []policy.Finding {
	out := slices.Clone(findings)
	slices.SortStableFunc(out, func(a, b policy.Finding) int { return int(a.Severity) - int(b.Severity) })
	return out
}

// waivedBy says who agreed to a finding, and until when.
func waivedBy(w *policy.Waiver) string {
	text := w.Reason
	if w.Expires != "" {
		text += " (until " + string(w.Expires) + ")"
	}
	return text
}

// withFix is what was found, and behind the words between what would make it pass.
func withFix(f *policy.Finding, between string) string {
	if f.Fix == "" {
		return Sanitize(f.Message)
	}
	return Sanitize(f.Message) + between + Sanitize(f.Fix)
}

func writeCheckText(w io.Writer, r *policy.Report, o Options) error {
	var out strings.Builder
	t := diagnosticText{out: &out, DiagnosticOptions: DiagnosticOptions{Color: o.Color, Verbose: true, Most: o.Most}}
	findings := shown(r.Findings, o)
	list := make([]source.Diagnostic, len(findings))
	for i := range findings {
		list[i] = findings[i].Diagnostic()
	}
	t.list(list)
	if o.ShowWaived {
		for i := range r.Waived {
			t.waived(&r.Waived[i])
		}
	}
	if out.Len() > 0 {
		out.WriteByte('\n')
	}
	out.WriteString(SummaryLine(r.Summary) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// waived writes a finding that somebody agreed to.
func (t *diagnosticText) waived(f *policy.Finding) {
	if place := f.Place.String(); place != "" {
		t.out.WriteString(t.paint(bold, Sanitize(place)+":") + " ")
	}
	fmt.Fprintf(t.out, "%s %s%s\n", t.paint(dim, "waived:"), Sanitize(f.Message), t.paint(dim, " ["+f.Rule.ID+"]"))
	fmt.Fprintf(t.out, "  reason: %s, %s\n", Sanitize(waivedBy(f.Waiver)), Sanitize(f.Waiver.Place.String()))
}

func writeCheckJSON(w io.Writer, r *policy.Report, o Options) error {
	d := findingsDocument{planDocument{emitter: &emitter{w: w, json: true}}}
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "Findings")
	d.summary(r.Summary)
	findings := shown(r.Findings, o)
	if o.ShowWaived {
		findings = slices.Concat(findings, r.Waived)
	}
	d.list("findings", len(findings), func(i int) { d.finding(&findings[i]) })
	d.close()
	d.buf = append(d.buf, '\n')
	return d.flush()
}

// findingsDocument writes the document of kind Findings.
type findingsDocument struct{ planDocument }

func (d *findingsDocument) summary(s policy.Summary) {
	d.mappingAt("summary")
	for _, n := range []struct {
		key string
		n   int64
	}{
		{"jobs", s.Jobs}, {"operators", s.Operators}, {"workers", s.Workers}, {"passed", s.Passed},
		{"warned", s.Warned}, {"failed", s.Failed}, {"waived", s.Waived}, {"besides", s.General},
	} {
		d.keyInt(n.key, n.n)
	}
	d.close()
}

func (d *findingsDocument) finding(f *policy.Finding) {
	d.mapping()
	d.keyWord("rule", f.Rule.ID)
	d.keyWord("severity", f.Severity.String())
	if f.Job >= 0 {
		d.keyText("job", f.JobName)
	}
	if f.Subject.Kind != policy.AboutJob {
		d.keyText(f.Subject.Kind.String(), f.Subject.Name)
	}
	d.keyText("message", f.Message)
	if f.Measured {
		d.quantity("found", f.Found)
		d.quantity("limit", f.Limit)
	}
	if f.Before != nil {
		d.quantity("before", *f.Before)
	}
	if f.Fix != "" {
		d.keyText("fix", f.Fix)
	}
	d.place(f.Place)
	if f.Waiver != nil {
		d.flowAt("waived")
		d.keyText("reason", f.Waiver.Reason)
		if f.Waiver.Expires != "" {
			d.keyText("expires", string(f.Waiver.Expires))
		}
		d.place(f.Waiver.Place)
		d.close()
	}
	d.close()
}

func (d *findingsDocument) quantity(key string, q spec.Quantity) {
	if q.Bytes {
		d.keyWord(key, q.String())
		return
	}
	d.keyInt(key, q.N)
}

// place writes as much of a place as is known.
func (d *findingsDocument) place(at source.Place) {
	if at.File == nil {
		return
	}
	d.keyText("file", at.File.Name)
	line, column := at.File.Position(at.Pos)
	if line > 0 {
		d.keyInt("line", int64(line))
	}
	if column > 0 {
		d.keyInt("column", int64(column))
	}
}
