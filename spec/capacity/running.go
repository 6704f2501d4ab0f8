package capacity

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Started is a TaskManager that runs, as it says itself.
type Started struct {
	ID    string
	Slots int64
	Free  int64 // slots that no job holds
	// Config are options that say its memory as it is.
	Config flink.Config
	// Holds says of each job whether it holds a slot here; nil where that is not known, and any may.
	Holds []bool
}

// Running is such a TaskManager, and what its slots are for the jobs there.
type Running struct {
	ID          string
	Slots, Free int64
	Managed     flink.MemorySize // of a slot, in bytes; 0 where Flink would refuse it
	Short       []string         // names of the jobs that hold slots here, or may, and whose Python workers get too little in them
}

// As is the cluster with a TaskManager as it runs. Where the configuration makes the same memory it stays as it is: there a change
// has to be made. Else the TaskManager was started with another, and what it says of its memory counts.
func (c *Cluster) As(started flink.Config) *Cluster {
	own := slices.DeleteFunc(slices.Clone(c.Config), func(e flink.Entry) bool {
		return e.Key != flink.KeyConsumerWeights && (strings.HasPrefix(e.Key, "taskmanager.memory.") || strings.HasPrefix(e.Key, "taskmanager.heap."))
	})
	real := c.on(own.With(started))
	now, refused := real.memory()
	if refused != nil {
		return c // it tells too little
	}
	if configured, refused := c.memory(); refused == nil && sameMemory(configured, now, started) {
		return c
	}
	return real
}

// sameMemory compares what a TaskManager tells for certain: up to 1.11 that is its slots and its managed memory.
func sameMemory(configured, now *taskmanager.Memory, started flink.Config) bool {
	_, heap := started.Get(flink.KeyTaskHeap)
	_, network := started.Get(flink.KeyNetworkMax)
	return configured.Slots == now.Slots && configured.Managed == now.Managed && (!heap || !network || configured.TaskHeap == now.TaskHeap && configured.Network == now.Network)
}

// Least is the cluster with that of the TaskManagers which gives a slot the least managed memory; without any, as it is configured.
func (c *Cluster) Least(all []Started) *Cluster {
	least, smallest := c, flink.MemorySize(-1)
	for i := range all {
		as := c.As(all[i].Config)
		if tm, refused := as.memory(); refused == nil && (smallest < 0 || tm.Slot.Managed < smallest) {
			least, smallest = as, tm.Slot.Managed
		}
	}
	return least
}

// Running asks of every TaskManager whether the jobs on it get what they need.
func (c *Cluster) Running(all []Started, jobs []*spec.Spec) (out []Running) {
	demands := demandsOf(jobs)
	known := map[taskmanager.Memory][]bool{} // which jobs do not fit; most TaskManagers are alike
	for i := range all {
		s := &all[i]
		as := c.As(s.Config)
		r := Running{ID: s.ID, Slots: s.Slots, Free: s.Free}
		tm, refused := as.memory()
		if refused == nil {
			short, judged := known[*tm]
			if !judged {
				short = as.shortOf(demands)
				known[*tm] = short
			}
			r.Managed = tm.Slot.Managed
			for k, yes := range short {
				if yes && (s.Holds == nil || s.Holds[k]) {
					r.Short = append(r.Short, jobs[k].Plan.Job.Name)
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// shortOf says of each job whether it does not fit.
func (c *Cluster) shortOf(demands []*demand) []bool {
	short := make([]bool, len(demands))
	for i, d := range demands {
		fits, _ := c.fits([]*demand{d})
		short[i] = !fits
	}
	return short
}
