package document

import (
	"math"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// infoHeading is the line before an execution plan in the output of `flink info` (flink-formats.md 1.4).
const infoHeading = "----------------------- Execution Plan -----------------------"

// infoEnd is the line behind the plan in the output of `flink info`; a description of the program follows.
var infoEnd = source.Pattern(`(?m)^-{20,}[ \t]*\r?$`)

// cutPlan blanks out what stands around an execution plan in the output of `flink info`, so that every place stays as it
// was. cut reports whether there was such a heading.
func cutPlan(f *source.File) (plan *source.File, cut bool) {
	start := afterLine(f.Text, infoHeading)
	if start < 0 {
		return f, false
	}
	body := f.Text[start:]
	if !strings.HasPrefix(strings.TrimSpace(body), "{") {
		return f, false
	}
	if i := infoEnd().FindStringIndex(body); i != nil {
		body = body[:i[0]]
	}
	return &source.File{Name: f.Name, Text: blank(f.Text[:start]) + untilBrace(body) + blank(f.Text[start+len(untilBrace(body)):])}, true
}

// untilBrace is a text up to its last closing brace; what follows is no JSON.
func untilBrace(text string) string {
	if i := strings.LastIndexByte(text, '}'); i >= 0 {
		return text[:i+1]
	}
	return text
}

// cutSection is cutPlan for the JSON in EXPLAIN.
func cutSection(f *source.File, s *section) *source.File {
	text := []byte(blank(f.Text))
	end := 0
	for _, line := range s.lines {
		copy(text[line.at:], line.text)
		if strings.Contains(line.text, "}") {
			end = line.at + len(untilBrace(line.text))
		}
	}
	if end > 0 {
		copy(text[end:], blank(string(text[end:])))
	}
	return &source.File{Name: f.Name, Text: string(text)}
}

// afterLine is the offset behind a line that holds just text; -1 if there is none.
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

// readExecutionPlan reads Flink's StreamGraph JSON (flink-formats.md 1). Keys that are not known are passed
// over: Flink adds some each release. It prints sinks last; here all operators stand in the order in which
// they entered the graph.
func readExecutionPlan(c given) said {
	r := newFlinkReader(c)
	r.executionPlan(c.doc)
	return r.said()
}

func (r *flinkReader) executionPlan(doc source.Node) {
	list := doc.Field("nodes")
	nodes := r.nodeList(list, "nodes")
	sortByID(nodes)
	for _, node := range nodes {
		op, contents := r.planOperator(node)
		r.addOperator(op, contents)
	}
	if len(nodes) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(list.Place(), source.CodeMissingKey, "the execution plan has no nodes")
	}
	r.listInputsFirst()
	r.recognisePython()
	r.leavesOpen("an execution plan", gapMode, gapVersion, gapGroups, gapChaining, gapKinds)
}

func (r *flinkReader) planOperator(n source.Node) (op graph.Operator, contents string) {
	op = graph.Operator{Pos: n.Pos(), ManagedMemory: -1}
	for key, value := range n.Fields() {
		switch key.Text() {
		case "id":
			op.ID, op.Pos = r.planID(value, "id"), value.Pos()
		case "type":
			op.Name = r.planText(value, "type")
		case "contents":
			contents = r.planText(value, "contents")
		case "parallelism":
			op.Parallelism = r.decided(value, "parallelism", (*decoder).parallelism)
		case "predecessors":
			op.Inputs = r.predecessors(value)
		case "step_function":
			r.Problems.Errorf(key.Place(), source.CodeUnsupportedDocument, "iterations (DataStream.iterate) are not planned")
		}
	}
	for _, required := range []string{"id", "type", "parallelism"} {
		if !n.Field(required).Valid() {
			r.Problems.Errorf(n.Place(), source.CodeMissingKey, "a node of an execution plan has no %s", required)
		}
	}
	return op, contents
}

func (r *flinkReader) predecessors(n source.Node) []graph.Input {
	var inputs []graph.Input
	for _, item := range r.nodeList(n, "predecessors") {
		in := graph.Input{Port: int32(min(len(inputs), math.MaxInt16)), Pos: item.Pos(), Ship: r.planShip(item)}
		if from := r.required(item, "id", "a predecessor"); from.Valid() && r.planID(from, "id") != "" {
			inputs = append(inputs, in)
			r.from = append(r.from, from)
		}
	}
	return inputs
}

func (r *flinkReader) planShip(n source.Node) graph.ShipStrategy {
	value := r.required(n, "ship_strategy", "a predecessor")
	if !value.Valid() {
		return graph.ShipUnset
	}
	return shipByText(r.planText(value, "ship_strategy"))
}

// shipByText reads StreamPartitioner.toString (flink-formats.md 1.2); a text it does not know is a
// partitioner of the user's own.
func shipByText(text string) graph.ShipStrategy {
	if strings.HasPrefix(text, "HASH[") {
		return graph.Hash // BinaryHashPartitioner of batch SQL prints its keys
	}
	for s := graph.Forward; s <= graph.Custom; s++ {
		if text == strings.ToUpper(s.String()) {
			return s
		}
	}
	return graph.Custom
}
