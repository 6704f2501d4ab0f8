package conf

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// candidate is a resource that says what a cluster is.
type candidate struct {
	*resource
	session *resource // the FlinkSessionJob that runs on it; nil: none is chosen
}

// candidates are the resources that can be read, Apache's operator's first: a ConfigMap beside them is another cluster's, or its
// own, which the operator makes of the same. Orphans are session jobs whose FlinkDeployment is not there.
func candidates(all []resource, v flink.Version) (found []candidate, orphans []*resource) {
	used, deployments := map[*resource]bool{}, map[string][]*resource{}
	for i := range all {
		if r := &all[i]; r.isDeployment() {
			deployments[r.name] = append(deployments[r.name], r)
		}
	}
	for i := range all {
		session := &all[i]
		if !session.isSession() {
			continue
		}
		if on := session.cluster(deployments[session.deploymentName()]); on != nil {
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

// cluster is the one of some FlinkDeployments of one name that is in a session job's namespace; where one of the two says no
// namespace, people give it on the command line.
func (r *resource) cluster(deployments []*resource) *resource {
	for _, d := range deployments {
		if d.namespace == r.namespace {
			return d
		}
	}
	for _, d := range deployments {
		if d.namespace == "" || r.namespace == "" {
			return d
		}
	}
	return nil
}

func (r *resource) deploymentName() string {
	return r.doc.Field("spec").TextOf("deploymentName")
}

// named is the resource that gives a candidate its name: of a session job and its cluster, the job.
func (c *candidate) named() *resource {
	if c.session != nil {
		return c.session
	}
	return c.resource
}

func (c *candidate) title() string { return c.named().title() }

// names are what people can call a resource, the shortest first.
func (r *resource) names() []string {
	if r.name == "" {
		return nil
	}
	return []string{r.name, r.namespace + "/" + r.name, r.kind + "/" + r.name, r.namespace + "/" + r.kind + "/" + r.name}
}

func (r *resource) called(name string) bool {
	return slices.ContainsFunc(r.names(), func(n string) bool { return strings.EqualFold(n, name) })
}

// withName are the candidates of a name. A cluster can be chosen itself, whatever jobs run on it, and so can a ConfigMap.
func withName(found []candidate, all []resource, name string) (chosen []candidate) {
	for i := range found {
		if found[i].named().called(name) {
			chosen = append(chosen, found[i])
		}
	}
	if len(chosen) > 0 {
		return chosen
	}
	for i := range all {
		r := &all[i]
		if _, value := r.configFile(flink.Version{}); (r.isDeployment() || value.Valid()) && r.called(name) {
			chosen = append(chosen, candidate{r, nil})
		}
	}
	return chosen
}

// mostNames is how many names a message lists.
const mostNames = 5

// choices are how to choose each of several, as far as a name tells it from the others.
func choices(file *source.File, several []candidate) string {
	var out []string
	for i := range several[:min(len(several), mostNames)] {
		for _, name := range several[i].named().names() {
			if len(withName(several, nil, name)) == 1 {
				out = append(out, choice(file, source.Excerpt(name)))
				break
			}
		}
	}
	if len(out) == 0 {
		return "give each a metadata.name of its own, and choose one: --flink-conf FILE#NAME"
	}
	if len(several) > mostNames {
		out = append(out, "…")
	}
	return "choose one: " + strings.Join(out, ", ")
}

// choice is the argument that chooses a name in a file.
func choice(file *source.File, name string) string {
	if file.Name == source.StdinName {
		return "--flink-conf=-#" + name
	}
	return "--flink-conf " + file.Name + "#" + name
}

func titles(found []candidate) string {
	if len(found) == 0 {
		return "none"
	}
	return listed(len(found), func(i int) string { return found[i].title() })
}

// listed are the names of so many, as far as a message lists them.
func listed(n int, name func(i int) string) string {
	var out []string
	for i := range min(n, mostNames) {
		out = append(out, source.Excerpt(name(i)))
	}
	if n > mostNames {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// read reads what a candidate says; beside are all documents of its manifest.
func (c *candidate) read(o Options, beside []source.Node) (out Configuration, problems source.List) {
	name, value := c.configFile(o.Version)
	if value.Valid() {
		out.Name = c.name
		file := embed(value)
		out.Config, problems = file.read(name, o)
	} else {
		out, problems = readDeployment(c.doc)
	}
	out.read.add(c.doc, beside, append(c.looked(), value)...)
	if c.session != nil {
		problems = append(problems, out.readSession(c.session.doc)...)
		out.read.add(c.session.doc, beside, c.session.looked()...)
	}
	return out, problems
}

// looked are the values of a resource that decide. What else it has, such as a pod's annotations, is for others.
func (r *resource) looked() (values []source.Node) {
	for _, path := range []string{"metadata.name", "metadata.namespace", "spec.image", "spec.flinkVersion", "spec.flinkConfiguration", "spec.taskManager.resource",
		"spec.taskManager.replicas", "spec.job", "spec.deploymentName"} {
		n := r.doc
		for _, key := range strings.Split(path, ".") {
			if n = (part{n}).field(key); !n.Valid() {
				break
			}
		}
		values = append(values, n)
	}
	return values
}
