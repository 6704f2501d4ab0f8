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

// writeCSV is for spreadsheets and scripts: sizes are plain bytes per subtask, `unknown` in streaming.
func writeCSV(w io.Writer, specs []*spec.Spec, _ Options) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for _, s := range specs {
		for i := range s.Plan.Operators {
			if err := out.Write(csvRow(s, int32(i))); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(s *spec.Spec, i int32) []string {
	op, at := &s.Plan.Job.Operators[i], s.Plan.Operators[i]
	row := []string{
		cell(s.Plan.Job.Name), cell(op.ID), cell(op.Name),
		cell(s.Plan.Job.Operators[s.Plan.Chains[at.Chain].Head()].ID), cell(s.Plan.Groups[at.Group].Name),
		strconv.Itoa(int(op.Parallelism)), strconv.FormatBool(op.Python != nil), "", "", "",
		csvKnown(s, s.Operators[i].TaskHeap), csvKnown(s, s.Operators[i].ManagedOffHeap),
	}
	if w := at.Worker; w >= 0 {
		row[7] = cell(s.Plan.Workers[w].ID)
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
