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
	ops := job.Operators
	index := make(map[string]int32, len(ops))
	for i := range ops {
		if ops[i].ID == "" {
			continue
		}
		if first, taken := index[ops[i].ID]; taken {
			d := r.problems.Errorf(r.at(ops[i].Pos), source.CodeDuplicateID, "id %q is there twice", source.Excerpt(ops[i].ID))
			d.Related = []source.Related{{Place: r.at(ops[first].Pos), Message: "first here"}}
			continue
		}
		index[ops[i].ID] = int32(i)
	}
	next := 0
	for i := range ops {
		kept := ops[i].Inputs[:0]
		for _, in := range ops[i].Inputs {
			id := from[next]
			next++
			if up, ok := index[id.Text()]; ok {
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
	unknown  int             // inputs that are not there, so far
	badIDs   map[string]bool // texts of ids that are not valid: the operator is there
	problems source.List
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
