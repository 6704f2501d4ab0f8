package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
)

// FleetFormats are those of `capacity`, for several clusters.
var FleetFormats = []Format[*capacity.Fleet]{
	{"table", "", writeFleetTable},
	{"wide", "", writeFleetWide},
	{"yaml", "", func(w io.Writer, f *capacity.Fleet, _ Options) error { return writeFleet(&emitter{w: w}, f) }},
	{"json", "", func(w io.Writer, f *capacity.Fleet, _ Options) error {
		return writeFleet(&emitter{w: w, json: true}, f)
	}},
	{"markdown", "", writeFleetMarkdown},
	{"csv", "", writeFleetCSV},
}

var fleetHeader = []string{"CLUSTER", "JOBS", "WORKERS", "NEEDS", "GETS", "TASKMANAGERS", "MEMORY", "VERDICT"}

// fleetRow is one row a cluster.
func fleetRow(c *capacity.FleetCluster) []string {
	jobs := strconv.Itoa(len(c.Jobs))
	if len(c.NotPlanned) > 0 {
		jobs += fmt.Sprintf(" of %d", len(c.Jobs)+len(c.NotPlanned))
	}
	row := []string{c.Name, jobs}
	if len(c.Jobs) == 0 {
		return append(row, "", "", "", "", c.TaskManager.TotalProcess.String()+" each", "no job is planned")
	}
	return append(row, strconv.FormatInt(c.Workers(), 10), about(c.Needs()), about(c.Gets()), strconv.FormatInt(c.TaskManagers, 10), about(c.TotalProcess), fleetVerdict(c))
}

func fleetVerdict(c *capacity.FleetCluster) string {
	if c.Fits {
		return "fits"
	}
	advice, found := c.Advice()
	if !found {
		return "short; no change of the cluster helps"
	}
	return "short; " + adviceText(&advice)
}

// adviceText is a change in one line.
func adviceText(r *capacity.Recommendation) string {
	var parts []string
	for _, e := range r.Set {
		parts = append(parts, e.Key+": "+e.Value)
	}
	text := "set " + strings.Join(parts, ", ")
	if len(r.Remove) > 0 {
		text += " and remove " + strings.Join(r.Remove, ", ")
	}
	return text
}

func fleetTotal(f *capacity.Fleet) string {
	text := fmt.Sprintf("%s, %s needed, %s", source.Count(int64(len(f.Clusters)), "cluster"), source.Count(f.TaskManagers, "TaskManager"), f.TotalProcess)
	if f.NotPlanned > 0 {
		text += "; without " + source.Count(f.NotPlanned, "job") + " not planned"
	}
	return text
}

func writeFleetTable(w io.Writer, f *capacity.Fleet, o Options) error {
	style := tableStyle{color: o.Color, name: 40}
	g := &grid{header: fleetHeader, right: []bool{false, true, true, true, true, true, true, false}, paint: func(text string) string { return style.paint(bold, text) }}
	var advice strings.Builder
	for i := range f.Clusters {
		c := &f.Clusters[i]
		row := fleetRow(c)
		verdict, rest, _ := strings.Cut(row[7], "; ")
		row[0] = style.fit(row[0])
		if row[7] = style.paint(green, verdict); !c.Fits {
			row[7] = style.paint(red, verdict)
			fmt.Fprintf(&advice, "  - %s: %s\n", Sanitize(c.Name), Sanitize(rest))
		}
		if len(c.Jobs) == 0 {
			row[7] = style.paint(dim, verdict)
		}
		g.add(row...)
	}
	var out strings.Builder
	if err := g.write(&out); err != nil {
		return err
	}
	out.WriteString("\n" + style.paint(bold, fleetTotal(f)) + "\n")
	if advice.Len() > 0 {
		out.WriteString("\n" + style.paint(bold, "What to change:") + "\n" + advice.String())
	}
	notPlanned(&out, f)
	_, err := io.WriteString(w, out.String())
	return err
}

