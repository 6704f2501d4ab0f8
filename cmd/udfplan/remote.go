package main

import (
	"errors"
	"strings"

	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// remote is what a run knows of clusters that it asks.
type remote struct {
	client   *rest.Client
	refused  bool // to make one
	clusters map[string]*runningCluster
	names    map[string]string // of jobs that a list told, by their URL
}

func newRemote() *remote {
	return &remote{clusters: map[string]*runningCluster{}, names: map[string]string{}}
}

// runningCluster is a cluster that a URL names, as far as it was asked.
type runningCluster struct {
	base    string
	version flink.Version
	config  flink.Config // of its JobManager
	// wrong: it could not be asked, which is told.
	wrong bool

	asked bool // for its TaskManagers
	tms   []conf.TaskManager
	held  []map[string]int64 // as tms: slots by the id of the job that holds them; nil where that is not known
}

// urlPaths are the URLs of the jobs that a URL names, fetched by the time it returns; none where it cannot be asked.
func (s *session) urlPaths(arg string, flags *jobFlags) (paths []string) {
	address, err := rest.Parse(arg)
	if err != nil {
		s.unreachable(arg, err)
		return nil
	}
	if s.askCluster(address.Base, flags) == nil {
		return nil
	}
	if address.Job != "" {
		paths = []string{address.String()}
	} else if paths = s.listedJobs(address); len(paths) == 0 {
		return nil
	}
	each(2*len(paths), func(i int) {
		url := paths[i/2]
		if i%2 == 1 {
			url += "/checkpoints/config"
		}
		_, _ = s.remote.client.Get(url) // told when it is read
	})
	return paths
}

// listedJobs are the URLs of all jobs of a cluster that run.
func (s *session) listedJobs(address rest.Address) (paths []string) {
	file := s.fetch(address.At("/jobs/overview"))
	if file == nil {
		return nil
	}
	jobs, problems := document.ReadJobs(file)
	s.add(problems)
	for i := range jobs {
		job := &jobs[i]
		address.Job = job.ID
		switch {
		case job.Ended():
		case job.Starting():
			s.problems.Notef(job.Place, source.CodeJobEnded, "%s is starting: Flink has made no graph of it yet", source.Excerpt(job.Name))
		default:
			s.remote.names[address.String()] = job.Name
			paths = append(paths, address.String())
		}
	}
	if len(paths) == 0 && !problems.HasErrors() {
		s.problems.Notef(source.Place{File: &source.File{Name: address.Base}}, source.CodeJobEnded, "no job runs there")
	}
	return paths
}

// askCluster asks a cluster what it is, once a run; nil where that cannot be known.
func (s *session) askCluster(base string, flags *jobFlags) *runningCluster {
	if c, known := s.remote.clusters[base]; known {
		if c.wrong {
			return nil
		}
		return c
	}
	if s.dial(flags) == nil {
		return nil
	}
	c := &runningCluster{base: base}
	s.remote.clusters[base] = c
	file := s.fetch(base + "/config")
	if file == nil {
		c.wrong = true
		return nil
	}
	version, problems := conf.ReadVersion(file)
	s.add(problems)
	c.version, c.wrong = version, problems.HasErrors()
	if file, _ = s.fetchIfThere(base + "/jobmanager/config"); file != nil { // a History Server has none
		said, problems := conf.Read(file, conf.Options{Version: version})
		s.add(problems)
		c.config, c.wrong = said.Config, c.wrong || problems.HasErrors()
	}
	if c.wrong {
		return nil
	}
	return c
}

// taskManagers asks a cluster for its TaskManagers, once a run, and which jobs hold their slots.
func (s *session) taskManagers(c *runningCluster) {
	if c.asked {
		return
	}
	c.asked = true
	file, _ := s.fetchIfThere(c.base + "/taskmanagers")
	if file == nil { // a History Server
		return
	}
	tms, problems := conf.ReadTaskManagers(file)
	s.add(problems)
	c.tms, c.held = tms, make([]map[string]int64, len(tms))
	forks := make([]session, len(tms))
	each(len(tms), func(i int) {
		forks[i] = s.fork()
		if file, _ := forks[i].fetchIfThere(c.base + "/taskmanagers/" + pathSegment(tms[i].ID)); file != nil {
			held, said, problems := conf.ReadHeld(file)
			if forks[i].add(problems); said {
				c.held[i] = held
			}
		}
	})
	for i := range forks {
		s.join(&forks[i])
	}
}

// readRunning takes in what a running cluster says of itself.
func (s *session) readRunning(into *clusterConfig, url string, flags *planFlags) {
	into.name = url
	address, err := rest.Parse(url)
	if err != nil {
		s.unreachable(url, err)
		return
	}
	c := s.askCluster(address.Base, &flags.jobFlags)
	if c == nil {
		return
	}
	s.taskManagers(c)
	if !into.Version.Stated() {
		into.Version = c.version
	}
	for i := range c.tms {
		tm := &c.tms[i]
		into.started = append(into.started, capacity.Started{ID: tm.ID, Slots: tm.Slots, Free: tm.Free, Config: tm.Config})
	}
	into.Config, into.held, into.shared = c.config, c.held, true
	if into.Config = into.cluster(nil).Least(into.started).Config; len(c.tms) == 0 {
		s.problems.Notef(source.Place{File: &source.File{Name: url}}, source.CodeShippedConfiguration, "no TaskManager runs there: memory as its configuration makes it")
	}
}

// onEach says of each TaskManager whether jobs get what they need there; nothing where none was asked.
func (c *clusterConfig) onEach(jobs []*spec.Spec) []capacity.Running {
	for i := range c.started {
		if c.held[i] == nil {
			continue
		}
		holds := make([]bool, len(jobs))
		for k, job := range jobs {
			address, err := rest.Parse(job.Plan.Job.Place.File.Name)
			holds[k] = err != nil || address.Job == "" || c.held[i][address.Job] > 0 // another's job may come to run here
		}
		c.started[i].Holds = holds
	}
	return c.cluster(jobs).Running(c.started, jobs)
}

// pathSegment is a TaskManager's id as a part of a path. Ids are Flink's, HOST:PORT-HEX or a container's name.
func pathSegment(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '?' || r == '#' || r == '%' || r <= ' ' || r > '~' {
			return '_' // Flink makes no such id, and answers that there is no such TaskManager
		}
		return r
	}, id)
}

