package render

import (
	"io"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// Reviewdog Diagnostic Format (reviewdog, proto/rdf): a DiagnosticResult. Its columns count bytes. A suggestion is applied with a click:
// there is one only where it leaves the text's meaning as it is, such as the newer name of an option.

var rdjsonSeverity = [...]string{source.Error: "ERROR", source.Warning: "WARNING", source.Note: "INFO"}

func writeRDJSON(w io.Writer, r *policy.Report, o Options) error {
	d := rdjsonDocument{planDocument{emitter: &emitter{w: w, json: true}}}
	findings := shown(r.Findings, o)
	waived := 0
	if o.ShowWaived {
		waived = len(r.Waived)
	}
	d.mapping()
	d.flowAt("source")
	d.keyWord("name", "udfplan")
	d.close()
	d.list("diagnostics", len(findings)+waived, func(i int) {
		if i < len(findings) {
			d.diagnostic(&findings[i], rdjsonSeverity[findings[i].Severity], withFix(&findings[i], "\nTo pass: "))
			return
		}
		f := &r.Waived[i-len(findings)]
		d.diagnostic(f, rdjsonSeverity[source.Note], "waived: "+Sanitize(f.Message)+"\n"+Sanitize(waivedBy(f.Waiver)))
	})
	d.close()
	d.buf = append(d.buf, '\n')
	return d.flush()
}

type rdjsonDocument struct{ planDocument }

func (d *rdjsonDocument) diagnostic(f *policy.Finding, severity, message string) {
	d.mapping()
	d.keyText("message", message)
	d.location(f.Place)
	d.keyWord("severity", severity)
	d.flowAt("code")
	d.keyWord("value", f.Rule.ID)
	d.close()
	if len(f.Related) > 0 {
		d.flowSequenceAt("related_locations")
		for _, related := range f.Related {
			d.next()
			d.flow()
			d.keyText("message", Sanitize(related.Message))
			d.location(related.Place)
			d.close()
		}
		d.close()
	}
	if f.Edit != nil && f.Waiver == nil && isFile(f.Place) {
		d.suggestion(f)
	}
	d.close()
}

func (d *rdjsonDocument) suggestion(f *policy.Finding) {
	start, end, is := f.Edit.Range(f.Place)
	if !is {
		return
	}
	d.flowSequenceAt("suggestions")
	d.next()
	d.flow()
	d.flowAt("range")
	d.position("start", f.Place.File, start)
	d.position("end", f.Place.File, end)
	d.close()
	d.keyText("text", f.Edit.New)
	d.close()
	d.close()
}

// position writes a line, and a column where it is known.
func (d *rdjsonDocument) position(key string, file *source.File, at source.Pos) {
	line, _ := file.Position(at)
	d.flowAt(key)
	d.keyInt("line", int64(line))
	if column := file.ByteColumn(at); column > 0 {
		d.keyInt("column", int64(column))
	}
	d.close()
}

// location writes as much of a place as is known; nothing of what stands on the command line or came from standard input.
func (d *rdjsonDocument) location(at source.Place) {
	if !isFile(at) {
		return
	}
	d.flowAt("location")
	d.keyText("path", at.File.Name)
	if line, _ := at.File.Position(at.Pos); line > 0 {
		d.flowAt("range")
		d.position("start", at.File, at.Pos)
		d.close()
	}
	d.close()
}
