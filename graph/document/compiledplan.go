package document

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// execType is the type of an ExecNode: `stream-exec-python-calc_1`.
var execType = source.Pattern(`^(stream|batch)-exec-([a-z0-9-]+)_\d+$`)

// relation is a node of an SQL plan while it is read: an operator, or an exchange or union, which at run time
// are only edges.
type relation struct {
	id     string
	kind   string // as in the text of plans: PythonCalc, Exchange, Union
	text   string // the whole display text
	name   string
	pos    source.Pos
	inputs []int // in the list of relations
	// distribution of an Exchange: hash, single, broadcast, …
	distribution string
	python       bool // the document says so, not a name
}

// readCompiledPlan reads COMPILE PLAN's JSON (FLIP-190, flink-formats.md 4).
func readCompiledPlan(c given) said {
	r := newFlinkReader(c)
	r.open.noParallelism, r.open.pythonByType = true, true
	r.compiledPlan(c.doc)
	return r.said()
}

func (r *flinkReader) compiledPlan(doc source.Node) {
	if v := doc.Field("flinkVersion"); v.Valid() && !r.options.Version.Stated() && v.Text() != "" {
		r.job.Version = r.version(v)
	}
	relations := r.execNodes(doc)
	r.execEdges(doc, relations)
	if len(relations) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "the compiled plan has no nodes")
	}
	if !r.Problems.HasErrors() {
		r.operatorsOf(relations)
	}
	r.leavesOpen("a compiled plan", gapMode, gapVersion, gapParallelism, gapGroups, gapChaining, gapKinds, gapTranslation)
}

func (r *flinkReader) execNodes(doc source.Node) []relation {
	var relations []relation
	list := doc.Field("nodes")
	for _, n := range r.nodeList(list, "nodes") {
		if !n.Field("type").Valid() && n.Field("class").Valid() {
			r.Problems.Errorf(n.Place(), source.CodeUnsupportedDocument, "this is the internal plan of Flink 1.13 or 1.14, whose nodes have a class and no type; udfplan does not read it").
				Hint = "give it the execution plan: env.get_execution_plan(), or EXPLAIN with JSON_EXECUTION_PLAN"
			return nil
		}
		relations = append(relations, r.execNode(n))
	}
	return relations
}

func (r *flinkReader) execNode(n source.Node) relation {
	rel := relation{pos: n.Pos()}
	if id := r.required(n, "id", "a node of a compiled plan"); id.Valid() {
		rel.id, rel.pos = r.planID(id, "id"), id.Pos()
	}
	if d := n.Field("description"); d.Valid() && d.Kind() == source.Text {
		rel.text = d.Text()
	}
	node := r.required(n, "type", "a node of a compiled plan")
	if !node.Valid() {
		return rel
	}
	m := execType().FindStringSubmatch(node.Text())
	if m == nil {
		r.Problems.Errorf(node.Place(), source.CodeUnknownWord, "the type of a node must be like stream-exec-calc_1; found %s", node.Describe())
		return rel
	}
	if m[1] == "batch" {
		r.job.Mode = graph.Batch
	} else if r.job.Mode == graph.ModeUnset {
		r.job.Mode = graph.Streaming
	}
	rel.python = strings.HasPrefix(m[2], "python-")
	rel.kind = camel(m[2])
	rel.name = rel.kind + "[" + rel.id + "]"
	for property := range n.Field("inputProperties").ItemsOrNone() {
		rel.distribution = strings.ToLower(fieldText(fieldOf(property, "requiredDistribution"), "type"))
	}
	return rel
}

