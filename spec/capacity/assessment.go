package capacity

import (
	"math"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/taskmanager"
)

// Assessment is what a cluster gives, and what it gives these jobs.
type Assessment struct {
	Version     flink.Version // of the cluster; the zero Version where none is stated
	TaskManager *taskmanager.Memory
	// Shares is what one slot's Python workers can get, where no job was asked about.
	Shares *taskmanager.Shares
	Jobs   []*Fit
	// Fits, TaskManagers and TotalProcess (bytes) are those of all jobs: added up, or where they are Shared, filled up together.
	Fits            bool
	TaskManagers    int64
	TotalProcess    flink.MemorySize
	Shared          bool
	Recommendations []Recommendation
	// ForDeployment: the configuration is a FlinkDeployment's, and so is the change to make.
	ForDeployment bool
	// Floor is what an idle worker of this version was seen to take.
	Floor spec.Measured
	// Container is what a TaskManager adds up to at worst; nil where no job or no version is known.
	Container *Container

	// Running are the TaskManagers of a cluster that was asked; nil where it was not.
	Running []Running

	// Alone are the largest Python operators as they would be in slot sharing groups of their own; for those who ask (Cluster.Alone).
	Alone []AloneFit

	demands []*demand
}

// add takes a job into the report.
func (r *Assessment) add(f *Fit) {
	r.Fits = r.Fits && f.Fits
	r.Jobs = append(r.Jobs, f)
	r.TaskManagers += f.TaskManagers
	r.TotalProcess, _ = flink.Add(r.TotalProcess, f.TotalProcess)
}

// share counts the TaskManagers again, of jobs that fill them up together.
func (r *Assessment) share() {
	var slots int64
	for _, f := range r.Jobs {
		slots += f.Slots
	}
	r.Shared = true
	r.TaskManagers = taskManagersFor(slots, r.TaskManager.Slots)
	r.TotalProcess, _ = flink.Times(r.TaskManager.TotalProcess, int(min(r.TaskManagers, math.MaxInt32)))
}

// Workers counts the worker processes of all jobs.
func (r *Assessment) Workers() (n int64) {
	for _, f := range r.Jobs {
		n += f.Spec.Total.Workers
	}
	return n
}
