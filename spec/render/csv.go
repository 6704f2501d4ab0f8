package render

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/spec"
)

var csvHeader = []string{"job", "operator", "name", "chain", "slotSharingGroup", "parallelism", "python", "worker", "launches", "workerMemory", "taskHeap", "managedOffHeap"}

// csvTable writes rows for spreadsheets and scripts. Names come from strangers: no cell is a formula.
type csvTable struct{ out *csv.Writer }

func newCSV(w io.Writer, header ...string) csvTable {
	t := csvTable{csv.NewWriter(w)}
	t.row(header...)
	return t
}

func (t csvTable) row(cells ...string) {
	guarded := make([]string, len(cells))
	for i, text := range cells {
		guarded[i] = cell(text)
	}
	_ = t.out.Write(guarded) // end tells
}

func (t csvTable) end() error {
	t.out.Flush()
	return t.out.Error()
}

// writeCSV has a row an operator: sizes are plain bytes per subtask, `unknown` in streaming.
func writeCSV(w io.Writer, specs []*spec.Spec, _ Options) error {
	t := newCSV(w, csvHeader...)
	for _, s := range specs {
		for i := range s.Plan.Operators {
			t.row(csvRow(s, int32(i))...)
		}
	}
	return t.end()
}

func csvRow(s *spec.Spec, i int32) []string {
	op, at := &s.Plan.Job.Operators[i], s.Plan.Operators[i]
	row := []string{
		s.Plan.Job.Name, op.ID, op.Name,
		s.Plan.Job.Operators[s.Plan.Chains[at.Chain].Head()].ID, s.Plan.Groups[at.Group].Name,
		strconv.Itoa(int(op.Parallelism)), strconv.FormatBool(op.Python != nil), "", "", "",
		csvKnown(s, s.Operators[i].TaskHeap), csvKnown(s, s.Operators[i].ManagedOffHeap),
	}
	if w := at.Worker; w >= 0 {
		row[7] = s.Plan.Workers[w].ID
		row[8] = strconv.FormatBool(s.Plan.Workers[w].LaunchedBy == i)
		row[9] = strconv.FormatInt(int64(s.Workers[w].Memory), 10)
	}
	return row
}

func csvKnown(s *spec.Spec, size flink.MemorySize) string {
	if !s.Known {
		return "unknown"
	}
	return strconv.FormatInt(int64(size), 10)
}

// cell keeps a name from being a formula: spreadsheets run cells that begin with one of these characters.
func cell(text string) string {
	text = Sanitize(text)
	if text != "" && strings.IndexByte("=+-@", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
