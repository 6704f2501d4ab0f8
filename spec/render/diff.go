package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/spec"
	"udfplan/spec/change"
	"udfplan/spec/policy"
)

// DiffFormats are all formats of `diff`.
var DiffFormats = []Format[*policy.Diff]{
	{"text", "for people: what came, went and changed", writeDiffText},
	{"json", "the changes as a document", writeDiffJSON},
	{"markdown", "a review comment: headline, ten rows, the rest folded", writeDiffMarkdown},
}

var actionColor = [...]string{change.Changed: "33", change.Added: green, change.Removed: red}

// aboutText is what people call the kinds of things.
func aboutText(about string) string {
	if about == "slotSharingGroup" {
		return "slot sharing group"
	}
	return about
}

// growth is a difference with its sign, and in percent where there was something.
func growth(f *change.Field) string {
	d, ok := f.Difference()
	if !ok {
		return ""
	}
	text := signed(d)
	if percent, ok := f.Percent(); ok {
		text += fmt.Sprintf(" (%+.1f%%)", percent)
	}
	return text
}

func signed(q spec.Quantity) string {
	if q.N < 0 {
		return "-" + spec.Quantity{N: -q.N, Bytes: q.Bytes}.String()
	}
	return "+" + q.String()
}

// diffLine counts jobs.
func diffLine(d *policy.Diff) string {
	if len(d.Jobs) == 0 {
		return "no changes in " + groupedCount(int64(d.Unchanged), "job")
	}
	var counts [3]int64
	for i := range d.Jobs {
		counts[d.Jobs[i].Action]++
	}
	text := fmt.Sprintf("%s changed, %s added, %s removed, %s unchanged", groupedCount(counts[change.Changed], "job"),
		grouped(counts[change.Added]), grouped(counts[change.Removed]), grouped(int64(d.Unchanged)))
	if d.Old == d.New {
		return text + "; Python memory " + d.New.String() + ", unchanged"
	}
	return text + "; Python memory " + d.Old.String() + " -> " + d.New.String() + ", " + growth(d.PythonMemory())
}

