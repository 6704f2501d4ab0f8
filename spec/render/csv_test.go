package render

import (
	"strings"
	"testing"

	"udfplan/spec/capacity"
)

// TestCell: a spreadsheet must not run a name.
func TestCell(t *testing.T) {
	for _, row := range []struct{ text, want, reason string }{
		{"=cmd|calc", "'=cmd|calc", "a formula"},
		{"+1", "'+1", "a formula"},
		{"-1", "'-1", "a formula"},
		{"@SUM(1)", "'@SUM(1)", "an old form of a formula"},
		{"a=b", "a=b", "only the first character matters"},
		{"", "", "nothing"},
		{"\t=1", `\t=1`, "a tab would be skipped; it is shown"},
	} {
		if got := cell(row.text); got != row.want {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}

// TestEveryCSVIsGuarded: whatever table it is, through one writer.
func TestEveryCSVIsGuarded(t *testing.T) {
	var out strings.Builder
	table := newCSV(&out, "=h", "b")
	table.row("@x", "1")
	sweep := &capacity.Sweep{Axes: []capacity.Axis{{Key: "=k", Values: []string{"=v"}}}, Cells: [][]capacity.Cell{{{}}}}
	if err := writeSweepCSV(&out, sweep, Options{}); err != nil || table.end() != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.IndexByte("=+-@", line[0]) >= 0 {
			t.Errorf("%q would be run", line)
		}
	}
}