// notPlanned lists the jobs of which no more is known than that they run there.
func notPlanned(out *strings.Builder, f *capacity.Fleet) {
	if f.NotPlanned == 0 {
		return
	}
	out.WriteString("\nNot planned:\n")
	for i := range f.Clusters {
		for _, job := range f.Clusters[i].NotPlanned {
			fmt.Fprintf(out, "  - %s, on %s: %s\n", Sanitize(job.Job), Sanitize(f.Clusters[i].Name), Sanitize(job.Why))
		}
	}
}

// writeFleetWide is the table, and behind it each cluster as wide shows one.
func writeFleetWide(w io.Writer, f *capacity.Fleet, o Options) error {
	if err := writeFleetTable(w, f, o); err != nil {
		return err
	}
	for i := range f.Clusters {
		if _, err := fmt.Fprintf(w, "\n%s\n", Sanitize(f.Clusters[i].Name)); err != nil {
			return err
		}
		if err := writeCapacityWide(w, f.Clusters[i].Assessment, o); err != nil {
			return err
		}
	}
	return nil
}

func writeFleetMarkdown(w io.Writer, f *capacity.Fleet, _ Options) error {
	var out strings.Builder
	t := markdownTable{&out}
	t.header("", fleetHeader...)
	for i := range f.Clusters {
		t.texts(fleetRow(&f.Clusters[i])...)
	}
	fmt.Fprintf(&out, "\n%s\n", fleetTotal(f))
	if f.NotPlanned > 0 {
		out.WriteByte('\n')
		t.header("", "NOT PLANNED", "CLUSTER", "WHY")
		for i := range f.Clusters {
			for _, job := range f.Clusters[i].NotPlanned {
				t.texts(job.Job, f.Clusters[i].Name, job.Why)
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeFleetCSV(w io.Writer, f *capacity.Fleet, _ Options) error {
	t := newCSV(w, "cluster", "jobs", "notPlanned", "workers", "needs", "gets", "taskManagers", "totalProcess", "fits", "advice")
	bytes := func(size flink.MemorySize) string { return strconv.FormatInt(int64(size), 10) }
	for i := range f.Clusters {
		c := &f.Clusters[i]
		advice := ""
		if r, found := c.Advice(); found {
			advice = adviceText(&r)
		}
		t.row(c.Name, strconv.Itoa(len(c.Jobs)), strconv.Itoa(len(c.NotPlanned)), strconv.FormatInt(c.Workers(), 10), bytes(c.Needs()), bytes(c.Gets()),
			strconv.FormatInt(c.TaskManagers, 10), bytes(c.TotalProcess), strconv.FormatBool(c.Fits), advice)
	}
	return t.end()
}

func writeFleet(e *emitter, f *capacity.Fleet) error {
	d := planDocument{emitter: e}
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "FleetCapacity")
	d.list("clusters", len(f.Clusters), func(i int) { fleetCluster(&d, &f.Clusters[i]) })
	d.mappingAt("total")
	d.key("fits")
	d.boolean(f.Fits)
	d.keyInt("taskManagers", f.TaskManagers)
	d.keySize("totalProcess", f.TotalProcess)
	d.keyInt("notPlanned", f.NotPlanned)
	d.close()
	d.close()
	e.buf = append(e.buf, '\n')
	return e.flush()
}

func fleetCluster(d *planDocument, c *capacity.FleetCluster) {
	report := capacityDocument{planDocument: *d, report: c.Assessment}
	d.mapping()
	d.keyText("name", c.Name)
	if len(c.Jobs) > 0 {
		d.keyInt("workers", c.Workers())
		d.keySize("needs", c.Needs())
		d.keySize("gets", c.Gets())
	}
	report.body()
	d.list("notPlanned", len(c.NotPlanned), func(i int) {
		d.flow()
		d.keyText("job", c.NotPlanned[i].Job)
		d.keyText("why", c.NotPlanned[i].Why)
		d.close()
	})
	d.close()
}
