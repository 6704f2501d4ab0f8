package document

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// resolveInputs finds the operators that inputs name; ids that are there twice are reported here. An input
// that names no operator is dropped, after it was reported.
func resolveInputs(job *graph.Job, from []source.Node, badIDs map[string]bool) (problems source.List) {
	r := resolver{job: job, badIDs: badIDs}
	r.makeIndex()
	ops := job.Operators
	next := 0
	for i := range ops {
		kept := ops[i].Inputs[:0]
		for k, in := range ops[i].Inputs {
			id := from[next]
			next++
			if up, ok := r.find(id.Text(), int32(i), k); ok {
				in.From = up
				kept = append(kept, in)
			} else {
				r.unknownInput(id, &ops[i])
			}
		}
		ops[i].Inputs = kept
	}
	return r.problems
}

type resolver struct {
	job      *graph.Job
	index    map[string]int32 // operators by their ids
	unique   bool             // every operator has an id of its own
	back     [2]int32         // of the first and the second input that were found last: how far before its consumer each lies
	last     int32            // what was found last
	unknown  int              // inputs that are not there, so far
	badIDs   map[string]bool  // texts of ids that are not valid: the operator is there
	problems source.List
}

// makeIndex finds operators by their ids, and reports those whose id is taken.
func (r *resolver) makeIndex() {
	ops := r.job.Operators
	r.index = make(map[string]int32, len(ops))
	for i := range ops {
		r.index[ops[i].ID] = int32(i)
	}
	if _, empty := r.index[""]; len(r.index) == len(ops) && !empty {
		r.unique = true // as nearly always, and known without looking for each first
		return
	}
	clear(r.index)
	for i := range ops {
		if ops[i].ID == "" {
			continue
		}
		if first, taken := r.index[ops[i].ID]; taken {
			d := r.problems.Errorf(r.at(ops[i].Pos), source.CodeDuplicateID, "id %q is there twice", source.Excerpt(ops[i].ID))
			d.Related = []source.Related{{Place: r.at(ops[first].Pos), Message: "first here"}}
			continue
		}
		r.index[ops[i].ID] = int32(i)
	}
}

// find is the operator that the input number k of an operator names. Most lie where that of the operator before did, seen from
// there, or are the same again: with 100,000 operators, a look there costs a tenth of one into the index.
func (r *resolver) find(id string, consumer int32, k int) (up int32, found bool) {
	k = min(k, len(r.back)-1)
	switch up = consumer - r.back[k]; {
	case r.is(up, id):
	case r.is(r.last, id):
		up = r.last
	default:
		if up, found = r.index[id]; !found {
			return 0, false
		}
	}
	r.back[k], r.last = consumer-up, up
	return up, true
}

// is says whether an operator is the only one with that id.
func (r *resolver) is(operator int32, id string) bool {
	ops := r.job.Operators
	return r.unique && operator >= 0 && int(operator) < len(ops) && ops[operator].ID == id
}

func (r *resolver) unknownInput(from source.Node, op *graph.Operator) {
	if r.badIDs[from.Text()] {
		return // the operator is there; its id is what is wrong
	}
	d := r.problems.Errorf(from.Place(), source.CodeUnknownInput, "input %q of %q is no operator of this job",
		source.Excerpt(from.Text()), source.Excerpt(op.ID))
	const tooManyToCompare = 10_000
	if len(r.job.Operators) > tooManyToCompare {
		return
	}
	if strings.Trim(from.Text(), "0123456789") == "" {
		return // the next number is nobody's slip
	}
	const most = 20 // of a job that names so many, none is a slip of the hand
	if r.unknown++; r.unknown > most {
		return
	}
	var ids []string
	for i := range r.job.Operators {
		if &r.job.Operators[i] != op {
			ids = append(ids, r.job.Operators[i].ID)
		}
	}
	if near, ok := source.Nearest(from.Text(), ids); ok {
		d.Hint = "did you mean " + near + "?"
	}
}

func (r *resolver) at(p source.Pos) source.Place {
	return source.Place{File: r.job.Place.File, Pos: p}
}
