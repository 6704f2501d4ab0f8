package capacity

import (
	"strings"

	"udfplan/spec/taskmanager"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
)

// Site is what jobs run on, before anything is derived from it.
type Site struct {
	// Config is the cluster's configuration, with what is stronger over it.
	Config     flink.Config
	Version    flink.Version // the zero Version where none is stated
	Deployment taskmanager.Deployment
	// Framework replaces FLIP-88's framework memory in what workers need, in bytes; 0 does not.
	Framework flink.MemorySize
	Plan      plan.Options
}

// Assess says what the site gives jobs, or where there are none, a slot. The problems are those of Assess for each
// job; a refusal is Flink's of the site itself, and then there is no report.
func (s *Site) Assess(jobs []*graph.Job) (*Report, source.List, *flink.Refusal) {
	tm, refused := taskmanager.Derive(s.Config, s.Version, s.Deployment)
	if refused == nil {
		refused = tm.SlotRefusal
	}
	if refused != nil {
		return nil, nil, refused
	}
	r := &Report{Version: s.Version, TaskManager: tm, Fits: true, Floor: taskmanager.MeasuredIn(s.Version)}
	if len(jobs) == 0 {
		r.Shares, refused = taskmanager.SharesOf(s.Config, s.Version, tm.Slot.Managed)
		return r, nil, refused
	}
	var problems source.List
	cluster := Cluster{Config: s.Config, TaskManager: tm, Framework: s.Framework}
	for _, job := range jobs {
		fit, more := Assess(job, s.Plan, &cluster)
		problems = append(problems, more...)
		if fit != nil {
			r.Add(fit)
		}
	}
	return r, problems, nil
}

// Recommend finds, for each lever, the smallest change of the site after which the jobs of a report fit.
func (s *Site) Recommend(jobs []*graph.Job, r *Report) []Recommendation {
	return s.recommender(jobs, r).all()
}

// Smallest is the first change that fits, of the levers that change what Python gets and nothing else; false where
// none of them is enough.
func (s *Site) Smallest(jobs []*graph.Job, r *Report) (Recommendation, bool) {
	return s.recommender(jobs, r).first(flink.KeyTaskOffHeap, flink.KeyManagedSize, flink.KeyProcessSize, flink.KeyFlinkSize)
}

func (s *Site) recommender(jobs []*graph.Job, r *Report) *recommender {
	pools := map[Pool]bool{}
	for _, f := range r.Jobs {
		pools[f.Pool] = pools[f.Pool] || !f.Fits
		pools[OfSlot] = pools[OfSlot] || f.Unshared
		pools[TaskOffHeap] = pools[TaskOffHeap] || f.Outside
	}
	return &recommender{config: s.Config, version: s.Version, now: r.TaskManager, pools: pools, try: func(config flink.Config) (bool, *flink.Refusal) {
		trial := *s
		trial.Config = config
		tried, problems, refused := trial.Assess(jobs)
		return refused == nil && tried.Fits && !problems.HasErrors(), refused
	}}
}

// ClusterOnly warns of options in a job's own configuration that only the cluster's can set (run on clusters:
// PYTHON:0 in a job's configuration had no effect).
func ClusterOnly(job *graph.Job) (problems source.List) {
	for _, e := range job.Config {
		if e.Origin == flink.FromJob && strings.HasPrefix(e.Key, "taskmanager.") {
			problems.Warnf(e.Place, "cluster-only", "%s has no effect in a job's configuration: only the cluster's sets it", e.Key).
				Hint = "give it with --flink-conf or -D"
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
func (f *Fit) BelowMeasured(floor taskmanager.Measured) (problems source.List) {
	for g := range f.Groups {
		if each, shared := f.Each(g); shared && each < floor.Worker {
			problems.Warnf(f.Spec.Plan.Job.Place, "below-measured", "slot sharing group %q gives a worker %s; an idle one was seen to take %s (%s)",
				source.Excerpt(f.Spec.Plan.Groups[g].Name), each, floor.Worker, floor.Of).
				Hint = "--framework-memory measured plans with it"
		}
	}
	return problems
}
