// Package udfplan is empty: it shows where to start. Its example goes all the way, from the text of a job to a plan and to what is
// wrong with it. Each step is a package:
//
//	graph/document  reads a job, in whatever shape it comes, into a graph.Job
//	plan            says what runs together: chains, slots, Python workers
//	spec            says how much memory that needs
//	spec/capacity   says what a cluster gives
//	spec/policy     says what is allowed
//	spec/change     says what changed between two plans
//	spec/render     writes all of it
//
// Nothing below cmd/udfplan opens a file or keeps state: each takes a name and a text, or what the step before it returned. What is
// wrong is told as a source.List, each problem with its place; an error is for input and output alone.
package udfplan
