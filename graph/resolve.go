package graph

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// resolveInputs finds the operators that inputs name; ids that are there twice are reported here. An input
// that names no operator is dropped, after it was reported.
func (r *reader) resolveInputs() {
	ops := r.job.Operators
	r.index = make(map[string]int32, len(ops))
	for i := range ops {
		if ops[i].ID == "" {
			continue
		}
		if first, taken := r.index[ops[i].ID]; taken {
			d := r.Problems.Errorf(r.at(ops[i].Pos), "duplicate-id", "id %q is there twice", source.Excerpt(ops[i].ID))
			d.Related = []source.Related{{Place: r.at(ops[first].Pos), Message: "first here"}}
			continue
		}
		r.index[ops[i].ID] = int32(i)
	}
	next := 0
	for i := range ops {
		kept := ops[i].Inputs[:0]
		for _, in := range ops[i].Inputs {
			from := r.from[next]
			next++
			if up, ok := r.index[from.Text()]; ok {
				in.From = up
				kept = append(kept, in)
			} else {
				r.unknownInput(from, &ops[i])
			}
		}
		ops[i].Inputs = kept
	}
}

func (r *reader) unknownInput(from source.Node, op *Operator) {
	if r.badIDs[from.Text()] {
		return // the operator is there; its id is what is wrong
	}
	d := r.Problems.Errorf(from.Place(), "unknown-input", "input %q of %q is no operator of this job",
		source.Excerpt(from.Text()), source.Excerpt(op.ID))
	const tooManyToCompare = 10_000
	if len(r.job.Operators) > tooManyToCompare {
		return
	}
	if strings.Trim(from.Text(), "0123456789") == "" {
		return // the next number is nobody's slip
	}
	var ids []string
	for i := range r.job.Operators {
		if &r.job.Operators[i] != op {
			ids = append(ids, r.job.Operators[i].ID)
		}
	}
	if near, ok := source.Nearest(from.Text(), ids); ok {
		d.Hint = "did you mean " + near + "?"
	}
}

func (r *reader) at(p source.Pos) source.Place {
	return source.Place{File: r.job.Place.File, Pos: p}
}

// applyOptions lets the command line win, and reads what the configuration then means.
func (r *reader) applyOptions() {
	job, o := r.job, r.options
	if o.Version.Stated() {
		job.Version = o.Version
	}
	if o.Sharing != SharingDefault {
		job.Sharing = o.Sharing
	}
	job.Config = flink.Effective(o.Base, job.Config, o.Overrides)
	if job.Version.Stated() && job.Version.Planned() != job.Version {
		at := job.Place
		if o.Version.Stated() {
			at = source.Place{} // the flag's
		}
		r.Problems.Warnf(at, "unknown-version", "Flink %s is not known; planned as %s", job.Version, job.Version.Planned())
	}
	r.Problems = append(r.Problems, job.Config.Check(job.Version)...)
	job.Mode = r.mode()
	settings, problems := flink.ReadSettings(job.Version, job.Mode == Batch, job.API != DataStream, job.Config)
	job.Settings = settings
	r.Problems = append(r.Problems, problems...)
}

// mode is, strongest first: --mode, the document, execution.runtime-mode, Flink's default.
func (r *reader) mode() Mode {
	if r.options.Mode != ModeUnset {
		return r.options.Mode
	}
	if r.raw.mode != ModeUnset {
		return r.raw.mode
	}
	e, set := r.job.Config.Get(flink.KeyRuntimeMode)
	if !set && r.tasks != nil {
		r.guess(-1, "mode", "not in the document: Flink's default")
	}
	if !set || r.job.Version.Stated() && !flink.DataStreamBatch.In(r.job.Version) {
		return Streaming
	}
	switch strings.ToUpper(e.Value) {
	case "BATCH":
		return Batch
	case "STREAMING":
	case "AUTOMATIC":
		r.Problems.Warnf(e.ValuePlace, "automatic-mode", "%s is %s: Flink decides by the sources, which udfplan does not see; planned as streaming", e.Key, e.Value).
			Hint = "say --mode batch or --mode streaming"
	default:
		r.Problems.Errorf(e.ValuePlace, "bad-option-value", "Could not parse value '%s' for key '%s'.", e.Value, e.Key).
			Hint = "allowed: STREAMING, BATCH, AUTOMATIC"
	}
	return Streaming
}

