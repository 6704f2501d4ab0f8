package capacity

import (
	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// Axis is an option and the values that are tried of it.
type Axis struct {
	Key    string
	Values []string
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
}

// shareColumns are what one axis without jobs shows: what else is in a slot.
var shareColumns = []string{"Python alone", "with batch operators", "with RocksDB", "with both"}

// SweepShares tries one axis without jobs.
func SweepShares(axis Axis, config func(value string) flink.Config, v flink.Version, d taskmanager.Deployment) *Sweep {
	s := &Sweep{Axes: []Axis{axis}, Columns: shareColumns}
	for _, value := range axis.Values {
		row := make([]Cell, len(shareColumns))
		tried := config(value)
		tm, refused := taskmanager.Derive(tried, v, d)
		if refused == nil {
			refused = tm.SlotRefusal
		}
		var shares *taskmanager.Shares
		if refused == nil {
			shares, refused = taskmanager.SharesOf(tried, v, tm.Slot.Managed)
		}
		for i := range row {
			row[i] = Cell{Config: tried, Refused: refused, Fits: true}
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

// CellOf is what a report says in one cell: the group with the least to spare.
func CellOf(config flink.Config, r *Assessment) Cell {
	c := Cell{Config: config, Fits: r.Fits}
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
