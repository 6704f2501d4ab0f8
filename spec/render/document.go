package render

import (
	"io"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/spec"
)

// The plan document (design.md 4.2). Its keys and their order are here and nowhere else; the emitter makes
// YAML or JSON of it. It carries no time, path or host: the same plan gives the same bytes.

// WriteYAML writes plans as YAML, one document a job.
func WriteYAML(w io.Writer, specs []*spec.Spec, _ Options) error {
	return writeDocuments(&emitter{w: w}, specs)
}

// WriteJSON writes the same documents as JSON, one after the other, as jq reads them.
func WriteJSON(w io.Writer, specs []*spec.Spec, _ Options) error {
	return writeDocuments(&emitter{w: w, json: true}, specs)
}

func writeDocuments(e *emitter, specs []*spec.Spec) error {
	const operator = 256 // roughly what one takes
	if len(specs) > 0 {
		e.buf = make([]byte, 0, min(flushSize+flushSize/4, 1024+operator*len(specs[0].Operators)))
	}
	for i, s := range specs {
		if i > 0 && !e.json {
			e.buf = append(e.buf, "---\n"...)
		}
		d := planDocument{emitter: e, Spec: s, quotedReason: e.quote(nil, "")}
		d.quoteIDs()
		d.write()
		e.buf = append(e.buf, '\n')
		if err := e.flush(); err != nil {
			return err
		}
	}
	return nil
}

// planDocument writes one spec.
type planDocument struct {
	*emitter
	*spec.Spec
	// ids are the operators' ids as scalars: each is printed many times.
	ids    []byte
	starts []int

	lastReason   string
	quotedReason []byte
}

func (d *planDocument) quoteIDs() {
	ops := d.Plan.Job.Operators
	length := 0
	for i := range ops {
		length += len(ops[i].ID) + len(`""`)
	}
	d.ids = make([]byte, 0, length)
	d.starts = make([]int, len(ops)+1)
	for i := range ops {
		d.ids = d.quote(d.ids, ops[i].ID)
		d.starts[i+1] = len(d.ids)
	}
}

func (d *planDocument) id(key string, i int32) {
	d.key(key)
	d.raw(d.quotedID(i))
}

func (d *planDocument) quotedID(i int32) []byte { return d.ids[d.starts[i]:d.starts[i+1]] }

func (d *planDocument) idList(key string, ops []int32) {
	d.flowSequenceAt(key)
	for _, i := range ops {
		d.next()
		d.raw(d.quotedID(i))
	}
	d.close()
}

func (d *planDocument) keyWord(key, word string) { d.key(key); d.word(word) }
func (d *planDocument) keyInt(key string, n int64) {
	d.key(key)
	d.integer(n)
}
func (d *planDocument) keySize(key string, size flink.MemorySize) { d.key(key); d.size(size) }

// keyKnown writes a size, or the word unknown in streaming.
func (d *planDocument) keyKnown(key string, size flink.MemorySize) {
	if !d.Known {
		d.keyWord(key, "unknown")
		return
	}
	d.keySize(key, size)
}

func (d *planDocument) write() {
	job := d.Plan.Job
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "Plan")
	d.keyText("job", job.Name)
	d.keyWord("mode", job.Mode.String())
	if job.Version.Stated() {
		d.keyText("flinkVersion", job.Version.String())
	}
	d.keyWord("model", string(d.Model))
	if d.Model == spec.FLIP141 || d.NeedsFrom != spec.FromFLIP88 {
		d.keyWord("needsFrom", string(d.NeedsFrom))
	}
	d.keyWord("sharing", d.Plan.Sharing.String())
	d.mappingAt("config")
	d.keySize(flink.KeyFrameworkMemory, d.Framework)
	d.keySize(flink.KeyBufferMemory, d.Buffer)
	d.close()
	d.list("edges", len(d.Plan.Edges), d.edge)
	d.list("chains", len(d.Plan.Chains), d.chain)
	d.list("workers", len(d.Plan.Workers), d.worker)
	d.list("operators", len(d.Plan.Operators), d.operator)
	d.list("slotSharingGroups", len(d.Plan.Groups), d.group)
	d.mappingAt("total")
	d.sum(d.Total)
	d.close()
	d.close()
}

