package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// charts adds folded drawings to a comment, as long as there is room.
type charts struct {
	out  *strings.Builder
	left int // that had none
}

// add adds the first of the pictures that has room: fewer details come behind more.
func (c *charts) add(title string, pictures ...func() *picture) {
	for _, draw := range pictures {
		p := draw()
		var chart strings.Builder
		mermaid(&chart, []*picture{p})
		if p.lines() <= mermaidEdges && c.out.Len()+chart.Len() < markdownMost {
			fmt.Fprintf(c.out, "\n<details>\n<summary>%s</summary>\n\n```mermaid\n%s```\n\n</details>\n", title, chart.String())
			return
		}
	}
	c.left++
}

func (c *charts) end() {
	if c.left > 0 {
		fmt.Fprintf(c.out, "\n%s no room here; `udfplan graph` draws them.\n", map[bool]string{true: "One drawing has", false: grouped(int64(c.left)) + " drawings have"}[c.left == 1])
	}
}

// writeCheckCharts draws the jobs of a report that it has, the worst first.
func writeCheckCharts(out *strings.Builder, r *policy.Report) {
	var jobs []int
	for j := range r.Jobs {
		if r.Jobs[j].Spec != nil {
			jobs = append(jobs, j)
		}
	}
	slices.SortStableFunc(jobs, func(a, b int) int { return cmp.Compare(r.Jobs[a].Worst, r.Jobs[b].Worst) })
	marks := tooLarge(r)
	c := charts{out: out}
	for _, j := range jobs {
		drawn := func(chainsOnly bool) func() *picture {
			return func() *picture {
				return paint(&Drawing{Spec: r.Jobs[j].Spec, TooLarge: marks[j], ChainsOnly: chainsOnly})
			}
		}
		c.add("Drawing of "+escapeHTML(r.Jobs[j].Name), drawn(false), drawn(true))
	}
	c.end()
}

// tooLarge are the findings of each job of a report that say what is above a limit or a share.
func tooLarge(r *policy.Report) [][]policy.Finding {
	jobs := make([][]policy.Finding, len(r.Jobs))
	for _, f := range r.Findings {
		if f.Job >= 0 && f.Measured && f.Severity != source.Note {
			jobs[f.Job] = append(jobs[f.Job], f)
		}
	}
	return jobs
}

// writeDiffCharts draws of each job what changed in it.
func writeDiffCharts(out *strings.Builder, d *policy.Diff) {
	c := charts{out: out}
	for i := range d.Jobs {
		j := &d.Jobs[i]
		if p := paintChange(j); len(p.rows) > 0 {
			c.add("Drawing of what changed in "+escapeHTML(j.Job), func() *picture { return p })
		}
	}
	c.end()
}

// escapeHTML makes a stranger's name safe in a line of HTML within Markdown, which is read as HTML.
func escapeHTML(name string) string {
	return strings.ReplaceAll(svgText(truncate(Sanitize(name), textColumns)), "@", "&#64;")
}
