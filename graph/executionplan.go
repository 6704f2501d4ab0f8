package graph

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// Lines between which people find an execution plan in saved text (flink-formats.md 1.4, 5.2).
const (
	infoHeading    = "----------------------- Execution Plan -----------------------"
	explainHeading = "== Physical Execution Plan =="
)

// cutPlan blanks out what stands around an execution plan in the output of `flink info` or of EXPLAIN, so
// that every place stays as it was. cut tells whether there was such a heading.
func cutPlan(f *source.File) (plan *source.File, cut bool) {
	start := afterLine(f.Text, infoHeading)
	if start < 0 {
		start = afterLine(f.Text, explainHeading)
	}
	if start < 0 {
		return f, false
	}
	body := f.Text[start:]
	end := len(body)
	if i := strings.LastIndexByte(body, '}'); i >= 0 {
		end = i + 1
	}
	return &source.File{Name: f.Name, Text: blank(f.Text[:start]) + body[:end] + blank(body[end:])}, true
}

// afterLine is the offset behind a line that holds just text; -1 where there is none.
func afterLine(text, line string) int {
	for start := 0; ; {
		i := strings.Index(text[start:], line)
		if i < 0 {
			return -1
		}
		begin, end := start+i, start+i+len(line)
		rest := strings.TrimLeft(text[end:], " \t\r")
		if (begin == 0 || text[begin-1] == '\n') && (rest == "" || rest[0] == '\n') {
			return end
		}
		start = end
	}
}

// blank replaces all but line breaks by spaces.
func blank(text string) string {
	out := []byte(text)
	for i, c := range out {
		if c != '\n' && c != '\r' {
			out[i] = ' '
		}
	}
	return string(out)
}

// isExecutionPlan tells Flink's StreamGraph JSON (JSONGenerator) by its shape: nodes that have a pact.
func isExecutionPlan(doc source.Node) bool {
	for node := range doc.Field("nodes").ItemsOrNone() {
		return node.Field("pact").Valid() && !isDataSetPlan(doc)
	}
	return doc.Field("nodes").Valid() && !doc.Field("jid").Valid()
}

// isDataSetPlan tells the optimizer's dialect, PlanJSONDumpGenerator (flink-formats.md 1.4).
func isDataSetPlan(doc source.Node) bool {
	kinds := []string{"source", "sink", "pact", "bulk_iteration", "workset_iteration"}
	for node := range doc.Field("nodes").ItemsOrNone() {
		kind, parallelism := node.Field("type"), node.Field("parallelism")
		if kind.Valid() && slices.Contains(kinds, kind.Text()) && node.Field("pact").Valid() && parallelism.Valid() && parallelism.Kind() == source.Text {
			return true
		}
	}
	return false
}

// planNode is one node of an execution plan while it is read.
type planNode struct {
	id       int64
	contents string
}

// executionPlan reads Flink's StreamGraph JSON (flink-formats.md 1). Keys that are not known are passed
// over: Flink adds some each release.
func (r *reader) executionPlan(doc source.Node) {
	nodes := doc.Field("nodes")
	if nodes.Kind() != source.Sequence {
		r.wrongType(nodes, "nodes", "a list")
		return
	}
	var extra []planNode
	for node := range nodes.Items() {
		if !r.mapping(node, "a node") {
			continue
		}
		op, more := r.planOperator(node)
		r.job.Operators = append(r.job.Operators, op)
		extra = append(extra, more)
	}
	if len(r.job.Operators) == 0 {
		r.problems.Errorf(nodes.Place(), "missing-key", "the execution plan has no nodes")
	}
	r.job.Entered = enteredByID(extra)
	r.recognisePython(extra)
	if r.options.Mode == ModeUnset {
		r.problems.Notef(r.job.Place, "mode-not-in-document", "an execution plan does not say whether the job is batch or streaming; planned as streaming unless the configuration says otherwise").
			Hint = "say --mode batch or --mode streaming"
	}
}

// enteredByID: Flink numbers transformations as the program makes them, and prints the sinks last.
func enteredByID(nodes []planNode) []int32 {
	order := make([]int32, len(nodes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(nodes[a].id, nodes[b].id) })
	return order
}

func (r *reader) planOperator(n source.Node) (Operator, planNode) {
	op := Operator{Pos: n.Pos(), ManagedMemory: -1}
	var more planNode
	for key, value := range n.Fields() {
		switch key.Text() {
		case "id":
			op.ID, op.Pos = r.scalar(value, "id"), value.Pos()
			more.id, _ = value.Int()
		case "type":
			op.Name = r.planText(value, "type")
		case "contents":
			more.contents = r.planText(value, "contents")
		case "parallelism":
			op.Parallelism = r.planParallelism(value)
		case "predecessors":
			op.Inputs = r.predecessors(value)
		case "step_function":
			r.problems.Errorf(key.Place(), "unsupported-document", "iterations (DataStream.iterate) are not planned")
		}
	}
	for _, required := range []string{"id", "type", "parallelism"} {
		if !n.Field(required).Valid() {
			r.problems.Errorf(n.Place(), "missing-key", "a node of an execution plan has no %s", required)
		}
	}
	return op, more
}

// planText reads a text of Flink's, which may be empty.
func (r *reader) planText(n source.Node, what string) string {
	if n.Kind() != source.Text {
		r.wrongType(n, what, "text")
		return ""
	}
	return n.Text()
}

// planParallelism reads a parallelism, where -1 says that it is not decided yet: the job's default then.
func (r *reader) planParallelism(n source.Node) int32 {
	if value, ok := n.Int(); ok && value == -1 {
		r.problems.Notef(n.Place(), "parallelism-undecided", "parallelism -1 is left to the cluster; planned as parallelism.default, or 1").
			Hint = "set it with -D parallelism.default=N"
		return 0
	}
	return r.integer(n, "parallelism", 1, MaxParallelismBound)
}

func (r *reader) predecessors(n source.Node) []Input {
	if n.Kind() != source.Sequence {
		r.wrongType(n, "predecessors", "a list")
		return nil
	}
	inputs := r.roomFor(n)
	for item := range n.Items() {
		if !r.mapping(item, "a predecessor") {
			continue
		}
		in := Input{Port: int32(min(len(inputs), math.MaxInt16)), Pos: item.Pos(), Ship: r.planShip(item)}
		from := item.Field("id")
		if !from.Valid() {
			r.problems.Errorf(item.Place(), "missing-key", "a predecessor has no id")
			continue
		}
		if r.scalar(from, "id") != "" {
			inputs = append(inputs, in)
			r.from = append(r.from, from)
		}
	}
	return inputs
}

// planShip reads StreamPartitioner.toString (flink-formats.md 1.2); a text it does not know is a
// partitioner of the user's own.
func (r *reader) planShip(n source.Node) ShipStrategy {
	value := n.Field("ship_strategy")
	if !value.Valid() {
		r.problems.Errorf(n.Place(), "missing-key", "a predecessor has no ship_strategy")
		return ShipUnset
	}
	text := r.planText(value, "ship_strategy")
	if strings.HasPrefix(text, "HASH[") {
		return Hash // BinaryHashPartitioner of batch SQL prints its keys
	}
	for s := Forward; s <= Custom; s++ {
		if text == strings.ToUpper(s.String()) {
			return s
		}
	}
	return Custom
}
