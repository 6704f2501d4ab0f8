package policy

import (
	"fmt"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// refusals are Flink's of this job; that of RocksDB has a rule of its own, and comes alone. Where the option to change is not
// the job's, it is a related place.
func (k *checker) refusals(r *Rule) {
	if _, rocksDB := capacity.RefusesRocksDB(k.job()); rocksDB && len(k.Spec.Workers) > 0 {
		return
	}
	for i := range k.FitTold {
		d := &k.FitTold[i]
		if d.Code != r.ID {
			continue
		}
		k.noRoom = true
		about, operators := k.subjectAt(d.Place)
		at, related := d.Place, []source.Related(nil)
		if k.elsewhere(at) {
			operators = k.pythonOperators()
			at, related = k.at(k.job().Operators[k.largestLauncher(operators)].Pos), []source.Related{{Place: d.Place, Message: "the option is set here"}}
		}
		f := k.report(r, at, about, operators, "%s", d.Message)
		f.Fix, f.Related = d.Hint, related
	}
}

// unreserved takes in what capacity tells of single operators, unless they are found short already.
func (k *checker) unreserved(r *Rule) {
	if k.Fit == nil {
		return
	}
	for i := range k.FitTold {
		if d := &k.FitTold[i]; d.Code == r.ID && !k.short[d.Place] {
			about, operators := k.subjectAt(d.Place)
			k.report(r, d.Place, about, operators, "%s", d.Message)
		}
	}
}

// memoryShort is the verdict of capacity: of each operator where it has a fraction of its own, else of each slot sharing group.
func (k *checker) memoryShort(r *Rule) {
	if k.Fit == nil || k.Fit.Fits {
		return
	}
	k.noRoom = true
	if k.Fit.Pool == capacity.OfOperator {
		for i := range k.Fit.Operators {
			if o := &k.Fit.Operators[i]; o.Own && !o.Fits {
				id := k.job().Operators[o.Operator].ID
				k.shortBy(r, o.Operator, Subject{AboutOperator, id}, []int32{o.Operator}, fmt.Sprintf("operator %q", source.Excerpt(id)), "managed memory", o.Needs, o.Gets)
			}
		}
		return
	}
	for g := range k.Fit.Groups {
		group := &k.Fit.Groups[g]
		if group.Fits {
			continue
		}
		python := k.pythonOf(int32(g))
		at := k.heaviest(python, k.largestLauncher(python))
		who := fmt.Sprintf("a slot of %q", source.Excerpt(k.Spec.Plan.Groups[g].Name))
		if group.Needs > group.Gets {
			k.shortBy(r, at, k.group(g), python, who, "Python memory", group.Needs, group.Gets)
			continue
		}
		k.report(r, k.at(k.job().Operators[at].Pos), k.group(g), python,
			"%s needs %s of task off-heap memory for Python inside a MultipleInput, which has no share, and does not get it", who, group.Outside).
			Fix = k.smallest()
	}
}

func (k *checker) shortBy(r *Rule, at int32, about Subject, operators []int32, who, what string, needs, gets flink.MemorySize) {
	place := k.at(k.job().Operators[at].Pos)
	if k.short == nil {
		k.short = map[source.Place]bool{}
	}
	k.short[place] = true
	f := k.report(r, place, about, operators, "%s needs %s of %s and gets %s: short by %s", who, needs, what, gets, needs-gets)
	f.Measured, f.Found, f.Limit, f.Fix = true, spec.Bytes(needs), spec.Bytes(gets), k.smallest()
}

// smallest is the change of the cluster's configuration after which the whole job fits.
func (k *checker) smallest() string {
	if k.fixed == nil {
		text := "udfplan capacity says what each option can do"
		if rec, found := k.Smallest(); found {
			var set []string
			for _, e := range rec.Set {
				set = append(set, e.Key+": "+e.Value)
			}
			text = strings.Join(set, ", ")
			if len(rec.Remove) > 0 {
				text += " without " + strings.Join(rec.Remove, ", ")
			}
			text += " (udfplan capacity shows other ways)"
		}
		k.fixed = &text
	}
	return *k.fixed
}

// containerLimit: what a TaskManager full of this job adds up to at worst is above its container's limit.
func (k *checker) containerLimit(r *Rule) {
	if k.Container == nil || k.Container.Over() <= 0 || len(k.Spec.Workers) == 0 {
		return
	}
	c := k.Container
	limit := "its process size"
	if c.Measured {
		limit = "the limit that was measured"
	}
	var parts []string
	for _, p := range c.Largest(3) {
		parts = append(parts, p.Name+" "+p.Size.String())
	}
	python := k.pythonOperators()
	f := k.report(r, k.at(k.job().Operators[k.largestLauncher(python)].Pos), Subject{AboutJob, k.job().Name}, python,
		"a TaskManager full of this job takes %s at worst, and %s is %s: %s above (%s, …)", c.Worst, limit, c.Limit, c.Over(), strings.Join(parts, ", "))
	f.Measured, f.Found, f.Limit = true, spec.Bytes(c.Worst), spec.Bytes(c.Limit)
	f.Fix = "give workers more of managed memory, or fewer slots: udfplan capacity shows how"
}

// belowFramework and belowMeasured look at what one worker gets of a slot. What is below the framework memory is below the
// measured size too, and told once.
func (k *checker) belowFramework(r *Rule) {
	k.eachShare(func(g int, each flink.MemorySize, at source.Place, name string) {
		if k.isBelowFramework(each) {
			k.report(r, at, k.group(g), k.pythonOf(int32(g)), "a slot of %q gives a worker %s, less than its framework memory of %s", name, each, k.Spec.Framework).
				Fix = "fewer slots, more managed memory, or a larger weight of PYTHON"
		}
	})
}

func (k *checker) belowMeasured(r *Rule) {
	k.eachShare(func(g int, each flink.MemorySize, at source.Place, name string) {
		if !k.isBelowFramework(each) && each < k.Floor.Worker {
			k.report(r, at, k.group(g), k.pythonOf(int32(g)), "a slot of %q gives a worker %s; an idle one was seen to take %s (%s)", name, each, k.Floor.Worker, k.Floor.Of).
				Fix = "--framework-memory measured plans with it"
		}
	})
}

func (k *checker) isBelowFramework(each flink.MemorySize) bool {
	return k.Fit.Pool != capacity.OfOperator && k.Spec.NeedsFrom != spec.FromMeasured && each < k.Spec.Framework // measured: below-measured says so
}

// eachShare visits the slot sharing groups in which a worker has a share of the slot.
func (k *checker) eachShare(visit func(g int, each flink.MemorySize, at source.Place, name string)) {
	if k.Fit == nil {
		return
	}
	for g := range k.Fit.Groups {
		if each, shared := k.Fit.Each(g); shared {
			launcher := k.largestLauncher(k.pythonOf(int32(g)))
			visit(g, each, k.at(k.job().Operators[launcher].Pos), source.Excerpt(k.Spec.Plan.Groups[g].Name))
		}
	}
}
