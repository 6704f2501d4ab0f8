package render

import (
	"io"
	"strings"

	"udfplan/graph"
	"udfplan/spec"
	"udfplan/spec/policy"
)

// RuleFormats are all formats of `rules`.
var RuleFormats = []Format[[]*policy.Rule]{
	{"text", "a line each, or one rule whole", writeRulesText},
	{"markdown", "a table, or one rule whole", writeRulesMarkdown},
	{"json", "all of each rule", writeRulesJSON},
}

func writeRulesText(w io.Writer, rules []*policy.Rule, o Options) error {
	style := tableStyle{color: o.Color, name: textColumns}
	if len(rules) == 1 {
		return writeRuleText(w, rules[0], style)
	}
	g := &grid{header: []string{"RULE", "SEVERITY", "WHAT"}, right: make([]bool, 3), paint: func(text string) string { return style.paint(bold, text) }}
	for _, r := range rules {
		g.add(r.ID, style.paint(severityColor[r.Severity], r.Severity.String()), r.Doc)
	}
	return g.write(w)
}

func writeRuleText(w io.Writer, r *policy.Rule, style tableStyle) error {
	var out strings.Builder
	out.WriteString(style.paint(bold, r.ID) + " (" + style.paint(severityColor[r.Severity], r.Severity.String()) + "): " + r.Doc + "\n\n")
	for _, part := range []struct{ title, text string }{{"Why", r.Why}, {"To pass", r.Fix}} {
		out.WriteString(style.paint(bold, part.title) + "\n")
		writeFact(&out, "    ", spec.Fact{Text: part.text}, style)
	}
	if r.Example != "" {
		out.WriteString(style.paint(bold, "For example, with "+exampleCommand(r)) + "\n")
		for line := range strings.Lines(r.Example) {
			out.WriteString("    " + line)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// exampleCommand is how to see the rule's example.
func exampleCommand(r *policy.Rule) string {
	command := "udfplan check job.yaml"
	if r.Scope == policy.OfDiff {
		command = "udfplan diff old.yaml job.yaml"
	}
	return strings.Join(append([]string{command}, r.Args...), " ")
}

func writeRulesMarkdown(w io.Writer, rules []*policy.Rule, _ Options) error {
	var out strings.Builder
	if len(rules) == 1 {
		r := rules[0]
		out.WriteString("### `" + r.ID + "`\n\n" + escapeMarkdown(r.Doc) + " (" + r.Severity.String() + ").\n\n" + escapeMarkdown(r.Why) + "\n\n" + escapeMarkdown(r.Fix) + "\n")
		if r.Example != "" {
			out.WriteString("\nFor example, with `" + exampleCommand(r) + "`:\n\n```yaml\n" + r.Example + "```\n")
		}
		_, err := io.WriteString(w, out.String())
		return err
	}
	t := markdownTable{&out}
	t.header("", "rule", "severity", "what")
	for _, r := range rules {
		t.row("`"+r.ID+"`", r.Severity.String(), escapeMarkdown(r.Doc))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeRulesJSON(w io.Writer, rules []*policy.Rule, _ Options) error {
	d := planDocument{emitter: &emitter{w: w, json: true}}
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "Rules")
	d.list("rules", len(rules), func(i int) {
		d.mapping()
		d.keyWord("id", rules[i].ID)
		d.keyWord("severity", rules[i].Severity.String())
		d.keyText("what", rules[i].Doc)
		d.keyText("why", rules[i].Why)
		d.keyText("fix", rules[i].Fix)
		if rules[i].Example != "" {
			d.keyText("example", rules[i].Example)
			d.keyText("command", exampleCommand(rules[i]))
		}
		d.close()
	})
	d.close()
	d.buf = append(d.buf, '\n')
	return d.flush()
}
