package render

import (
	"fmt"
	"io"
	"strings"

	"udfplan/spec/policy"
)

// writeUnix writes a line for each finding as compilers do, which editors and the problem matchers of CI read. Where nothing was
// found there is nothing.
func writeUnix(w io.Writer, r *policy.Report, o Options) error {
	var out strings.Builder
	findings := shown(r.Findings, o)
	for i := range findings {
		unixLine(&out, &findings[i], findings[i].Severity.String(), findings[i].Message)
	}
	if o.ShowWaived {
		for i := range r.Waived {
			f := &r.Waived[i]
			unixLine(&out, f, "note", "waived: "+f.Message+": "+waivedBy(f.Waiver))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// unixLine begins with the program's name where there is no place (GNU Coding Standards, Formatting Error Messages).
func unixLine(out *strings.Builder, f *policy.Finding, severity, message string) {
	place := f.Place.String()
	if place == "" {
		place = "udfplan"
	}
	fmt.Fprintf(out, "%s: %s: %s [%s]\n", Sanitize(place), severity, Sanitize(message), f.Rule.ID)
}
