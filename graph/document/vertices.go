package document

import (
	"cmp"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// assemble makes operators of the vertices' chains, with ids of its own: these documents have none.
func (r *flinkReader) assemble(vertices []*vertex, byPlan bool) {
	if len(vertices) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(r.job.Place, source.CodeMissingKey, "the plan has no vertices")
	}
	if byPlan {
		vertices = r.inputsFirst(vertices)
	}
	index := map[string]*vertex{}
	unsure := 0
	for _, v := range vertices {
		if !r.unravel(v) {
			unsure++
		}
		if v.id.Valid() {
			if _, twice := index[v.id.Text()]; twice {
				r.Problems.Errorf(v.id.Place(), source.CodeDuplicateID, "id %q is there twice", source.Excerpt(v.id.Text()))
			}
			index[v.id.Text()] = v
		}
	}
	for _, v := range vertices {
		r.connectVertex(v, index)
	}
	if unsure > 0 {
		r.Problems.Notef(r.job.Place, source.CodeAmbiguousNames, "names of operators may hold what also separates them: %s split as well as can be",
			source.Count(int64(unsure), "chain"))
	}
	r.recognisePython()
}

// unravel makes the operators of one chain; false where its text has more than one reading.
func (r *flinkReader) unravel(v *vertex) (sure bool) {
	var names []string
	var tree *chained
	if v.description == "" {
		tree = parseChain(v.name)
		names, _ = chainNames(tree, v.name)
		sure = !strings.Contains(v.name, arrow+"(")
	} else {
		tree = parseChain(v.description)
		names, sure = chainNames(tree, v.name)
		sure = sure && (strings.HasSuffix(v.description, "\n") || !strings.Contains(v.description, arrow+"("))
	}
	list, up := tree.all()
	task := r.newTask()
	first := int32(len(r.job.Operators))
	v.tail = first
	sources := len(tree.sources)
	for i, c := range list {
		op := graph.Operator{ID: itoa(len(r.job.Operators) + 1), Name: names[i], Pos: v.pos, ManagedMemory: -1, Parallelism: v.parallelism, MaxParallelism: v.max, Task: task}
		at := int32(len(r.job.Operators))
		if up[i] >= 0 {
			op.Inputs = []graph.Input{{From: v.ops[up[i]], Ship: graph.Forward, Pos: op.Pos}}
		}
		r.addOperator(op, c.name)
		v.ops = append(v.ops, at)
		if !sinkName(op.Name) && i < len(list)-sources {
			v.tail = at
		}
	}
	if sources > 0 {
		r.job.Operators[first].Strategy = graph.HeadWithSources
	}
	return sure
}

// sinkName tells the operators that nothing comes behind.
func sinkName(name string) bool {
	return strings.HasPrefix(name, "Sink: ") || strings.HasSuffix(name, ": Writer") || strings.HasSuffix(name, ": Committer") || strings.HasSuffix(name, ": Global Committer")
}

// connectVertex adds the edges from other vertices to the head.
func (r *flinkReader) connectVertex(v *vertex, index map[string]*vertex) {
	head := &r.job.Operators[v.ops[0]]
	taken := map[int32]bool{}
	for _, in := range v.inputs {
		if !in.from.Valid() {
			continue
		}
		up, known := index[in.from.Text()]
		if !known {
			r.Problems.Errorf(in.from.Place(), source.CodeUnknownInput, "input %q is no vertex of this plan", source.Excerpt(in.from.Text()))
			continue
		}
		taken[in.port] = true
		if len(up.ops) > 1 {
			r.guess(v.ops[0], "inputs", "which operator of the chain it comes from is not in the document")
		}
		head.Inputs = append(head.Inputs, graph.Input{From: up.tail, Port: in.port, Ship: in.ship, Exchange: in.exchange, Pos: in.pos})
	}
	port := int32(0)
	for i, at := range v.ops {
		if op := &r.job.Operators[at]; i > 0 && len(op.Inputs) == 0 { // a source chained in front of the head
			for taken[port] {
				port++
			}
			taken[port] = true
			head.Inputs = append(head.Inputs, graph.Input{From: at, Port: port, Ship: graph.Forward, Pos: head.Pos})
		}
	}
	slices.SortStableFunc(head.Inputs, func(a, b graph.Input) int { return cmp.Compare(a.Port, b.Port) })
}

// keepHeads keeps Flink's decision not to chain the heads of vertices.
func (r *flinkReader) keepHeads(vertices []*vertex) {
	for _, v := range vertices {
		if len(v.ops) > 0 {
			r.keepApart(v.ops[0])
		}
	}
}

// keepApart lets an operator begin a chain where, for all that the document says, Flink's rules would chain it.
func (r *flinkReader) keepApart(i int32) {
	op := &r.job.Operators[i]
	if len(op.Inputs) != 1 || op.Strategy != graph.StrategyUnset {
		return
	}
	in := op.Inputs[0]
	if in.Ship == graph.Forward && in.Exchange != graph.Blocking && r.job.Operators[in.From].SlotSharingGroup == op.SlotSharingGroup {
		op.Strategy = graph.Head
		r.open.keptApart++
		r.guess(i, "chainingStrategy", "Flink did not chain it; why is not in the document")
	}
}

// inputsFirst orders vertices so that each stands behind its inputs, else as in the document.
func (r *flinkReader) inputsFirst(vertices []*vertex) []*vertex {
	index := map[string]int{}
	for i, v := range vertices {
		if v.id.Valid() {
			index[v.id.Text()] = i
		}
	}
	edges := make([]graph.Operator, len(vertices)) // the same question, asked of operators
	for i, v := range vertices {
		for _, in := range v.inputs {
			if from, known := index[textOf(in.from)]; known {
				edges[i].Inputs = append(edges[i].Inputs, graph.Input{From: int32(from)})
			}
		}
	}
	order := graph.TopologicalOrder(edges)
	if len(order) < len(vertices) {
		return vertices // a cycle, which is reported later
	}
	out := make([]*vertex, len(vertices))
	for i, at := range order {
		out[i] = vertices[at]
	}
	return out
}

func textOf(n source.Node) string {
	if !n.Valid() {
		return ""
	}
	return n.Text()
}
