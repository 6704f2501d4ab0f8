package graph

import (
	"slices"

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
	// PythonOperators are globs (* and ?): an operator whose name or id matches one is a Python operator.
	// Which of them did is told by Job.MatchedGlobs.
	PythonOperators []string
}

// Read reads every job of a text, whatever kind of document it is, and checks it. Jobs are worth planning
// only if no problem is an error.
func Read(f *source.File, o Options) ([]*Job, source.List) {
	var jobs []*Job
	text, cut := cutPlan(f)
	docs, problems := source.Read(text)
	if cut && len(docs) == 0 && !problems.HasErrors() {
		problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, "no-execution-plan", "no execution plan in this text")
	}
	for _, doc := range docs {
		r := reader{options: o, file: f}
		r.document(doc)
		problems = append(problems, r.problems...)
		if r.job != nil {
			jobs = append(jobs, r.job)
		}
	}
	return jobs, problems
}

// reader reads one document.
type reader struct {
	options  Options
	file     *source.File
	problems source.List
	job      *Job
	raw      rawJob
	// inputs is the space that operators' Inputs are cut from, and from the ids they name, in the same order.
	inputs []Input
	from   []source.Node
	// index finds operators by id.
	index map[string]int32
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
		r.problems.Errorf(doc.Place(), "not-a-job", "expected a job, a mapping with the key operators; found %s", doc.Describe())
		return
	}
	if foreign := recognise(doc); foreign != "" {
		r.problems.Errorf(doc.Place(), "unsupported-document", "this is %s, which udfplan does not read", foreign).
			Hint = "give it the job's execution plan (env.get_execution_plan() or flink info) or a job file"
		return
	}
	r.job = &Job{Place: doc.Place()}
	if isExecutionPlan(doc) {
		r.executionPlan(doc)
	} else {
		r.jobFile(doc)
	}
	r.finish()
}

// finish fills in what the document leaves to others, and checks what it means.
func (r *reader) finish() {
	r.resolveInputs()
	r.applyOptions()
	r.applyDefaults()
	r.applyGlobs()
	r.problems = append(r.problems, validate(r.job)...)
}

// ownKinds are the kinds of documents that udfplan itself writes or reads elsewhere.
var ownKinds = []string{"Plan", "Explanation", "Capacity", "Limits"}

// recognise names the documents that are no job graph, or none that can be read.
func recognise(doc source.Node) string {
	has := func(key string) bool { return doc.Field(key).Valid() }
	kind := doc.Field("kind")
	switch {
	case kind.Valid() && kind.Kind() == source.Text && (slices.Contains(ownKinds, kind.Text()) || kind.Text() != "Job" && !has("operators")):
		return "a document of kind " + source.Excerpt(kind.Text())
	case has("operators"):
		return ""
	case has("flinkVersion") && has("edges") && has("nodes"):
		return "a compiled plan (COMPILE PLAN)"
	case has("vertices") && has("jid"):
		return "a REST answer of /jobs/:jobid"
	case has("plan"), has("jid") && has("nodes"):
		return "a JobGraph plan (REST /jobs/:jobid/plan)"
	case has("archive"):
		return "a History Server archive"
	case has("nodes") && isDataSetPlan(doc):
		return "the plan of a DataSet program"
	case has("nodes") && !isExecutionPlan(doc):
		return "a plan, but not an execution plan: its nodes have no pact"
	}
	return ""
}
