package render

import (
	"io"
	"strconv"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

var (
	// gitHubData and gitHubProperty escape as GitHub's own toolkit does (actions/toolkit, command.ts).
	gitHubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	gitHubCommand  = [...]string{source.Error: "error", source.Warning: "warning", source.Note: "notice"}
)

// writeGitHub writes workflow commands, the worst first: GitHub shows ten of a kind. The last line is the summary.
func writeGitHub(w io.Writer, r *policy.Report, o Options) error {
	var out strings.Builder
	for _, f := range worstFirst(shown(r.Findings, o)) {
		gitHubAnnotation(&out, gitHubCommand[f.Severity], &f, "")
	}
	if o.ShowWaived {
		for i := range r.Waived {
			gitHubAnnotation(&out, "notice", &r.Waived[i], "waived: "+waivedBy(r.Waived[i].Waiver))
		}
	}
	out.WriteString(SummaryLine(r.Summary) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func gitHubAnnotation(out *strings.Builder, command string, f *policy.Finding, more string) {
	out.WriteString("::" + command + " ")
	if isFile(f.Place) {
		out.WriteString("file=" + gitHubProperty.Replace(f.Place.File.Name) + ",")
		if line, column := f.Place.File.Position(f.Place.Pos); line > 0 {
			out.WriteString("line=" + strconv.Itoa(line) + ",")
			if column > 0 {
				out.WriteString("col=" + strconv.Itoa(column) + ",")
			}
		}
	}
	text := Sanitize(f.Message)
	if f.Job >= 0 {
		text = Sanitize(f.JobName) + ": " + text
	}
	switch {
	case more != "":
		text += "\n" + Sanitize(more)
	case f.Fix != "":
		text += "\nto pass: " + Sanitize(f.Fix)
	}
	out.WriteString("title=" + gitHubProperty.Replace("udfplan "+f.Rule.ID) + "::" + gitHubData.Replace(text) + "\n")
}
