package render

import (
	"io"
	"strings"

	"udfplan/graph"
	"udfplan/spec"
)

// ExplanationFormats are all formats of `explain`.
var ExplanationFormats = []Format[[]spec.Explanation]{
	{"text", "for people, 80 columns", writeExplanationText},
	{"json", "one document a job, one line a fact", writeExplanationJSON},
}

const textColumns = 80

func writeExplanationText(w io.Writer, explanations []spec.Explanation, o Options) error {
	var out strings.Builder
	style := tableStyle{color: o.Color, name: textColumns}
	for i := range explanations {
		e := &explanations[i]
		if i > 0 {
			out.WriteByte('\n')
		}
		if e.Spec != nil {
			appendTree(&out, e.Spec, nil, o)
		} else {
			out.WriteString(style.paint(bold, style.fit(e.Job)+": "+style.fit(e.Operator)) + "\n")
		}
		for _, s := range e.Sections {
			facts, common := commonSource(s.Facts)
			out.WriteString("\n" + style.paint(bold, s.Title))
			if common != "" {
				out.WriteString(" " + style.paint(dim, "["+Sanitize(common)+"]"))
			}
			out.WriteByte('\n')
			writeFacts(&out, facts, style)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// commonSource is the source that most facts of a section share, which is said once in its title; none unless
// every fact has one.
func commonSource(facts []spec.Fact) (rest []spec.Fact, common string) {
	times := map[string]int{}
	for _, f := range facts {
		if f.Source == "" {
			return facts, ""
		}
		times[f.Source]++
		if n := times[f.Source]; n > 1 && n > times[common] || f.Source == common {
			common = f.Source
		}
	}
	for _, f := range facts {
		if f.Source == common {
			f.Source = ""
		}
		rest = append(rest, f)
	}
	return rest, common
}

// writeFacts puts facts about one subject under it; a single one beside it.
func writeFacts(out *strings.Builder, facts []spec.Fact, style tableStyle) {
	for i := 0; i < len(facts); {
		end := i + 1
		for end < len(facts) && facts[end].Subject == facts[i].Subject && facts[i].Subject != "" {
			end++
		}
		subject := Sanitize(facts[i].Subject)
		switch {
		case subject == "":
			writeFact(out, "  ", facts[i], style)
		case end == i+1:
			writeFact(out, "  "+subject+": ", facts[i], style)
		default:
			out.WriteString("  " + subject + "\n")
			for _, f := range facts[i:end] {
				writeFact(out, "    - ", f, style)
			}
		}
		i = end
	}
}

// writeFact wraps a fact between words, its source last. Further lines are indented.
func writeFact(out *strings.Builder, lead string, f spec.Fact, style tableStyle) {
	indent := "    "
	if strings.HasSuffix(lead, "- ") {
		indent = "      "
	}
	column := width(lead)
	out.WriteString(lead)
	first := true
	put := func(word, color string) {
		n := width(word)
		switch {
		case first:
		case column+1+n > textColumns:
			out.WriteString("\n" + indent)
			column = len(indent)
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(style.paint(color, word))
		column += n
		first = false
	}
	for _, word := range strings.Fields(Sanitize(f.Text)) {
		put(word, "")
	}
	if f.Source != "" {
		for _, word := range strings.Fields("[" + Sanitize(f.Source) + "]") {
			put(word, dim)
		}
	}
	out.WriteByte('\n')
}

func writeExplanationJSON(w io.Writer, explanations []spec.Explanation, _ Options) error {
	for i := range explanations {
		e := emitter{w: w, json: true}
		e.explanation(&explanations[i])
		e.buf = append(e.buf, '\n')
		if err := e.flush(); err != nil {
			return err
		}
	}
	return nil
}

func (e *emitter) keyText(key, text string) {
	e.key(key)
	e.text(text)
}

func (e *emitter) explanation(x *spec.Explanation) {
	e.mapping()
	e.keyText("apiVersion", graph.APIVersion)
	e.keyText("kind", "Explanation")
	e.keyText("job", x.Job)
	if x.Operator != "" {
		e.keyText("operator", x.Operator)
	}
	e.sequenceAt("facts")
	for _, s := range x.Sections {
		for _, f := range s.Facts {
			e.next()
			e.flow()
			e.keyText("section", s.Title)
			if f.Subject != "" {
				e.keyText("subject", f.Subject)
			}
			e.keyText("text", f.Text)
			if f.Source != "" {
				e.keyText("source", f.Source)
			}
			e.close()
		}
	}
	e.close()
	e.close()
}
