package render

import (
	"html/template"
	"strconv"
	"strings"

	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/policy"
)

// jobView is one job of the page.
type jobView struct {
	ID, Name, Verdict, Class          string
	Open                              bool
	Drawing                           template.HTML
	Groups, Workers, Operators, Edges pageTable
}

// jobs are those that Flink takes on this cluster, and one table of all.
func (v *reportView) jobs(r *Report) {
	v.Jobs = pageTable{Caption: "All jobs", Header: []string{"Job", "Mode", "Operators", "Workers", "Python needs", "TaskManagers", "Verdict"}}
	marks := make([][]policy.Finding, len(r.Capacity.Jobs))
	if r.Findings != nil {
		marks = tooLarge(r.Findings)
	}
	drawn := 0
	for i, f := range r.Capacity.Jobs {
		job := jobView{ID: "job-" + strconv.Itoa(i+1), Name: Sanitize(jobTitle(f, r.Capacity)), Open: len(r.Capacity.Jobs) == 1, Verdict: "fits", Class: "good"}
		if !f.Fits {
			job.Verdict, job.Class = "does not fit", "bad"
		}
		name, verdict := textCell(job.Name), textCell(job.Verdict)
		name.Link, verdict.Class = job.ID, job.Class
		v.Jobs.Rows = append(v.Jobs.Rows, []pageCell{name, textCell(f.Spec.Plan.Job.Mode.String()), countCell(int64(len(f.Spec.Operators))), countCell(f.Spec.Total.Workers),
			sizeCell(f.Spec.Total.PythonMemory), countCell(f.TaskManagers), verdict})
		if isFleet := len(r.Capacity.Jobs) > fleetJobs; !isFleet || !f.Fits && drawn < fleetJobs {
			job.Drawing = reportDrawing(f, marks[i], job.ID, isFleet)
			drawn++
		}
		job.Groups, job.Workers = groupsTable(f), workersTable(f.Spec)
		job.Operators, job.Edges = operatorsTable(f.Spec), edgesTable(f.Spec.Plan)
		v.Each = append(v.Each, job)
	}
}

// fleetJobs is the number of jobs above which a page draws only jobs that do not fit, as many and their chains alone: with drawings of
// 1,000 jobs a browser takes three seconds to open it.
const fleetJobs = 100

// reportDrawing draws a job, and marks what was found too large of it. SVG escapes whatever strangers wrote.
func reportDrawing(f *capacity.Fit, marks []policy.Finding, id string, isFleet bool) template.HTML {
	d := Drawing{Spec: f.Spec, TooLarge: marks, ChainsOnly: isFleet || len(f.Spec.Operators) > CollapseAbove}
	return template.HTML(SVG(&d, SVGOptions{Page: true, ID: id + "-drawing"}))
}

func groupsTable(f *capacity.Fit) pageTable {
	t := pageTable{Caption: "Slot sharing groups, in the fullest slot", Header: []string{"Group", "Slots", "Workers in each", "Needs", "Gets", "Used", "Verdict"}}
	for g := range f.Groups {
		group := &f.Groups[g]
		row := capacityRow(f, g, about)
		verdict := textCell(row[6])
		switch {
		case group.Workers == 0:
		case group.Fits:
			verdict.Class = "good"
		default:
			verdict.Class = "bad"
		}
		t.Rows = append(t.Rows, []pageCell{textCell(row[0]), countCell(f.Spec.Groups[g].Slots), countCell(group.Workers), sizeCell(group.Needs), sizeCell(group.Gets), textCell(row[5]), verdict})
	}
	return t
}

func workersTable(s *spec.Spec) pageTable {
	t := pageTable{Caption: "Python workers", Header: []string{"Worker", "Serves", "Launched by", "Processes", "Framework", "Buffers", "User memory", "Memory of each"}}
	p := s.Plan
	for w := range p.Workers {
		m, worker := &s.Workers[w], &p.Workers[w]
		var serves []string
		for _, i := range worker.Operators {
			serves = append(serves, p.Job.Operators[i].ID)
		}
		t.Rows = append(t.Rows, []pageCell{textCell(worker.ID), textCell(strings.Join(serves, ", ")), textCell(p.Job.Operators[worker.LaunchedBy].ID), countCell(int64(m.Instances)),
			sizeCell(m.Framework), sizeCell(m.Buffers), sizeCell(m.UserMemory), sizeCell(m.Memory)})
	}
	return t
}

func operatorsTable(s *spec.Spec) pageTable {
	t := pageTable{Caption: "Operators", Header: []string{"Operator", "Name", "Chain", "Group", "Parallelism", "Python", "Task heap", "Managed off-heap"}}
	p := s.Plan
	for i := range p.Job.Operators {
		op, planned := &p.Job.Operators[i], &p.Operators[i]
		python := ""
		switch {
		case planned.Worker >= 0:
			python = "in worker " + p.Workers[planned.Worker].ID
		case op.Python != nil:
			python = "in the JVM's threads"
		}
		heap, managed := textCell("unknown"), textCell("unknown")
		if s.Known {
			heap, managed = sizeCell(s.Operators[i].TaskHeap), sizeCell(s.Operators[i].ManagedOffHeap)
		}
		t.Rows = append(t.Rows, []pageCell{textCell(op.ID), textCell(op.Name), textCell(p.Job.Operators[p.Chains[planned.Chain].Operators[0]].ID), textCell(p.Groups[planned.Group].Name),
			countCell(int64(op.Parallelism)), textCell(python), heap, managed})
	}
	return t
}

func edgesTable(p *plan.Plan) pageTable {
	t := pageTable{Caption: "Why operators chain, or do not", Header: []string{"From", "To", "Ship strategy", "Chained", "Why"}}
	for i := range p.Edges {
		e := &p.Edges[i]
		chained, why := "yes", "nothing hinders it"
		if !e.Chained {
			chained, why = "no, "+e.Partition.String(), e.Reason()
		}
		t.Rows = append(t.Rows, []pageCell{textCell(p.Job.Operators[e.From].ID), textCell(p.Job.Operators[e.To].ID), textCell(e.Ship.String()), textCell(chained), textCell(why)})
	}
	return t
}
