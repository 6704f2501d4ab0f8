// Package document reads the shapes that a job comes in: udfplan's own job file, and what Flink says of a job. Start with
// Read, which tells the shape of a text by itself and gives settled, checked jobs.
//
// A document is read in three steps, each a function of what the one before returned. Its shape's reader says what this
// document says, and what it leaves open (said). graph.Settle fills what is open, the same for every shape. graph.Check
// says whether the job is valid. What was guessed is told once, at the end.
package document

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// Document is one document of a text.
type Document struct {
	Job      *graph.Job // nil: it could not be read
	Problems source.List
	// Other is what it is, where nobody would take it for a job: a limits file, a Kubernetes resource.
	Other string
}

// Read reads every job of a text, whatever shape it has, settles and checks it. Jobs are worth planning only if no
// problem is an error.
func Read(f *source.File, o graph.Options) ([]*graph.Job, source.List) {
	return Join(ReadEach(f, o))
}

// Join is what Read gives, of the documents and the problems that ReadEach gave.
func Join(documents []Document, problems source.List) (jobs []*graph.Job, all source.List) {
	for _, d := range documents {
		problems = append(problems, d.Problems...)
		if d.Job != nil {
			jobs = append(jobs, d.Job)
		}
	}
	return jobs, problems
}

// ReadEach is Read, and gives the problems of every document apart; the others are those of the text.
func ReadEach(f *source.File, o graph.Options) ([]Document, source.List) {
	text, cut := f, false
	docs, problems, isJSON := source.ReadJSON(f)
	if !isJSON { // no line of JSON is a title or a comment: they need not be looked for
		if text, cut = cutPlan(f); !cut {
			if pages := explainPages(f.Text); pages != nil {
				return readPages(f, pages, o)
			}
		}
		docs, problems = source.Read(text)
	}
	if o := unstructured(f, docs, problems); o.what != "" && !cut {
		return []Document{{Problems: o.refuse(f), Other: o.what}}, nil
	}
	out := make([]Document, len(docs))
	for i, doc := range docs {
		out[i] = read(given{file: f, doc: doc, options: o}).finish(o)
	}
	if !cut && !isJSON {
		attachRemarks(f, docs, out)
	}
	return out, problems
}

// readPages reads the outputs of EXPLAIN in a text, a job each. Flink's JSON says more than the trees.
func readPages(f *source.File, pages []page, o graph.Options) (out []Document, problems source.List) {
	for _, p := range pages {
		json := p.executionPlan()
		if json == nil {
			out = append(out, readExplain(given{file: f, page: p, options: o}).finish(o))
			continue
		}
		docs, broken := source.Read(cutSection(f, json))
		problems = append(problems, broken...)
		for _, doc := range docs {
			out = append(out, read(given{file: f, doc: doc, options: o}).finish(o))
		}
	}
	return out, problems
}

// A program begins with what it imports or defines; a template has actions of Go's; a query begins with what it does.
var (
	program  = source.Pattern(`(?m)^(?:from\s+[\w.]+\s+import\s|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$|(?:async\s+)?def\s+\w+\(|class\s+\w+.*:\s*$|if\s+__name__\s*==)`)
	template = source.Pattern(`\{\{-?\s*(?:[.$(]|/\*|[a-z]+[\s}])`)
	query    = source.Pattern(`(?i)^(?:\s|--.*\n|/\*(?s:.*?)\*/)*(?:CREATE\s+(?:OR\s+|TEMPORARY\s+|TABLE|VIEW|FUNCTION|CATALOG|DATABASE|SYSTEM)|INSERT\s+(?:INTO|OVERWRITE)|SELECT\s|EXPLAIN\s|SET\s+'|EXECUTE\s+STATEMENT|USE\s+CATALOG)`)
)

