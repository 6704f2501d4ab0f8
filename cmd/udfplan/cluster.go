package main

import (
	"udfplan/graph/flink"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec/taskmanager"
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
		if file, ok := s.readOne(c.FlinkConf, flags.MaxSize); ok {
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

// readConf takes in what a configuration file says.
func (s *session) readConf(into *clusterConfig, file *source.File, syntax string) {
	said, problems := conf.Read(file, conf.Options{Syntax: confSyntaxes[syntax], Version: into.Version})
	s.problems = append(s.problems, problems...)
	into.Config, into.Parallelism, into.isDeployment = said.Config, said.Parallelism, said.IsDeployment
	if said.IsDeployment {
		into.Deployment = taskmanager.Container
	}
	if !into.Version.Stated() {
		into.Version = said.Version
	}
}

var confSyntaxes = map[string]conf.Syntax{"auto": conf.Auto, "legacy": conf.Legacy, "standard": conf.Standard}

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
