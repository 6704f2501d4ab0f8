package conf

import (
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Deployed is a cluster of a manifest, and the jobs that the manifest puts on it.
type Deployed struct {
	Name string // NAMESPACE/NAME, or the name alone
	Configuration
	Jobs []DeployedJob
}

// DeployedJob is a job as a manifest knows it: how it is started, and nothing of its graph.
type DeployedJob struct {
	Name string
	What string // what is started: a jar's URI, with its program
}

// ReadDeployed reads every FlinkDeployment of a manifest, with the FlinkSessionJobs that run on it. Where one cannot be read, the
// problems of the others are told as well.
func ReadDeployed(f *source.File, o Options) (all []Deployed, problems source.List) {
	docs, broken := source.Read(f)
	if problems := brokenByTemplate(f, broken); problems != nil {
		return nil, problems
	}
	if len(docs) == 0 || !isManifest(docs) {
		if broken.HasErrors() {
			return nil, broken
		}
		problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, source.CodeUnsupportedDocument, "this is no Kubernetes manifest, and no fleet").
			Hint = "kubectl get flinkdeployment -A -o yaml | udfplan capacity --fleet -"
		return nil, problems
	}
	r := deployedReader{options: o, all: resources(docs), broken: broken}
	r.beside = documentsOf(docs, r.all)
	placed := map[*resource]bool{}
	for i := range r.all {
		if r.all[i].isDeployment() {
			r.deployment(&r.all[i], placed)
		}
	}
	for i := range r.all {
		if session := &r.all[i]; session.isSession() && !placed[session] {
			session.withoutCluster(&r.problems, source.Warning)
		}
	}
	if len(r.out) == 0 && !r.problems.HasErrors() {
		r.problems.Errorf(docs[0].Place(), source.CodeUnsupportedDocument, "there is no FlinkDeployment in this manifest")
	}
	return r.out, r.problems
}

type deployedReader struct {
	options  Options
	all      []resource
	beside   []source.Node
	broken   source.List // as YAML or JSON
	out      []Deployed
	problems source.List
}

// deployment reads one, and places the session jobs that run on it.
func (r *deployedReader) deployment(on *resource, placed map[*resource]bool) {
	c, problems := (&candidate{on, nil}).read(r.options, r.beside)
	r.problems = append(append(r.problems, c.read.errorsOf(r.broken)...), problems...)
	if !c.Version.Stated() {
		c.Version = imageVersion(on, r.all)
	}
	c.Config = c.Config.From(flink.FromCluster)
	d := Deployed{Name: on.fullName(), Configuration: c}
	if job := on.job(); job.Valid() {
		d.Jobs = append(d.Jobs, DeployedJob{Name: on.name, What: started(job)})
	}
	for i := range r.all {
		session := &r.all[i]
		if !session.isSession() || placed[session] || session.deploymentName() != on.name || session.cluster([]*resource{on}) == nil {
			continue
		}
		placed[session] = true
		d.Jobs = append(d.Jobs, DeployedJob{Name: session.name, What: started(session.job())})
	}
	r.out = append(r.out, d)
}

// job is what a resource starts; not Valid where it says nothing of that.
func (r *resource) job() source.Node {
	spec := r.doc.Field("spec")
	if !spec.Valid() || spec.Kind() != source.Mapping {
		return source.Node{}
	}
	if job := spec.Field("job"); job.Valid() && job.Kind() == source.Mapping {
		return job
	}
	return source.Node{}
}

// fullName tells it from one of another namespace.
func (r *resource) fullName() string {
	if r.namespace == "" {
		return r.name
	}
	return r.namespace + "/" + r.name
}

// started is what a job specification starts.
func started(job source.Node) string {
	if !job.Valid() {
		return ""
	}
	var parts []string
	if uri := job.TextOf("jarURI"); uri != "" {
		parts = append(parts, uri)
	}
	if args := job.Field("args"); args.Valid() {
		for arg := range args.ItemsOrNone() {
			if strings.HasSuffix(arg.Text(), ".py") {
				parts = append(parts, arg.Text())
			}
		}
	}
	return strings.Join(parts, " ")
}