// unstructured tells what a text is that is no YAML, or none with keys.
func unstructured(f *source.File, docs []source.Node, problems source.List) other {
	if len(docs) > 0 && docs[0].Kind() == source.Mapping && !problems.HasErrors() && !defines(docs[0]) {
		return other{}
	}
	switch {
	case strings.TrimSpace(f.Text) == "":
		return other{}
	case program().MatchString(f.Text) || strings.HasPrefix(f.Text, "#!") && strings.Contains(f.Text[:min(len(f.Text), 100)], "python"),
		strings.HasSuffix(strings.ToLower(f.Name), ".py"): // it is no job, whatever else it is
		return other{"a Python program", programHint, true}
	case query().MatchString(f.Text):
		return other{"a text of SQL", queryHint, true}
	case template().MatchString(f.Text):
		return other{"a template that Helm has not rendered yet", templateHint, true}
	}
	return other{}
}

// defines reports whether a mapping is a program's first definition, `def main():`, which YAML takes for a key.
func defines(doc source.Node) bool {
	for key := range doc.Fields() {
		const blanks = "\t\n\f\r " // every definition has one: other keys need no pattern
		return strings.ContainsAny(key.Text(), blanks) && program().MatchString(key.Text()+":")
	}
	return false
}

// refuse says that a whole text is no job.
func (o other) refuse(f *source.File) (problems source.List) {
	problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, source.CodeUnsupportedDocument, "this is %s, which udfplan does not read as a job", o.what).
		Hint = o.hintFor(f)
	return problems
}

// given is what a shape's reader gets.
type given struct {
	file    *source.File
	doc     source.Node // not Valid for a text without structure
	page    page        // EXPLAIN's text
	options graph.Options
}

// place is that of the document.
func (c given) place() source.Place {
	if c.doc.Valid() {
		return c.doc.Place()
	}
	if len(c.page) > 0 {
		return source.Place{File: c.file, Pos: source.AtLine(c.page[0].line)}
	}
	return source.Place{File: c.file, Pos: source.AtLine(1)}
}

// said is what one document says of a job, and what it leaves open. Nobody changes it after its reader returned it.
type said struct {
	job      *graph.Job // nil: the document could not be read
	problems source.List
	refused  graph.Refused
	other    other     // what it is, if it is no job
	open     *leftOpen // nil: a job file, where open means that udfplan's own defaults are wanted
}

// finish settles and checks what was said, and tells what was guessed.
func (s said) finish(o graph.Options) Document {
	d := Document{Job: s.job, Problems: s.problems}
	if s.other.plainly {
		d.Other = s.other.what
	}
	if s.job == nil {
		return d
	}
	if s.open != nil {
		s.open.guess(s.job, &o)
	}
	d.Problems = append(d.Problems, graph.Settle(s.job, o)...)
	d.Problems = append(d.Problems, graph.Check(s.job, s.refused)...)
	d.Problems = append(d.Problems, hiddenPythonIn(s.job)...)
	if s.open != nil && !d.Problems.HasErrors() { // else there will be no plan to which this matters
		d.Problems = append(d.Problems, s.open.notes(s.job, &o)...)
	}
	return d
}

// hiddenPythonIn warns of Python that runs outside Flink's books.
func hiddenPythonIn(job *graph.Job) (problems source.List) {
	for i := range job.Operators {
		if op := &job.Operators[i]; op.Python != nil && op.Python.Alone {
			problems.Warnf(source.Place{File: job.Place.File, Pos: op.Pos}, source.CodeHiddenPython, "Python functions inside %q run in a worker of their own, outside Flink's managed memory", source.Excerpt(op.Name)).
				Hint = "table.optimizer.multiple-input-enabled: false keeps them apart"
		}
	}
	return problems
}

// read tells the shape of a document, never by its file's name, and reads it.
func read(c given) said {
	var problems source.List
	if c.doc.Kind() != source.Mapping {
		problems.Errorf(c.doc.Place(), source.CodeNotAJob, "expected a job, a mapping with the key operators; found %s", c.doc.Describe())
		return said{problems: problems}
	}
	if o := otherThan(c.doc); o.what != "" {
		problems.Errorf(c.doc.Place(), source.CodeUnsupportedDocument, "this is %s, which udfplan does not read as a job", o.what).Hint = o.hintFor(c.file)
		return said{problems: problems, other: o}
	}
	for _, shape := range Shapes {
		if shape.is != nil && shape.is(c.doc) {
			return shape.read(c)
		}
	}
	return readJobFile(c)
}