// documents are what a file says of jobs; one of a URL runs, on a cluster that says more.
func (s *session) documents(path string, file *source.File, flags *jobFlags) ([]document.Document, source.List) {
	if !rest.IsURL(path) {
		return document.ReadEach(file, flags.options())
	}
	address, _ := rest.Parse(path)
	c := s.remote.clusters[address.Base]
	options := flags.options()
	if options.Base == nil {
		options.Base = c.config.ForJobs()
	}
	if !options.Version.Stated() {
		options.Version = c.version
	}
	var problems source.List
	if file, _ := s.fetchIfThere(path + "/checkpoints/config"); file != nil {
		options.Own, problems = conf.ReadCheckpoints(file, options.Version)
	}
	documents, state, more := document.ReadRunning(file, options)
	if name, listed := s.remote.names[path]; listed && (&document.Listed{State: state}).Ended() {
		s.noteEnded(path, name)
		return nil, nil
	}
	return documents, append(problems, more...)
}

func (s *session) noteEnded(path, name string) {
	s.problems.Notef(source.Place{File: &source.File{Name: path}}, source.CodeJobEnded, "%s ended while it was read", source.Excerpt(name))
}

// fetch is an answer; nil where there is none, which is told.
func (s *session) fetch(url string) *source.File {
	file, missing := s.fetchIfThere(url)
	if missing {
		if name, listed := s.remote.names[url]; listed {
			s.noteEnded(url, name)
		} else {
			s.unreachable(url, rest.ErrMissing)
		}
	}
	return file
}

// fetchIfThere is fetch, but that there is nothing at an address is not told.
func (s *session) fetchIfThere(url string) (file *source.File, missing bool) {
	file, err := s.remote.client.Get(url)
	switch {
	case errors.Is(err, rest.ErrMissing):
		return nil, true
	case err != nil:
		s.unreachable(url, err)
		return nil, false
	}
	return file, false
}

// unreachable says that a URL gives nothing.
func (s *session) unreachable(url string, err error) {
	at := source.Place{File: &source.File{Name: rest.Shown(url)}}
	if large := (rest.TooLargeError{}); errors.As(err, &large) {
		s.problems.Errorf(at, source.CodeTooLarge, "%s", err).Hint = "raise --max-size"
		return
	}
	s.problems.Errorf(at, source.CodeUnreadable, "cannot be read: %s", err)
}
