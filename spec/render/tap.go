package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// writeTAP writes TAP 14 (testanything.org): a test point for each job, which is not ok if the job fails the run, and in its YAML
// block what was found, as the document of kind Findings has it. What is about no job is one point more.
func writeTAP(w io.Writer, r *policy.Report, o Options) error {
	byJob, besides := findingsByJob(r, o)
	points := len(r.Jobs)
	if len(besides) > 0 {
		points++
	}
	t := tapWriter{failOn: r.FailOn}
	fmt.Fprintf(&t.out, "TAP version 14\n1..%d\n", points)
	for j := range r.Jobs {
		t.point(fmt.Sprintf("%s (%s)", Sanitize(r.Jobs[j].Name), Sanitize(r.Jobs[j].File)), byJob[j])
	}
	if len(besides) > 0 {
		t.point("besides the jobs", besides)
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

type tapWriter struct {
	out    bytes.Buffer
	failOn source.Severity
	n      int // of points so far
}

// tapDescription escapes what would end a description, or begin a directive such as # SKIP.
var tapDescription = strings.NewReplacer(`\`, `\\`, "#", `\#`)

func (t *tapWriter) point(description string, findings []*policy.Finding) {
	ok := "ok"
	for _, f := range findings {
		if f.Waiver == nil && f.Severity <= t.failOn {
			ok = "not ok"
		}
	}
	t.n++
	fmt.Fprintf(&t.out, "%s %d - %s\n", ok, t.n, tapDescription.Replace(description))
	if len(findings) > 0 {
		t.block(findings)
	}
}

// block writes what was found, indented by two as TAP wants it.
func (t *tapWriter) block(findings []*policy.Finding) {
	var text bytes.Buffer
	d := findingsDocument{planDocument{emitter: &emitter{w: &text}}}
	d.mapping()
	d.list("findings", len(findings), func(i int) { d.finding(findings[i]) })
	d.close()
	_ = d.flush() // a buffer takes everything
	indented := bytes.ReplaceAll(text.Bytes(), []byte("\n"), []byte("\n  "))
	fmt.Fprintf(&t.out, "  ---\n  %s\n  ...\n", indented)
}
