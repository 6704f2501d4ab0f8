package render

import (
	"io"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/schema"
)

// WriteJobFiles writes jobs as job files (design.md 4.1), YAML documents that are read back as the same jobs.
// What their documents left open is marked in comments; editors find their schema by the first. Options whose values nobody may see are left out.
func WriteJobFiles(w io.Writer, jobs []*graph.Job) error {
	e := &emitter{w: w}
	for i, job := range jobs {
		if i > 0 {
			e.buf = append(e.buf, "---\n"...)
		}
		e.buf = append(e.buf, schema.JobLine+"\n"...)
		f := jobFile{planDocument: planDocument{emitter: e}, job: job}
		f.takeGuesses()
		f.write()
		e.buf = append(e.buf, '\n')
		if err := e.flush(); err != nil {
			return err
		}
	}
	return nil
}

type jobFile struct {
	planDocument
	job     *graph.Job
	guesses map[int32][]graph.Guess
	// parallelism is that of most operators, maxParallelism that of all, 0 if they differ; said once.
	parallelism, maxParallelism int32
}

func (f *jobFile) takeGuesses() {
	f.guesses = map[int32][]graph.Guess{}
	for _, g := range f.job.Guesses {
		f.guesses[g.Operator] = append(f.guesses[g.Operator], g)
	}
	counts := map[int32]int{}
	f.maxParallelism = f.job.Operators[0].MaxParallelism
	for i := range f.job.Operators {
		p := f.job.Operators[i].Parallelism
		if counts[p]++; counts[p] > counts[f.parallelism] {
			f.parallelism = p
		}
		if f.job.Operators[i].MaxParallelism != f.maxParallelism {
			f.maxParallelism = 0
		}
	}
}

func (f *jobFile) keyTrue(key string, yes bool) {
	if yes {
		f.key(key)
		f.boolean(true)
	}
}

// keyWordOf writes a word that is said; the empty one is not.
func (f *jobFile) keyWordOf(key, word string) {
	if word != "" {
		f.keyText(key, word)
	}
}

func (f *jobFile) write() {
	job := f.job
	f.mapping()
	f.keyWord("apiVersion", graph.APIVersion)
	f.keyWord("kind", "Job")
	f.keyText("name", job.Name)
	f.keyWord("mode", job.Mode.String())
	f.comment(-1, "mode")
	if job.Version.Stated() {
		f.keyText("flinkVersion", job.Version.String())
	}
	f.keyInt("parallelism", int64(f.parallelism))
	f.commentOnDefault()
	if f.maxParallelism > 0 {
		f.keyInt("maxParallelism", int64(f.maxParallelism))
	}
	f.keyWordOf("sharing", job.Sharing.String())
	f.keyWordOf("api", job.API.String())
	if job.FromSinks {
		f.keyWord("consumerOrder", "from-sinks")
	}
	if config := withoutSecrets(job.Config); len(config) > 0 {
		f.mappingAt("config")
		for _, entry := range config {
			f.quotedKey(entry.Key)
			f.text(entry.Value)
		}
		f.close()
	}
	if len(job.SlotSharingGroups) > 0 {
		f.slotSharingGroups(job.SlotSharingGroups)
	}
	f.list("operators", len(job.Operators), f.operator)
	f.close()
}

// withoutSecrets are the options that may be written down: the file is committed, and read by others.
func withoutSecrets(config flink.Config) (rest flink.Config) {
	for i := range config {
		if !config[i].Sensitive() {
			rest = append(rest, config[i])
		}
	}
	return rest
}

// comment writes what was guessed of a key behind its value.
func (f *jobFile) comment(i int, key string) {
	for _, g := range f.guesses[int32(i)] {
		if g.Key == key {
			f.remark(g.Why)
			return
		}
	}
}

// commentOnDefault marks the job's parallelism where it was taken for some operator.
func (f *jobFile) commentOnDefault() {
	for _, g := range f.job.Guesses {
		if g.Key == "parallelism" && f.job.Operators[g.Operator].Parallelism == f.parallelism {
			f.remark(g.Why)
			return
		}
	}
}

