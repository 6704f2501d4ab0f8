package render

import (
	"fmt"
	"io"
	"strings"
)

// writeDOT writes one graph a job, one after the other, as Graphviz reads them.
func writeDOT(w io.Writer, drawings []*Drawing, _ Options) error {
	var out strings.Builder
	for _, d := range drawings {
		dot{paint(d), &out}.graph()
	}
	_, err := io.WriteString(w, out.String())
	return err
}

type dot struct {
	*picture
	out *strings.Builder
}

func (d dot) printf(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

func (d dot) graph() {
	d.printf("digraph %s {", dotText(d.name))
	d.printf("  graph [rankdir=LR, fontname=Helvetica, labelloc=t, label=%s]", dotLines(append([]string{d.name, d.about}, d.tooLarge...)...))
	d.printf("  node [shape=box, style=filled, fillcolor=\"#e9eef4\", color=\"#c3ccd8\", fontname=Helvetica, fontsize=11]")
	d.printf("  edge [fontname=Helvetica, fontsize=9, color=\"#6b7787\"]")
	boxes, workers := d.inRegions()
	for i := range d.regions {
		d.region(i, boxes[i], workers[i])
	}
	for _, e := range d.edges {
		if e.label == "" {
			d.printf("  o%d -> o%d", e.from, e.to)
			continue
		}
		d.printf("  o%d -> o%d [label=%s, tooltip=%s, labeltooltip=%[4]s]", e.from, e.to, dotText(e.label), dotText(e.reason))
	}
	for w := range d.workers {
		color := workerColors[w%len(workerColors)].light
		for _, r := range d.workers[w].rows {
			d.printf("  o%d -> w%d [dir=none, style=bold, color=\"%s\", constraint=false]", r, w, color)
		}
	}
	d.printf("}")
}

func (d dot) region(i int, boxes, workers []int) {
	r := &d.regions[i]
	d.printf("  subgraph cluster_g%d {", i)
	d.printf("    graph [style=\"dashed,filled\", fillcolor=\"#f3f6fa\", color=\"%s\", label=%s]", dotColor(r.tooLarge, "#c3ccd8"), dotLines(append([]string{r.name + " · " + r.detail}, r.tooLarge...)...))
	for _, b := range boxes {
		d.printf("    subgraph cluster_c%d {", b)
		d.printf("      graph [style=filled, fillcolor=white, color=\"#c3ccd8\", label=%s]", dotText(d.boxes[b].title))
		for _, row := range d.boxes[b].rows {
			d.row(row)
		}
		d.printf("    }")
	}
	for _, w := range workers {
		worker := &d.workers[w]
		d.printf("    w%d [shape=box, style=\"rounded,filled\", fillcolor=white, color=\"%s\", penwidth=2, label=%s]", w,
			dotColor(worker.tooLarge, workerColors[w%len(workerColors)].light), dotLines(append([]string{"Python worker " + worker.name, worker.detail}, worker.tooLarge...)...))
	}
	d.printf("  }")
}

func (d dot) row(i int) {
	row := &d.rows[i]
	look, name, color := "", row.name, "#c3ccd8"
	if row.isPython {
		name, color = "Py "+name, "#a67c00"
		look = `, peripheries=2, fillcolor="#fff4d6"`
	}
	if row.isInThread {
		look += `, style="filled,dashed"`
	}
	if len(row.tooLarge) > 0 {
		look += `, penwidth=2.5`
	}
	d.printf("      o%d [label=%s, tooltip=%s, color=\"%s\"%s]", i, dotLines(append([]string{name, row.detail}, row.tooLarge...)...), dotText(row.about), dotColor(row.tooLarge, color), look)
}

// dotColor is that of what is too large, or else its own.
func dotColor(tooLarge []string, own string) string {
	if len(tooLarge) > 0 {
		return "#c4162a"
	}
	return own
}

// dotText quotes a stranger's text. In a label Graphviz takes a backslash for the beginning of an escape and `&` for that of an
// HTML entity (lib/common/labels.c: make_label, strdup_and_subst_obj).
func dotText(text string) string { return `"` + dotEscapes.Replace(Sanitize(text)) + `"` }

// dotLines are texts below one another.
func dotLines(texts ...string) string {
	lines := make([]string, len(texts))
	for i, text := range texts {
		lines[i] = dotEscapes.Replace(Sanitize(text))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")