// camel makes PythonCalc of python-calc.
func camel(words string) string {
	var out strings.Builder
	for word := range strings.SplitSeq(words, "-") {
		if word != "" {
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}

func (r *flinkReader) execEdges(doc source.Node, relations []relation) {
	index := map[string]int{}
	for i := range relations {
		if _, twice := index[relations[i].id]; twice {
			r.Problems.Errorf(r.at(relations[i].pos), source.CodeDuplicateID, "id %q is there twice", source.Excerpt(relations[i].id))
		}
		index[relations[i].id] = i
	}
	for _, e := range r.nodeList(r.required(doc, "edges", "the compiled plan"), "edges") {
		from, to := r.required(e, "source", "an edge"), r.required(e, "target", "an edge")
		if !from.Valid() || !to.Valid() {
			continue
		}
		up, upKnown := index[r.Scalar(from, "source")]
		down, downKnown := index[r.Scalar(to, "target")]
		if !upKnown {
			r.Problems.Errorf(from.Place(), source.CodeUnknownInput, "source %s of an edge is no node of this plan", source.Excerpt(from.Text()))
		}
		if !downKnown {
			r.Problems.Errorf(to.Place(), source.CodeUnknownInput, "target %s of an edge is no node of this plan", source.Excerpt(to.Text()))
		}
		if upKnown && downKnown {
			relations[down].inputs = append(relations[down].inputs, up)
		}
	}
}

// isEdge tells the relations that are no operators at run time.
func (rel *relation) isEdge() bool { return rel.kind == "Exchange" || rel.kind == "Union" }

// operatorsOf makes operators of relations, and edges of exchanges and unions.
func (r *flinkReader) operatorsOf(relations []relation) {
	r.job.FromSinks = true // the planner hands over only the sinks
	at := make([]int32, len(relations))
	for i := range relations {
		rel := &relations[i]
		if rel.isEdge() {
			continue
		}
		at[i] = int32(len(r.job.Operators))
		op := graph.Operator{ID: rel.id, Name: rel.name, Pos: rel.pos, ManagedMemory: -1}
		if rel.python {
			op.Python = &graph.Python{Pos: rel.pos}
		}
		r.addOperator(op, rel.text)
	}
	for i := range relations {
		if rel := &relations[i]; !rel.isEdge() {
			op := &r.job.Operators[at[i]]
			for port, up := range rel.inputs {
				op.Inputs = append(op.Inputs, r.throughEdges(relations, at, up, int32(port), rel.pos)...)
			}
		}
	}
	if len(r.job.Operators) == 0 {
		r.Problems.Errorf(r.job.Place, source.CodeMissingKey, "the plan has exchanges and unions, but no operators")
	}
	r.singletons()
	r.recognisePython()
}

// throughEdges are the operators behind an input: an exchange says how records travel, a union joins several.
func (r *flinkReader) throughEdges(relations []relation, at []int32, start int, port int32, pos source.Pos) (inputs []graph.Input) {
	type step struct {
		rel  int
		ship graph.ShipStrategy
	}
	stack := []step{{rel: start}}
	for steps := 0; len(stack) > 0; steps++ {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		rel := &relations[top.rel]
		if !rel.isEdge() {
			inputs = append(inputs, graph.Input{From: at[top.rel], Port: port, Ship: top.ship, Pos: pos})
			continue
		}
		ship := top.ship
		if rel.kind == "Exchange" && ship == graph.ShipUnset {
			ship = shipOfDistribution(rel.distribution)
		}
		if steps > 100*len(relations) {
			r.Problems.Errorf(r.at(rel.pos), source.CodeCycle, "the exchanges and unions of this plan are on a cycle")
			return nil
		}
		for i := len(rel.inputs) - 1; i >= 0; i-- {
			stack = append(stack, step{rel.inputs[i], ship})
		}
	}
	return inputs
}

// shipOfDistribution is what StreamExecExchange and BatchExecExchange make of a required distribution.
func shipOfDistribution(distribution string) graph.ShipStrategy {
	switch kind, _, _ := strings.Cut(distribution, "["); kind {
	case "hash":
		return graph.Hash
	case "singleton", "single":
		return graph.Global
	case "broadcast":
		return graph.Broadcast
	case "random", "any":
		return graph.Rebalance
	case "forward":
		return graph.Forward
	}
	return graph.ShipUnset
}

// singletons: an ExecNode behind a singleton exchange has parallelism 1, and so has what follows it up to the
// next exchange (ExecNodeBase.inputsContainSingleton; OneInputTransformations take their input's).
func (r *flinkReader) singletons() {
	for _, i := range graph.TopologicalOrder(r.job.Operators) {
		op := &r.job.Operators[i]
		for _, in := range op.Inputs {
			if in.Ship == graph.Global || in.Ship == graph.ShipUnset && r.job.Operators[in.From].Parallelism == 1 && len(op.Inputs) == 1 {
				op.Parallelism = 1
			}
		}
	}
}