func writeDiffText(w io.Writer, d *policy.Diff, o Options) error {
	var out strings.Builder
	t := diffText{out: &out, tableStyle: tableStyle{color: o.Color, name: textColumns}}
	for i := range d.Jobs {
		t.job(&d.Jobs[i])
		out.WriteByte('\n')
	}
	for i := range d.Findings {
		told := d.Findings[i].Diagnostic()
		(&diagnosticText{out: &out, DiagnosticOptions: DiagnosticOptions{Color: o.Color}}).diagnostic(&told)
	}
	if len(d.Findings) > 0 {
		out.WriteByte('\n')
	}
	out.WriteString(diffLine(d) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

type diffText struct {
	out *strings.Builder
	tableStyle
}

func (t *diffText) job(j *change.JobDiff) {
	t.head("", j.Action, "", j.Job, j.Was)
	t.out.WriteByte('\n')
	for i := range j.Changes {
		t.change(&j.Changes[i])
	}
}

// head begins a line: the action, what it is about, its name.
func (t *diffText) head(indent string, action change.Action, about, name, was string) {
	text := aboutText(about)
	if name != "" && about != "" {
		text += " "
	}
	text += t.fit(name)
	if was != "" {
		text += " (was " + t.fit(was) + ")"
	}
	color := actionColor[action]
	t.out.WriteString(indent + t.paint(color, action.String()) + " " + t.paint(bold, text))
}

func (t *diffText) change(c *change.Change) {
	name := c.Name
	if c.About == "job" {
		name = "" // its line is above
	}
	t.head("  ", c.Action, c.About, name, c.Was)
	if c.Action != change.Changed {
		var parts []string
		for _, f := range c.Fields {
			parts = append(parts, f.Key+" "+Sanitize(f.New.Text+f.Old.Text))
		}
		t.out.WriteString(": " + strings.Join(parts, ", ") + "\n")
		return
	}
	t.out.WriteByte('\n')
	longest := 0
	for i := range c.Fields {
		longest = max(longest, len(c.Fields[i].Key))
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		line := fmt.Sprintf("      %-*s  %s -> %s", longest, f.Key, side(f.Old), side(f.New))
		if more := growth(f); more != "" {
			line += "  " + t.paint(growthColor(f), more)
		}
		t.out.WriteString(line + "\n")
	}
}

// growthColor: more is red, as of whatever costs.
func growthColor(f *change.Field) string {
	if d, _ := f.Difference(); d.N < 0 {
		return green
	}
	return red
}

func side(v change.Value) string {
	if !v.IsSet {
		return "none"
	}
	return Sanitize(v.Text)
}

func writeDiffMarkdown(w io.Writer, d *policy.Diff, o Options) error {
	var out strings.Builder
	out.WriteString(diffMarker + "### udfplan: " + diffHeadline(d) + "\n\n" + diffLine(d) + "\n")
	for i := range d.Findings {
		out.WriteString("\n❌ " + markdownText(d.Findings[i].Message) + " `" + d.Findings[i].Rule.ID + "`\n")
		if out.Len() > markdownMost/2 {
			fmt.Fprintf(&out, "\n%s more findings have no room here.\n", grouped(int64(len(d.Findings)-i-1)))
			break
		}
	}
	table := foldedTable{out: &out, what: "changes", header: []string{"", "Job", "What", "Value", "Before", "After", "Difference"},
		right: []bool{false, false, false, false, true, true, true}}
	for i := range d.Jobs {
		table.rows = append(table.rows, diffRows(&d.Jobs[i])...)
	}
	if len(table.rows) > 0 {
		out.WriteByte('\n')
		table.write()
	}
	if o.Graph {
		writeDiffCharts(&out, d)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func diffHeadline(d *policy.Diff) string {
	switch {
	case len(d.Jobs) == 0:
		return "no changes"
	case d.Old == d.New:
		return "Python memory unchanged"
	}
	return "Python memory " + growth(d.PythonMemory())
}

func diffRows(j *change.JobDiff) (rows [][]string) {
	job := markdownText(j.Job)
	if j.Was != "" {
		rows = append(rows, []string{"\\~", job, "job", "name", markdownText(j.Was), job, ""})
	}
	for i := range j.Changes {
		c := &j.Changes[i]
		what := aboutText(c.About)
		if c.Name != "" && c.About != "job" {
			what += " " + markdownText(c.Name)
		}
		action := escapeMarkdown(c.Action.String())
		if c.Was != "" {
			rows = append(rows, []string{action, job, what, "id", markdownText(c.Was), markdownText(c.Name), ""})
		}
		for k := range c.Fields {
			f := &c.Fields[k]
			rows = append(rows, []string{action, job, what, f.Key, markdownText(f.Old.Text), markdownText(f.New.Text), growth(f)})
		}
	}
	return rows
}

func writeDiffJSON(w io.Writer, diff *policy.Diff, _ Options) error {
	d := findingsDocument{planDocument{emitter: &emitter{w: w, json: true}}}
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "Diff")
	d.list("jobs", len(diff.Jobs), func(i int) { d.jobDiff(&diff.Jobs[i]) })
	d.keyInt("unchanged", int64(diff.Unchanged))
	d.mappingAt("total")
	d.mappingAt("pythonMemory")
	d.sides(diff.PythonMemory())
	d.close()
	d.close()
	d.list("findings", len(diff.Findings), func(i int) { d.finding(&diff.Findings[i]) })
	d.close()
	d.buf = append(d.buf, '\n')
	return d.flush()
}

func (d *findingsDocument) jobDiff(j *change.JobDiff) {
	d.mapping()
	d.keyWord("action", j.Action.Word())
	d.keyText("job", j.Job)
	if j.Was != "" {
		d.keyText("was", j.Was)
	}
	d.list("changes", len(j.Changes), func(i int) {
		c := &j.Changes[i]
		d.mapping()
		d.keyWord("action", c.Action.Word())
		d.keyWord("about", c.About)
		if c.Name != "" {
			d.keyText("name", c.Name)
		}
		if c.Was != "" {
			d.keyText("was", c.Was)
		}
		d.list("fields", len(c.Fields), func(k int) {
			d.mapping()
			d.keyWord("key", c.Fields[k].Key)
			d.sides(&c.Fields[k])
			d.close()
		})
		d.close()
	})
	d.close()
}

// sides writes both values, and the difference of numbers: of sizes in bytes.
func (d *findingsDocument) sides(f *change.Field) {
	d.side("old", f.Old)
	d.side("new", f.New)
	if difference, ok := f.Difference(); ok {
		d.keyInt("difference", difference.N)
	}
	if percent, ok := f.Percent(); ok {
		d.key("percent")
		d.value()
		d.buf = strconv.AppendFloat(d.buf, percent, 'f', 1, 64)
	}
}

func (d *findingsDocument) side(key string, v change.Value) {
	switch {
	case !v.IsSet:
	case v.Counts:
		d.quantity(key, v.Number)
	case v.Items != nil:
		d.flowSequenceAt(key)
		for _, item := range v.Items {
			d.next()
			d.text(item)
		}
		d.close()
	default:
		d.keyText(key, v.Text)
	}
}
