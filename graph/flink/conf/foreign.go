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

// looksStructured: whoever wrote this meant a document, not lines of key: value. Where its YAML is broken, that is the error.
var looksStructured = source.Pattern(`(?m)^(?:apiVersion|kind|services|metadata|spec):(?:\s|$)|^\s*[\[{]`)

// refuseLines refuses a text of which Flink would skip most lines: whoever gave it meant another file.
func refuseLines(f *source.File, options, skipped int) (problems source.List) {
	problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, source.CodeUnsupportedDocument, "this is no configuration: of %s, %d say an option, key: value",
		source.Count(int64(options+skipped), "line"), options)
	return problems
}

// otherOperators are the kinds of operators that are not Apache's, by whoever made them.
var otherOperators = []string{"FlinkCluster", "FlinkApplication"}

// refuseResources says what a manifest has instead of a configuration.
func refuseResources(docs []source.Node, all []resource) (problems source.List) {
	var kinds []string
	for i := range all {
		r := &all[i]
		if slices.Contains(otherOperators, r.kind) {
			problems.Errorf(r.doc.Place(), source.CodeUnsupportedDocument, "this is a %s (%s), whose operator derives a TaskManager's memory by a ratio of its own", r.kind, source.Excerpt(r.doc.TextOf("apiVersion"))).
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
	what := "this is an empty list of Kubernetes resources: it holds"
	switch {
	case len(kinds) == 1 && kinds[0] == "ConfigMap":
		what = "this is a ConfigMap without flink-conf.yaml and config.yaml: it holds"
	case len(kinds) == 1:
		what = "this is a Kubernetes " + source.Excerpt(kinds[0]) + ": it holds"
	case len(kinds) > 1:
		what = "these are Kubernetes resources (" + strings.Join(kinds, ", ") + "): they hold"
	}
	problems.Errorf(docs[0].Place(), source.CodeUnsupportedDocument, "%s no configuration of Flink that udfplan reads", what)
	return problems
}

// foreign says what a document is that is none of Flink's own files; empty where it can be one. A file of Flink's own name is one,
// whatever it looks like.
func foreign(doc source.Node, ownName bool, v flink.Version) string {
	has := func(key string) bool { return doc.Field(key).Valid() }
	switch {
	case doc.Kind() == source.Sequence && !ownName:
		return "a list"
	case doc.Kind() != source.Mapping:
		return ""
	case strings.HasPrefix(doc.TextOf("apiVersion"), "udfplan/"):
		return "a document of udfplan, of kind " + source.Excerpt(doc.TextOf("kind"))
	case has("operators"):
		return "a job file of udfplan"
	case has("nodes") || has("plan") && has("vertices") || has("jid"):
		return "what Flink says of a job"
	case has("errors") && doc.Field("errors").Kind() == source.Sequence:
		return "an error of Flink's REST interface"
	case ownName:
		return ""
	case isChartValues(doc):
		return "a file of values for a Helm chart"
	case !nested(doc):
		return ""
	case flinkNested("", doc, 0):
		return ""
	case has("jobs") && has("on"):
		return "a GitHub workflow"
	case flink.StandardConfOnly.In(v) && hasSection(doc):
		return "" // config.yaml is the only file that such a version has
	}
	return "a mapping with " + keysOf(doc)
}

// isChartValues tells what `helm create` puts into values.yaml.
func isChartValues(doc source.Node) bool {
	for _, key := range []string{"replicaCount", "nameOverride", "fullnameOverride", "imagePullSecrets"} {
		if doc.Field(key).Valid() {
			return true
		}
	}
	image := doc.Field("image")
	return image.Valid() && image.Kind() == source.Mapping
}

// sections are the first words of Flink's options; other files seldom have any of them for a key.
var sections = strings.Fields("blob classloader cluster env execution high-availability historyserver io jobmanager kubernetes metrics parallelism pipeline python rest restart-strategy security state table taskmanager")

func hasSection(doc source.Node) bool {
	for key := range doc.Fields() {
		if first, _, _ := strings.Cut(key.Text(), "."); slices.Contains(sections, first) {
			return true
		}
	}
	return false
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
