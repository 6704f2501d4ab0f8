package document

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// vertex is a JobVertex while it is read: a chain that Flink has made.
type vertex struct {
	id          source.Node
	pos         source.Pos
	name        string // of the REST answer; empty where there is only the plan
	description string // unescaped
	parallelism int32  // 0: not decided
	max         int32  // 0: not said
	group       string // slotSharingGroupId
	inputs      []vertexInput
	ops         []int32 // in Job.Operators, head first
	tail        int32   // the operator that feeds other vertices, as far as the document tells
}

// vertexInput is an edge between vertices.
type vertexInput struct {
	from     source.Node
	port     int32
	ship     graph.ShipStrategy
	exchange graph.ExchangeMode
	pos      source.Pos
}

// readJobGraphPlan reads JsonPlanGenerator's plan (flink-formats.md 2), bare or as REST wraps it.
func readJobGraphPlan(c given) said {
	r := newFlinkReader(c)
	r.jobGraphPlan(c.doc)
	return r.said()
}

func (r *flinkReader) jobGraphPlan(doc source.Node) {
	plan := doc
	if inner := doc.Field("plan"); inner.Valid() {
		plan = inner
	}
	if !r.Mapping(plan, "plan") {
		return
	}
	r.jobHead(plan, "name", "type")
	vertices := r.planVertices(plan)
	r.assemble(vertices, true)
	r.keepHeads(vertices)
	r.leavesOpen("a JobGraph plan", gapMode, gapVersion, gapGroups, gapEdges)
	r.warnUnfinished("")
}

// readJobDetails reads the REST answer of /jobs/:jobid (flink-formats.md 3.1), which holds the JobGraph plan too, and
// for adaptive batch jobs of 2.0 and later the stream graph.
func readJobDetails(c given) said {
	r := newFlinkReader(c)
	r.jobDetails(c.doc)
	return r.said()
}

func (r *flinkReader) jobDetails(doc source.Node) {
	r.jobHead(doc, "name", "job-type")
	plan := doc.Field("plan")
	if !plan.Valid() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "the answer of /jobs/:jobid has no plan, which holds the edges")
		return
	}
	if plan.Kind() == source.Mapping && r.job.Mode == graph.ModeUnset {
		r.jobHead(plan, "", "type")
	}
	vertices := r.restVertices(doc.Field("vertices"))
	kind := "the answer of /jobs/:jobid"
	if stream := doc.Field("stream-graph"); stream.Valid() {
		r.streamGraph(stream, vertices)
		r.leavesOpen(kind, gapMode, gapVersion)
		return
	}
	if r.Mapping(plan, "plan") {
		vertices = r.join(vertices, r.planVertices(plan))
	}
	r.assemble(vertices, false)
	gaps := []gap{gapMode, gapVersion, gapEdges}
	if pending := doc.Field("pending-operators"); pending.Valid() && pending.Text() != "0" {
		r.warnUnfinished(source.Excerpt(pending.Text()))
	}
	if r.nameGroups(vertices) {
		gaps = append(gaps, gapGroupNames)
	} else if len(vertices) > 0 && vertices[0].group == "" {
		gaps = append(gaps, gapGroups)
	}
	r.keepHeads(vertices)
	r.leavesOpen(kind, gaps...)
}

// jobHead reads the job's name and mode.
func (r *flinkReader) jobHead(doc source.Node, name, mode string) {
	if n := doc.Field(name); n.Valid() {
		r.job.Name = r.planText(n, name)
	}
	n := doc.Field(mode)
	if !n.Valid() || n.Kind() == source.Null {
		return
	}
	switch text := r.planText(n, mode); text {
	case "BATCH":
		r.job.Mode = graph.Batch
	case "STREAMING":
		r.job.Mode = graph.Streaming
	default:
		r.Problems.Errorf(n.Place(), source.CodeUnknownWord, "%s must be BATCH or STREAMING; found %s", mode, n.Describe())
	}
}

