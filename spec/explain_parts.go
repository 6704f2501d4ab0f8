package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/plan"
)

func (e *explainer) chains() []Fact {
	var facts []Fact
	if e.job.Settings.SQLBatch && flink.ForcedChaining.In(e.job.Version) {
		if off, set := e.job.Config.Get(flink.KeyOperatorChaining); set && !strings.EqualFold(off.Value, "true") {
			facts = append(facts, Fact{flink.KeyOperatorChaining, flink.ForcedChaining.Doc, flink.ForcedChaining.Cite()})
		}
	}
	for _, c := range e.Plan.Chains {
		if e.about(c.Operators...) {
			facts = append(facts, Fact{e.id(c.Head()), e.chainText(c.Operators), e.flink("StreamingJobGraphGenerator.isChainable")})
		}
	}
	return facts
}

func (e *explainer) chainText(ops []int32) string {
	if len(ops) == 1 {
		return "runs alone"
	}
	return fmt.Sprintf("%d operators in one task: %s", len(ops), e.ids(ops))
}

func (e *explainer) edges() []Fact {
	var facts []Fact
	for i := range e.Plan.Edges {
		edge := &e.Plan.Edges[i]
		if !e.about(edge.From, edge.To) {
			continue
		}
		subject := e.id(edge.From) + " -> " + e.id(edge.To)
		if edge.Chained {
			facts = append(facts, Fact{subject, "chained: " + e.whyChained(edge.From, edge.To), e.flink("StreamingJobGraphGenerator.isChainable")})
			continue
		}
		for k, h := range edge.Hindrances {
			text := "not chained: "
			if k > 0 {
				text = "nor if that were mended: "
			}
			text += h.Text
			if k == len(edge.Hindrances)-1 {
				text += fmt.Sprintf(" (records travel by %s, exchange %s)", edge.Ship, edge.Partition)
			}
			facts = append(facts, Fact{subject, text, e.flink(h.Cite)})
		}
	}
	return facts
}

func (e *explainer) whyChained(up, down int32) string {
	a, b := &e.job.Operators[up], &e.job.Operators[down]
	if len(b.Inputs) > 1 || e.Plan.Chains[e.Plan.Operators[down].Chain].Head() == down {
		return fmt.Sprintf("%s is a source in front of %s, whose strategy is head-with-sources", a.ID, b.ID)
	}
	return fmt.Sprintf("forward, one input, parallelism %d on both sides, one slot sharing group, strategies allow it", b.Parallelism)
}

func (e *explainer) workers() []Fact {
	var facts []Fact
	for w := range e.Plan.Workers {
		worker, m := &e.Plan.Workers[w], e.Workers[w]
		if !e.about(worker.Operators...) {
			continue
		}
		facts = append(facts,
			Fact{worker.ID, e.whyShared(worker.Operators), ""},
			Fact{worker.ID, e.launchText(worker), e.launchRule()},
			Fact{worker.ID, e.memoryText(w), "FLIP-88, \"Python worker\""},
			Fact{worker.ID, fmt.Sprintf("instances: %d, the largest parallelism among its operators%s", m.Instances, e.processesText(w)), ""})
		if fact, short := e.lonelySlots(w); short {
			facts = append(facts, fact)
		}
	}
	for i := range e.job.Operators {
		if op := &e.job.Operators[i]; op.Python != nil && op.Python.Mode == graph.Thread && e.about(int32(i)) {
			facts = append(facts, Fact{op.ID, "thread mode: runs inside the JVM, no worker", flink.ThreadMode.Cite()})
		}
	}
	return facts
}

func (e *explainer) whyShared(ops []int32) string {
	p := e.job.Operators[ops[0]].Python
	text := fmt.Sprintf("serves %s", e.ids(ops))
	switch {
	case p.Alone:
		text += ": Python inside a MultipleInput declares no managed memory, so its worker is outside Flink's books"
	case p.Worker != "":
		text += ": the job names this worker"
	case len(ops) > 1:
		text += fmt.Sprintf(": sharing %s", e.Plan.Sharing)
	}
	if p.Env != "" {
		text += ", environment " + p.Env
	}
	return text
}

// reserved: Flink takes the workers' memory from its managed memory.
func (e *explainer) reserved() bool {
	job := e.Plan.Job
	return !job.Version.Stated() || !flink.MemoryManagedOption.In(job.Version) || job.Settings.MemoryManaged
}

func (e *explainer) launchText(w *plan.Worker) string {
	text := e.id(w.LaunchedBy) + " launches it and reserves the framework memory"
	if !e.reserved() || e.Plan.Job.Operators[w.LaunchedBy].Python.Alone {
		text = e.id(w.LaunchedBy) + " launches it and needs the framework memory, which nobody reserves"
	}
	switch {
	case len(w.Operators) == 1:
		return text
	case e.Plan.Open:
		return text + ": Flink opens it first (chain by chain, in a chain the tail before the head, the first branch first)"
	case e.inOneChain(w):
		return text + ": it is the first in dataflow order; but Flink opens a chain from its tail, so that what it reserves is not there yet when the others open (--launch-order open)"
	}
	return text + ": it is the first in dataflow order"
}

