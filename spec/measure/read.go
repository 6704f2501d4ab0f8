package measure

import (
	"math"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Read reads the Measurements of a text, a document each, and what the shell program printed. They are worth using only
// if no problem is an error.
func Read(f *source.File) ([]*Measurement, source.List) {
	if isLooks(f.Text) {
		m, problems := readLooks(f)
		return []*Measurement{m}, problems
	}
	docs, problems := source.Read(f)
	r := reader{}
	r.Problems = problems
	var all []*Measurement
	for _, doc := range docs {
		if r.Mapping(doc, "a Measurement") {
			all = append(all, r.measurement(doc))
		}
	}
	return all, r.Problems
}

type reader struct {
	flink.Decoder
}

func (r *reader) measurement(doc source.Node) *Measurement {
	m := &Measurement{}
	if !doc.Field("kind").Valid() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "a Measurement says kind: %s; found none", Kind).
			Hint = "udfplan measure prints one"
	}
	for key, value := range doc.Fields() {
		switch key.Text() {
		case "apiVersion":
			r.Constant(value, "apiVersion", graph.APIVersion)
		case "kind":
			r.Constant(value, "kind", Kind)
		case "flinkVersion":
			m.FlinkVersion = r.Scalar(value, "flinkVersion")
		case "python":
			m.Python = r.Scalar(value, "python")
		case "container":
			m.Container = &Container{}
			r.sizes(value, "container", containerKeys.Names(), &m.Container.Limit, &m.Container.Peak)
		case "taskManager":
			m.TaskManager = &TaskManager{}
			r.sizes(value, "taskManager", taskManagerKeys.Names(), &m.TaskManager.Resident, &m.TaskManager.Peak)
		case "workers":
			m.Workers = r.workers(value)
		default:
			r.UnknownKey(key, "a Measurement", documentKeys.Names())
		}
	}
	if !doc.Field("workers").Valid() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "a Measurement has no workers")
	}
	return m
}

// sizes reads a mapping of memory sizes.
func (r *reader) sizes(n source.Node, what string, keys []string, into ...*flink.MemorySize) {
	if !r.Mapping(n, what) {
		return
	}
	for key, value := range n.Fields() {
		if i := slices.Index(keys, key.Text()); i >= 0 {
			*into[i] = r.Size(value, key.Text())
		} else {
			r.UnknownKey(key, what, keys)
		}
	}
}

func (r *reader) workers(list source.Node) (workers []Worker) {
	if list.Kind() != source.Sequence {
		r.WrongType(list, "workers", "a list")
		return nil
	}
	for n := range list.Items() {
		if r.Mapping(n, "a worker") {
			workers = append(workers, r.worker(n))
		}
	}
	if len(workers) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(list.Place(), source.CodeEmptyValue, "workers must not be empty: nothing was measured")
	}
	return workers
}

func (r *reader) worker(n source.Node) (w Worker) {
	for key, value := range n.Fields() {
		switch key.Text() {
		case "pid":
			w.PID, _ = r.Int(value, "pid", 1, math.MaxInt32)
		case "peak":
			w.Peak = r.Size(value, "peak")
		case "resident":
			w.Resident = r.Size(value, "resident")
		case "anonymous":
			w.Anonymous = r.Size(value, "anonymous")
		case "proportional":
			w.Proportional = r.Size(value, "proportional")
		case "share":
			w.Share = r.share(value)
		case "seconds":
			w.Seconds, _ = r.Int(value, "seconds", 0, math.MaxInt32)
		default:
			r.UnknownKey(key, "a worker", workerKeys.Names())
		}
	}
	if peak := n.Field("peak"); !peak.Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "a worker has no peak")
	} else if w.Peak == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(peak.Place(), source.CodeOutOfRange, "the peak of a worker must be above 0")
	}
	return w
}

// share reads Flink's own number, which is -1 where it reserves nothing.
func (r *reader) share(n source.Node) flink.MemorySize {
	if value, ok := n.Int(); ok && value == -1 {
		return -1
	}
	return r.Size(n, "share")
}