// restVertices reads `vertices` of a REST answer.
func (r *flinkReader) restVertices(list source.Node) (vertices []*vertex) {
	for _, n := range r.nodeList(list, "vertices") {
		v := &vertex{id: r.required(n, "id", "a vertex"), pos: n.Pos()}
		if name := r.required(n, "name", "a vertex"); name.Valid() {
			v.name = r.planText(name, "name")
		}
		if p := r.required(n, "parallelism", "a vertex"); p.Valid() {
			v.parallelism = r.decided(p, "parallelism", (*decoder).parallelism)
		}
		if p := n.Field("maxParallelism"); p.Valid() {
			v.max = r.decided(p, "maxParallelism", (*decoder).maxParallelism)
		}
		if g := n.Field("slotSharingGroupId"); g.Valid() && g.Kind() == source.Text {
			v.group = g.Text()
		}
		vertices = append(vertices, v)
	}
	return vertices
}

// planVertices reads `nodes` of a JobGraph plan.
func (r *flinkReader) planVertices(plan source.Node) (vertices []*vertex) {
	list := plan.Field("nodes")
	if !list.Valid() {
		r.Problems.Errorf(plan.Place(), source.CodeMissingKey, "the plan has no nodes")
		return nil
	}
	for _, n := range r.nodeList(list, "nodes") {
		v := &vertex{id: r.required(n, "id", "a node of a JobGraph plan"), pos: n.Pos()}
		if d := r.required(n, "description", "a node of a JobGraph plan"); d.Valid() {
			v.description = unescapeDescription(r.planText(d, "description"))
		}
		if p := r.required(n, "parallelism", "a node of a JobGraph plan"); p.Valid() {
			v.parallelism = r.decided(p, "parallelism", (*decoder).parallelism)
		}
		if inputs := n.Field("inputs"); inputs.Valid() {
			for _, in := range r.nodeList(inputs, "inputs") {
				v.inputs = append(v.inputs, r.vertexInput(in, int32(len(v.inputs))))
			}
		}
		vertices = append(vertices, v)
	}
	return vertices
}

func (r *flinkReader) vertexInput(n source.Node, place int32) vertexInput {
	in := vertexInput{from: r.required(n, "id", "an input"), port: place, pos: n.Pos()}
	if num := n.Field("num"); num.Valid() {
		port, _ := r.Int(num, "num", 0, 1<<15-1)
		in.port = int32(port)
	}
	if ship := n.Field("ship_strategy"); ship.Valid() && ship.Kind() != source.Null {
		in.ship = shipByText(r.planText(ship, "ship_strategy"))
	}
	if exchange := n.Field("exchange"); exchange.Valid() {
		in.exchange = r.exchange(exchange)
	}
	return in
}

// exchange reads the name of a ResultPartitionType or of a StreamExchangeMode, of any case. Hybrid exchanges
// are the job's, by execution.batch-shuffle-mode.
func (r *flinkReader) exchange(n source.Node) graph.ExchangeMode {
	switch text := strings.ToLower(r.planText(n, "exchange")); {
	case strings.HasPrefix(text, "pipelined"):
		return graph.Pipelined
	case strings.HasPrefix(text, "blocking"), text == "batch":
		return graph.Blocking
	case strings.HasPrefix(text, "hybrid"):
		r.hybrid(n, text)
	}
	return graph.Undefined
}

// join brings what the REST answer and its plan say of each vertex together, in the order of the answer.
func (r *flinkReader) join(rest, plan []*vertex) []*vertex {
	byID := map[string]*vertex{}
	for _, v := range rest {
		if v.id.Valid() {
			byID[v.id.Text()] = v
		}
	}
	for _, p := range plan {
		if !p.id.Valid() {
			continue
		}
		if v, known := byID[p.id.Text()]; known {
			v.description, v.inputs = p.description, p.inputs
		} else {
			rest = append(rest, p)
		}
	}
	return rest
}
