package render

import (
	"io"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// GitLab Code Quality, as GitLab's documentation of its report format has it: a list of findings, each with a line. It has five
// severities and knows no waivers: what is waived is told as info.

var gitLabSeverity = [...]string{source.Error: "major", source.Warning: "minor", source.Note: "info"}

func writeGitLab(w io.Writer, r *policy.Report, o Options) error {
	d := gitLabDocument{planDocument{emitter: &emitter{w: w, json: true}}, r, o.InRepository, fingerprints{}}
	findings := shown(r.Findings, o)
	d.sequence()
	for i := range findings {
		d.next()
		d.issue(&findings[i], gitLabSeverity[findings[i].Severity], withFix(&findings[i], "; to pass: "))
	}
	if o.ShowWaived {
		for i := range r.Waived {
			f := &r.Waived[i]
			d.next()
			d.issue(f, gitLabSeverity[source.Note], "waived: "+Sanitize(f.Message)+": "+Sanitize(waivedBy(f.Waiver)))
		}
	}
	d.close()
	d.buf = append(d.buf, '\n')
	return d.flush()
}

type gitLabDocument struct {
	planDocument
	report       *policy.Report
	inRepository func(file string) string
	seen         fingerprints
}

func (d *gitLabDocument) issue(f *policy.Finding, severity, description string) {
	name, line := d.where(f)
	path := name
	if !isFile(f.Place) && len(d.report.Jobs) > 0 {
		path = d.path(d.report.Jobs[max(f.Job, 0)].File)
	}
	if !isFile(f.Place) {
		description = Sanitize(name) + ": " + description
	}
	d.mapping()
	d.keyText("description", description)
	d.keyWord("check_name", f.Rule.ID)
	d.keyWord("fingerprint", d.seen.of(f, name))
	d.keyWord("severity", severity)
	d.flowAt("location")
	d.keyText("path", path)
	d.flowAt("lines")
	d.keyInt("begin", int64(line))
	d.close()
	d.close()
	d.close()
}

// where is the file and the line of a finding: GitLab needs both. What stands on the command line or came from standard input is told
// at the beginning of a job's file, under the name of where it stands.
func (d *gitLabDocument) where(f *policy.Finding) (name string, line int) {
	if f.Place.File == nil {
		return "udfplan", 1
	}
	if !isFile(f.Place) {
		return f.Place.File.Name, 1
	}
	line, _ = f.Place.File.Position(f.Place.Pos)
	return d.path(f.Place.File.Name), max(line, 1)
}

func (d *gitLabDocument) path(file string) string {
	if d.inRepository == nil || !isFile(source.Place{File: &source.File{Name: file}}) {
		return file
	}
	return d.inRepository(file)
}
