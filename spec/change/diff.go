package change

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/spec"
)

// Action is what happened to something.
type Action uint8

// The actions.
const (
	Changed Action = iota
	Added
	Removed
)

// String is the sign that people know from patches.
func (a Action) String() string { return [...]string{"~", "+", "-"}[a] }

// Word is the action for documents.
func (a Action) Word() string { return [...]string{"changed", "added", "removed"}[a] }

// Diff is what changed between two sets of plans: data, which a renderer only prints.
type Diff struct {
	Jobs      []JobDiff // those that changed
	Unchanged int
	// Old and New add up the Python memory of all jobs, in bytes.
	Old, New flink.MemorySize
	// Pairs are the new jobs, each with the old one that it is.
	Pairs []JobPair
}

// JobPair is a job before and after; Old is nil where it is new.
type JobPair struct{ Old, New *Snapshot }

// PythonMemory is that of all jobs, before and after.
func (d *Diff) PythonMemory() *Field { return Grown(d.Old, d.New) }

// JobDiff is what changed in one job.
type JobDiff struct {
	Action  Action
	Job     string
	Was     string // its older name, if it had another
	Changes []Change
	// Old and New are the job before and after; nil where it was not there.
	Old, New *Snapshot
}

// Change is what happened to one thing of a job: the job itself, an operator, a chain, a worker, a slot sharing group, the total.
type Change struct {
	Action Action
	About  string // the thing's kind, as the plan's document has it
	Name   string
	Was    string  // its older name, if it had another
	Fields []Field // those that changed; of what was added or removed, what people want to know of it
}

// Field is one value of it, before and after. A Value that is not there is the zero Value.
type Field struct {
	Key      string
	Old, New Value
}

// Value is a text or a number.
type Value struct {
	Text   string // as the plan's document has it
	Number spec.Quantity
	IsSet  bool
	// Counts: it is a number.
	Counts bool
	// Items are those of a list.
	Items []string
	same  string // two values are the same if these are
}

func text(s string) Value { return sameAs(s, s) }

// sameAs is a text that counts as another one.
func sameAs(s, same string) Value   { return Value{Text: s, IsSet: s != "", same: same} }
func number(n int64) Value          { return valueOf(spec.Count(n)) }
func size(n flink.MemorySize) Value { return valueOf(spec.Bytes(n)) }

func valueOf(q spec.Quantity) Value {
	return Value{Text: q.String(), Number: q, IsSet: true, Counts: true, same: q.String()}
}

func known(is bool, n flink.MemorySize) Value {
	if !is {
		return text("unknown")
	}
	return size(n)
}

func list(ids []string) Value {
	v := text("[" + strings.Join(ids, ", ") + "]")
	v.Items = ids
	return v
}

// setOf is a list whose order does not matter.
func setOf(ids []string) Value {
	v := list(ids)
	v.same = list(slices.Sorted(slices.Values(ids))).Text
	return v
}

// Difference is how much a number changed; false if either side is missing.
func (f *Field) Difference() (spec.Quantity, bool) {
	if !f.Old.Counts || !f.New.Counts {
		return spec.Quantity{}, false
	}
	return spec.Quantity{N: f.New.Number.N - f.Old.Number.N, Bytes: f.New.Number.Bytes}, true
}

// Percent is the difference in percent of what was; false where there was nothing.
func (f *Field) Percent() (float64, bool) {
	d, ok := f.Difference()
	if !ok || f.Old.Number.N == 0 {
		return 0, false
	}
	return 100 * float64(d.N) / float64(f.Old.Number.N), true
}

// Compare finds what changed between old and new plans.
func Compare(old, now []*Snapshot) *Diff {
	d := &Diff{}
	for _, s := range old {
		d.Old = addUp(d.Old, s.Total.PythonMemory)
	}
	pairs := pairJobs(old, now)
	for j, s := range now {
		d.New = addUp(d.New, s.Total.PythonMemory)
		if pairs[j] < 0 {
			d.Pairs = append(d.Pairs, JobPair{New: s})
			d.Jobs = append(d.Jobs, JobDiff{Action: Added, Job: s.Job, Changes: []Change{whole(Added, s)}, New: s})
			continue
		}
		was := old[pairs[j]]
		d.Pairs = append(d.Pairs, JobPair{was, s})
		job := compareJobs(Pair(was, s))
		if job.Was == "" && len(job.Changes) == 0 {
			d.Unchanged++
			continue
		}
		d.Jobs = append(d.Jobs, job)
	}
	for i, s := range old {
		if !slices.Contains(pairs, i) {
			d.Jobs = append(d.Jobs, JobDiff{Action: Removed, Job: s.Job, Changes: []Change{whole(Removed, s)}, Old: s})
		}
	}
	return d
}

// addUp stays at the largest size that can be counted.
func addUp(a, b flink.MemorySize) flink.MemorySize {
	sum, ok := flink.Add(a, b)
	if !ok {
		return 1<<63 - 1
	}
	return sum
}

// whole says of a job that came or went what it takes.
func whole(a Action, s *Snapshot) Change {
	c := Change{Action: a, About: "total", Fields: set(sumsOf(s.Total))}
	if a == Removed {
		c.Fields = gone(c.Fields)
	}
	return c
}

func compareJobs(p *Pairing) JobDiff {
	out := JobDiff{Job: p.New.Job, Old: p.Old, New: p.New}
	if p.Old.Job != p.New.Job {
		out.Was = p.Old.Job
	}
	add := func(c Change) {
		if c.Action != Changed || len(c.Fields) > 0 || c.Was != "" {
			out.Changes = append(out.Changes, c)
		}
	}
	add(Change{About: "job", Name: p.New.Job, Fields: p.settings()})
	each("operator", p.operators, p.operatorFields, add)
	each("chain", p.chains, p.chainFields, add)
	each("worker", p.workers, p.workerFields, add)
	each("slotSharingGroup", p.groups, p.groupFields, add)
	add(Change{About: "total", Fields: p.totalFields()})
	return out
}

// each compares the things of one kind: those of the new plan in its order, then those that are gone.
func each(about string, m *matching, fields func(i, j int) []Field, add func(Change)) {
	for j := range m.now {
		c := Change{About: about, Name: m.now[j].name, Fields: fields(m.of[j], j)}
		if i := m.of[j]; i < 0 {
			c.Action = Added
		} else if m.old[i].name != c.Name && !onlyOrder(&m.old[i], &m.now[j]) {
			c.Was = m.old[i].name
		}
		add(c)
	}
	for _, i := range m.gone {
		add(Change{Action: Removed, About: about, Name: m.old[i].name, Fields: fields(i, -1)})
	}
}

// onlyOrder tells things that are the same but for the order of the file, by which they are named after one of their operators.
func onlyOrder(old, now *named) bool {
	return old.afterOperator() && now.afterOperator() && setOf(old.operators).same == setOf(now.operators).same
}

func (n *named) afterOperator() bool {
	return slices.Contains(n.operators, strings.TrimPrefix(n.name, "default#"))
}

// changed are the fields whose value is another.
func changed(fields []Field) []Field {
	return slices.DeleteFunc(fields, func(f Field) bool { return f.Old.same == f.New.same })
}
