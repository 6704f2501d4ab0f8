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
	// Name is that of the Kubernetes resource; empty in any other text.
	Name string
	// Config is what is set, every entry of origin flink.FromCluster.
	Config flink.Config
	// Version is the zero Version where the text does not say it.
	Version flink.Version
	// Parallelism is that of the job that the text deploys; 0 where it deploys none or does not say.
	Parallelism int32
	// IsDeployment: a FlinkDeployment of the Flink Kubernetes operator. Its TaskManagers run in containers.
	IsDeployment bool
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
}

// Shape is a kind of text that holds a cluster's configuration.
type Shape struct {
	Name, Doc string // for people
	// is tells it by its first document; nil for the last ones, which are Flink's own files.
	is   func(doc source.Node) bool
	read func(doc source.Node) (Configuration, source.List)
}

// Shapes are the shapes that are told apart, in the order in which they are tried.
var Shapes = []Shape{
	{"FlinkDeployment", "the resource of the Flink Kubernetes operator", isDeployment, readDeployment},
	{"REST /jobmanager/config", "the JSON of Flink's REST interface: a list of keys and values",
		func(doc source.Node) bool { return doc.Kind() == source.Sequence }, readREST},
	{"flink-conf.yaml", "Flink's own file up to 1.20, a line an option", nil, nil},
	{"config.yaml", "Flink's own file, 1.19 and later, YAML", nil, nil},
}

// Read reads a configuration. What it says is worth using only if no problem is an error.
func Read(f *source.File, o Options) (Configuration, source.List) {
	cluster, problems := read(f, o)
	cluster.Config = cluster.Config.From(flink.FromCluster)
	return cluster, problems
}

func read(f *source.File, o Options) (Configuration, source.List) {
	if o.Syntax == Auto {
		if docs, _ := source.Read(f); len(docs) > 0 {
			for _, shape := range Shapes {
				if shape.is != nil && shape.is(docs[0]) {
					return shape.read(docs[0])
				}
			}
		}
	}
	var (
		c        Configuration
		problems source.List
	)
	if isStandard(f.Name, o) {
		c.Config, problems = readStandard(f)
	} else {
		c.Config, problems = readLegacy(f, o.Version)
	}
	return c, problems
}

// isStandard: flink-conf.yaml is the legacy parser's, config.yaml YAML; of another name the version decides.
func isStandard(path string, o Options) bool {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
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
