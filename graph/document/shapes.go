package document

import (
	"udfplan/graph/source"
)

// Shape is a kind of document that a job comes in.
type Shape struct {
	Name string // for people
	From string // how they get one
	// is tells it by its keys (flink-formats.md 2.3); nil for the text of EXPLAIN, which has none.
	is   func(doc source.Node) bool
	read func(c given) said
}

// Shapes are the kinds that are told apart; the first that fits. A document that none fits is taken for a job file.
var Shapes = []Shape{
	{"job file", "written by hand, or made by `udfplan import` or the exporter", hasAll("operators"), readJobFile},
	{"compiled plan", "`COMPILE PLAN`, `TableEnvironment.compilePlanSql` (1.15 and later)", hasAll("flinkVersion", "nodes"), readCompiledPlan},
	{"job details", "REST `/jobs/:jobid`", hasAll("jid", "vertices"), readJobDetails},
	{"archive", "a History Server's archive of a job", hasAll("archive"), readArchive},
	{"JobGraph plan", "REST `/jobs/:jobid/plan`, `/jars/:jarid/plan`", hasAll("plan"), readJobGraphPlan},
	{"JobGraph plan, bare", "the same without its wrapping", hasAll("jid", "nodes"), readJobGraphPlan},
	{"stream graph", "the `stream-graph` of REST `/jobs/:jobid` (2.0 and later)", hasAll("stream-graph"), readStreamGraph},
	{"stream graph, bare", "the same without its key", isStreamGraph, readStreamGraph},
	{"execution plan", "`env.get_execution_plan()`, `flink info`, EXPLAIN with JSON_EXECUTION_PLAN", hasAll("nodes"), readExecutionPlan},
	{"EXPLAIN text", "`EXPLAIN`, `TableEnvironment.explain_sql`", nil, readExplain},
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

// ownKinds are the kinds of documents that udfplan itself writes or reads elsewhere, and where.
var ownKinds = map[string]string{
	"Plan":        "give it the job that the plan was made of; udfplan diff and check --baseline read plans",
	"Limits":      "limits go behind check --limits",
	"Explanation": "", "Capacity": "", "Findings": "", "Diff": "", "Rules": "",
}

// clusterKinds are the kinds of documents that say what a job runs on.
var clusterKinds = map[string]string{
	"FlinkDeployment": deploymentHint, "FlinkSessionJob": deploymentHint, "ConfigMap": deploymentHint,
}

const deploymentHint = "it says how a job is deployed, not what it is made of: give it as --flink-conf beside the job, udfplan check job.yaml --flink-conf FILE"

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
