package conf

import (
	"strings"

	"udfplan/graph/source"
)

// A template is not read: what it will say is not known yet. Comments may hold braces, and so may what a rendered manifest says to
// others: rules of Prometheus, annotations of Vault.

// action is one of a template inside a text: {{ .Values.slots }}, {{slots:1}}.
var action = source.Pattern(`\{\{[^{}\n]*\}\}`)

// brokenByTemplate refuses a text that is no YAML, or none with keys, because of what Helm is still to replace in it.
func brokenByTemplate(f *source.File, broken source.List) source.List {
	for _, d := range broken {
		offset, known := d.Place.Pos.Offset()
		atBraces := known && strings.Contains(f.Text[max(offset-1, 0):min(offset+2, len(f.Text))], "{{")
		if d.Code != source.CodeYAMLSyntax && !atBraces {
			continue
		}
		if at := bracesIn(f.Text); at >= 0 {
			return unrendered(source.Place{File: f, Pos: source.At(at)})
		}
		break
	}
	return nil
}

// bracesIn is where a text has its first {{ outside of comments; -1 if it has none.
func bracesIn(text string) int {
	for at, next := 0, 0; at < len(text); at = next {
		var line string
		line, next = cutLine(text, at)
		if i := strings.IndexByte(line, '#'); i == 0 || i > 0 && strings.ContainsAny(line[i-1:i], " \t") {
			line = line[:i]
		}
		if i := strings.Index(line, "{{"); i >= 0 {
			return at + i
		}
	}
	return -1
}

// templateIn refuses the parts of a document that are read where a text in them is still to be replaced.
func templateIn(parts []source.Node) source.List {
	for _, n := range parts {
		if hasAction(n) {
			at := n.Place()
			if first := bracesIn(at.File.Text); first >= 0 {
				at.Pos = source.At(first)
			}
			return unrendered(at)
		}
	}
	return nil
}

func hasAction(n source.Node) bool {
	if n.Kind() == source.Text && action().MatchString(n.Text()) {
		return true
	}
	for key, value := range n.Fields() {
		if hasAction(key) || hasAction(value) {
			return true
		}
	}
	for item := range n.Items() {
		if hasAction(item) {
			return true
		}
	}
	return false
}

func unrendered(at source.Place) (problems source.List) {
	problems.Errorf(at, source.CodeUnsupportedDocument, "this is a template that Helm has not rendered yet").
		Hint = helmHint
	return problems
}

const helmHint = "run helm template first, and give udfplan what it prints: helm template CHART | udfplan capacity job.yaml --flink-conf -"
