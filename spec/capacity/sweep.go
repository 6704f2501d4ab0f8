package capacity

import (
	"slices"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Axis is an option and the values that are tried of it.
type Axis struct {
	Key    string
	Values []string
	// OfJobs: its values change the jobs, which are planned anew. OfJobsOnly: and it is no option of Flink.
	OfJobs, OfJobsOnly bool
}

// Planner plans the jobs with a value of each axis; the refusal says why that cannot be.
type Planner func(values []string) ([]*spec.Spec, *flink.Refusal)

// Planned is the Planner of jobs that no axis changes; nil where there are none.
func Planned(jobs []*spec.Spec) Planner {
	if len(jobs) == 0 {
		return nil
	}
	return func([]string) ([]*spec.Spec, *flink.Refusal) { return jobs, nil }
}

// Sweep is a matrix of cells: a row for each value of the first axis, a column for each of the second, or for
// each of Columns where there is one axis and no job.
type Sweep struct {
	Axes    []Axis
	Columns []string
	Cells   [][]Cell
}

// Cell is what one configuration gives.
type Cell struct {
	Config  flink.Config
	Refused *flink.Refusal // Flink refuses this one
	// Gets is the Python share of a slot, in bytes: of the job's group that has the least to spare, where there
	// are jobs; Needs is what that group needs, 0 without jobs.
	Gets, Needs flink.MemorySize
	Fits        bool
	// TaskManagers are those that all jobs need, and TotalProcess (bytes) is their memory; 0 without jobs.
	TaskManagers int64
	TotalProcess flink.MemorySize
}

// shareColumns are what one axis without jobs shows: what else is in a slot.
var shareColumns = []string{"Python alone", "with batch operators", "with RocksDB", "with both"}

// Sweep tries every value of one axis, or every pair of values of two. What Assess tells is the same for each cell, and
// left out: what does not fit, or is refused, is marked. Without jobs, a nil Planner, one axis shows a slot's shares by what else is in it.
func (c *Cluster) Sweep(axes []Axis, jobs Planner) *Sweep {
	if len(axes) == 1 && jobs == nil {
		return c.sweepShares(axes[0])
	}
	s, planned := &Sweep{Axes: axes}, planning{axes: axes, plan: jobs}
	for _, value := range axes[0].Values {
		tried := c.at(axes[0], value)
		if len(axes) == 1 {
			s.Cells = append(s.Cells, []Cell{tried.cell(planned.with(value))})
			continue
		}
		var row []Cell
		for _, column := range axes[1].Values {
			both := tried.at(axes[1], column)
			row = append(row, both.cell(planned.with(value, column)))
		}
		s.Cells = append(s.Cells, row)
	}
	return s
}

// planning plans jobs once for all cells in which they are the same.
type planning struct {
	axes []Axis
	plan Planner
	last []string // the values that change the jobs
	done bool

	demands []*demand
	refused *flink.Refusal
}

func (p *planning) with(values ...string) ([]*demand, *flink.Refusal) {
	var changes []string
	for i := range p.axes {
		if p.axes[i].OfJobs {
			changes = append(changes, values[i])
		}
	}
	if p.plan != nil && (!p.done || !slices.Equal(changes, p.last)) {
		var jobs []*spec.Spec
		jobs, p.refused = p.plan(values)
		p.demands, p.last, p.done = demandsOf(jobs), changes, true
	}
	return p.demands, p.refused
}

// at is the cluster with a value of an axis.
func (c *Cluster) at(a Axis, value string) *Cluster {
	if a.OfJobsOnly {
		return c
	}
	return c.with(a.Key, value)
}

// with is the cluster with one option set.
func (c *Cluster) with(key, value string) *Cluster {
	return c.on(c.Config.With(flink.Config{{Key: key, Value: value}}))
}

func (c *Cluster) cell(demands []*demand, refused *flink.Refusal) Cell {
	if refused != nil {
		return Cell{Config: c.Config, Refused: refused}
	}
	a, _, refused := c.assess(demands)
	if refused != nil {
		return Cell{Config: c.Config, Refused: refused}
	}
	return cellOf(c.Config, a)
}

func (c *Cluster) sweepShares(axis Axis) *Sweep {
	s := &Sweep{Axes: []Axis{axis}, Columns: shareColumns}
	for _, value := range axis.Values {
		row := make([]Cell, len(shareColumns))
		tried := c.with(axis.Key, value)
		tm, refused := tried.memory()
		var shares *taskmanager.Shares
		if refused == nil {
			shares, refused = taskmanager.SharesOf(tried.Config, c.Version, tm.Slot.Managed)
		}
		for i := range row {
			row[i] = Cell{Config: tried.Config, Refused: refused, Fits: true}
		}
		switch {
		case refused != nil:
		case shares == nil: // before 1.12, or no version: a slot's managed memory is all there is
			row[0].Gets = tm.Slot.Managed
			row = row[:1]
		default:
			row[0].Gets, row[1].Gets, row[2].Gets, row[3].Gets = shares.Python, shares.WithOperators, shares.WithStateBackend, shares.WithBoth
		}
		s.Cells = append(s.Cells, row)
	}
	return s
}

// cellOf is what one cell shows of an assessment: the group with the least to spare.
func cellOf(config flink.Config, r *Assessment) Cell {
	c := Cell{Config: config, Fits: r.Fits, TaskManagers: r.TaskManagers, TotalProcess: r.TotalProcess}
	first := true
	for _, f := range r.Jobs {
		for g := range f.Groups {
			group := &f.Groups[g]
			if group.Workers > 0 && (first || group.Gets-group.Needs < c.Gets-c.Needs) {
				c.Gets, c.Needs, first = group.Gets, group.Needs, false
			}
		}
	}
	if len(r.Jobs) == 0 {
		c.Gets = r.TaskManager.Slot.Managed
		if r.Shares != nil {
			c.Gets = r.Shares.Python
		}
	}
	return c
}
