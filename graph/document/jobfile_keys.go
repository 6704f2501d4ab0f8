package document

import (
	"math"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/schema"
)

// The keys of a job file (design.md 4.1), in the order in which an error lists them. The switches of jobFileReader take exactly these,
// within these bounds: TestJobFileKeys tries each.
var (
	jobKeys = schema.Mapping{
		Doc: "A PyFlink job: its operators, and what connects them.",
		Keys: []schema.Key{
			{Name: "apiVersion", Value: schema.Value{Kind: schema.Constant, Words: []string{"", graph.APIVersion}}, Doc: "The version of this format. May be left out."},
			{Name: "kind", Value: schema.Value{Kind: schema.Constant, Words: []string{"", "Job"}}, Doc: "May be left out."},
			{Name: "name", Doc: "The job's name, by which limits and waivers find it.", Example: "clickstream-features"},
			{Name: "mode", Value: schema.Value{Kind: schema.Word, Words: graph.ModeWords}, Doc: "The runtime mode; --mode is stronger. Else execution.runtime-mode of config; else streaming, as in Flink."},
			{Name: "flinkVersion", Value: schema.Value{Kind: schema.Version}, Doc: "The version of Flink that the job runs on, in quotes. It decides how workers are shared and what memory they are given."},
			{Name: "parallelism", Value: subtasks, Doc: "The parallelism of operators that say none; else parallelism.default of config; else 1."},
			{Name: "maxParallelism", Value: subtasks, Doc: "The maximum parallelism of operators that say none."},
			{Name: "sharing", Value: schema.Value{Kind: schema.Word, Words: graph.SharingWords}, Doc: "Within what Python operators share a worker. By default what the version of Flink does."},
			{Name: "api", Value: schema.Value{Kind: schema.Word, Words: graph.APIWords}, Doc: "What the job was written with; matters in batch jobs up to Flink 1.13."},
			{Name: "consumerOrder", Value: schema.Value{Kind: schema.Word, Words: graph.ConsumerOrderWords}, Doc: "How consumers entered the graph: in the order of this file, or from the sinks, as a Table program's do."},
			{Name: "config", Value: schema.Value{Kind: schema.Fields, Of: &optionKeys}, Doc: "Flink's options of the job, with flat keys; -D is stronger."},
			{Name: "slotSharingGroups", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.Fields, Of: &groupKeys}}, Doc: "Resource profiles: what a slot of a group gets (Flink 1.14 and later)."},
			{Name: "operators", Required: true, Value: schema.Value{Kind: schema.Sequence, Low: 1, Item: &schema.Value{Kind: schema.Fields, Of: &operatorKeys}}, Doc: "The operators of the job, in any order."},
		},
	}
	operatorKeys = schema.Mapping{
		Doc: "An operator: a node of the job graph.",
		Keys: []schema.Key{
			{Name: "id", Required: true, Doc: "Its name within this file, for inputs, waivers and messages.", Example: "score"},
			{Name: "name", Doc: "The name that Flink shows; else the id.", Example: "Source: Kafka"},
			{Name: "inputs", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.TextOr, Of: &inputKeys}}, Doc: "The operators that it reads from: ids, or mappings where an edge says more. A source has none."},
			{Name: "parallelism", Value: subtasks, Doc: "How many subtasks it has; else the job's parallelism."},
			{Name: "maxParallelism", Value: subtasks, Doc: "Its maximum parallelism; else the job's."},
			{Name: "slotSharingGroup", Value: schema.Value{Kind: schema.GroupName}, Doc: "The group of operators whose subtasks may share a slot; else that of its inputs, else default.", Example: "heavy"},
			{Name: "chainingStrategy", Value: schema.Value{Kind: schema.Word, Words: graph.StrategyWords}, Doc: "Whether it may be chained to its input and its consumers. By default head for a source and always for any other."},
			{Name: "python", Value: schema.Value{Kind: schema.TrueOr, Of: &pythonKeys}, Doc: "Whether it runs Python functions: true, or a mapping that says more of its worker."},
			{Name: "resources", Value: schema.Value{Kind: schema.Fields, Of: &resourceKeys}, Doc: "What an operator that is not Python declares for itself, in batch. Those of Python operators are computed."},
			{Name: "managedMemory", Value: schema.Value{Kind: schema.Size}, Doc: "Its weight in the slot's managed memory.", Example: "32mb"},
			{Name: "stateBackend", Value: schema.Value{Kind: schema.Boolean}, Doc: "Whether it uses a state backend that takes managed memory, as RocksDB does."},
			{Name: "keyed", Value: schema.Value{Kind: schema.Boolean}, Doc: "Whether it has keyed state."},
			{Name: "legacySource", Value: schema.Value{Kind: schema.Boolean}, Doc: "Whether it is a source of the old kind: SourceFunction, InputFormat."},
			{Name: "async", Value: schema.Value{Kind: schema.Boolean}, Doc: "Whether it is a yielding operator, as asynchronous I/O is."},
			{Name: "coLocation", Doc: "A key of its choice: chains of one key must share slots.", Example: "scoring"},
			{Name: "api", Value: schema.Value{Kind: schema.Word, Words: graph.APIWords}, Doc: "What this operator was written with; else the job's api."},
		},
	}
	inputKeys = schema.Mapping{
		Doc: "An edge of the job graph.",
		Keys: []schema.Key{
			{Name: "from", Required: true, Doc: "The id of the operator that it comes from.", Example: "clean"},
			{Name: "port", Value: schema.Value{Kind: schema.Integer, High: math.MaxInt16}, Doc: "Which input of the operator it is, from 0; else its place in the list. Edges of one port are a union."},
			{Name: "shipStrategy", Value: schema.Value{Kind: schema.Word, Words: graph.ShipWords}, Doc: "How records travel along it. By default forward where the parallelism is equal, else rebalance."},
			{Name: "exchange", Value: schema.Value{Kind: schema.Word, Words: graph.ExchangeWords}, Doc: "Whether it is pipelined or blocking; undefined leaves it to the job's mode, which is the default."},
		},
	}
	pythonKeys = schema.Mapping{
		Doc: "What is known of the operator's Python worker.",
		Keys: []schema.Key{
			{Name: "worker", Doc: "A name for the worker: operators that name one share it.", Example: "scoring"},
			{Name: "env", Doc: "A name for the Python environment: operators of different environments never share a worker.", Example: "py311"},
			{Name: "mode", Value: schema.Value{Kind: schema.Word, Words: graph.PythonModeWords}, Doc: "Where the functions run: in a worker process, or in a thread of the JVM (Flink 1.15 and later). Else python.execution-mode of config."},
			{Name: "functions", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.Text}}, Doc: "The names of its functions, for people."},
			{Name: "userMemory", Value: schema.Value{Kind: schema.Size}, Doc: "What the functions' own libraries and models take in the worker, on top of PyFlink itself.", Example: "300mb"},
		},
	}
	resourceKeys = schema.Mapping{
		Doc: "What one subtask of the operator asks for.",
		Keys: []schema.Key{
			{Name: "taskHeap", Value: schema.Value{Kind: schema.Size}, Doc: "Task heap memory; else 0b.", Example: "8mb"},
			{Name: "managedOffHeap", Value: schema.Value{Kind: schema.Size}, Doc: "Managed off-heap memory; else 0b.", Example: "32mb"},
		},
	}
	groupKeys = schema.Mapping{
		Doc: "A slot sharing group; with nothing but a name it has no profile.",
		Keys: []schema.Key{
			{Name: "name", Required: true, Value: schema.Value{Kind: schema.GroupName}, Doc: "The group's name, as operators have it in slotSharingGroup.", Example: "heavy"},
			{Name: "cpuCores", Value: schema.Value{Kind: schema.Cores}, Needs: []string{"taskHeap"}, Doc: "CPU cores of a slot."},
			{Name: "taskHeap", Value: schema.Value{Kind: schema.Size, Low: 1}, Needs: []string{"cpuCores"}, Doc: "Task heap memory of a slot, more than 0b.", Example: "128mb"},
			{Name: "taskOffHeap", Value: schema.Value{Kind: schema.Size}, Needs: []string{"cpuCores", "taskHeap"}, Doc: "Task off-heap memory of a slot; else 0b.", Example: "0b"},
			{Name: "managed", Value: schema.Value{Kind: schema.Size}, Needs: []string{"cpuCores", "taskHeap"}, Doc: "Managed memory of a slot; else 0b. Python workers get their share of it.", Example: "512mb"},
		},
	}
	// optionKeys are any, by their source text; JobFileSchema names those that are known.
	optionKeys = schema.Mapping{Others: &schema.Value{Kind: schema.Scalar}}

	subtasks = schema.Value{Kind: schema.Integer, Low: 1, High: graph.MaxParallelismBound}
)

