package capacity

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Cluster is what jobs run on, before anything is derived from it.
type Cluster struct {
	// Config is the cluster's configuration, with what is stronger over it.
	Config     flink.Config
	Version    flink.Version // the zero Version where none is stated
	Deployment taskmanager.Deployment
	// Shared: its jobs share TaskManagers, as in a session cluster; else each has some of its own.
	Shared bool
}

// memory is that of its TaskManagers, or Flink's refusal of the configuration.
func (c *Cluster) memory() (*taskmanager.Memory, *flink.Refusal) {
	tm, refused := taskmanager.Derive(c.Config, c.Version, c.Deployment)
	if refused == nil {
		refused = tm.SlotRefusal
	}
	return tm, refused
}

// on is the cluster with another configuration.
func (c *Cluster) on(config flink.Config) *Cluster {
	other := *c
	other.Config = config
	return &other
}

// Assess says what the cluster gives jobs, or where there are none, a slot. The problems are Flink's
// refusals of jobs as errors, and what it only warns of at run time as warnings, in its words. A refusal is of the
// cluster itself; then there is no Assessment.
func (c *Cluster) Assess(jobs []*spec.Spec) (*Assessment, source.List, *flink.Refusal) {
	return c.assess(demandsOf(jobs))
}

func (c *Cluster) assess(demands []*demand) (*Assessment, source.List, *flink.Refusal) {
	tm, refused := c.memory()
	if refused != nil {
		return nil, nil, refused
	}
	r := &Assessment{Version: c.Version, TaskManager: tm, Fits: true, Floor: spec.MeasuredIn(c.Version), demands: demands}
	if len(demands) == 0 {
		r.Shares, refused = taskmanager.SharesOf(c.Config, c.Version, tm.Slot.Managed)
		return r, nil, refused
	}
	var problems source.List
	for _, d := range demands {
		fit, more := d.assess(c.Config, tm)
		problems = append(problems, more...)
		if fit != nil {
			r.add(fit)
		}
	}
	if c.Shared {
		r.share()
	}
	r.Container = container(tm, r.Jobs)
	return r, problems, nil
}

// fits says whether all jobs fit on the cluster, and if Flink refuses its configuration, why. It is Assess without
// anything to show.
func (c *Cluster) fits(demands []*demand) (bool, *flink.Refusal) {
	tm, refused := c.memory()
	if refused != nil {
		return false, refused
	}
	for _, d := range demands {
		if t := d.try(c.Config, tm); t.refused || !t.fit.Fits || t.problems.HasErrors() {
			return false, nil
		}
	}
	return true, nil
}

// Recommend finds the changes of the cluster after which the jobs of its report fit within a bound: LeverTogether first, then the
// smallest change of each lever alone, those that can do it first, the least memory of all TaskManagers first.
func (c *Cluster) Recommend(r *Assessment, b Bound) []Recommendation {
	if r.Fits { // but is too large
		return c.recommendTogether(r, b)
	}
	single := c.recommender(r)
	single.bound = b
	return append(c.recommendTogether(r, b), single.all()...)
}

// Smallest is the first change that fits, of the levers that change what Python gets and nothing else; false where
// none of them is enough.
func (c *Cluster) Smallest(r *Assessment) (Recommendation, bool) {
	return c.recommender(r).first(flink.KeyTaskOffHeap, flink.KeyManagedSize, flink.KeyProcessSize, flink.KeyFlinkSize)
}

func (c *Cluster) recommender(r *Assessment) *recommender {
	pools := map[Pool]bool{}
	for _, f := range r.Jobs {
		pools[f.Pool] = pools[f.Pool] || !f.Fits
		pools[OfSlot] = pools[OfSlot] || f.Unshared
		pools[TaskOffHeap] = pools[TaskOffHeap] || f.Outside
	}
	return &recommender{config: c.Config, version: c.Version, now: r.TaskManager, pools: pools,
		try: func(config flink.Config) (bool, *flink.Refusal) { return c.on(config).fits(r.demands) },
		cost: func(config flink.Config) (one, all flink.MemorySize) {
			tried := c.on(config)
			tm, refused := tried.memory()
			if refused != nil {
				return 0, 0
			}
			return tm.TotalProcess, tried.allOf(r.demands, tm)
		}}
}

// ClusterOnly warns of options in a job's own configuration that only the cluster's can set (run on clusters:
// PYTHON:0 in a job's configuration had no effect).
func ClusterOnly(job *graph.Job) (problems source.List) {
	for _, e := range job.Config {
		if e.Origin == flink.FromJob && strings.HasPrefix(e.Key, "taskmanager.") {
			d := problems.Warnf(e.Place, source.CodeClusterOnly, "%s has no effect in a job's configuration: only the cluster's sets it", e.Key)
			if d.Hint = "give it with --flink-conf or -D"; e.Place.File != job.Place.File { // a FlinkSessionJob's
				d.Hint = "set it in the FlinkDeployment that the job runs on"
			}
		}
	}
	return problems
}

// Each is what one worker of a slot sharing group gets of its slot, in bytes; false where no worker has a share of it.
func (f *Fit) Each(g int) (flink.MemorySize, bool) {
	group := &f.Groups[g]
	if group.Workers == 0 || f.Pool == TaskOffHeap || group.Outside > 0 {
		return 0, false
	}
	return group.Gets / flink.MemorySize(group.Workers), true
}

// BelowMeasured warns of slot sharing groups in which a worker gets less than an idle one was seen to take.
func (f *Fit) BelowMeasured(floor spec.Measured) (problems source.List) {
	for g := range f.Groups {
		if each, shared := f.Each(g); shared && each < floor.Worker {
			problems.Warnf(f.Spec.Plan.Job.Place, source.CodeBelowMeasured, "slot sharing group %q gives a worker %s; an idle one was seen to take %s (%s)",
				source.Excerpt(f.Spec.Plan.Groups[g].Name), each, floor.Worker, floor.Of).
				Hint = "--framework-memory measured plans with it"
		}
	}
	return problems
}
