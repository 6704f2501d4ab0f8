package document

import (
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// leftOpen is what one of Flink's documents leaves open, as it was read. It is told once, when the job is settled.
type leftOpen struct {
	kind string // of document, with its article: "an execution plan"
	gaps []gap
	mode graph.Mode // as the document says it
	// noParallelism: this kind of document never says one. undecided counts the operators of any other that have none.
	noParallelism bool
	undecided     int
	keptApart     int // operators that begin a chain because the document says so
	// python are names of operators, by how surely they are Python; pythonByType: the document says it.
	python       map[certainty][]string
	pythonByType bool
}

// gap is what a kind of document does not say, what is taken instead, and the flag that says it.
type gap struct {
	what, instead, flag string
	// filled says whether the command line, or the document after all, says it; nil: nothing can.
	filled func(l *leftOpen, o *graph.Options, job *graph.Job) bool
}

func hasMode(l *leftOpen, o *graph.Options, _ *graph.Job) bool {
	return o.Mode != graph.ModeUnset || l.mode != graph.ModeUnset
}

func hasVersion(_ *leftOpen, o *graph.Options, job *graph.Job) bool {
	return o.Version.Stated() || job.Version.Stated()
}

func hasGroups(_ *leftOpen, o *graph.Options, _ *graph.Job) bool { return len(o.Groups) > 0 }

func hasDefine(_ *leftOpen, o *graph.Options, _ *graph.Job) bool { return len(o.Overrides) > 0 }

func hasParallelism(_ *leftOpen, o *graph.Options, job *graph.Job) bool {
	_, set := job.Config.Get(flink.KeyParallelism)
	return set || o.Parallelism > 0
}

// warnUnfinished warns of a document that lacks operators: only adaptive batch jobs of 2.0 and later make their
// vertices one after the other. pending is how many are missing, where the document says it.
func (r *flinkReader) warnUnfinished(pending string) {
	version := r.options.Version
	if r.job.Mode != graph.Batch || version.Stated() && !flink.GrowingGraph.In(version) {
		return
	}
	count := "operators may be missing"
	if pending != "" {
		count = pending + " operators are missing"
	} else if !version.Stated() {
		return // most likely an older Flink's, which is whole
	}
	r.Problems.Warnf(r.job.Place, source.CodeUnfinishedDocument, "%s: a running batch job of Flink 2.0 and later lists only the vertices made so far", count).
		Hint = "give it the whole answer of /jobs/:jobid with its stream-graph, which has all operators"
}

// The gaps that documents have.
var (
	gapMode          = gap{"batch or streaming", "streaming unless execution.runtime-mode says otherwise", "--mode", hasMode}
	gapVersion       = gap{"the Flink version", "FLIP-88 as written", "--flink-version", hasVersion}
	gapGroups        = gap{"slot sharing groups", "default everywhere", "--slot-sharing-group GLOB=NAME", hasGroups}
	gapGroupNames    = gap{"the names of slot sharing groups", "group-1, group-2, …", "--slot-sharing-group GLOB=NAME", hasGroups}
	gapParallelism   = gap{"parallelism", "parallelism.default, or 1", "--parallelism N", hasParallelism}
	gapOwnOptions    = gap{"the options that the job sets itself", "the cluster's, and its state backend", "-D KEY=VALUE", hasDefine}
	gapEdges         = gap{"which operator of a chain feeds the next", "the last one that is no sink", "", nil}
	gapKinds         = gap{"which sources are of the old kind and which operators yield, which Flink does not chain", "none", "", nil}
	gapTranslation   = gap{"operators that Flink adds on translation", "none", "", nil}
	gapReuse         = gap{"which sub-plans Flink uses more than once", "equal ones are one", "", nil}
	gapMultipleInput = gap{"which operators Flink joins into a MultipleInput, in batch", "none", "", nil}
	gapChaining      = gap{"chaining strategies", "Flink's defaults", "", nil}
)

// SQL operators that only one of the planners makes.
var (
	batchOnly     = source.Pattern(`^(?:BatchExec\w+|(?:Local)?(?:Hash|Sort)Aggregate|HashJoin|SortMergeJoin|NestedLoopJoin|AdaptiveJoin|MultipleInput)(?:\[|\(|$)`)
	streamingOnly = source.Pattern(`^(?:StreamExec\w+|(?:Local|Global)?GroupAggregate|ChangelogNormalize|WatermarkAssigner|IntervalJoin|Join)(?:\[|\(|$)`)
)

// modeByNames takes the mode from SQL operators, where the document does not say it otherwise.
func (r *flinkReader) modeByNames() {
	for i := range r.job.Operators {
		switch name := r.job.Operators[i].Name; {
		case r.job.Mode != graph.ModeUnset:
			return
		case batchOnly().MatchString(name):
			r.job.Mode = graph.Batch
		case streamingOnly().MatchString(name):
			r.job.Mode = graph.Streaming
		}
	}
}

// leavesOpen keeps what the document leaves open. kind names the document: "an execution plan".
func (r *flinkReader) leavesOpen(kind string, gaps ...gap) {
	r.modeByNames()
	r.open.kind, r.open.gaps, r.open.mode = kind, gaps, r.job.Mode
}

// guess notes in the job what is taken of the rest, before it is settled.
func (l *leftOpen) guess(job *graph.Job, o *graph.Options) {
	config := flink.Effective(o.Base, o.Own.With(job.Config), o.Overrides)
	if _, set := config.Get(flink.KeyRuntimeMode); !set && !hasMode(l, o, job) {
		job.Guesses = append(job.Guesses, graph.Guess{Operator: -1, Key: "mode", Why: "not in the document: Flink's default"})
	}
	for i := range job.Operators {
		if job.Operators[i].Parallelism == 0 {
			l.undecided++
			job.Guesses = append(job.Guesses, graph.Guess{Operator: int32(i), Key: "parallelism", Why: "not in the document"})
		}
	}
}

// notes are what is told of it, of a job that is settled.
func (l *leftOpen) notes(job *graph.Job, o *graph.Options) (told source.List) {
	l.noteGaps(&told, job, o)
	l.notePython(&told, job)
	if l.undecided > 0 && !hasParallelism(l, o, job) && !l.noParallelism {
		told.Notef(job.Place, source.CodeParallelismUndecided, "the parallelism of %s is left to the cluster; planned as parallelism.default, or 1", source.Count(int64(l.undecided), "operator")).
			Hint = "say it with --parallelism N"
	}
	if l.keptApart > 0 {
		told.Notef(job.Place, source.CodeKeptApart, "Flink did not chain %s over a forward edge, and the document does not say why; planned with chaining strategy head", source.Count(int64(l.keptApart), "operator"))
	}
	return told
}

func (l *leftOpen) noteGaps(told *source.List, job *graph.Job, o *graph.Options) {
	var said, flags []string
	for _, g := range l.gaps {
		if g.filled != nil && g.filled(l, o, job) {
			continue
		}
		said = append(said, g.what+" ("+g.instead+")")
		if g.flag != "" {
			flags = append(flags, g.flag)
		}
	}
	if len(said) == 0 {
		return
	}
	d := told.Notef(job.Place, source.CodeNotInDocument, "%s does not say, and udfplan takes: %s", l.kind, strings.Join(said, "; "))
	if len(flags) > 0 {
		d.Hint = "say it with " + strings.Join(flags, ", ")
	}
}

// notePython says how surely the Python operators were found.
func (l *leftOpen) notePython(told *source.List, job *graph.Job) {
	anyPython := slices.ContainsFunc(job.Operators, func(op graph.Operator) bool { return op.Python != nil })
	hidden := slices.ContainsFunc(job.Operators, func(op graph.Operator) bool { return op.Python != nil && op.Python.Alone })
	var said []string
	if names := l.python[certain]; len(names) > 0 {
		said = append(said, "certain: "+listNames(names))
	}
	if names := l.python[likely]; len(names) > 0 {
		said = append(said, "likely: "+listNames(names))
	}
	if len(said) == 0 && !hidden {
		said = append(said, "none")
	}
	if len(said) > 0 {
		by := "name"
		if l.pythonByType {
			by = "type"
		}
		told.Notef(job.Place, source.CodePythonByName, "Python operators found by %s: %s", by, strings.Join(said, "; "))
	}
	names := l.python[undecided]
	if len(names) == 0 {
		return
	}
	tell := told.Notef
	if !anyPython {
		tell = told.Warnf // a plan without any worker, which may be quite wrong
	}
	tell(job.Place, source.CodePythonUndecided, "may be Python, planned as Java: %s", listNames(names)).
		Hint = "name those that are with --python-operator GLOB"
}
