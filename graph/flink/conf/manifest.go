package conf

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// resource is one resource of a Kubernetes manifest.
type resource struct {
	kind, name, namespace string
	doc                   source.Node
}

// title is how people call it.
func (r *resource) title() string { return strings.TrimSpace(r.kind + " " + r.name) }

// isResource reports whether a document is a resource: what kubectl prints and takes. Of Flink's own, people leave out the
// apiVersion.
func isResource(doc source.Node) bool {
	kind := doc.TextOf("kind")
	return kind != "" && !isOwnDocument(doc) && (doc.TextOf("apiVersion") != "" || strings.HasPrefix(kind, "Flink"))
}

// isOwnDocument: a document of udfplan.
func isOwnDocument(doc source.Node) bool {
	return strings.HasPrefix(doc.TextOf("apiVersion"), "udfplan/") || doc.Field("operators").Valid()
}

// isManifest: any of the documents is a resource; people keep others, and comments, beside them.
func isManifest(docs []source.Node) bool {
	for _, doc := range docs {
		if doc.Kind() == source.Mapping && isResource(doc) {
			return true
		}
	}
	return false
}

// resources are all resources of the documents, those in lists included.
func resources(docs []source.Node) (all []resource) {
	for _, doc := range docs {
		if doc.Kind() != source.Mapping || !isResource(doc) {
			continue
		}
		kind := doc.TextOf("kind")
		if items := doc.Field("items"); strings.HasSuffix(kind, "List") && items.Valid() {
			for item := range items.ItemsOrNone() {
				if item.Kind() != source.Mapping {
					continue
				}
				r := describe(item)
				if r.kind == "" { // kubectl leaves it out in some lists
					r.kind = strings.TrimSuffix(kind, "List")
				}
				all = append(all, r)
			}
			continue
		}
		all = append(all, describe(doc))
	}
	return all
}

func describe(doc source.Node) resource {
	metadata := doc.Field("metadata")
	return resource{kind: doc.TextOf("kind"), name: metadata.TextOf("name"), namespace: metadata.TextOf("namespace"), doc: doc}
}

// isDeployment says whether a resource is a FlinkDeployment of Apache's operator.
func (r *resource) isDeployment() bool { return r.ofFlink("FlinkDeployment") }
func (r *resource) isSession() bool    { return r.ofFlink("FlinkSessionJob") }

func (r *resource) ofFlink(kind string) bool {
	group := r.doc.TextOf("apiVersion")
	return r.kind == kind && (group == "" || strings.HasPrefix(group, "flink.apache.org/"))
}

// configFiles are the names of Flink's own files, the one first that counts where both are there (up to 1.20).
var configFiles = []string{"flink-conf.yaml", "flink-conf.yml", "config.yaml", "config.yml"}

// configFile is the configuration file in a ConfigMap; not Valid if there is none.
func (r *resource) configFile(v flink.Version) (name string, value source.Node) {
	data := r.doc.Field("data")
	if r.kind != "ConfigMap" || !data.Valid() || data.Kind() != source.Mapping {
		return "", source.Node{}
	}
	for _, file := range configFiles {
		if n := data.Field(file); n.Valid() && n.Kind() == source.Text && (!value.Valid() || v.Stated() && flink.StandardConfOnly.In(v)) {
			name, value = file, n
		}
	}
	return name, value
}

// readManifest reads the one resource of a manifest that is Flink's, or that is chosen.
func readManifest(docs []source.Node, o Options) (Configuration, source.List) {
	var problems source.List
	all := resources(docs)
	found, orphans := candidates(all, o.Version)
	several := "this manifest has %d that say what a cluster is: %s"
	if o.Name != "" {
		several = "this manifest has %d of that name: %s"
		chosen := withName(found, all, o.Name)
		orphans = slices.DeleteFunc(orphans, func(r *resource) bool { return len(chosen) > 0 || !r.called(o.Name) })
		if len(chosen)+len(orphans) == 0 {
			problems.Errorf(docs[0].Place(), source.CodeUnknownName, "nothing in this manifest that says what a cluster is, is called %q", source.Excerpt(o.Name)).
				Hint = "it has " + titles(found)
			return Configuration{}, problems
		}
		found = chosen
	}
	switch {
	case len(found) == 0 && len(orphans) > 0:
		orphans[0].withoutCluster(&problems, source.Error).Hint = "put both into one file"
		return Configuration{}, problems
	case len(found) == 0:
		return Configuration{}, refuseResources(docs, all)
	case len(found) > 1:
		problems.Errorf(found[1].named().doc.Place(), source.CodeSeveralClusters, several, len(found), titles(found)).
			Hint = choices(docs[0].File(), found)
		return Configuration{}, problems
	}
	c, problems := found[0].read(o, documentsOf(docs, all))
	if len(orphans) > 0 {
		orphans[0].withoutCluster(&problems, source.Warning).Hint = "taken is " + found[0].title()
	}
	if !c.Version.Stated() {
		c.Version = imageVersion(found[0].resource, all)
	}
	return c, problems
}

// withoutCluster says that the cluster of a session job is not there.
func (r *resource) withoutCluster(problems *source.List, severity source.Severity) *source.Diagnostic {
	d := problems.Errorf(r.doc.Place(), source.CodeUnknownName, "%s runs on the FlinkDeployment %q, which is not in this file", source.Excerpt(r.title()), source.Excerpt(r.deploymentName()))
	d.Severity = severity
	return d
}

// documentsOf are the documents of a manifest and the items of its lists.
func documentsOf(docs []source.Node, all []resource) []source.Node {
	out := slices.Clone(docs)
	for i := range all {
		out = append(out, all[i].doc)
	}
	return out
}
