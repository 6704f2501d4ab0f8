package main

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/render"
)

type explainCommand struct {
	File      string `arg:"" help:"A job file or one of Flink's execution plans; - for standard input."`
	Operator  string `arg:"" optional:"" help:"Only what concerns this operator: its id, or its name."`
	planFlags `embed:""`
	ASCII     bool   `help:"Draw the tree with plain ASCII, as it is where the locale is not UTF-8."`
	Output    string `short:"o" enum:"${formats}" default:"text" placeholder:"FORMAT" help:"text or json."`
}

func (explainCommand) Help() string {
	return `Says why the plan is as it is: why two operators chain or do not, why they share a worker and who launches it, how its memory adds up, which version's rule decided, and what is an estimate.

Examples:
  udfplan explain job.yaml
  udfplan explain job.yaml score --flink-version 1.20
  udfplan explain job.yaml -o json`
}

func (c *explainCommand) Run(s *session) error {
	specs := s.plan([]string{c.File}, &c.planFlags)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	var explanations []spec.Explanation
	var names []string
	for _, sp := range specs {
		if c.Operator == "" {
			explanations = append(explanations, spec.Explain(sp, -1))
			continue
		}
		for _, i := range find(sp.Plan.Job, c.Operator) {
			explanations = append(explanations, spec.Explain(sp, i))
		}
		for i := range sp.Plan.Job.Operators {
			names = append(names, sp.Plan.Job.Operators[i].ID)
		}
	}
	if len(explanations) == 0 {
		return s.noOperator(c, names)
	}
	return writeAs(s, render.ExplanationFormats, c.Output, "", explanations, render.Options{ASCII: s.ascii(c.ASCII)})
}

// find is the operator with that id, else all with that name.
func find(job *graph.Job, operator string) (found []int) {
	for i := range job.Operators {
		switch op := &job.Operators[i]; operator {
		case op.ID:
			return []int{i}
		case op.Name:
			found = append(found, i)
		}
	}
	return found
}

func (s *session) noOperator(c *explainCommand, names []string) exitCode {
	text := fmt.Sprintf("%s has no operator %q", c.File, source.Excerpt(c.Operator))
	if near, found := source.Nearest(c.Operator, names); found {
		text += "; did you mean " + near + "?"
	}
	return s.wrongUsage(text, "")
}
