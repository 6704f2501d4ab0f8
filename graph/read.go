package graph

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Options are what the command line says beside the document; the zero value says nothing.
type Options struct {
	Mode    Mode          // stronger than the document
	Version flink.Version // stronger than the document
	Sharing Sharing       // stronger than the document
	// Overrides are the -D options, stronger than the document's config.
	Overrides flink.Config
	// Base is weaker than the document's config: the cluster's.
	Base flink.Config
	// PythonOperators are globs (* and ?): an operator whose name or id matches one is a Python operator.
	// Which of them did is told by Job.MatchedGlobs.
	PythonOperators []string
	// Parallelism is stronger than the document's default, not than what it says of an operator; 0 says nothing.
	Parallelism int32
	// Groups put operators into slot sharing groups; a later one is stronger than an earlier.
	Groups []GroupRule
}

// GroupRule puts the operators whose name or id matches a glob into a slot sharing group. Of a chain that
// Flink has made, all operators go along.
type GroupRule struct{ Glob, Name string }

// Read reads every job of a text, whatever kind of document it is, and checks it. Jobs are worth planning
// only if no problem is an error.
func Read(f *source.File, o Options) ([]*Job, source.List) {
	var jobs []*Job
	documents, problems := ReadEach(f, o)
	for _, d := range documents {
		problems = append(problems, d.Problems...)
		if d.Job != nil {
			jobs = append(jobs, d.Job)
		}
	}
	return jobs, problems
}

// Document is one document of a text.
type Document struct {
	Job      *Job // nil: it is none
	Problems source.List
}

// ReadEach is Read, and tells the problems of every document apart; the others are those of the text.
func ReadEach(f *source.File, o Options) ([]Document, source.List) {
	text, cut := cutPlan(f)
	if !cut && isExplainText(f.Text) {
		r := newReader(f, o)
		r.explainText()
		return []Document{{r.job, r.Problems}}, nil
	}
	docs, problems := source.Read(text)
	out := make([]Document, len(docs))
	for i, doc := range docs {
		r := newReader(f, o)
		r.document(doc)
		out[i] = Document{r.job, r.Problems}
	}
	if !cut {
		attachRemarks(f, docs, out)
	}
	return out, problems
}

// reader reads one document.
type reader struct {
	flink.Decoder
	options Options
	file    *source.File
	job     *Job
	raw     rawJob
	// inputs is the space that operators' Inputs are cut from, and from the ids they name, in the same order.
	inputs []Input
	from   []source.Node
	// index finds operators by id.
	index map[string]int32
	// badIDs are the texts of ids that are none; badMode and badParallelism say that one was refused.
	badIDs                  map[string]bool
	badMode, badParallelism bool
	// resolved: the inputs have been found already.
	resolved bool

	// Of Flink's own documents only; the slices go by operator.
	contents  []string
	tasks     []int32
	lastTask  int32
	undecided int // operators without a parallelism
	keptApart int // operators that begin a chain because the document says so
	// noParallelism: this kind of document never says one.
	noParallelism bool
	pythonByType  bool                   // the document says which operators are Python
	found         map[certainty][]string // names of operators, by how surely they are Python; nil in a job file
	kind          string
	gaps          []gap
}

func newReader(f *source.File, o Options) *reader {
	return &reader{options: o, file: f, lastTask: -1}
}

// rawJob is what a document says before defaults are filled in.
type rawJob struct {
	mode           Mode
	parallelism    int32 // 0: not said
	maxParallelism int32 // 0: not said
}

// document tells the kind of a document by its shape (flink-formats.md 2.3), never by its file's name.
func (r *reader) document(doc source.Node) {
	if doc.Kind() != source.Mapping {
		r.Problems.Errorf(doc.Place(), "not-a-job", "expected a job, a mapping with the key operators; found %s", doc.Describe())
		return
	}
	if foreign := unreadable(doc); foreign != "" {
		d := r.Problems.Errorf(doc.Place(), "unsupported-document", "this is %s, which udfplan does not read as a job", foreign)
		d.Hint = "give it a job file, or what Flink says of the job: the execution plan, a REST answer, a compiled plan, EXPLAIN"
		if use := ownKinds[kindOf(doc)]; use != "" {
			d.Hint = use
		}
		return
	}
	r.job = &Job{Place: doc.Place()}
	for _, kind := range documents {
		if kind.is(doc) {
			kind.read(r, doc)
			break
		}
	}
	r.finish()
}

