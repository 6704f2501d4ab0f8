package graph

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// A CheckRow looks at one thing that a job graph must hold to. Shape is checked while reading; these check meaning.
type CheckRow struct {
	Code string
	Doc  string // what is refused, for people
	run  func(*checker)
	// compares what may have been refused before: then it would be told twice.
	compares Refused
}

// Refused is what was said of a job, and is not in it because it could not be read.
type Refused struct{ Mode, Parallelism bool }

// Checks are all checks of a job graph. Every row has a golden case.
var Checks = []CheckRow{
	{source.CodeSelfLoop, "an operator is its own input", (*checker).selfLoops, Refused{}},
	{source.CodeCycle, "operators wait for each other", (*checker).cycles, Refused{}},
	{source.CodeParallelismAboveMax, "parallelism is larger than maxParallelism", (*checker).parallelism, Refused{Parallelism: true}},
	{source.CodeForwardParallelism, "a forward edge joins operators of different parallelism", (*checker).forward, Refused{Parallelism: true}},
	{source.CodeResourcesOnPython, "a Python operator declares resources, which are computed", (*checker).resourcesOnPython, Refused{}},
	{source.CodeMixedResources, "a streaming job declares resources, whose operators are all unknown", (*checker).mixedResources, Refused{Mode: true}},
	{source.CodeWorkerInThread, "a thread-mode operator names a worker", (*checker).workerInThread, Refused{}},
	{source.CodeMemoryInThread, "userMemory on a thread-mode operator, which has no worker", (*checker).memoryInThread, Refused{}},
	{source.CodeProfileVersion, "a slot sharing group has a profile in a version that takes none", (*checker).profileVersion, Refused{}},
	{source.CodeProfileInBatch, "a slot sharing group has a profile in a batch job whose exchanges need not block", (*checker).profileInBatch, Refused{Mode: true}},
	{source.CodeUnknownGroup, "slotSharingGroups names a group that no operator is in", (*checker).profileUnused, Refused{}},
	{source.CodeWeightConflict, "a keyed batch operator declares another weight than its sorted inputs", (*checker).weightConflict, Refused{}},
}

type checker struct {
	job      *Job
	problems source.List
}

// Check says whether a settled job is valid. What was refused of it is not compared with anything.
func Check(job *Job, refused Refused) source.List {
	c := checker{job: job}
	for _, row := range Checks {
		if !(row.compares.Mode && refused.Mode || row.compares.Parallelism && refused.Parallelism) {
			row.run(&c)
		}
	}
	return c.problems
}

func (c *checker) at(p source.Pos) source.Place {
	return source.Place{File: c.job.Place.File, Pos: p}
}

// each calls f for every operator.
func (c *checker) each(f func(op *Operator)) {
	for i := range c.job.Operators {
		f(&c.job.Operators[i])
	}
}

func (c *checker) parallelism() {
	c.each(func(op *Operator) {
		if op.MaxParallelism > 0 && op.Parallelism > op.MaxParallelism {
			c.problems.Errorf(c.at(op.Pos), source.CodeParallelismAboveMax, "parallelism %d of %q is higher than its maxParallelism %d",
				op.Parallelism, source.Excerpt(op.ID), op.MaxParallelism).
				Hint = "Flink: Please lower the parallelism or increase the max parallelism."
		}
	})
}

// forward refuses what Flink refuses while it makes the graph (flink-rules.md A8).
func (c *checker) forward() {
	c.each(func(op *Operator) {
		for _, in := range op.Inputs {
			up := &c.job.Operators[in.From]
			asForward := in.Ship == Forward ||
				in.Ship == ForwardConsecutiveHash && !flink.ConsecutiveHash.In(c.job.Settings.Version)
			if !asForward || up.Parallelism == op.Parallelism {
				continue
			}
			c.problems.Errorf(c.at(in.Pos), source.CodeForwardParallelism,
				"%s from %q (parallelism %d) to %q (parallelism %d); Flink: Forward partitioning does not allow change of parallelism.",
				in.Ship, source.Excerpt(up.ID), up.Parallelism, source.Excerpt(op.ID), op.Parallelism).
				Hint = "You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global."
		}
	})
}

func (c *checker) resourcesOnPython() {
	c.each(func(op *Operator) {
		if op.Python != nil && op.Resources != nil {
			c.problems.Errorf(c.at(op.Pos), source.CodeResourcesOnPython, "resources of the Python operator %q are computed and cannot be declared",
				source.Excerpt(op.ID)).
				Hint = "remove resources; python.userMemory adds what the function's libraries take"
		}
	})
}

func (c *checker) mixedResources() {
	if c.job.Mode != Streaming {
		return
	}
	c.each(func(op *Operator) {
		if op.Python == nil && op.Resources != nil {
			c.problems.Errorf(c.at(op.Pos), source.CodeMixedResources,
				"operator %q declares resources in a streaming job, where all resources are unknown; known and unknown cannot be mixed in one job",
				source.Excerpt(op.ID)).
				Hint = "remove resources, or plan the job with --mode batch; managedMemory declares a weight in streaming"
		}
	})
}

func (c *checker) workerInThread() {
	c.each(func(op *Operator) {
		if p := op.Python; p != nil && p.Mode == Thread && p.Worker != "" {
			c.problems.Errorf(c.at(p.Pos), source.CodeWorkerInThread, "%q names the worker %q but runs in thread mode, which has no worker",
				source.Excerpt(op.ID), source.Excerpt(p.Worker)).
				Hint = "remove worker, or set mode: process"
		}
	})
}

func (c *checker) memoryInThread() {
	c.each(func(op *Operator) {
		if p := op.Python; p != nil && p.Mode == Thread && p.UserMemory > 0 {
			c.problems.Warnf(c.at(p.Pos), source.CodeMemoryInThread, "userMemory of %q is not counted: in thread mode it is part of the JVM's process",
				source.Excerpt(op.ID))
		}
	})
}

// weightConflict is Flink's own error for a keyed operator of a batch job whose sorted inputs declare one
// weight and the operator another (flink-rules.md A5, C).
func (c *checker) weightConflict() {
	s := c.job.Settings
	if !s.BatchRuntime || !s.SortedInputs || !flink.KeyedWeightConflict.In(s.Version) {
		return
	}
	c.each(func(op *Operator) {
		if !op.Keyed || op.ManagedMemory <= 0 {
			return
		}
		if declared := s.Weight(op.ManagedMemory); declared != s.SortedWeight {
			c.problems.Errorf(c.at(op.Pos), source.CodeWeightConflict,
				"managedMemory of the keyed operator %q; Flink: Conflict managed memory consumer weights for 'OPERATOR' were configured: '%d' and '%d'.",
				source.Excerpt(op.ID), s.SortedWeight, declared).
				Hint = "remove managedMemory; execution.sorted-inputs.memory sets it"
		}
	})
}
