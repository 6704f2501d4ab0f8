package conf

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What is no configuration of a cluster is refused by what it is, never read as flink-conf.yaml line by line.

// canRead lists what can be read, for whoever gave something else. Only Read calls it: the table of shapes names their readers.
func canRead() string {
	var names []string
	for _, shape := range Shapes {
		names = append(names, shape.Name)
	}
	return "udfplan reads " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// template is an action of a Go template: {{ .Values.slots }}, {{- include "x" . }}, {{ if $x }}.
var template = source.Pattern(`\{\{-?\s*(?:[.$(]|/\*|[a-z]+[\s}])`)

// unrendered refuses a Helm template: what it will say is not known yet. Comments may hold anything.
func unrendered(f *source.File) (problems source.List) {
	for at, next := 0, 0; at < len(f.Text); at = next {
		var line string
		line, next = cutLine(f.Text, at)
		if i := strings.IndexByte(line, '#'); i == 0 || i > 0 && strings.ContainsAny(line[i-1:i], " \t") {
			line = line[:i]
		}
		if found := template().FindStringIndex(line); found != nil {
			problems.Errorf(source.Place{File: f, Pos: source.At(at + found[0])}, source.CodeUnsupportedDocument, "this is a template that Helm has not rendered yet").
				Hint = "run helm template first, and give udfplan what it prints: helm template CHART | udfplan capacity job.yaml --flink-conf -"
			return problems
		}
	}
	return nil
}

// looksStructured: whoever wrote this meant a document, not lines of key: value. Where its YAML is broken, that is the error.
var looksStructured = source.Pattern(`(?m)^(?:apiVersion|kind|services|metadata|spec):(?:\s|$)|^\s*[\[{]`)

// refuseResources says what a manifest has instead of a configuration.
func refuseResources(docs []source.Node, all []resource) (problems source.List) {
	var kinds []string
	for i := range all {
		r := &all[i]
		if r.kind == "FlinkCluster" {
			problems.Errorf(r.doc.Place(), source.CodeUnsupportedDocument, "this is a FlinkCluster (%s), whose operator derives a TaskManager's memory by a ratio of its own", source.Excerpt(textField(r.doc, "apiVersion"))).
				Hint = "give udfplan what Flink gets of it: the flink-conf.yaml in a running TaskManager, or the answer of REST /taskmanagers"
			return problems
		}
		if !slices.Contains(kinds, r.kind) {
			kinds = append(kinds, r.kind)
		}
	}
	const most = 5
	if len(kinds) > most {
		kinds = append(kinds[:most], "…")
	}
	what := "an empty list of Kubernetes resources"
	switch {
	case len(kinds) == 1 && kinds[0] == "ConfigMap":
		what = "a ConfigMap without flink-conf.yaml and config.yaml"
	case len(kinds) == 1:
		what = "a Kubernetes " + source.Excerpt(kinds[0])
	case len(kinds) > 1:
		what = "Kubernetes resources (" + strings.Join(kinds, ", ") + ")"
	}
	problems.Errorf(docs[0].Place(), source.CodeUnsupportedDocument, "this is %s, which does not say how Flink is configured", what)
	return problems
}

// foreign says what a document is that is none of Flink's own files; empty where it can be one. A file of Flink's own name is one,
// whatever it looks like.
func foreign(doc source.Node, ownName bool, v flink.Version) string {
	has := func(key string) bool { return doc.Field(key).Valid() }
	switch {
	case doc.Kind() != source.Mapping:
		return ""
	case strings.HasPrefix(textField(doc, "apiVersion"), "udfplan/"):
		return "a document of udfplan, of kind " + source.Excerpt(textField(doc, "kind"))
	case has("operators"):
		return "a job file of udfplan"
	case has("nodes") || has("plan") && has("vertices") || has("jid"):
		return "what Flink says of a job"
	case has("errors") && doc.Field("errors").Kind() == source.Sequence:
		return "an error of Flink's REST interface"
	case ownName || !nested(doc):
		return ""
	case flinkNested("", doc, 0):
		return ""
	case has("jobs") && has("on"):
		return "a GitHub workflow"
	case has("replicaCount"), has("image") && doc.Field("image").Kind() == source.Mapping:
		return "values of a Helm chart"
	case flink.StandardConfOnly.In(v):
		return "" // config.yaml is the only file that such a version has
	}
	return "a mapping with " + keysOf(doc)
}

// nested reports whether any value is a mapping, or a list of mappings, that stands below its key: no line of flink-conf.yaml can
// say that. `key: {a: 1}` is such a line.
func nested(doc source.Node) bool {
	f := doc.File()
	if offset, known := doc.Pos().Offset(); known && offset < len(f.Text) && f.Text[offset] == '{' {
		return true
	}
	for key, value := range doc.Fields() {
		inner := value.Kind() == source.Mapping
		for item := range value.ItemsOrNone() {
			inner = inner || item.Kind() == source.Mapping
		}
		if from, known := key.Pos().Offset(); inner && known {
			if to, known := value.Pos().Offset(); known && to > from && strings.ContainsAny(f.Text[from:to], "\r\n") {
				return true
			}
		}
	}
	return false
}

// flinkNested reports whether nested keys, joined by dots, are an option of Flink's: then it is config.yaml under another name.
func flinkNested(prefix string, doc source.Node, depth int) bool {
	const deepest = 8
	for key, value := range doc.Fields() {
		name := prefix + key.Text()
		if _, known := flink.LookupOption(name); known {
			return true
		}
		if value.Kind() == source.Mapping && depth < deepest && flinkNested(name+".", value, depth+1) {
			return true
		}
	}
	return false
}

// keysOf names the first keys of a mapping.
func keysOf(doc source.Node) string {
	const most = 4
	var keys []string
	for key := range doc.Fields() {
		if len(keys) == most {
			keys = append(keys, "…")
			break
		}
		keys = append(keys, source.Excerpt(key.Text()))
	}
	return fmt.Sprintf("the keys %s", strings.Join(keys, ", "))
}