// applyDefaults gives every operator a parallelism, a maxParallelism, a name and, if Python, a mode.
func (r *reader) applyDefaults() {
	job := r.job
	if name, set := job.Config.Get(flink.KeyName); job.Name == "" && set {
		job.Name = name.Value
	}
	if job.Name == "" {
		job.Name = "unnamed"
	}
	parallelism := r.options.Parallelism
	if parallelism == 0 {
		parallelism = r.fallback(r.raw.parallelism, flink.KeyParallelism, 1)
	}
	maxParallelism := r.fallback(r.raw.maxParallelism, flink.KeyMaxParallelism, -1)
	if r.tasks != nil {
		r.spreadParallelism()
	}
	for i := range job.Operators {
		op := &job.Operators[i]
		if op.Name == "" {
			op.Name = op.ID
		}
		if op.Parallelism == 0 {
			op.Parallelism = parallelism
			if r.tasks != nil {
				r.undecided++
				r.guess(int32(i), "parallelism", "not in the document")
			}
		}
		if op.MaxParallelism == 0 {
			op.MaxParallelism = maxParallelism
		}
		if op.Python != nil {
			r.pythonMode(op)
		}
	}
}

// spreadParallelism: over a forward edge the parallelism is equal, and so one that is left to the cluster is
// that of an operator beside it which is decided.
func (r *reader) spreadParallelism() {
	ops := r.job.Operators
	take := func(to, from *Operator) {
		if to.Parallelism == 0 {
			to.Parallelism = from.Parallelism
		}
	}
	order := Dataflow(ops)
	for _, i := range order {
		for _, in := range ops[i].Inputs {
			if in.Ship == Forward {
				take(&ops[i], &ops[in.From])
			}
		}
	}
	for k := len(order) - 1; k >= 0; k-- {
		op := &ops[order[k]]
		for _, in := range op.Inputs {
			if in.Ship == Forward {
				take(&ops[in.From], op)
			}
		}
	}
}

// fallback is a number of the document, else of the configuration, else Flink's default.
func (r *reader) fallback(said int32, key string, byDefault int32) int32 {
	if said != 0 {
		return said
	}
	value, set, problems := r.job.Config.PositiveInt(key, MaxParallelismBound)
	r.Problems = append(r.Problems, problems...)
	if !set {
		return byDefault
	}
	return int32(value)
}

// pythonMode settles process or thread; a Flink that knows no threads runs a process.
func (r *reader) pythonMode(op *Operator) {
	p := op.Python
	if p.Mode == PythonModeUnset {
		p.Mode = Process
		if r.job.Settings.Thread {
			p.Mode = Thread
		}
	}
	if p.Mode == Thread && r.job.Version.Stated() && !flink.ThreadMode.In(r.job.Version) {
		r.Problems.Warnf(r.at(p.Pos), "no-thread-mode", "thread mode exists from Flink %s on; %q is planned in process mode",
			flink.ThreadMode.Since, source.Excerpt(op.ID))
		p.Mode = Process
	}
}

// applyGlobs makes Python operators of those that --python-operator names.
func (r *reader) applyGlobs() {
	r.job.MatchedGlobs = make([]bool, len(r.options.PythonOperators))
	for g, glob := range r.options.PythonOperators {
		pattern := GlobPattern(glob)
		for i := range r.job.Operators {
			op := &r.job.Operators[i]
			if !pattern.MatchString(op.ID) && !pattern.MatchString(op.Name) {
				continue
			}
			r.job.MatchedGlobs[g] = true
			if op.Python == nil {
				op.Python = &Python{Pos: op.Pos, Alone: runsAlone(op)}
				r.pythonMode(op)
			}
		}
	}
}

// applyGroups does what --slot-sharing-group asks for.
func (r *reader) applyGroups() {
	r.job.MatchedGroups = make([]bool, len(r.options.Groups))
	for g, rule := range r.options.Groups {
		pattern := GlobPattern(rule.Glob)
		tasks, named := map[int32]bool{}, map[int32]bool{}
		for i := range r.job.Operators {
			op := &r.job.Operators[i]
			if !pattern.MatchString(op.ID) && !pattern.MatchString(op.Name) {
				continue
			}
			r.job.MatchedGroups[g] = true
			named[int32(i)] = true
			if r.tasks != nil && r.tasks[i] >= 0 {
				tasks[r.tasks[i]] = true
			}
		}
		for i, task := range r.tasks {
			if tasks[task] {
				named[int32(i)] = true
			}
		}
		for i := range named {
			r.job.Operators[i].SlotSharingGroup = rule.Name
		}
		r.job.Guesses = slices.DeleteFunc(r.job.Guesses, func(guess Guess) bool { return guess.Key == "slotSharingGroup" && named[guess.Operator] })
	}
}
