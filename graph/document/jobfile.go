package document

import (
	"slices"
	"strconv"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// jobFileReader reads udfplan's own format (design.md 4.1).
type jobFileReader struct {
	decoder
	job *graph.Job
	// inputs is the space that operators' Inputs are cut from, and from the ids they name, in the same order.
	inputs []graph.Input
	from   []source.Node
	// badIDs are the texts of ids that are not valid, so that nobody is told that such an operator is missing.
	badIDs map[string]bool
}

func readJobFile(c given) said {
	r := jobFileReader{job: &graph.Job{Place: c.doc.Place()}}
	r.file(c.doc)
	r.Problems = append(r.Problems, resolveInputs(r.job, r.from, r.badIDs)...)
	return said{job: r.job, problems: r.Problems, refused: r.refused}
}

func (r *jobFileReader) file(doc source.Node) {
	var operators source.Node
	for key, value := range doc.Fields() {
		switch key.Text() {
		case "apiVersion":
			r.Constant(value, "apiVersion", graph.APIVersion)
		case "kind":
			r.Constant(value, "kind", "Job")
		case "name":
			r.job.Name = r.Text(value, "name")
		case "mode":
			r.job.Mode = graph.Mode(r.Word(value, "mode", graph.ModeWords))
			r.refused.Mode = r.job.Mode == graph.ModeUnset
		case "flinkVersion":
			r.job.Version = r.version(value)
		case "parallelism":
			r.job.Parallelism = r.parallelism(value, "parallelism")
		case "maxParallelism":
			r.job.MaxParallelism = r.maxParallelism(value, "maxParallelism")
		case "sharing":
			r.job.Sharing = graph.Sharing(r.Word(value, "sharing", graph.SharingWords))
		case "api":
			r.job.API = graph.API(r.Word(value, "api", graph.APIWords))
		case "consumerOrder":
			r.job.FromSinks = r.Word(value, "consumerOrder", graph.ConsumerOrderWords) == 2
		case "config":
			r.job.Config = r.config(value)
		case "slotSharingGroups":
			r.slotSharingGroups(value)
		case "operators":
			operators = value
		default:
			r.UnknownKey(key, "a job", jobKeys.Names())
		}
	}
	r.operators(doc, operators)
}

// config reads Flink options by their source text.
func (r *jobFileReader) config(n source.Node) flink.Config {
	var c flink.Config
	if !r.Mapping(n, "config") {
		return nil
	}
	for key, value := range n.Fields() {
		switch value.Kind() {
		case source.Null, source.Sequence, source.Mapping:
			r.WrongType(value, "option "+strconv.Quote(source.Excerpt(key.Text())), "text, a number or a boolean").
				Hint = "write keys flat, as in taskmanager.memory.process.size: 4g"
			continue
		}
		c = append(c, flink.Entry{Key: key.Text(), Value: value.Text(), Place: key.Place(), ValuePlace: value.Place()})
	}
	return c
}

func (r *jobFileReader) operators(doc, list source.Node) {
	if !list.Valid() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "the job has no operators").
			Hint = "Flink: No operators defined in streaming topology. Cannot execute."
		return
	}
	if list.Kind() != source.Sequence {
		r.WrongType(list, "operators", "a list")
		return
	}
	if list.Len() == 0 {
		r.Problems.Errorf(list.Place(), source.CodeMissingKey, "the job has no operators").
			Hint = "Flink: No operators defined in streaming topology. Cannot execute."
	}
	r.job.Operators = make([]graph.Operator, 0, list.Len())
	r.makeRoom(list)
	for item := range list.Items() {
		if r.Mapping(item, "an operator") {
			r.job.Operators = append(r.job.Operators, r.operator(item))
		}
	}
}

func (r *jobFileReader) badID(n source.Node) {
	if r.badIDs == nil {
		r.badIDs = map[string]bool{}
	}
	if n.Kind() == source.Number || n.Kind() == source.Bool {
		r.badIDs[n.Text()] = true
	}
}

func (r *jobFileReader) operator(n source.Node) graph.Operator {
	op := graph.Operator{Pos: n.Pos(), ManagedMemory: -1}
	for key, value := range n.Fields() {
		switch key.Text() {
		case "id":
			op.ID, op.Pos = r.Text(value, "id"), value.Pos()
			if op.ID == "" {
				r.badID(value)
			}
		case "name":
			op.Name = r.Text(value, "name")
		case "inputs":
			op.Inputs = r.readInputs(value)
		case "parallelism":
			op.Parallelism = r.parallelism(value, "parallelism")
		case "maxParallelism":
			op.MaxParallelism = r.maxParallelism(value, "maxParallelism")
		case "slotSharingGroup":
			op.SlotSharingGroup = r.groupName(value, "slotSharingGroup")
		case "chainingStrategy":
			op.Strategy = graph.ChainingStrategy(r.Word(value, "chainingStrategy", graph.StrategyWords))
		case "python":
			op.Python = r.python(value, key)
		case "resources":
			op.Resources = r.resources(value)
		case "managedMemory":
			op.ManagedMemory = r.Size(value, "managedMemory")
		case "stateBackend":
			op.StateBackend = r.Bool(value, "stateBackend")
		case "keyed":
			op.Keyed = r.Bool(value, "keyed")
		case "legacySource":
			op.LegacySource = r.Bool(value, "legacySource")
		case "async":
			op.Async = r.Bool(value, "async")
		case "coLocation":
			op.CoLocation = r.Text(value, "coLocation")
		case "api":
			op.API = graph.API(r.Word(value, "api", graph.APIWords))
		default:
			r.UnknownKey(key, "an operator", operatorKeys.Names())
		}
	}
	if op.Python != nil {
		op.Python.Alone = op.IsMultipleInput()
	}
	if op.ID == "" && !n.Field("id").Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "an operator has no id")
	}
	return op
}

// groupName reads the name of a slot sharing group; # is kept for those of Flink's own batch groups (design.md 3.3).
func (r *jobFileReader) groupName(n source.Node, what string) string {
	name := r.Text(n, what)
	if slices.Contains([]byte(name), '#') {
		r.Problems.Errorf(n.Place(), source.CodeBadGroup, "%s must not hold #; found %s", what, n.Describe())
	}
	return name
}

func (r *jobFileReader) resources(n source.Node) *graph.Resources {
	if !r.Mapping(n, "resources") {
		return nil
	}
	var out graph.Resources
	for key, value := range n.Fields() {
		switch key.Text() {
		case "taskHeap":
			out.TaskHeap = r.Size(value, "taskHeap")
		case "managedOffHeap":
			out.ManagedOffHeap = r.Size(value, "managedOffHeap")
		default:
			r.UnknownKey(key, "resources", resourceKeys.Names())
		}
	}
	return &out
}