// JobFileSchema is what a job file holds. In config it also names the options that udfplan knows.
func JobFileSchema() *schema.Mapping {
	job, known := jobKeys, optionKeys
	job.Keys = append([]schema.Key(nil), jobKeys.Keys...)
	for _, o := range flink.Options() {
		known.Keys = append(known.Keys, schema.Key{Name: o.Key, Value: *optionKeys.Others, Doc: optionDoc(&o)})
	}
	for i := range job.Keys {
		if job.Keys[i].Value.Of == &optionKeys {
			job.Keys[i].Value.Of = &known
		}
	}
	return &job
}

// optionDoc is what an option means, its default and the versions that act on it.
func optionDoc(o *flink.Option) string {
	doc := o.Doc + "."
	if o.Default != "" {
		doc += " Default: " + o.Default
		for _, change := range o.Changes {
			doc += ", " + change.Value + " from " + change.Since.String() + " on"
		}
		doc += "."
	}
	if o.Since.Stated() {
		doc += " Since Flink " + o.Since.String() + "."
	}
	if o.Before.Stated() {
		doc += " Before Flink " + o.Before.String() + "."
	}
	if o.ReplacedBy != "" {
		doc += " Use " + o.ReplacedBy + " instead where the version has it."
	}
	return doc
}

// JobFileKeys are all keys of a job file, for whoever documents them.
func JobFileKeys() []string { return jobKeys.AllNames() }
