package graph

import (
	"regexp"
	"strings"

	"udfplan/graph/flink"
)

// gap is what a kind of document does not say, what is taken instead, and the flag that says it.
type gap struct {
	what, instead, flag string
	// filled tells whether the command line, or the document after all, says it.
	filled func(r *reader) bool
}

func hasMode(r *reader) bool {
	return r.options.Mode != ModeUnset || r.raw.mode != ModeUnset
}

// tellUnfinished warns of a document that lacks operators: only adaptive batch jobs of 2.0 and later make their
// vertices one after the other. pending is how many are missing, where the document says it.
func (r *reader) tellUnfinished(pending string) {
	version := r.options.Version
	if r.raw.mode != Batch || version.Stated() && !flink.GrowingGraph.In(version) {
		return
	}
	count := "operators may be missing"
	if pending != "" {
		count = pending + " operators are missing"
	} else if !version.Stated() {
		return // most likely an older Flink's, which is whole
	}
	r.Problems.Warnf(r.job.Place, "unfinished-document", "%s: a running batch job of Flink 2.0 and later lists only the vertices made so far", count).
		Hint = "give it the whole answer of /jobs/:jobid with its stream-graph, which has all operators"
}

func hasVersion(r *reader) bool { return r.options.Version.Stated() || r.job.Version.Stated() }

func hasGroups(r *reader) bool { return len(r.options.Groups) > 0 }

func hasParallelism(r *reader) bool { return r.options.Parallelism > 0 }

// The gaps that documents have.
var (
	gapMode        = gap{"batch or streaming", "streaming unless execution.runtime-mode says otherwise", "--mode", hasMode}
	gapVersion     = gap{"the Flink version", "FLIP-88 as written", "--flink-version", hasVersion}
	gapGroups      = gap{"slot sharing groups", "default everywhere", "--slot-sharing-group GLOB=NAME", hasGroups}
	gapGroupNames  = gap{"the names of slot sharing groups", "group-1, group-2, …", "--slot-sharing-group GLOB=NAME", hasGroups}
	gapParallelism = gap{"parallelism", "parallelism.default, or 1", "--parallelism N", hasParallelism}
	gapEdges       = gap{"which operator of a chain feeds the next", "the last one that is no sink", "", nil}
	gapKinds       = gap{"which sources are of the old kind and which operators yield, which Flink does not chain", "none", "", nil}
	gapTranslation = gap{"operators that Flink adds on translation", "none", "", nil}
	gapChaining    = gap{"chaining strategies", "Flink's defaults", "", nil}
)

// SQL operators that only one of the planners makes.
var (
	batchOnly     = regexp.MustCompile(`^(?:BatchExec\w+|(?:Local)?(?:Hash|Sort)Aggregate|HashJoin|SortMergeJoin|NestedLoopJoin|AdaptiveJoin|MultipleInput)(?:\[|\(|$)`)
	streamingOnly = regexp.MustCompile(`^(?:StreamExec\w+|(?:Local|Global)?GroupAggregate|ChangelogNormalize|WatermarkAssigner|IntervalJoin|Join)(?:\[|\(|$)`)
)

// modeByNames takes the mode from SQL operators, where the document does not say it otherwise.
func (r *reader) modeByNames() {
	for i := range r.job.Operators {
		switch name := r.job.Operators[i].Name; {
		case r.raw.mode != ModeUnset:
			return
		case batchOnly.MatchString(name):
			r.raw.mode = Batch
		case streamingOnly.MatchString(name):
			r.raw.mode = Streaming
		}
	}
}

// leavesOpen keeps what the document leaves open. kind names the document: "an execution plan".
func (r *reader) leavesOpen(kind string, gaps ...gap) {
	r.kind, r.gaps = kind, gaps
	r.modeByNames()
}

// tellGaps says it, once.
func (r *reader) tellGaps() {
	var said, flags []string
	for _, g := range r.gaps {
		if g.filled != nil && g.filled(r) {
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
	d := r.Problems.Notef(r.job.Place, "not-in-document", "%s does not say, and udfplan takes: %s", r.kind, strings.Join(said, "; "))
	if len(flags) > 0 {
		d.Hint = "say it with " + strings.Join(flags, ", ")
	}
}
