package document

import (
	"strings"

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
	{"job file", "written by hand, or made by `udfplan export` or `udfplan import`", hasAll("operators"), readJobFile},
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

// Hints end with the command that was meant.
const (
	deploymentHint = "it says how a job is deployed, not what it is made of: udfplan check job.yaml --flink-conf FILE"
	limitsHint     = "limits are what check judges jobs by: udfplan check job.yaml --limits FILE"
	fleetHint      = "it says which jobs run on which clusters: udfplan capacity --fleet FILE"
	planHint       = "a plan is compared with another, or with a job: udfplan diff FILE job.yaml"
	measureHint    = "what was measured goes beside the job: udfplan compile job.yaml --measured FILE"
	programHint    = "make the job file first: udfplan exporter > udfplan_export.py && python udfplan_export.py FILE > job.yaml && udfplan compile job.yaml"
	notebookHint   = "save it as a program first: jupyter nbconvert --to script FILE"
	queryHint      = "give udfplan what Flink says of it: EXPLAIN it in the SQL client, and udfplan compile explain.txt"
	confHint       = "it says what a job runs on, not what it is made of: udfplan capacity job.yaml --flink-conf FILE"
	schemaHint     = "editors check documents by it: udfplan schema job > udfplan-job.schema.json && udfplan compile job.yaml"
	templateHint   = "run helm template first: helm template CHART | udfplan capacity job.yaml --flink-conf -"
	anyHint        = "give it a job file, or what Flink says of the job: the execution plan, a REST answer, a compiled plan, EXPLAIN"
)

// other is what a document is that is no job graph, or none that can be read.
type other struct {
	what string // empty: it may be a job
	hint string
	// plainly: nobody takes it for a job; in a folder of jobs it is passed over.
	plainly bool
}

// hintFor is the hint for a file of that name.
func (o other) hintFor(f *source.File) string {
	name := source.ShellWord(f.Name)
	if o.hint == programHint && f.Name == source.StdinName {
		name = "job.py" // it is run as a file
	}
	return strings.ReplaceAll(o.hint, "FILE", name)
}

// ProgramHint is what to do with a Python program where a job is wanted.
func ProgramHint(path string) string {
	return other{hint: programHint}.hintFor(&source.File{Name: path})
}

// ownKinds are the kinds of documents that udfplan itself writes, or reads elsewhere.
var ownKinds = map[string]string{"Plan": planHint, "Fleet": fleetHint, "FleetCapacity": anyHint, "Limits": limitsHint, "Measurement": measureHint,
	"Explanation": anyHint, "Capacity": anyHint, "Findings": anyHint, "Diff": anyHint, "Rules": anyHint}

// clusterKinds are the kinds of documents that say what a job runs on.
var clusterKinds = map[string]string{"FlinkDeployment": deploymentHint, "FlinkSessionJob": deploymentHint, "ConfigMap": deploymentHint}

// isConfiguration tells flink-conf.yaml and config.yaml by what each of them has: who works for the job.
func isConfiguration(doc source.Node) bool {
	for key := range doc.Fields() {
		if first, _, _ := strings.Cut(key.Text(), "."); first == "taskmanager" || first == "jobmanager" {
			return true
		}
	}
	return false
}

// otherThan tells what a document is instead of a job.
func otherThan(doc source.Node) other {
	kind := doc.TextOf("kind")
	hint, own := ownKinds[kind]
	has := func(key string) bool { return doc.Field(key).Valid() }
	isMapping := func(key string) bool { return has(key) && doc.Field(key).Kind() == source.Mapping }
	if own {
		return other{"a document of kind " + source.Excerpt(kind), hint, true}
	}
	if has("operators") {
		return other{}
	}
	switch {
	case kind != "" && kind != "Job":
		if hint = clusterKinds[kind]; hint == "" {
			hint = anyHint
		}
		return other{"a document of kind " + source.Excerpt(kind), hint, true}
	case has("apiVersion") && kind == "" && !strings.HasPrefix(doc.TextOf("apiVersion"), "udfplan"):
		return other{"a document of apiVersion " + source.Excerpt(doc.TextOf("apiVersion")), anyHint, true}
	case has("$schema") && has("properties"):
		return other{"a JSON Schema", schemaHint, true}
	case has("nbformat") && has("cells"):
		return other{"a Jupyter notebook", notebookHint, true}
	case isDataSetPlan(doc):
		return other{"the plan of a DataSet program", anyHint, false}
	case has("errors"):
		return other{"an error of Flink's REST interface: " + firstText(doc.Field("errors")), anyHint, false}
	case has("jobs") && has("on"):
		return other{"a GitHub workflow", anyHint, true}
	case has("jobs"):
		return other{"a list of jobs; ask for one, /jobs/:jobid", anyHint, false}
	case isMapping("services"):
		return other{"a docker compose file", deploymentHint, true}
	case isMapping("limits") || has("waivers") || has("overrides"):
		return other{"a limits file", limitsHint, true}
	case isConfiguration(doc):
		return other{"a configuration of Flink", confHint, true}
	}
	return other{}
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
