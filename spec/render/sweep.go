package render

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/spec/capacity"
)

// SweepFormats are those of `capacity`, for its --sweep.
var SweepFormats = []Format[*capacity.Sweep]{
	{"table", "", writeSweepTable},
	{"wide", "", writeSweepTable},
	{"yaml", "", func(w io.Writer, s *capacity.Sweep, _ Options) error { return writeSweep(&emitter{w: w}, s) }},
	{"json", "", func(w io.Writer, s *capacity.Sweep, _ Options) error {
		return writeSweep(&emitter{w: w, json: true}, s)
	}},
	{"markdown", "", writeSweepMarkdown},
	{"csv", "", writeSweepCSV},
	{"svg", "", writeSweepSVG},
}

// sweptText is what people read of one configuration: what a slot gives, and whether it is enough.
func sweptText(c *capacity.Cell, ofJobs bool) string {
	text := about(c.Gets)
	if ofJobs {
		text = about(c.Needs) + " of " + text
	}
	switch {
	case c.Refused != nil:
		return "refused"
	case c.Needs == 0:
		return text
	case c.Fits:
		return text + " fits"
	}
	return text + " short"
}

// ofJobs: what is swept changes what jobs need.
func ofJobs(s *capacity.Sweep) bool {
	return slices.ContainsFunc(s.Axes, func(a capacity.Axis) bool { return a.OfJobs })
}

// withJobs: jobs were asked about, which need so many TaskManagers.
func withJobs(s *capacity.Sweep) bool {
	return slices.ContainsFunc(s.Cells, func(row []capacity.Cell) bool {
		return slices.ContainsFunc(row, func(c capacity.Cell) bool { return c.TaskManagers > 0 })
	})
}

func sweepRows(s *capacity.Sweep) (header []string, rows [][]string) {
	columns := s.Columns
	if len(s.Axes) == 2 {
		columns = s.Axes[1].Values
	}
	if columns == nil {
		columns = []string{"A SLOT'S PYTHON"}
	}
	header = append([]string{s.Axes[0].Key}, columns...)
	for i, value := range s.Axes[0].Values {
		row := []string{value}
		for k := range s.Cells[i] {
			row = append(row, sweptText(&s.Cells[i][k], ofJobs(s)))
		}
		rows = append(rows, row)
	}
	return header, rows
}

// countedRows has beside each value of one axis the TaskManagers that the jobs need then, and their memory.
func countedRows(s *capacity.Sweep) (header []string, rows [][]string) {
	header, rows = sweepRows(s)
	if len(s.Axes) > 1 || !withJobs(s) {
		return header, rows
	}
	for i := range rows {
		count, memory := "", ""
		if c := &s.Cells[i][0]; c.Refused == nil {
			count, memory = strconv.FormatInt(c.TaskManagers, 10), c.TotalProcess.String()
		}
		rows[i] = append(rows[i], count, memory)
	}
	return append(header, "TASKMANAGERS", "MEMORY IN ALL"), rows
}

func writeSweepTable(w io.Writer, s *capacity.Sweep, o Options) error {
	style := tableStyle{color: o.Color}
	header, rows := countedRows(s)
	g := &grid{paint: func(text string) string { return style.paint(bold, text) }}
	for i, text := range header {
		g.header, g.right = append(g.header, Sanitize(text)), append(g.right, i > 0)
	}
	for i, row := range rows {
		for k := 1; k <= len(s.Cells[i]); k++ {
			if c := &s.Cells[i][k-1]; c.Refused != nil || !c.Fits {
				row[k] = style.paint(red, row[k])
			} else if c.Needs > 0 {
				row[k] = style.paint(green, row[k])
			}
		}
		g.add(row...)
	}
	title := "Python's memory in a slot"
	if len(s.Axes) == 2 {
		title += ", by " + s.Axes[0].Key + " and " + s.Axes[1].Key
	}
	if _, err := io.WriteString(w, style.paint(bold, Sanitize(title))+"\n\n"); err != nil {
		return err
	}
	return g.write(w)
}

func writeSweepMarkdown(w io.Writer, s *capacity.Sweep, _ Options) error {
	var out strings.Builder
	header, rows := countedRows(s)
	t := markdownTable{&out}
	escaped := make([]string, len(header))
	for i, text := range header {
		escaped[i] = escapeMarkdown(text)
	}
	t.header("", escaped...)
	for _, row := range rows {
		t.texts(row...)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeSweepCSV(w io.Writer, s *capacity.Sweep, _ Options) error {
	header := []string{s.Axes[0].Key}
	if len(s.Axes) == 2 {
		header = append(header, s.Axes[1].Key)
	} else if s.Columns != nil {
		header = append(header, "beside")
	}
	counted := withJobs(s)
	header = append(header, "needs", "gets", "fits", "refused")
	if counted {
		header = append(header, "taskManagers", "totalProcess")
	}
	t := newCSV(w, header...)
	for i, value := range s.Axes[0].Values {
		for k := range s.Cells[i] {
			row := []string{value}
			if len(s.Axes) == 2 {
				row = append(row, s.Axes[1].Values[k])
			} else if s.Columns != nil {
				row = append(row, s.Columns[k])
			}
			c := &s.Cells[i][k]
			refused := ""
			if c.Refused != nil {
				refused = c.Refused.Message
			}
			row = append(row, strconv.FormatInt(int64(c.Needs), 10), strconv.FormatInt(int64(c.Gets), 10), strconv.FormatBool(c.Fits), refused)
			if counted {
				row = append(row, strconv.FormatInt(c.TaskManagers, 10), strconv.FormatInt(int64(c.TotalProcess), 10))
			}
			t.row(row...)
		}
	}
	return t.end()
}

func writeSweep(e *emitter, s *capacity.Sweep) error {
	d := planDocument{emitter: e}
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", "Capacity")
	var cells []func()
	for i, value := range s.Axes[0].Values {
		for k := range s.Cells[i] {
			cells = append(cells, func() { sweepCell(&d, s, value, i, k) })
		}
	}
	d.list("sweep", len(cells), func(i int) { cells[i]() })
	d.close()
	e.buf = append(e.buf, '\n')
	return e.flush()
}

func sweepCell(d *planDocument, s *capacity.Sweep, value string, i, k int) {
	c := &s.Cells[i][k]
	d.flow()
	d.quotedKey(s.Axes[0].Key)
	d.text(value)
	if len(s.Axes) == 2 {
		d.quotedKey(s.Axes[1].Key)
		d.text(s.Axes[1].Values[k])
	} else if s.Columns != nil {
		d.keyText("beside", s.Columns[k])
	}
	if c.Refused != nil {
		d.keyText("refused", c.Refused.Message)
	} else {
		d.keySize("needs", c.Needs)
		d.keySize("gets", c.Gets)
		d.key("fits")
		d.boolean(c.Fits)
		if c.TaskManagers > 0 {
			d.keyInt("taskManagers", c.TaskManagers)
			d.keySize("totalProcess", c.TotalProcess)
		}
	}
	d.close()
}
