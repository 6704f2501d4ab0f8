// Package conf reads a cluster's configuration in the shapes that people keep it in. Start with Read: it tells the
// shape by the text, never by being told, and says what the text sets, each option with its place. What the options
// mean is the business of those who read the result.
package conf

import (
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Configuration is what a text says of a cluster.
type Configuration struct {
	// Name is that of the Kubernetes resource, the service or the TaskManager; empty in any other text.
	Name string
	// Config is what is set, every entry of origin flink.FromCluster.
	Config flink.Config
	// Version is the zero Version where the text does not say it.
	Version flink.Version
	// Parallelism is that of the job that the text deploys; 0 where it deploys none or does not say.
	Parallelism int32
	// Shipped: it is added to the configuration that Flink's image is shipped with.
	Shipped bool
	// IsDeployment: a FlinkDeployment of the Flink Kubernetes operator. Its TaskManagers run in containers.
	IsDeployment bool
	// Session: it deploys no job of its own. What is submitted to it shares its TaskManagers.
	Session bool
	// Spec is where a FlinkDeployment's spec is: what it lacks is missing there.
	Spec source.Place

	// read is what of a text with many documents or services was read; nothing where it is all.
	read pieces
}

// Syntax is how a configuration file of Flink's own is read.
type Syntax uint8

// Flink up to 1.20 reads flink-conf.yaml line by line; from 1.19 on it reads config.yaml as YAML, 1.19 and
// 1.20 only where there is no flink-conf.yaml.
const (
	Auto     Syntax = iota // by the file's name, else by the version
	Legacy                 // flink-conf.yaml
	Standard               // config.yaml
)

// Options are what is known beside the text; the zero value says nothing.
type Options struct {
	Syntax  Syntax        // other than Auto: the text is a file of Flink's own, whatever it looks like
	Version flink.Version // of the cluster, where it was stated
	Name    string        // of the resource or service that is meant, where the text has several
}

// Shape is a kind of text that holds a cluster's configuration.
type Shape struct {
	Name, Doc string // for people
	// is tells it by its documents, at least one; nil for the last ones, which are Flink's own files.
	is   func(docs []source.Node) bool
	read func(docs []source.Node, o Options) (Configuration, source.List)
}

// Shapes are the shapes that are told apart, in the order in which they are tried.
var Shapes = []Shape{
	{"Kubernetes manifests", "the FlinkDeployment of the Flink Kubernetes operator, a FlinkSessionJob with the FlinkDeployment it names, or a ConfigMap that holds one of Flink's own files; any number of documents, and lists as kubectl prints them",
		isManifest, readManifest},
	{"docker compose files", "`FLINK_PROPERTIES` and the command of the service that runs a TaskManager", isCompose, readCompose},
	{"REST /taskmanagers", "also `/taskmanagers/:id`: the memory of running TaskManagers, taken as it is", isTaskManagers, readTaskManagers},
	{"REST /jobmanager/config", "the JSON of Flink's REST interface: a list of keys and values", isREST, readREST},
	{"flink-conf.yaml", "Flink's own file up to 1.20, a line an option", nil, nil},
	{"config.yaml", "Flink's own file, 1.19 and later, YAML", nil, nil},
}

// Read reads a configuration. What it says is worth using only if no problem is an error.
func Read(f *source.File, o Options) (Configuration, source.List) {
	cluster, problems := read(f, o)
	cluster.Config = cluster.Config.From(flink.FromCluster)
	for i := range problems {
		if d := &problems[i]; d.Code == source.CodeUnsupportedDocument && d.Hint == "" {
			d.Hint = canRead()
		}
	}
	return cluster, problems
}

func read(f *source.File, o Options) (Configuration, source.List) {
	if o.Syntax != Auto {
		return readOwn(f, o)
	}
	docs, broken := source.Read(f)
	if problems := brokenByTemplate(f, broken); problems != nil {
		return Configuration{}, problems
	}
	if len(docs) == 0 {
		if broken.HasErrors() && looksStructured().MatchString(f.Text) && !ownName(f.Name) {
			return Configuration{}, broken
		}
		return readOwn(f, o)
	}
	for _, shape := range Shapes {
		if shape.is != nil && shape.is(docs) {
			c, problems := shape.read(docs, o)
			if told := templateIn(c.read.values); told != nil {
				return Configuration{}, told
			}
			return c, append(c.read.errorsOf(broken), problems...)
		}
	}
	if what := foreign(docs[0], ownName(f.Name), o.Version); what != "" {
		var problems source.List
		d := problems.Errorf(docs[0].Place(), source.CodeUnsupportedDocument, "this is %s: it holds no configuration of Flink that udfplan reads", what)
		if isChartValues(docs[0]) {
			d.Hint = helmHint
		}
		return Configuration{}, problems
	}
	if told := templateIn(docs); told != nil {
		return Configuration{}, told
	}
	if docs[0].Kind() == source.Mapping && nested(docs[0]) && !ownName(f.Name) {
		o.Syntax = Standard // only config.yaml has any
	}
	return readOwn(f, o)
}

// readOwn reads one of Flink's own files.
func readOwn(f *source.File, o Options) (c Configuration, problems source.List) {
	if o.Name != "" {
		problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, source.CodeUnknownName, "there is no %q in it: this is one configuration", source.Excerpt(o.Name))
		return c, problems
	}
	c.Config, problems = readFile(f, f.Name, o)
	if !isStandard(f.Name, o) && o.Syntax == Auto && !ownName(f.Name) && len(problems) > len(c.Config) {
		return c, refuseLines(f, len(c.Config), len(problems))
	}
	return c, problems
}

// readFile reads a text as Flink reads the file of a name.
func readFile(f *source.File, name string, o Options) (flink.Config, source.List) {
	if isStandard(name, o) {
		return readStandard(f)
	}
	return readLegacy(f, o.Version)
}

// baseName is a file's name without its folder.
func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// ownName reports whether a file is named as Flink's own are.
func ownName(path string) bool {
	name := baseName(path)
	return strings.HasPrefix(name, "flink-conf") || strings.HasPrefix(name, "config.y")
}

// isStandard: flink-conf.yaml is the legacy parser's, config.yaml YAML; of another name the version decides.
func isStandard(path string, o Options) bool {
	name := baseName(path)
	switch {
	case o.Syntax != Auto:
		return o.Syntax == Standard
	case strings.HasPrefix(name, "flink-conf"):
		return false
	case strings.HasPrefix(name, "config"):
		return true
	}
	return flink.StandardConfOnly.In(o.Version)
}
