package document

import (
	"cmp"
	"slices"
	"strconv"

	"udfplan/graph"
	"udfplan/graph/source"
)

// readStreamGraph reads a `stream-graph` that was cut out of its REST answer, with its key or without.
func readStreamGraph(c given) said {
	doc := c.doc
	if inner := doc.Field("stream-graph"); inner.Valid() {
		doc = inner
	}
	r := newFlinkReader(c)
	r.streamGraph(doc, nil)
	r.leavesOpen("a stream graph", gapVersion, gapGroups)
	return r.said()
}

// streamGraph reads the stream graph of an adaptive batch job (flink-formats.md 2.2): every operator, and of
// those that were put into a vertex already, into which. vertices are the ones made so far.
func (r *flinkReader) streamGraph(doc source.Node, vertices []*vertex) {
	if !r.Mapping(doc, "stream-graph") {
		return
	}
	r.job.Mode = graph.Batch // only the adaptive batch scheduler gives one out
	made := map[string]*vertex{}
	for _, v := range vertices {
		made[textOf(v.id)] = v
	}
	nodes := r.required(doc, "nodes", "a stream graph")
	if !nodes.Valid() {
		return
	}
	list := r.nodeList(nodes, "nodes")
	sortByID(list)
	tasks := map[string]int32{}
	for _, n := range list {
		r.streamNode(n, made, tasks)
	}
	if len(list) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(nodes.Place(), source.CodeMissingKey, "the stream graph has no nodes")
	}
	r.listInputsFirst()
	r.keepVertices()
	r.recognisePython()
}

// sortByID puts nodes in the order of their numbers, the order in which the program made them.
func sortByID(nodes []source.Node) {
	number := func(n source.Node) int64 {
		id := n.Field("id")
		if !id.Valid() {
			return 0
		}
		value, _ := strconv.ParseInt(id.Text(), 10, 64) // 0 if it is not one
		return value
	}
	slices.SortStableFunc(nodes, func(a, b source.Node) int { return cmp.Compare(number(a), number(b)) })
}

func (r *flinkReader) streamNode(n source.Node, made map[string]*vertex, tasks map[string]int32) {
	op := graph.Operator{Pos: n.Pos(), ManagedMemory: -1}
	if id := r.required(n, "id", "a node of a stream graph"); id.Valid() {
		op.ID, op.Pos = r.planID(id, "id"), id.Pos()
	}
	if name := r.required(n, "operator", "a node of a stream graph"); name.Valid() {
		op.Name = r.planText(name, "operator")
	}
	if p := r.required(n, "parallelism", "a node of a stream graph"); p.Valid() {
		op.Parallelism = r.decided(p, "parallelism", (*decoder).parallelism)
	}
	if in := n.Field("job_vertex_id"); in.Valid() && in.Kind() == source.Text {
		if _, known := tasks[in.Text()]; !known {
			tasks[in.Text()] = r.newTask()
		}
		op.Task = tasks[in.Text()]
		if v := made[in.Text()]; v != nil {
			op.Parallelism, op.MaxParallelism = v.parallelism, v.max
		}
	}
	if inputs := n.Field("inputs"); inputs.Valid() {
		op.Inputs = r.streamInputs(inputs)
	}
	contents := ""
	if d := n.Field("description"); d.Valid() && d.Kind() == source.Text {
		contents = d.Text()
	}
	r.addOperator(op, contents)
}

func (r *flinkReader) streamInputs(list source.Node) []graph.Input {
	var inputs []graph.Input
	for _, n := range r.nodeList(list, "inputs") {
		in := r.vertexInput(n, int32(len(inputs)))
		if in.from.Valid() && r.planID(in.from, "id") != "" {
			inputs = append(inputs, graph.Input{Port: in.port, Ship: in.ship, Exchange: in.exchange, Pos: in.pos})
			r.from = append(r.from, in.from)
		}
	}
	return inputs
}

// keepVertices keeps what Flink has chained, and what it has not. Operators that are in no vertex yet are
// left to the rules.
func (r *flinkReader) keepVertices() {
	ops := r.job.Operators
	for i := range ops {
		op := &ops[i]
		for k := range op.Inputs {
			in := &op.Inputs[k]
			up, own := ops[in.From].Task, op.Task
			switch {
			case own == 0:
			case up == own && len(op.Inputs) > 1:
				op.Strategy = graph.HeadWithSources
			case up > 0 && up != own:
				r.keepApart(int32(i))
			}
		}
	}
}
