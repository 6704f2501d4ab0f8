package conf

import (
	"fmt"
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
	kind := textField(doc, "kind")
	return kind != "" && !isOwnDocument(doc) && (textField(doc, "apiVersion") != "" || strings.HasPrefix(kind, "Flink"))
}

// isOwnDocument: a document of udfplan.
func isOwnDocument(doc source.Node) bool {
	return strings.HasPrefix(textField(doc, "apiVersion"), "udfplan/") || doc.Field("operators").Valid()
}

// textField is the text of a key; empty if there is none.
func textField(doc source.Node, key string) string {
	if n := (part{doc}).field(key); doc.Valid() && n.Valid() && n.Kind() == source.Text {
		return n.Text()
	}
	return ""
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
		kind := textField(doc, "kind")
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
	r := resource{kind: textField(doc, "kind"), doc: doc}
	if metadata.Valid() && metadata.Kind() == source.Mapping {
		r.name, r.namespace = textField(metadata, "name"), textField(metadata, "namespace")
	}
	return r
}

// isDeployment says whether a resource is a FlinkDeployment of Apache's operator.
func (r *resource) isDeployment() bool { return r.ofFlink("FlinkDeployment") }
func (r *resource) isSession() bool    { return r.ofFlink("FlinkSessionJob") }

func (r *resource) ofFlink(kind string) bool {
	group := textField(r.doc, "apiVersion")
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

// candidate is a resource that says what a cluster is.
type candidate struct {
	*resource
	session *resource // the FlinkSessionJob that runs on it; nil: none is chosen
}

// candidates are the resources that can be read, Apache's operator's first: a ConfigMap beside them is another cluster's, or its
// own, which the operator makes of the same.
func candidates(all []resource, v flink.Version) (found []candidate, orphans []*resource) {
	used := map[*resource]bool{}
	for i := range all {
		session := &all[i]
		if !session.isSession() {
			continue
		}
		if on := session.deployment(all); on != nil {
			used[on] = true
			found = append(found, candidate{on, session})
		} else {
			orphans = append(orphans, session)
		}
	}
	for i := range all {
		if r := &all[i]; r.isDeployment() && !used[r] {
			found = append(found, candidate{r, nil})
		}
	}
	if len(found)+len(orphans) > 0 {
		return found, orphans
	}
	for i := range all {
		if _, value := all[i].configFile(v); value.Valid() {
			found = append(found, candidate{&all[i], nil})
		}
	}
	return found, nil
}

// deployment is the FlinkDeployment that a session job names, in its namespace.
func (r *resource) deployment(all []resource) *resource {
	name := r.deploymentName()
	for i := range all {
		if d := &all[i]; d.isDeployment() && d.name == name && (d.namespace == r.namespace || d.namespace == "" || r.namespace == "") {
			return d
		}
	}
	return nil
}

func (r *resource) deploymentName() string {
	if spec := r.doc.Field("spec"); spec.Valid() && spec.Kind() == source.Mapping {
		return textField(spec, "deploymentName")
	}
	return ""
}

// called reports whether people mean this candidate by a name: that of the resource, or KIND/NAME, or NAMESPACE/NAME.
func (c *candidate) called(name string) bool {
	r := c.resource
	if c.session != nil {
		r = c.session
	}
	return name == r.name || name == r.namespace+"/"+r.name || strings.EqualFold(name, r.kind+"/"+r.name)
}

func (c *candidate) title() string {
	if c.session != nil {
		return c.session.title()
	}
	return c.resource.title()
}

// readManifest reads the one resource of a manifest that is Flink's, or that is chosen.
func readManifest(docs []source.Node, o Options) (Configuration, source.List) {
	var problems source.List
	all := resources(docs)
	found, orphans := candidates(all, o.Version)
	if o.Name != "" {
		chosen := chosen(found, all, o.Name)
		if chosen == nil {
			problems.Errorf(docs[0].Place(), source.CodeUnknownName, "nothing in this manifest that says what a cluster is, is called %q", source.Excerpt(o.Name)).
				Hint = "it has " + titles(found)
			return Configuration{}, problems
		}
		found, orphans = []candidate{*chosen}, nil
	}
	switch {
	case len(found) == 0 && len(orphans) > 0:
		s := orphans[0]
		problems.Errorf(s.doc.Place(), source.CodeUnknownName, "%s runs on the FlinkDeployment %s, which is not in this file", s.title(), source.Excerpt(s.deploymentName())).
			Hint = "put both into one file"
		return Configuration{}, problems
	case len(found) == 0:
		return Configuration{}, refuseResources(docs, all)
	case len(found) > 1:
		problems.Errorf(found[1].doc.Place(), source.CodeSeveralClusters, "this manifest has %d that say what a cluster is: %s", len(found), titles(found)).
			Hint = fmt.Sprintf("choose one: --flink-conf %s#%s", docs[0].File().Name, found[0].chosenName())
		return Configuration{}, problems
	}
	c, problems := found[0].read(o)
	if !c.Version.Stated() {
		c.Version = imageVersion(all)
	}
	return c, problems
}

func (c *candidate) chosenName() string {
	if c.session != nil {
		return c.session.name
	}
	return c.name
}

// chosen is the candidate of a name. A deployment can be chosen itself, whatever jobs run on it.
func chosen(found []candidate, all []resource, name string) *candidate {
	for i := range found {
		if found[i].called(name) {
			return &found[i]
		}
	}
	for i := range all {
		c := candidate{&all[i], nil}
		if _, value := all[i].configFile(flink.Version{}); (all[i].isDeployment() || value.Valid()) && c.called(name) {
			return &c
		}
	}
	return nil
}

func titles(found []candidate) string {
	var out []string
	for i := range found {
		out = append(out, found[i].title())
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

func (c *candidate) read(o Options) (Configuration, source.List) {
	if name, value := c.configFile(o.Version); value.Valid() {
		config, problems := embed(value).read(name, o)
		return Configuration{Name: c.name, Config: config}, problems
	}
	out, problems := readDeployment(c.doc)
	if c.session != nil {
		problems = append(problems, out.readSession(c.session.doc)...)
	}
	return out, problems
}

// flinkImage is an image of Flink's own; its tag begins with the version.
var flinkImage = source.Pattern(`(?:^|/)flink:v?(\d+\.\d+)(?:\.\d+)?(?:$|[-_.])`)

// imageVersion is the version of the first image of Flink's own in containers; the zero Version where there is none.
func imageVersion(all []resource) flink.Version {
	for i := range all {
		if v := versionInImages(all[i].doc, 0); v.Stated() {
			return v
		}
	}
	return flink.Version{}
}

// versionInImages looks for `image: flink:1.17` at any depth.
func versionInImages(n source.Node, depth int) (v flink.Version) {
	const deepest = 12
	switch {
	case depth > deepest:
	case n.Kind() == source.Mapping:
		for key, value := range n.Fields() {
			if key.Text() == "image" && value.Kind() == source.Text {
				v = versionOfImage(value.Text())
			} else {
				v = versionInImages(value, depth+1)
			}
			if v.Stated() {
				return v
			}
		}
	case n.Kind() == source.Sequence:
		for item := range n.Items() {
			if v = versionInImages(item, depth+1); v.Stated() {
				return v
			}
		}
	}
	return v
}

func versionOfImage(image string) (v flink.Version) {
	if found := flinkImage().FindStringSubmatch(image); found != nil {
		v, _ = flink.ParseVersion(found[1])
	}
	return v
}
