package render

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/policy"
)

// Report is all that is known of some jobs, for people who decide.
type Report struct {
	Specs    []*spec.Spec
	Capacity *capacity.Assessment
	// Findings, Sweep and Diff are nil where nobody asked.
	Findings *policy.Report
	Sweep    *capacity.Sweep
	Diff     *policy.Diff
}

//go:embed page/report.html
var reportPage string

//go:embed page/report.css
var reportCSS string

//go:embed page/report.js
var reportJS string

// pageCSS is the page's style: the colours of the drawings, which everything takes, by what the system or the reader chooses.
func pageCSS() string {
	return ":root{" + svgLight + "}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){" + svgDark + "}}\n:root[data-theme=dark]{" + svgDark + "}\n" +
		svgClasses + barRules + heatRules + SVGStyle() + "\n" + reportCSS
}

// WriteReport writes one HTML page that needs nothing else. Whatever strangers wrote is text in it: html/template escapes it, the
// drawings do, and the page's policy lets no script run and nothing be loaded but what is hashed in it.
func WriteReport(w io.Writer, r *Report) error {
	page, err := template.New("report").Parse(reportPage)
	if err != nil {
		return err
	}
	css := pageCSS()
	v := newReportView(r)
	v.CSS, v.JS = template.CSS(css), template.JS(reportJS)
	v.Policy = "default-src 'none'; style-src " + hashed(css) + "; script-src " + hashed(reportJS) + "; base-uri 'none'; form-action 'none'"
	return page.Execute(w, v)
}

// hashed is a source of a content security policy: this text and no other.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// reportView is what the page shows.
type reportView struct {
	Title, Subtitle, Policy string
	CSS                     template.CSS
	JS                      template.JS
	Cards                   []card
	Advice                  []paste
	Findings, Changes, Jobs pageTable
	Bars, Sweep             template.HTML
	Each                    []jobView
}

type card struct{ Name, Value, Class string }

// paste is a text to copy.
type paste struct{ Title, Text string }

// pageTable is a table; its first column has what a row is about.
type pageTable struct {
	Caption string
	Header  []string
	Rows    [][]pageCell
}

// pageCell is a cell: Number is what it is sorted by where that is no text.
type pageCell struct{ Text, Number, Class, Link string }

func textCell(text string) pageCell { return pageCell{Text: Sanitize(text)} }

func sizeCell(size flink.MemorySize) pageCell {
	return pageCell{Text: about(size), Number: strconv.FormatInt(int64(size), 10)}
}

func countCell(n int64) pageCell {
	text := strconv.FormatInt(n, 10)
	return pageCell{Text: text, Number: text}
}

// mostBars is how many slot sharing groups are drawn: beyond it a table is easier to read.
const mostBars = 40

func newReportView(r *Report) *reportView {
	v := &reportView{Title: "Python workers of " + source.Count(int64(len(r.Specs)), "job"), Subtitle: clusterLine(r.Capacity)}
	if len(r.Specs) == 1 {
		v.Title = "Python workers of " + Sanitize(r.Specs[0].Plan.Job.Name)
	}
	v.Cards = cards(r)
	v.Advice = pastes(r.Capacity)
	v.Findings = findingsTable(r.Findings)
	v.Changes = changesTable(r.Diff)
	if groupsOf(r.Capacity) <= mostBars {
		v.Bars = template.HTML(capacityBars(r.Capacity, true))
	}
	if r.Sweep != nil {
		v.Sweep = template.HTML(heatMap(r.Sweep, true))
	}
	v.jobs(r)
	return v
}

func groupsOf(r *capacity.Assessment) (n int) {
	for _, f := range r.Jobs {
		n += len(f.Groups)
	}
	return n
}

func cards(r *Report) []card {
	a := r.Capacity
	var needs flink.MemorySize
	short := int64(0)
	for _, f := range a.Jobs {
		needs, _ = flink.Add(needs, f.Spec.Total.PythonMemory)
		if !f.Fits {
			short++
		}
	}
	out := []card{{"jobs", strconv.Itoa(len(r.Specs)), ""}, {"Python workers", strconv.FormatInt(a.Workers(), 10), ""}, {"they need", about(needs), ""},
		{"TaskManagers", strconv.FormatInt(a.TaskManagers, 10), ""}, {"memory of the cluster", about(a.TotalProcess), ""}}
	if short > 0 {
		out = append(out, card{"do not fit", source.Count(short, "job"), "bad"})
	} else {
		out = append(out, card{"fit", "all jobs", "good"})
	}
	if k := a.Container; k != nil && k.Over() > 0 {
		out = append(out, card{"above the container's limit", about(k.Over()), "bad"})
	}
	if f := r.Findings; f != nil {
		c := card{"findings", strconv.Itoa(len(f.Findings)), ""}
		if f.Fails() {
			c.Class = "bad"
		}
		out = append(out, c)
	}
	return out
}

// pastes are the changes to make, as configuration.
func pastes(a *capacity.Assessment) (out []paste) {
	for i := range a.Recommendations {
		to := &a.Recommendations[i]
		if !to.Fits {
			continue
		}
		var text strings.Builder
		for _, e := range to.Set {
			text.WriteString(e.Key + ": " + e.Value + "\n")
		}
		for _, key := range to.Remove {
			text.WriteString("# remove " + key + "\n")
		}
		out = append(out, paste{Title: adviceTitle(to), Text: text.String()})
	}
	return out
}

func findingsTable(r *policy.Report) pageTable {
	t := pageTable{Caption: "What the rules find", Header: []string{"Rule", "Severity", "Job", "What", "Where", "What would pass"}}
	if r == nil {
		return t
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		severity := textCell(f.Severity.String())
		severity.Class = [...]string{source.Error: "bad", source.Warning: "warn", source.Note: ""}[f.Severity]
		t.Rows = append(t.Rows, []pageCell{textCell(f.Rule.ID), severity, textCell(f.JobName), textCell(f.Message), textCell(f.Place.String()), textCell(f.Fix)})
	}
	return t
}

func changesTable(d *policy.Diff) pageTable {
	t := pageTable{Caption: "What changed, side by side", Header: []string{"Job", "What", "Name", "Before", "After", "By"}}
	if d == nil {
		return t
	}
	for i := range d.Jobs {
		job := &d.Jobs[i]
		for k := range job.Changes {
			c := &job.Changes[k]
			for f := range c.Fields {
				field := &c.Fields[f]
				t.Rows = append(t.Rows, []pageCell{textCell(job.Job), textCell(aboutText(c.About) + " " + field.Key), textCell(c.Name), textCell(field.Old.Text), textCell(field.New.Text), textCell(growth(field))})
			}
		}
	}
	return t
}
