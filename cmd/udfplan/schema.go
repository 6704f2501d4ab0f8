package main

import (
	"io"

	"udfplan/graph/document"
	"udfplan/graph/schema"
	"udfplan/spec/capacity"
	"udfplan/spec/measure"
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

// documentSchemas are the documents of udfplan's own that people write or keep, by the word of the command line.
var documentSchemas = []struct {
	name, title string
	of          func() *schema.Mapping
}{
	{"job", "udfplan job file", document.JobFileSchema},
	{"limits", "udfplan limits", policy.LimitsSchema},
	{"fleet", "udfplan fleet", capacity.FleetSchema},
	{"measurement", "udfplan Measurement", measure.DocumentSchema},
}

type schemaCommand struct {
	Document string `arg:"" enum:"job,limits,fleet,measurement" help:"job, limits, fleet or measurement."`
}

func (schemaCommand) Help() string {
	return `Prints the JSON Schema (draft 7) of a document: editors complete, explain and check by it what you write. It is made of the tables that udfplan itself reads by. What needs more than one key to be seen, such as an input that is no operator, only udfplan says.

Examples:
  udfplan schema job > udfplan-job.schema.json
  udfplan schema limits > udfplan-limits.schema.json

A job file that begins as follows, as those of import and export do, is checked by the first, which lies beside it:
  # yaml-language-server: $schema=./udfplan-job.schema.json`
}

func (c *schemaCommand) Run(s *session) error {
	for _, row := range documentSchemas {
		if row.name == c.Document {
			return s.write("", func(w io.Writer, _ bool) error { return render.WriteSchema(w, row.title, row.of()) })
		}
	}
	panic("the words of schemaCommand and documentSchemas differ: TestSchemas sees it")
}