func (f *jobFile) operator(i int) {
	op := &f.job.Operators[i]
	f.mapping()
	f.keyText("id", op.ID)
	if op.Name != op.ID {
		f.keyText("name", op.Name)
	}
	if op.Python == nil {
		f.comment(i, "python")
	}
	f.inputs(i)
	if op.Parallelism != f.parallelism {
		f.keyInt("parallelism", int64(op.Parallelism))
		f.comment(i, "parallelism")
	}
	if op.MaxParallelism > 0 && f.maxParallelism <= 0 {
		f.keyInt("maxParallelism", int64(op.MaxParallelism))
	}
	if op.SlotSharingGroup != "" {
		f.keyText("slotSharingGroup", op.SlotSharingGroup)
		f.comment(i, "slotSharingGroup")
	}
	if op.Strategy != graph.StrategyUnset {
		f.keyWord("chainingStrategy", op.Strategy.String())
		f.comment(i, "chainingStrategy")
	}
	f.python(i)
	f.declared(op)
	f.close()
}

func (f *jobFile) inputs(i int) {
	op := &f.job.Operators[i]
	if len(op.Inputs) == 0 {
		return
	}
	plain := true
	for place := range op.Inputs {
		plain = plain && plainInput(op, place)
	}
	f.key("inputs")
	if plain {
		f.flowSequence()
	} else {
		f.sequence()
	}
	for place := range op.Inputs {
		f.next()
		f.input(op, place)
		if place == 0 && !plain {
			f.comment(i, "inputs")
		}
	}
	f.close()
	if plain {
		f.comment(i, "inputs")
	}
}

// plainInput tells an input that is said by its operator's id alone.
func plainInput(op *graph.Operator, place int) bool {
	in := &op.Inputs[place]
	return in.Ship == graph.ShipUnset && int(in.Port) == place && (in.Exchange == graph.ExchangeUnset || in.Exchange == graph.Undefined)
}

func (f *jobFile) input(op *graph.Operator, place int) {
	in := &op.Inputs[place]
	from := f.job.Operators[in.From].ID
	if plainInput(op, place) {
		f.text(from)
		return
	}
	f.flow()
	f.keyText("from", from)
	if int(in.Port) != place {
		f.keyInt("port", int64(in.Port))
	}
	f.keyWordOf("shipStrategy", in.Ship.String())
	if in.Exchange != graph.Undefined {
		f.keyWordOf("exchange", in.Exchange.String())
	}
	f.close()
}

func (f *jobFile) python(i int) {
	p := f.job.Operators[i].Python
	if p == nil {
		return
	}
	f.key("python")
	usual := graph.Process
	if f.job.Settings.Thread {
		usual = graph.Thread
	}
	if p.Worker == "" && p.Env == "" && len(p.Functions) == 0 && p.UserMemory == 0 && p.Mode == usual {
		f.boolean(true)
		f.comment(i, "python")
		return
	}
	f.mapping()
	f.keyWordOf("worker", p.Worker)
	f.keyWordOf("env", p.Env)
	if p.Mode != usual {
		f.keyWord("mode", p.Mode.String())
		f.comment(i, "python")
	}
	if len(p.Functions) > 0 {
		f.flowSequenceAt("functions")
		for _, name := range p.Functions {
			f.next()
			f.text(name)
		}
		f.close()
	}
	if p.UserMemory > 0 {
		f.keySize("userMemory", p.UserMemory)
	}
	f.close()
}

// declared writes what few operators have.
func (f *jobFile) declared(op *graph.Operator) {
	if op.Resources != nil {
		f.flowAt("resources")
		f.keySize("taskHeap", op.Resources.TaskHeap)
		f.keySize("managedOffHeap", op.Resources.ManagedOffHeap)
		f.close()
	}
	if op.ManagedMemory >= 0 {
		f.keySize("managedMemory", op.ManagedMemory)
	}
	f.keyTrue("stateBackend", op.StateBackend)
	f.keyTrue("keyed", op.Keyed)
	f.keyTrue("legacySource", op.LegacySource)
	f.keyTrue("async", op.Async)
	f.keyWordOf("coLocation", op.CoLocation)
	f.keyWordOf("api", op.API.String())
}

// remark writes a YAML comment behind a value that ends its line.
func (e *emitter) remark(text string) {
	e.buf = append(e.buf, "  # "...)
	e.buf = append(e.buf, strings.ReplaceAll(Sanitize(text), "\n", " ")...)
}

// quotedKey is key for a stranger's text.
func (e *emitter) quotedKey(name string) {
	e.next()
	e.buf = append(e.quote(e.buf, name), ':')
	if e.json {
		e.buf = append(e.buf, ' ')
		return
	}
	e.space = true
}
