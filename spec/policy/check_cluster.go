package policy

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
)

// clusterRules judges what the cluster gives.
func (k *checker) clusterRules() {
	k.refusals()
	if k.Fit == nil {
		return
	}
	k.short()
	for g := range k.Fit.Groups {
		k.shares(g)
	}
	for i := range k.FitTold {
		if d := &k.FitTold[i]; d.Code == "python-unreserved" && !k.alreadyShort(d.Place) {
			about, operators := k.subjectAt(d.Place)
			k.report(d.Code, d.Place, about, operators, "%s", d.Message)
		}
	}
}

// refusals are Flink's of this job; that of RocksDB has a rule of its own. Where the option to change is not the job's, it is a
// place besides.
func (k *checker) refusals() {
	rocksDB, _ := capacity.RefusesRocksDB(k.job())
	for i := range k.FitTold {
		d := &k.FitTold[i]
		if d.Code != "refused-by-flink" || d.Message == rocksDB {
			continue
		}
		about, operators := k.subjectAt(d.Place)
		at, related := d.Place, []source.Related(nil)
		if k.elsewhere(at) {
			operators = k.pythonOperators()
			at, related = k.at(k.job().Operators[k.largestLauncher(operators)].Pos), []source.Related{{Place: d.Place, Message: "the option is set here"}}
		}
		f := k.report("refused-by-flink", at, about, operators, "%s", d.Message)
		f.Fix, f.Related = d.Hint, related
	}
}

// short is the verdict of capacity: of each operator where it has a fraction of its own, else of each slot sharing group.
func (k *checker) short() {
	if k.Fit.Pool == capacity.OfOperator {
		for i := range k.Fit.Operators {
			if o := &k.Fit.Operators[i]; o.Own && !o.Fits {
				id := k.job().Operators[o.Operator].ID
				k.shortBy(o.Operator, Subject{AboutOperator, id}, []int32{o.Operator}, fmt.Sprintf("operator %q", source.Excerpt(id)), "managed memory", o.Needs, o.Gets)
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
			k.shortBy(at, k.group(g), python, who, "Python memory", group.Needs, group.Gets)
			continue
		}
		k.report("memory-short", k.at(k.job().Operators[at].Pos), k.group(g), python,
			"%s needs %s of task off-heap memory for Python inside a MultipleInput, which has no share, and does not get it", who, group.Outside).
			Fix = k.smallest()
	}
}

func (k *checker) shortBy(at int32, about Subject, operators []int32, who, what string, needs, gets flink.MemorySize) {
	f := k.report("memory-short", k.at(k.job().Operators[at].Pos), about, operators, "%s needs %s of %s and gets %s: short by %s", who, needs, what, gets, needs-gets)
	f.Measured, f.Found, f.Limit, f.Fix = true, Bytes(needs), Bytes(gets), k.smallest()
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

// shares looks at what one worker gets of a slot.
func (k *checker) shares(g int) {
	each, shared := k.Fit.Each(g)
	if !shared {
		return
	}
	python := k.pythonOf(int32(g))
	at, name := k.at(k.job().Operators[k.largestLauncher(python)].Pos), source.Excerpt(k.Spec.Plan.Groups[g].Name)
	switch {
	case k.Fit.Pool != capacity.OfOperator && each < k.Spec.Framework:
		k.report("share-below-framework", at, k.group(g), python, "a slot of %q gives a worker %s, less than its framework memory of %s", name, each, k.Spec.Framework).
			Fix = "fewer slots, more managed memory, or a larger weight of PYTHON"
	case each < k.Floor.Worker:
		k.report("below-measured", at, k.group(g), python, "a slot of %q gives a worker %s; an idle one was seen to take %s (%s)", name, each, k.Floor.Worker, k.Floor.Of).
			Fix = "udfplan capacity --framework-memory measured plans with it"
	}
}

func (k *checker) alreadyShort(at source.Place) bool {
	return slices.ContainsFunc(k.found, func(f Finding) bool { return f.Rule.ID == "memory-short" && f.Place == at })
}
