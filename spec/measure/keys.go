package measure

import (
	"math"

	"udfplan/graph"
	"udfplan/graph/schema"
)

// The keys of a Measurement, in the order in which it is written. The switches of reader take exactly these.
var (
	documentKeys = schema.Mapping{
		Doc: "A Measurement: what the Python workers of one machine or container really took. udfplan measure prints one.",
		Keys: []schema.Key{
			{Name: "apiVersion", Value: schema.Value{Kind: schema.Constant, Words: []string{"", graph.APIVersion}}, Doc: "The version of this format."},
			{Name: "kind", Required: true, Value: schema.Value{Kind: schema.Constant, Words: []string{"", Kind}}, Doc: "What tells a Measurement from other documents."},
			{Name: "flinkVersion", Value: schema.Value{Kind: schema.Scalar}, Doc: "The version of Flink that was seen.", Example: "1.20.5"},
			{Name: "python", Value: schema.Value{Kind: schema.Scalar}, Doc: "The version of Python that was seen.", Example: "3.11.7"},
			{Name: "container", Value: schema.Value{Kind: schema.Fields, Of: &containerKeys}, Doc: "The cgroup that the processes live in; left out where it has no limit."},
			{Name: "taskManager", Value: schema.Value{Kind: schema.Fields, Of: &taskManagerKeys}, Doc: "The JVM beside the workers."},
			{Name: "workers", Required: true, Value: schema.Value{Kind: schema.Sequence, Low: 1, Item: &schema.Value{Kind: schema.Fields, Of: &workerKeys}}, Doc: "The Python workers, in the order in which they were first seen."},
		},
	}
	containerKeys = schema.Mapping{
		Doc: "The container as its cgroup shows it.",
		Keys: []schema.Key{
			{Name: "limit", Value: schema.Value{Kind: schema.Size}, Doc: "Its memory limit; 0b: none.", Example: "4gb"},
			{Name: "peak", Value: schema.Value{Kind: schema.Size}, Doc: "The most memory that it ever took; 0b: the kernel does not say.", Example: "3891mb"},
		},
	}
	taskManagerKeys = schema.Mapping{
		Doc: "The TaskManager's process.",
		Keys: []schema.Key{
			{Name: "resident", Value: schema.Value{Kind: schema.Size}, Doc: "The largest resident memory that was seen.", Example: "1210mb"},
			{Name: "peak", Value: schema.Value{Kind: schema.Size}, Doc: "The largest resident memory that it ever had.", Example: "1377mb"},
		},
	}
	workerKeys = schema.Mapping{
		Doc: "One Python worker.",
		Keys: []schema.Key{
			{Name: "pid", Value: schema.Value{Kind: schema.Integer, Low: 1, High: math.MaxInt32}, Doc: "Its process id."},
			{Name: "peak", Required: true, Value: schema.Value{Kind: schema.Size, Low: 1}, Doc: "The largest resident memory that it ever had (VmHWM), more than 0b.", Example: "462mb"},
			{Name: "resident", Value: schema.Value{Kind: schema.Size}, Doc: "The largest resident memory that was seen.", Example: "458mb"},
			{Name: "anonymous", Value: schema.Value{Kind: schema.Size}, Doc: "The largest part of it that is no file.", Example: "391mb"},
			{Name: "proportional", Value: schema.Value{Kind: schema.Size}, Doc: "The largest that it took, with its part of what it shares with other processes.", Example: "441mb"},
			{Name: "share", Value: schema.Value{Kind: schema.Size, Low: -1}, Doc: "Flink's own number, _PYTHON_WORKER_MEMORY_LIMIT of its environment; -1: Flink reserves nothing.", Example: "268435460b"},
			{Name: "seconds", Value: schema.Value{Kind: schema.Integer, High: math.MaxInt32}, Doc: "For how many seconds it was watched."},
		},
	}
)

// DocumentSchema is what a Measurement holds.
func DocumentSchema() *schema.Mapping { return &documentKeys }
