package change

import (
	"cmp"
	"math"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

// IsPlan tells a document of kind Plan, as `compile` writes it.
func IsPlan(doc source.Node) bool {
	kind := doc.Field("kind")
	return kind.Valid() && kind.Kind() == source.Text && kind.Text() == "Plan"
}

// ReadPlans reads every plan of a text; whatever else is in it is an error. Keys that a later udfplan may add are passed over.
func ReadPlans(docs []source.Node) (shots []*Snapshot, problems source.List) {
	for _, doc := range docs {
		if !IsPlan(doc) {
			problems.Errorf(doc.Place(), source.CodeNotAPlan, "this is no plan, as the documents before it are; found %s", doc.Describe())
			continue
		}
		r := planReader{shot: &Snapshot{Place: doc.Place()}}
		r.plan(doc)
		shots = append(shots, r.shot)
		problems = append(problems, r.Problems...)
	}
	return shots, problems
}

type planReader struct {
	flink.Decoder
	shot *Snapshot
}

func (r *planReader) plan(doc source.Node) {
	s := r.shot
	if version := doc.Field("apiVersion"); version.Valid() {
		r.Constant(version, "apiVersion", graph.APIVersion)
	}
	s.Job = r.text(doc, "job")
	s.Settings = []Setting{{"mode", r.text(doc, "mode")}, {"flinkVersion", r.optional(doc, "flinkVersion")}, {"model", r.text(doc, "model")}, {"sharing", r.text(doc, "sharing")}, {"needsFrom", cmp.Or(r.optional(doc, "needsFrom"), string(spec.FromFLIP88))}}
	r.each(doc, "operators", func(n source.Node) { s.Operators = append(s.Operators, r.operator(n)) })
	r.edges(doc)
	r.each(doc, "chains", func(n source.Node) {
		s.Chains = append(s.Chains, ChainShot{ID: r.text(n, "id"), Group: r.text(n, "slotSharingGroup"), Operators: r.ids(n), Parallelism: r.count(n, "parallelism")})
	})
	r.each(doc, "workers", func(n source.Node) {
		w := WorkerShot{ID: r.text(n, "id"), LaunchedBy: r.text(n, "launchedBy"), Operators: r.ids(n), Framework: r.size(n, "framework"), Buffers: r.size(n, "buffers"),
			Memory: r.size(n, "memory"), Instances: r.count(n, "instances")}
		if n.Field("userMemory").Valid() {
			w.UserMemory = r.size(n, "userMemory")
		}
		s.Workers = append(s.Workers, w)
	})
	r.each(doc, "slotSharingGroups", func(n source.Node) {
		s.Groups = append(s.Groups, GroupShot{Name: r.text(n, "name"), Profile: r.profile(n), Sums: r.sums(n)})
	})
	if total := r.need(doc, "total"); total.Valid() && r.Mapping(total, "total") {
		s.Total = r.sums(total)
	}
	s.groupOperators()
}

func (r *planReader) operator(n source.Node) OperatorShot {
	o := OperatorShot{ID: r.text(n, "id"), Chain: r.text(n, "chain"), Worker: r.optional(n, "worker"), Name: r.optional(n, "name"), Mode: r.optional(n, "mode"),
		Parallelism: r.count(n, "parallelism"), Place: n.Place()}
	if id := n.Field("id"); id.Valid() {
		o.Place = id.Place()
	}
	if o.Name == "" {
		o.Name = o.ID
	}
	if python := n.Field("python"); python.Valid() {
		o.Python = r.Bool(python, "python")
	}
	switch resources := r.need(n, "resources"); {
	case !resources.Valid(), isUnknown(resources):
	case r.Mapping(resources, "resources"):
		o.Known, o.TaskHeap, o.ManagedOffHeap = true, r.size(resources, "taskHeap"), r.size(resources, "managedOffHeap")
	}
	return o
}

// profile is a group's, in the words of graph.Profile.
func (r *planReader) profile(n source.Node) string {
	profile := n.Field("profile")
	if !profile.Valid() || !r.Mapping(profile, "profile") {
		return ""
	}
	var parts []string
	for key, value := range profile.Fields() {
		parts = append(parts, key.Text()+" "+r.Scalar(value, key.Text()))
	}
	return strings.Join(parts, ", ")
}

// edges reads what a drawing needs; without it there is none.
func (r *planReader) edges(doc source.Node) {
	if !doc.Field("edges").Valid() {
		return
	}
	r.each(doc, "edges", func(n source.Node) {
		e := EdgeShot{From: r.text(n, "from"), To: r.text(n, "to"), Ship: r.optional(n, "shipStrategy")}
		if chained := n.Field("chained"); chained.Valid() {
			e.Chained = r.Bool(chained, "chained")
		}
		r.shot.Edges = append(r.shot.Edges, e)
	})
}

// isUnknown tells the word that streaming jobs have for resources.
func isUnknown(n source.Node) bool { return n.Kind() == source.Text && n.Text() == "unknown" }

func (r *planReader) sums(n source.Node) Sums {
	s := Sums{Slots: r.count(n, "slots"), Workers: r.count(n, "workers"), PythonMemory: r.size(n, "pythonMemory")}
	if heap := n.Field("taskHeap"); heap.Valid() && isUnknown(heap) {
		return s
	}
	s.Known, s.TaskHeap, s.ManagedOffHeap = true, r.size(n, "taskHeap"), r.size(n, "managedOffHeap")
	return s
}

// each reads the mappings of a list that must be there.
func (r *planReader) each(n source.Node, key string, read func(source.Node)) {
	list := r.need(n, key)
	if !list.Valid() {
		return
	}
	if list.Kind() != source.Sequence {
		r.WrongType(list, key, "a list")
		return
	}
	for item := range list.Items() {
		if r.Mapping(item, "an entry of "+key) {
			read(item)
		}
	}
}

// need is the value of a key that must be there.
func (r *planReader) need(n source.Node, key string) source.Node {
	value := n.Field(key)
	if value.Valid() {
		return value
	}
	if last := len(r.Problems) - 1; last >= 0 && r.Problems[last].Code == source.CodeMissingKey && r.Problems[last].Place == n.Place() {
		r.Problems[last].Message += ", " + key
	} else {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "this part of a plan has no %s", key)
	}
	return value
}

func (r *planReader) text(n source.Node, key string) string {
	if value := r.need(n, key); value.Valid() {
		return r.Text(value, key)
	}
	return ""
}

func (r *planReader) optional(n source.Node, key string) string {
	if value := n.Field(key); value.Valid() {
		return r.Text(value, key)
	}
	return ""
}

func (r *planReader) count(n source.Node, key string) (count int64) {
	if value := r.need(n, key); value.Valid() {
		count, _ = r.Int(value, key, 0, math.MaxInt64)
	}
	return count
}

func (r *planReader) size(n source.Node, key string) (size flink.MemorySize) {
	if value := r.need(n, key); value.Valid() {
		size = r.Size(value, key)
	}
	return size
}

func (r *planReader) ids(n source.Node) []string {
	if value := r.need(n, "operators"); value.Valid() {
		return r.Texts(value, "operators")
	}
	return nil
}
