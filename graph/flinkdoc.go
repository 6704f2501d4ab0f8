package graph

import (
	"strconv"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What the readers of Flink's own documents share. Keys that they do not know are passed over: Flink adds
// some each release. Keys that they need and do not find are errors.

func itoa(n int) string { return strconv.Itoa(n) }

// addOperator appends an operator. contents is all that the document says of it, for telling Python hidden in
// it; task numbers the chain that the document says it is in, -1 if it says none.
func (r *reader) addOperator(op Operator, contents string, task int32) {
	r.job.Operators = append(r.job.Operators, op)
	r.contents = append(r.contents, contents)
	r.tasks = append(r.tasks, task)
}

// listInputsFirst finds the inputs of operators that stand in the order of their ids, and puts each operator
// behind its inputs: PyFlink gives fused operators new, higher ids, but they enter Flink's graph in this order.
func (r *reader) listInputsFirst() {
	r.resolveInputs()
	r.resolved = true
	ops := r.job.Operators
	byID := make([]int32, len(ops))
	for i := range byID {
		byID[i] = int32(i)
	}
	order := InputsFirst(ops, byID)
	place := make([]int32, len(ops))
	sorted, contents, tasks := make([]Operator, len(ops)), make([]string, len(ops)), make([]int32, len(ops))
	for at, i := range order {
		place[i] = int32(at)
		sorted[at], contents[at], tasks[at] = ops[i], r.contents[i], r.tasks[i]
	}
	for i := range sorted {
		for k := range sorted[i].Inputs {
			sorted[i].Inputs[k].From = place[sorted[i].Inputs[k].From]
		}
	}
	r.job.Operators, r.contents, r.tasks = sorted, contents, tasks
}

// newTask numbers a chain.
func (r *reader) newTask() int32 {
	r.lastTask++
	return r.lastTask
}

// guess notes what the document leaves open of an operator.
func (r *reader) guess(operator int32, key, why string) {
	r.job.Guesses = append(r.job.Guesses, Guess{operator, key, why})
}

// required is the value of a key that must be there; else it reports and is not Valid. of names the mapping.
func (r *reader) required(n source.Node, key, of string) source.Node {
	value := n.Field(key)
	if !value.Valid() {
		r.Problems.Errorf(n.Place(), "missing-key", "%s has no %s", of, key)
		return value
	}
	switch value.Kind() {
	case source.Null:
		r.Problems.Errorf(value.Place(), "wrong-type", "%s must not be null", key)
		return source.Node{}
	case source.Mapping:
		r.WrongType(value, key, "a value or a list")
		return source.Node{}
	}
	return value
}

// nodeList are the mappings of a list; other entries are reported.
func (r *reader) nodeList(list source.Node, what string) (nodes []source.Node) {
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
func (r *reader) planText(n source.Node, what string) string {
	if n.Kind() != source.Text {
		r.WrongType(n, what, "text")
		return ""
	}
	return n.Text()
}

// planID reads an id, which is text or a number and not empty.
func (r *reader) planID(n source.Node, what string) string {
	text := r.Scalar(n, what)
	if n.Kind() == source.Text && text == "" {
		r.Problems.Errorf(n.Place(), "empty-value", "%s must not be empty", what)
	}
	return text
}

// decided reads a parallelism or maxParallelism of Flink's; 0 where it is -1, not decided yet.
func (r *reader) decided(n source.Node, what string) int32 {
	if value, ok := n.Int(); ok && value == -1 {
		return 0
	}
	return r.integer(n, what, 1, MaxParallelismBound)
}

// fieldOf is the value of a mapping's key; not Valid where there is no mapping or no such key.
func fieldOf(n source.Node, key string) source.Node {
	if !n.Valid() {
		return n
	}
	return n.Field(key)
}

// fieldText is the text of a mapping's key; empty where there is none.
func fieldText(n source.Node, key string) string {
	if value := fieldOf(n, key); value.Valid() {
		return value.Text()
	}
	return ""
}

// hybrid takes from a hybrid exchange that the job's shuffle mode is: the job file has no other word for it.
func (r *reader) hybrid(n source.Node, partition string) {
	mode := "ALL_EXCHANGES_HYBRID_FULL"
	if partition == "hybrid_selective" {
		mode = "ALL_EXCHANGES_HYBRID_SELECTIVE"
	}
	if _, set := r.job.Config.Get(flink.KeyBatchShuffleMode); !set {
		r.job.Config = append(r.job.Config, flink.Entry{Key: flink.KeyBatchShuffleMode, Value: mode, Place: n.Place(), ValuePlace: n.Place()})
	}
}

// nameGroups keeps the slot sharing groups that vertices are in, and tells whether names had to be made up
// for them: the document has only ids. In batch a group of its own for each pipelined region is what Flink
// does by itself.
func (r *reader) nameGroups(vertices []*vertex) (named bool) {
	members := map[string]int{}
	for _, v := range vertices {
		members[v.group]++
	}
	if len(members) < 2 {
		return false
	}
	batch := r.raw.mode == Batch || r.options.Mode == Batch
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
func regionsOf(vertices []*vertex) Sets {
	index := map[string]int32{}
	for i, v := range vertices {
		index[textOf(v.id)] = int32(i)
	}
	regions := NewSets(len(vertices))
	for i, v := range vertices {
		for _, in := range v.inputs {
			if up, known := index[textOf(in.from)]; known && in.exchange == Pipelined {
				regions.Join(up, int32(i))
			}
		}
	}
	return regions
}