// list writes a top-level list of n entries.
func (d *planDocument) list(key string, n int, entry func(i int)) {
	d.key(key)
	if n == 0 {
		d.emptyList()
		return
	}
	d.sequence()
	for i := range n {
		d.next()
		entry(i)
	}
	d.close()
}

func (d *planDocument) edge(i int) {
	edge := &d.Plan.Edges[i]
	d.flow()
	d.id("from", edge.From)
	d.id("to", edge.To)
	d.keyWord("shipStrategy", edge.Ship.String())
	d.key("chained")
	d.boolean(edge.Chained)
	if !edge.Chained {
		d.keyWord("exchange", edge.Partition.String())
		d.reason(edge.Reason())
	}
	d.close()
}

// reason writes why an edge is not chained. Edges of one consumer lie together and often say the same.
func (d *planDocument) reason(text string) {
	if text != d.lastReason {
		d.lastReason, d.quotedReason = text, d.quote(d.quotedReason[:0], text)
	}
	d.key("reason")
	d.raw(d.quotedReason)
}

func (d *planDocument) chain(i int) {
	c := &d.Plan.Chains[i]
	d.mapping()
	d.id("id", c.Head())
	d.idList("operators", c.Operators)
	d.keyInt("parallelism", int64(d.Plan.Job.Operators[c.Head()].Parallelism))
	d.keyText("slotSharingGroup", d.Plan.Groups[d.Plan.Operators[c.Head()].Group].Name)
	d.close()
}

func (d *planDocument) worker(i int) {
	w, m := &d.Plan.Workers[i], &d.Workers[i]
	d.mapping()
	d.keyText("id", w.ID)
	d.idList("operators", w.Operators)
	d.id("launchedBy", w.LaunchedBy)
	d.keySize("framework", m.Framework)
	d.keySize("buffers", m.Buffers)
	if m.UserMemory != 0 {
		d.keySize("userMemory", m.UserMemory)
	}
	d.keySize("memory", m.Memory)
	if m.Estimate != 0 {
		d.keySize("estimate", m.Estimate)
	}
	d.keyInt("instances", int64(m.Instances))
	d.close()
}

func (d *planDocument) operator(i int) {
	op, at := &d.Plan.Job.Operators[i], d.Plan.Operators[i]
	d.mapping()
	d.id("id", int32(i))
	if op.Name != op.ID {
		d.keyText("name", op.Name)
	}
	d.id("chain", d.Plan.Chains[at.Chain].Head())
	if op.Python != nil {
		d.key("python")
		d.boolean(true)
		if op.Python.Mode == graph.Thread {
			d.keyWord("mode", op.Python.Mode.String())
		}
	}
	if at.Worker >= 0 {
		d.keyText("worker", d.Plan.Workers[at.Worker].ID)
	}
	d.keyInt("parallelism", int64(op.Parallelism))
	d.resources(i)
	d.close()
}

func (d *planDocument) resources(i int) {
	if !d.Known {
		d.keyWord("resources", "unknown")
		return
	}
	d.flowAt("resources")
	d.keySize("taskHeap", d.Operators[i].TaskHeap)
	d.keySize("managedOffHeap", d.Operators[i].ManagedOffHeap)
	d.close()
}

func (d *planDocument) group(i int) {
	d.mapping()
	d.keyText("name", d.Plan.Groups[i].Name)
	if p := d.Plan.Groups[i].Profile; p != nil {
		d.flowAt("profile")
		d.profile(p)
		d.close()
	}
	d.sum(d.Groups[i])
	d.close()
}

func (d *planDocument) sum(s spec.Sum) {
	d.keyInt("slots", s.Slots)
	d.keyInt("workers", s.Workers)
	d.keySize("pythonMemory", s.PythonMemory)
	d.keyKnown("taskHeap", s.TaskHeap)
	d.keyKnown("managedOffHeap", s.ManagedOffHeap)
}
