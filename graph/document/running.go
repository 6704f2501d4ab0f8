package document

import (
	"slices"

	"udfplan/graph"
	"udfplan/graph/source"
)

// Listed is a job in the answer of /jobs/overview.
type Listed struct {
	ID, Name string
	State    string // JobStatus: RUNNING, FINISHED, …
	Place    source.Place
}

// ended are the states that a job never leaves (JobStatus.isGloballyTerminalState; a suspended one is another JobManager's).
var ended = []string{"FINISHED", "CANCELED", "FAILED", "SUSPENDED"}

// Ended says whether it runs no more.
func (l *Listed) Ended() bool { return slices.Contains(ended, l.State) }

// Starting says whether Flink has not made its graph yet: then its details have no vertices.
func (l *Listed) Starting() bool { return l.State == "INITIALIZING" }

// ReadJobs reads the answer of /jobs/overview, in its order.
func ReadJobs(f *source.File) (jobs []Listed, problems source.List) {
	docs, problems := source.Read(f)
	if problems.HasErrors() || len(docs) == 0 {
		return nil, problems
	}
	r := newFlinkReader(given{file: f, doc: docs[0]})
	r.Problems = problems
	if !r.Mapping(docs[0], "the answer of /jobs/overview") {
		return nil, r.Problems
	}
	list := docs[0].Field("jobs")
	if !list.Valid() {
		r.Problems.Errorf(docs[0].Place(), source.CodeMissingKey, "the answer of /jobs/overview has no jobs")
	}
	for _, n := range r.nodeList(list, "jobs") {
		id, name, state := r.required(n, "jid", "a job"), r.required(n, "name", "a job"), r.required(n, "state", "a job")
		if !id.Valid() || !name.Valid() || !state.Valid() {
			continue
		}
		if !jobID().MatchString(id.Text()) {
			r.Problems.Errorf(id.Place(), source.CodeOutOfRange, "jid must be 32 hexadecimal digits; found %s", id.Describe())
			continue
		}
		jobs = append(jobs, Listed{ID: id.Text(), Name: name.Text(), State: state.Text(), Place: n.Place()})
	}
	return jobs, r.Problems
}

var jobID = source.Pattern(`^[0-9a-f]{32}$`)

// ReadRunning reads the answer of /jobs/:id of a cluster that was asked just now. What is known beside it stands in the options: its
// version, and its configuration, which the job's own settings are a part of. state is the job's, empty where the answer does not
// say it.
func ReadRunning(f *source.File, o graph.Options) (documents []Document, state string, problems source.List) {
	docs, problems := source.Read(f)
	if problems.HasErrors() || len(docs) == 0 {
		return nil, "", problems
	}
	c := given{file: f, doc: docs[0], options: o}
	if docs[0].Kind() != source.Mapping || !docs[0].Field("jid").Valid() || !docs[0].Field("vertices").Valid() {
		problems.Errorf(docs[0].Place(), source.CodeMissingKey, "this is no answer of /jobs/:jobid: it has no jid and vertices")
		return nil, "", problems
	}
	r := newFlinkReader(c)
	r.jobDetails(docs[0])
	r.keyedByHash()
	r.open.gaps = append(r.open.gaps, gapOwnOptions)
	return []Document{r.said().finish(o)}, docs[0].TextOf("state"), problems
}

// keyedByHash takes the operators behind a hash exchange of a streaming job for keyed: Flink's REST interface does not say who has
// state, and in RocksDB it takes a share of the slot. A join or an aggregate of SQL has state there just as a keyed stream has.
func (r *flinkReader) keyedByHash() {
	if r.job.Mode == graph.Batch || r.options.Mode == graph.Batch {
		return
	}
	for i := range r.job.Operators {
		op := &r.job.Operators[i]
		if slices.ContainsFunc(op.Inputs, func(in graph.Input) bool { return in.Ship == graph.Hash }) {
			op.Keyed = true
			r.guess(int32(i), "keyed", "likely, by the hash exchange in front of it")
		}
	}
}
