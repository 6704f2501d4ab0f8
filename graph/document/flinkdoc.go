package document

import (
	"strconv"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What the readers of Flink's own documents share. Keys that they do not know are passed over: Flink adds
// some each release. Keys that they need and do not find are errors.

func itoa(n int) string { return strconv.Itoa(n) }

// flinkReader reads one of Flink's own documents.
type flinkReader struct {
	decoder
	options graph.Options
	file    *source.File
	job     *graph.Job
	// from are the ids that the operators' inputs name, in the same order.
	from []source.Node
	// contents is all that the document says of each operator, for telling Python hidden in it.
	contents []string
	lastTask int32
	open     leftOpen
}

func newFlinkReader(c given) *flinkReader {
	return &flinkReader{options: c.options, file: c.file, job: &graph.Job{Place: c.place()}}
}

// said is the result of reading.
func (r *flinkReader) said() said {
	r.spreadParallelism()
	return said{job: r.job, problems: r.Problems, refused: r.refused, open: &r.open}
}

func (r *flinkReader) at(p source.Pos) source.Place {
	return source.Place{File: r.job.Place.File, Pos: p}
}

// addOperator appends an operator.
func (r *flinkReader) addOperator(op graph.Operator, contents string) {
	r.job.Operators = append(r.job.Operators, op)
	r.contents = append(r.contents, contents)
}

// spreadParallelism: over a forward edge the parallelism is equal, and so one that is left to the cluster is
// that of an operator beside it which is decided.
func (r *flinkReader) spreadParallelism() {
	ops := r.job.Operators
	take := func(to, from *graph.Operator) {
		if to.Parallelism == 0 {
			to.Parallelism = from.Parallelism
		}
	}
	order := graph.TopologicalOrder(ops)
	for _, i := range order {
		for _, in := range ops[i].Inputs {
			if in.Ship == graph.Forward {
				take(&ops[i], &ops[in.From])
			}
		}
	}
	for k := len(order) - 1; k >= 0; k-- {
		op := &ops[order[k]]
		for _, in := range op.Inputs {
			if in.Ship == graph.Forward {
				take(&ops[in.From], op)
			}
		}
	}
}

// listInputsFirst finds the inputs of operators that stand in the order of their ids, and puts each operator
// behind its inputs: PyFlink gives fused operators new, higher ids, but they enter Flink's graph in this order.
func (r *flinkReader) listInputsFirst() {
	r.Problems = append(r.Problems, resolveInputs(r.job, r.from, nil)...)
	ops := r.job.Operators
	byID := make([]int32, len(ops))
	for i := range byID {
		byID[i] = int32(i)
	}
	order := graph.InputsFirst(ops, byID)
	place := make([]int32, len(ops))
	sorted, contents := make([]graph.Operator, len(ops)), make([]string, len(ops))
	for at, i := range order {
		place[i] = int32(at)
		sorted[at], contents[at] = ops[i], r.contents[i]
	}
	for i := range sorted {
		for k := range sorted[i].Inputs {
			sorted[i].Inputs[k].From = place[sorted[i].Inputs[k].From]
		}
	}
	r.job.Operators, r.contents = sorted, contents
}

// newTask numbers a chain that Flink has made, from 1.
func (r *flinkReader) newTask() int32 {
	r.lastTask++
	return r.lastTask
}

// guess notes what the document leaves open of an operator.
func (r *flinkReader) guess(operator int32, key, why string) {
	r.job.Guesses = append(r.job.Guesses, graph.Guess{Operator: operator, Key: key, Why: why})
}

// required is the value of a key that must be there; else it reports and is not Valid. of names the mapping.
func (r *flinkReader) required(n source.Node, key, of string) source.Node {
	value := n.Field(key)
	if !value.Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "%s has no %s", of, key)
		return value
	}
	switch value.Kind() {
	case source.Null:
		r.Problems.Errorf(value.Place(), source.CodeWrongType, "%s must not be null", key)
		return source.Node{}
	case source.Mapping:
		r.WrongType(value, key, "a value or a list")
		return source.Node{}
	}
	return value
}

