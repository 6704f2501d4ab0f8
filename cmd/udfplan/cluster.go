package main

import (
	"path/filepath"
	"slices"
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/flink"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// clusterFlags say what jobs run on.
type clusterFlags struct {
	FlinkConf  string `placeholder:"FILE" help:"The cluster's configuration: the conf folder, flink-conf.yaml, config.yaml, a Kubernetes manifest, a docker compose file, an answer of Flink's REST interface; or a URL of that. FILE#NAME where it has several."`
	ConfSyntax string `enum:"auto,legacy,standard" default:"auto" placeholder:"SYNTAX" help:"How --flink-conf is written: legacy (flink-conf.yaml, up to 1.20) or standard (config.yaml, 1.19 and later); by default as its name and the version say."`
	Session    bool   `help:"The jobs share TaskManagers, as in a session cluster, instead of each having its own. A FlinkDeployment without a job, and a cluster that runs, are one."`
	Deployment string `enum:"standalone,container" default:"standalone" placeholder:"KIND" help:"What a legacy heap size means: standalone (total Flink memory) or container (process); a FlinkDeployment is one."`
}

// clusterConfig is what a configuration file says.
type clusterConfig struct {
	Config     flink.Config
	Version    flink.Version
	Deployment taskmanager.Deployment

	name         string             // of the file, or of the flag that is not there
	isDeployment bool               // the file is a FlinkDeployment
	shared       bool               // its jobs share TaskManagers: a session cluster, or one that was asked
	started      []capacity.Started // a cluster that was asked: its TaskManagers, Holds not said yet
	held         []map[string]int64 // as started: slots by job id
	spec         source.Place
}

// cluster reads the cluster's configuration; -D is stronger.
func (s *session) cluster(c *clusterFlags, flags *planFlags) clusterConfig {
	conf := s.emptyCluster(c, flags)
	if rest.IsURL(c.FlinkConf) {
		s.readRunning(&conf, c.FlinkConf, flags)
	} else if c.FlinkConf != "" {
		path, name := chosenIn(c.FlinkConf)
		if file := s.read(s.confIn(path, conf.Version), flags.MaxSize); file != nil {
			conf.name = file.Name
			s.readConf(&conf, file, name, c.ConfSyntax)
		}
	}
	s.overCluster(&conf, flags)
	if c.FlinkConf == "" && !conf.Config.SaysSize() {
		s.takeShipped(&conf, source.Place{}, "no --flink-conf")
	}
	return conf
}

// confIn is the file that Flink reads of a configuration folder: flink-conf.yaml where there is one, else config.yaml, and from 2.0 on
// nothing else (GlobalConfiguration.loadConfiguration; docs/flink-formats.md 6.1). Any other path is what it is.
func (s *session) confIn(path string, v flink.Version) string {
	if !files.IsFolder(path) {
		return path
	}
	legacy, standard := filepath.Join(path, "flink-conf.yaml"), filepath.Join(path, "config.yaml")
	if files.Exists(legacy) && !(v.Stated() && flink.StandardConfOnly.In(v)) || !files.Exists(standard) {
		return legacy
	}
	return standard
}

// emptyCluster is one of which only the command line has said something.
func (s *session) emptyCluster(c *clusterFlags, flags *planFlags) clusterConfig {
	conf := clusterConfig{Version: flink.Version(flags.FlinkVersion), Deployment: taskmanager.Standalone, name: "--flink-conf", shared: c.Session}
	if c.Deployment == "container" {
		conf.Deployment = taskmanager.Container
	}
	return conf
}

// overCluster lets the command line win over what a configuration says.
func (s *session) overCluster(conf *clusterConfig, flags *planFlags) {
	conf.Config = conf.Config.With(flink.Config(flags.Define))
	if slices.ContainsFunc(flags.Define, ofTaskManager) {
		conf.started = nil // what if? Those that run are others
	}
	if conf.isDeployment && !conf.Config.SaysSize() && !s.problems.HasErrors() {
		s.problems.Errorf(conf.spec, source.CodeRefusedByOperator, "the Flink Kubernetes operator refuses it: nothing says how large a TaskManager is").
			Hint = "set spec.taskManager.resource.memory: 2048m, or " + flink.KeyProcessSize + " in spec.flinkConfiguration"
	}
}

// ofTaskManager says whether an option configures TaskManagers.
func ofTaskManager(e flink.Entry) bool { return strings.HasPrefix(e.Key, "taskmanager.") }

// takeShipped takes what Flink is shipped with, and says so.
func (s *session) takeShipped(conf *clusterConfig, at source.Place, why string) {
	size := taskmanager.Shipped[0]
	s.problems.Notef(at, source.CodeShippedConfiguration, "%s: taken as shipped, %s: %s", why, size.Key, size.Value)
	conf.Config = taskmanager.Shipped.With(conf.Config)
}

// chosenIn parts FILE#NAME, unless there is a file of that whole name.
func chosenIn(arg string) (path, name string) {
	i := strings.LastIndexByte(arg, '#')
	if i < 0 || files.Exists(arg) {
		return arg, ""
	}
	return arg[:i], arg[i+1:]
}

// readConf takes in what a configuration file says.
func (s *session) readConf(into *clusterConfig, file *source.File, name, syntax string) {
	said, problems := conf.Read(file, conf.Options{Syntax: confSyntaxes[syntax], Version: into.Version, Name: name})
	s.takeConf(into, file, said, problems)
}

// takeConf takes in what was read of a configuration.
func (s *session) takeConf(into *clusterConfig, file *source.File, said conf.Configuration, problems source.List) {
	s.add(problems)
	into.Config, into.isDeployment = said.Config, said.IsDeployment
	into.spec = said.Spec
	into.shared = into.shared || said.Session
	if said.IsDeployment {
		into.Deployment = taskmanager.Container
	}
	if !into.Version.Stated() {
		into.Version = said.Version
	}
	switch {
	case !said.Shipped || problems.HasErrors():
	case !said.Config.SaysSize():
		s.takeShipped(into, source.Place{File: file, Pos: source.AtLine(1)}, said.Name+" says no size")
	default: // the image's entrypoint appends to what is shipped
		into.Config = taskmanager.Shipped.With(into.Config)
	}
}

var confSyntaxes = map[string]conf.Syntax{"auto": conf.Auto, "legacy": conf.Legacy, "standard": conf.Standard}

// cluster is what jobs run on: of the version that is stated, else of the first job's.
func (c *clusterConfig) cluster(jobs []*spec.Spec) *capacity.Cluster {
	version := c.Version
	if !version.Stated() && len(jobs) > 0 {
		version = jobs[0].Plan.Job.Version
	}
	return &capacity.Cluster{Config: c.Config.Without(flink.FromJob), Version: version, Deployment: c.Deployment, Shared: c.shared}
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
	f.base = conf.Config
	return &f
}
