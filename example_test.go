package udfplan_test

import (
	"os"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

// Example plans one job, computes what it needs and holds it to limits. It prints the plan, and below it what is wrong.
func Example() {
	jobText := "name: clicks\noperators:\n  - {id: score, python: {userMemory: 300mb}}\n"
	limitsText := "limits: {worker: {memory: 256mb}}\n"

	limits, problems := policy.ReadLimits(source.NewFile("limits.yaml", []byte(limitsText)))
	jobs, more := document.Read(source.NewFile("job.yaml", []byte(jobText)), graph.Options{Mode: graph.Batch})
	if problems = append(problems, more...); !problems.HasErrors() {
		planned, notes := plan.Make(jobs[0], plan.Options{})
		needs, moreNotes := spec.Compute(planned)
		problems = append(problems, append(notes, moreNotes...)...)
		verdict := policy.Check(&policy.Case{Spec: needs}, &policy.Options{Limits: limits})
		for _, finding := range verdict.Findings {
			problems = append(problems, finding.Diagnostic())
		}
		render.WriteYAML(os.Stdout, []*spec.Spec{needs}, render.Options{})
	}
	render.Diagnostics(os.Stdout, problems, render.DiagnosticOptions{})

	// Output:
	// apiVersion: udfplan/v1
	// kind: Plan
	// job: clicks
	// mode: batch
	// model: flip-88
	// sharing: chain
	// config:
	//   python.fn-execution.framework.memory.size: 64mb
	//   python.fn-execution.buffer.memory.size: 15mb
	// edges: []
	// chains:
	//   - id: score
	//     operators: [score]
	//     parallelism: 1
	//     slotSharingGroup: default#score
	// workers:
	//   - id: score
	//     operators: [score]
	//     launchedBy: score
	//     framework: 64mb
	//     buffers: 15mb
	//     userMemory: 300mb
	//     memory: 379mb
	//     instances: 1
	// operators:
	//   - id: score
	//     chain: score
	//     python: true
	//     worker: score
	//     parallelism: 1
	//     resources: {taskHeap: 5mb, managedOffHeap: 379mb}
	// slotSharingGroups:
	//   - name: default#score
	//     slots: 1
	//     workers: 1
	//     pythonMemory: 379mb
	//     taskHeap: 5mb
	//     managedOffHeap: 379mb
	// total:
	//   slots: 1
	//   workers: 1
	//   pythonMemory: 379mb
	//   taskHeap: 5mb
	//   managedOffHeap: 379mb
	// job.yaml:3:10: error: Python worker "score" needs 379mb; the limit is 256mb [worker-memory]
	//     3 |   - {id: score, python: {userMemory: 300mb}}
	//       |          ^
	//   hint: userMemory of "score" at most 177mb (now 300mb), or a limit of 379mb
	// limits.yaml:1:27: note: the limit is set here
	//     1 | limits: {worker: {memory: 256mb}}
	//       |                           ^
}
