package main

import (
	"path/filepath"
	"strings"

	"udfplan/spec/taskmanager"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// clusterFlags say what jobs run on.
type clusterFlags struct {
	FlinkConf  string `placeholder:"FILE" help:"flink-conf.yaml, config.yaml, a FlinkDeployment, or the JSON of REST /jobmanager/config."`
	ConfSyntax string `enum:"auto,legacy,standard" default:"auto" placeholder:"SYNTAX" help:"How --flink-conf is written: legacy (flink-conf.yaml, up to 1.20) or standard (config.yaml, 1.19 and later); by default as its name and the version say."`
	Deployment string `enum:"standalone,container" default:"standalone" placeholder:"KIND" help:"What a legacy heap size means: standalone (total Flink memory) or container (process); a FlinkDeployment is one."`
}

// clusterConfig is what a configuration file says.
type clusterConfig struct {
	Config      flink.Config
	Version     flink.Version
	Parallelism int32
	Deployment  taskmanager.Deployment
	name        string
	// isDeployment: the file is a FlinkDeployment.
	isDeployment bool
}

// shippedSize is the process size in the configuration file that every Flink is shipped with.
const shippedSize = "1728m"

// cluster reads the cluster's configuration, -D over it.
func (s *session) cluster(c *clusterFlags, flags *planFlags) clusterConfig {
	conf := clusterConfig{Version: flink.Version(flags.FlinkVersion), Deployment: taskmanager.Standalone, name: "--flink-conf"}
	if c.Deployment == "container" {
		conf.Deployment = taskmanager.Container
	}
	if c.FlinkConf != "" {
		if file, ok := s.readOne(c.FlinkConf, int64(flags.MaxSize)); ok {
			conf.name = file.Name
			s.readConf(&conf, file, c.ConfSyntax)
		}
	}
	conf.Config = conf.Config.With(flink.Config(flags.Define))
	if c.FlinkConf == "" && !hasTotal(conf.Config) {
		s.problems.Notef(source.Place{}, "shipped-configuration", "no --flink-conf: taken as shipped, taskmanager.memory.process.size: %s", shippedSize)
		conf.Config = flink.Config{{Key: flink.KeyProcessSize, Value: shippedSize}}.With(conf.Config)
	}
	return conf
}

// hasTotal tells whether a configuration says how large a TaskManager is, in any of Flink's ways.
func hasTotal(c flink.Config) bool {
	for _, key := range []string{flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyTaskHeap, flink.KeyHeapSize, flink.KeyHeapMB} {
		if _, set := c.Get(key); set {
			return true
		}
	}
	return false
}

// readConf reads a file by its shape, else by the syntax that is asked for, its name, or the version.
func (s *session) readConf(conf *clusterConfig, file *source.File, syntax string) {
	var problems source.List
	if syntax == "auto" {
		if docs, _ := source.Read(file); len(docs) > 0 && docs[0].Kind() == source.Mapping && flink.IsDeployment(docs[0]) {
			deployed, problems := flink.ReadDeployment(docs[0])
			s.problems = append(s.problems, problems...)
			conf.Config, conf.Parallelism, conf.Deployment = deployed.Config, deployed.Parallelism, taskmanager.Container
			conf.isDeployment = true
			if !conf.Version.Stated() {
				conf.Version = deployed.Version
			}
			return
		} else if len(docs) > 0 && docs[0].Kind() == source.Sequence {
			conf.Config, problems = flink.ReadRESTConfig(docs[0])
			s.problems = append(s.problems, problems...)
			return
		}
	}
	if isStandard(syntax, filepath.Base(file.Name), conf.Version) {
		conf.Config, problems = flink.ReadStandardConf(file)
	} else {
		conf.Config, problems = flink.ReadLegacyConf(file, conf.Version)
	}
	s.problems = append(s.problems, problems...)
}

// isStandard: flink-conf.yaml is the legacy parser's, config.yaml YAML; of another name the version decides.
func isStandard(syntax, name string, v flink.Version) bool {
	switch {
	case syntax != "auto":
		return syntax == "standard"
	case strings.HasPrefix(name, "flink-conf"):
		return false
	case strings.HasPrefix(name, "config"):
		return true
	}
	return v.Stated() && v.AtLeast(2, 0)
}

// place is that of the option to change: the one that Flink names, else the total that is set.
func (c *clusterConfig) place(config flink.Config, key string) source.Place {
	for _, k := range []string{key, flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyHeapSize} {
		if e, set := config.Get(k); set && e.ValuePlace.File != nil {
			return e.ValuePlace
		}
	}
	return source.Place{File: &source.File{Name: c.name}}
}

// on are the flags as they hold on a cluster: its configuration is the weakest, and says what the flags do not.
func (f jobFlags) on(conf clusterConfig) *jobFlags {
	if !flink.Version(f.FlinkVersion).Stated() && conf.Version.Stated() {
		f.FlinkVersion = versionFlag(conf.Version)
	}
	if f.Parallelism == 0 {
		f.Parallelism = parallelismFlag(conf.Parallelism)
	}
	f.base = conf.Config
	return &f
}
