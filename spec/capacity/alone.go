package capacity

import (
	"udfplan/graph/flink"
	"udfplan/spec"
)

// AloneFit is what a cluster gives an operator in a slot sharing group of its own.
type AloneFit struct {
	spec.Alone
	Job *spec.Spec // as it is
	// Spare is what its slot has to spare then, in bytes, below 0 what it is short by; Fits says whether the whole job fits.
	Spare flink.MemorySize
	Fits  bool
}

// Alone plans the jobs of a report with each of their largest Python operators in a slot sharing group of its own, and assesses that.
func (c *Cluster) Alone(r *Assessment) (out []AloneFit) {
	for _, d := range r.demands {
		for _, a := range spec.AlonePlans(d.spec) {
			t := newDemand(a.Then).try(c.Config, r.TaskManager)
			if t.refused {
				continue
			}
			group := &t.fit.Groups[t.fit.Spec.Plan.Operators[a.Operator].Group]
			out = append(out, AloneFit{Alone: a, Job: d.spec, Spare: group.Gets - group.Needs, Fits: t.fit.Fits})
		}
	}
	return out
}