// inOneChain: another of the worker's operators is in the launcher's chain.
func (e *explainer) inOneChain(w *plan.Worker) bool {
	return slices.ContainsFunc(w.Operators, func(i int32) bool {
		return i != w.LaunchedBy && e.Plan.Operators[i].Chain == e.Plan.Operators[w.LaunchedBy].Chain
	})
}

// processesText says what the processes of a worker add up to, where not all serve the same operators: slot i
// holds subtask i of each that has so many (design.md 3.4).
func (e *explainer) processesText(w int) string {
	ops := slices.Clone(e.Plan.Workers[w].Operators)
	par := func(i int32) int32 { return e.job.Operators[i].Parallelism }
	slices.SortStableFunc(ops, func(a, b int32) int { return cmp.Compare(par(b), par(a)) })
	var parts []string
	memory := e.Workers[w].Framework
	for k, i := range ops {
		memory += e.Buffer + e.UserMemory(i) // no overflow: the worker's own sum is larger
		next := int32(0)
		if k+1 < len(ops) {
			next = par(ops[k+1])
		}
		if n := par(i) - next; n > 0 {
			parts = append(parts, fmt.Sprintf("%d x %s", n, memory))
		}
	}
	if len(parts) < 2 {
		return ""
	}
	slices.Reverse(parts)
	return " (" + strings.Join(parts, " + ") + ": not every slot has a subtask of each operator)"
}

func (e *explainer) launchRule() string {
	if e.Plan.Open {
		return e.flink("OperatorChain")
	}
	return "FLIP-88, \"Python worker sharing\"; the order is udfplan's reading"
}

func (e *explainer) memoryText(w int) string {
	m := e.Workers[w]
	text := fmt.Sprintf("%s = %s framework + %d x %s buffer", m.Memory, m.Framework, len(e.Plan.Workers[w].Operators), e.Buffer)
	if m.UserMemory != 0 && m.Estimate == 0 {
		text += fmt.Sprintf(" + %s userMemory", m.UserMemory)
	}
	if m.Estimate != 0 {
		text += fmt.Sprintf(" + %s that was measured above them; the estimate was %s", m.UserMemory, e.estimateText(m))
	}
	return text
}

// estimateText says how far a Measurement is from what it would have been without.
func (e *explainer) estimateText(m WorkerMemory) string {
	switch {
	case m.Estimate < m.Memory:
		return fmt.Sprintf("%s, %s below", m.Estimate, m.Memory-m.Estimate)
	case m.Estimate > m.Memory:
		return fmt.Sprintf("%s, %s above", m.Estimate, m.Estimate-m.Memory)
	}
	return m.Estimate.String()
}

// lonelySlots are slots that hold the worker but not the operator that reserves its framework memory.
func (e *explainer) lonelySlots(w int) (Fact, bool) {
	worker := &e.Plan.Workers[w]
	launcher := &e.job.Operators[worker.LaunchedBy]
	without := e.Workers[w].Instances - int(launcher.Parallelism)
	if without <= 0 {
		return Fact{}, false
	}
	return Fact{worker.ID, fmt.Sprintf("%s has parallelism %d: in %d further %s the worker runs without it, and nobody reserves its framework memory there",
		launcher.ID, launcher.Parallelism, without, plural(int64(without), "slot")), ""}, true
}

func (e *explainer) resources() []Fact {
	if !e.Known {
		return []Fact{{"", "unknown, because the job is streaming", "FLIP-88"}}
	}
	var facts []Fact
	for i := range e.job.Operators {
		if e.about(int32(i)) {
			facts = append(facts, e.operatorFact(int32(i)))
		}
	}
	return facts
}

func (e *explainer) operatorFact(i int32) Fact {
	op, r := &e.job.Operators[i], e.Operators[i]
	w := e.Plan.Operators[i].Worker
	switch {
	case op.Python == nil && op.Resources == nil:
		return Fact{op.ID, "nothing declared: 0b", ""}
	case op.Python == nil:
		return Fact{op.ID, fmt.Sprintf("as declared: taskHeap %s, managedOffHeap %s", r.TaskHeap, r.ManagedOffHeap), ""}
	case w < 0:
		return Fact{op.ID, fmt.Sprintf("taskHeap %s (1mb input + 1mb output + 3mb others); no worker, managedOffHeap 0b", r.TaskHeap), "FLIP-88, \"Java operator\""}
	}
	text := fmt.Sprintf("taskHeap %s (1mb input + 1mb output + 3mb others); managedOffHeap %s = %s buffer", r.TaskHeap, r.ManagedOffHeap, e.Buffer)
	if user := e.UserMemory(i); user != 0 {
		text += fmt.Sprintf(" + %s userMemory", user)
	}
	if e.Plan.Workers[w].LaunchedBy == i {
		text += fmt.Sprintf(" + %s framework, as it launches worker %s", e.Workers[w].Framework, e.Plan.Workers[w].ID)
	}
	if len(op.Python.Functions) > 0 {
		text += "; functions: " + strings.Join(op.Python.Functions, ", ")
	}
	return Fact{op.ID, text, "FLIP-88"}
}
