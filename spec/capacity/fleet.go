package capacity

import (
	"udfplan/graph/flink"
)

// Fleet is what several clusters give the jobs on them.
type Fleet struct {
	Clusters []FleetCluster
	Fits     bool // everything that could be planned
	// TaskManagers and TotalProcess (bytes) add up the clusters'; NotPlanned counts their jobs that could not be.
	TaskManagers int64
	TotalProcess flink.MemorySize
	NotPlanned   int64
}

// FleetCluster is one of them.
type FleetCluster struct {
	Name string
	*Assessment
	NotPlanned []NotPlanned
}

// NotPlanned is a job that is known to run on a cluster, and why no more is known of it.
type NotPlanned struct{ Job, Why string }

// Add takes a cluster into the fleet.
func (f *Fleet) Add(c FleetCluster) {
	f.Fits = (f.Fits || len(f.Clusters) == 0) && c.Fits
	f.Clusters = append(f.Clusters, c)
	f.TaskManagers += c.TaskManagers
	f.TotalProcess, _ = flink.Add(f.TotalProcess, c.TotalProcess)
	f.NotPlanned += int64(len(c.NotPlanned))
}

// Needs is what the Python workers of all slots of all jobs need, Gets what those slots give them; in bytes.
func (c *FleetCluster) Needs() flink.MemorySize {
	return c.total(func(g *GroupFit) flink.MemorySize { return g.Needs })
}

// Gets is what the slots of all jobs give their Python workers, in bytes.
func (c *FleetCluster) Gets() flink.MemorySize {
	return c.total(func(g *GroupFit) flink.MemorySize { return g.Gets })
}

// total adds up groups with workers, each as often as it has slots: all are as full as the fullest.
func (c *FleetCluster) total(of func(g *GroupFit) flink.MemorySize) (sum flink.MemorySize) {
	for _, f := range c.Jobs {
		for g := range f.Groups {
			if f.Groups[g].Workers == 0 {
				continue
			}
			slots, _ := flink.Times(of(&f.Groups[g]), int(f.Spec.Groups[g].Slots))
			sum, _ = flink.Add(sum, slots)
		}
	}
	return sum
}

// Advice is the first change of the cluster after which its jobs fit; false where none is needed, or none found.
func (c *FleetCluster) Advice() (Recommendation, bool) {
	for _, r := range c.Recommendations {
		if r.Fits && r.Lever != LeverGroup {
			return r, true
		}
	}
	return Recommendation{}, false
}