// documents are the kinds that are told apart by their shape (flink-formats.md 2.3); the first that fits.
var documents = []struct {
	is   func(doc source.Node) bool
	read func(r *reader, doc source.Node)
}{
	{hasAll("operators"), (*reader).jobFile},
	{hasAll("flinkVersion", "nodes"), (*reader).compiledPlan},
	{hasAll("jid", "vertices"), (*reader).jobDetails},
	{hasAll("archive"), (*reader).archive},
	{hasAll("plan"), (*reader).jobGraphPlan},
	{hasAll("jid", "nodes"), (*reader).jobGraphPlan},
	{hasAll("stream-graph"), func(r *reader, doc source.Node) { r.streamGraphAlone(doc.Field("stream-graph")) }},
	{isStreamGraph, (*reader).streamGraphAlone},
	{hasAll("nodes"), (*reader).executionPlan},
	{func(source.Node) bool { return true }, (*reader).jobFile},
}

func hasAll(keys ...string) func(source.Node) bool {
	return func(doc source.Node) bool {
		for _, key := range keys {
			if !doc.Field(key).Valid() {
				return false
			}
		}
		return true
	}
}

// isStreamGraph tells the stream graph of a REST answer from an execution plan: operator instead of type, and
// no pact.
func isStreamGraph(doc source.Node) bool {
	for node := range doc.Field("nodes").ItemsOrNone() {
		return node.Kind() == source.Mapping && node.Field("operator").Valid() && !node.Field("pact").Valid()
	}
	return false
}

// finish fills in what the document leaves to others, and checks what it means.
func (r *reader) finish() {
	if !r.resolved {
		r.resolveInputs()
	}
	r.applyOptions()
	r.applyDefaults()
	r.applyGlobs()
	r.applyGroups()
	r.Problems = append(r.Problems, validate(r.job, r.badMode, r.badParallelism)...)
	r.tellAlone()
	if !r.Problems.HasErrors() { // else there will be no plan to which this matters
		r.tellGaps()
		r.tellPython()
		r.tellDecisions()
	}
}

// tellDecisions says what was made of things that a document shows, but not why.
func (r *reader) tellDecisions() {
	if r.undecided > 0 && r.options.Parallelism == 0 && !r.noParallelism {
		r.Problems.Notef(r.job.Place, "parallelism-undecided", "the parallelism of %s is left to the cluster; planned as parallelism.default, or 1", source.Count(int64(r.undecided), "operator")).
			Hint = "say it with --parallelism N"
	}
	if r.keptApart > 0 {
		r.Problems.Notef(r.job.Place, "kept-apart", "Flink did not chain %s over a forward edge, and the document does not say why; planned with chaining strategy head", source.Count(int64(r.keptApart), "operator"))
	}
}

// ownKinds are the kinds of documents that udfplan itself writes or reads elsewhere, and where.
var ownKinds = map[string]string{
	"Plan":        "give it the job that the plan was made of; udfplan diff and check --baseline read plans",
	"Limits":      "limits go behind check --limits",
	"Explanation": "", "Capacity": "", "Findings": "", "Diff": "", "Rules": "",
}

// kindOf is what a document says it is; empty where it says nothing.
func kindOf(doc source.Node) string {
	if kind := doc.Field("kind"); kind.Valid() && kind.Kind() == source.Text {
		return kind.Text()
	}
	return ""
}

// unreadable names the documents that are no job graph, or none that can be read.
func unreadable(doc source.Node) string {
	kind := kindOf(doc)
	_, own := ownKinds[kind]
	switch {
	case own, kind != "" && kind != "Job" && !doc.Field("operators").Valid():
		return "a document of kind " + source.Excerpt(kind)
	case isDataSetPlan(doc):
		return "the plan of a DataSet program"
	case doc.Field("errors").Valid() && !doc.Field("operators").Valid():
		return "an error of Flink's REST interface: " + firstText(doc.Field("errors"))
	case doc.Field("jobs").Valid() && !doc.Field("operators").Valid():
		return "a list of jobs; ask for one, /jobs/:jobid"
	}
	return ""
}

// firstText is the first text of a list.
func firstText(list source.Node) string {
	for n := range list.ItemsOrNone() {
		if n.Kind() == source.Text {
			return source.Excerpt(n.Text())
		}
	}
	return "no text"
}