// nodeList are the mappings of a list; other entries are reported.
func (r *flinkReader) nodeList(list source.Node, what string) (nodes []source.Node) {
	if !list.Valid() {
		return nil
	}
	if list.Kind() != source.Sequence {
		r.WrongType(list, what, "a list")
		return nil
	}
	for n := range list.Items() {
		if r.Mapping(n, "an entry of "+what) {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// planText reads a text of Flink's, which may be empty.
func (r *flinkReader) planText(n source.Node, what string) string {
	if n.Kind() != source.Text {
		r.WrongType(n, what, "text")
		return ""
	}
	return n.Text()
}

// planID reads an id, which is text or a number and not empty.
func (r *flinkReader) planID(n source.Node, what string) string {
	text := r.Scalar(n, what)
	if n.Kind() == source.Text && text == "" {
		r.Problems.Errorf(n.Place(), source.CodeEmptyValue, "%s must not be empty", what)
	}
	return text
}

// decided reads a parallelism or maxParallelism of Flink's; 0 where it is -1, not decided yet.
func (r *flinkReader) decided(n source.Node, what string, read func(d *decoder, n source.Node, what string) int32) int32 {
	if value, ok := n.Int(); ok && value == -1 {
		return 0
	}
	return read(&r.decoder, n, what)
}

// fieldOf is the value of a mapping's key; not Valid where there is no mapping or no such key.
func fieldOf(n source.Node, key string) source.Node {
	if !n.Valid() {
		return n
	}
	return n.Field(key)
}

// fieldText is the text of a mapping's key; empty if there is none.
func fieldText(n source.Node, key string) string {
	if value := fieldOf(n, key); value.Valid() {
		return value.Text()
	}
	return ""
}

// hybrid takes from a hybrid exchange that the job's shuffle mode is: the job file has no other word for it.
func (r *flinkReader) hybrid(n source.Node, partition string) {
	mode := "ALL_EXCHANGES_HYBRID_FULL"
	if partition == "hybrid_selective" {
		mode = "ALL_EXCHANGES_HYBRID_SELECTIVE"
	}
	if _, set := r.job.Config.Get(flink.KeyBatchShuffleMode); !set {
		r.job.Config = append(r.job.Config, flink.Entry{Key: flink.KeyBatchShuffleMode, Value: mode, Place: n.Place(), ValuePlace: n.Place()})
	}
}

// nameGroups keeps the slot sharing groups that vertices are in, and reports whether names had to be made up
// for them: the document has only ids. In batch a group of its own for each pipelined region is what Flink
// does by itself.
func (r *flinkReader) nameGroups(vertices []*vertex) (named bool) {
	members := map[string]int{}
	for _, v := range vertices {
		members[v.group]++
	}
	if len(members) < 2 {
		return false
	}
	batch := r.job.Mode == graph.Batch || r.options.Mode == graph.Batch
	region := regionsOf(vertices)
	sizes := make([]int, len(vertices)) // of regions
	mixed := make([]bool, len(vertices))
	for i, v := range vertices {
		root := region.Find(int32(i))
		sizes[root]++
		mixed[root] = mixed[root] || v.group != vertices[root].group
	}
	names := map[string]string{}
	for i, v := range vertices {
		root := region.Find(int32(i))
		if v.group == "" || batch && !mixed[root] && sizes[root] == members[v.group] {
			continue
		}
		if names[v.group] == "" {
			names[v.group] = "group-" + itoa(len(names)+1)
		}
		for _, op := range v.ops {
			r.job.Operators[op].SlotSharingGroup = names[v.group]
			r.guess(op, "slotSharingGroup", "the document has only the ids of groups")
		}
	}
	return len(names) > 0
}

// regionsOf joins the vertices that pipelined exchanges connect.
func regionsOf(vertices []*vertex) graph.Sets {
	index := map[string]int32{}
	for i, v := range vertices {
		index[textOf(v.id)] = int32(i)
	}
	regions := graph.NewSets(len(vertices))
	for i, v := range vertices {
		for _, in := range v.inputs {
			if up, known := index[textOf(in.from)]; known && in.exchange == graph.Pipelined {
				regions.Join(up, int32(i))
			}
		}
	}
	return regions
}
