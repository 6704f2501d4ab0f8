package main

import (
	"udfplan/graph/flink"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
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

	name         string // of the file, or of the flag that is not there
	isDeployment bool   // the file is a FlinkDeployment
}

// cluster reads the cluster's configuration; -D is stronger.
func (s *session) cluster(c *clusterFlags, flags *planFlags) clusterConfig {
	conf := clusterConfig{Version: flink.Version(flags.FlinkVersion), Deployment: taskmanager.Standalone, name: "--flink-conf"}
	if c.Deployment == "container" {
		conf.Deployment = taskmanager.Container
	}
	if c.FlinkConf != "" {
		if file := s.read(c.FlinkConf, flags.MaxSize); file != nil {
			conf.name = file.Name
			s.readConf(&conf, file, c.ConfSyntax)
		}
	}
	conf.Config = conf.Config.With(flink.Config(flags.Define))
	if c.FlinkConf == "" && !taskmanager.SaysSize(conf.Config) {
		size := taskmanager.Shipped[0]
		s.problems.Notef(source.Place{}, source.CodeShippedConfiguration, "no --flink-conf: taken as shipped, %s: %s", size.Key, size.Value)
		conf.Config = taskmanager.Shipped.With(conf.Config)
	}
	return conf
}

// readConf takes in what a configuration file says.
func (s *session) readConf(into *clusterConfig, file *source.File, syntax string) {
	said, problems := conf.Read(file, conf.Options{Syntax: confSyntaxes[syntax], Version: into.Version})
	s.add(problems)
	into.Config, into.Parallelism, into.isDeployment = said.Config, said.Parallelism, said.IsDeployment
	if said.IsDeployment {
		into.Deployment = taskmanager.Container
	}
	if !into.Version.Stated() {
		into.Version = said.Version
	}
}

var confSyntaxes = map[string]conf.Syntax{"auto": conf.Auto, "legacy": conf.Legacy, "standard": conf.Standard}

// cluster is what jobs run on: of the version that is stated, else of the first job's.
func (c *clusterConfig) cluster(jobs []*spec.Spec) *capacity.Cluster {
	version := c.Version
	if !version.Stated() && len(jobs) > 0 {
		version = jobs[0].Plan.Job.Version
	}
	return &capacity.Cluster{Config: c.Config, Version: version, Deployment: c.Deployment}
}

// addRefusal adds that Flink refuses a cluster's configuration.
func (s *session) addRefusal(conf clusterConfig, refused *flink.Refusal) {
	at := conf.cluster(nil).PlaceOf(refused)
	if at.File == nil {
		at.File = &source.File{Name: conf.name}
	}
	s.problems.Errorf(at, source.CodeRefusedByFlink, "%s", refused.Message)
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
