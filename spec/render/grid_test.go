package render

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// onScreen is what a terminal shows of lines, blanks at their ends left out.
func onScreen(text string) string {
	text = regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(text, "")
	return regexp.MustCompile(" +(?m:$)").ReplaceAllString(text, "")
}

// TestLongGridIsTheSame: which of the two ways a table is drawn, nobody can see. Cells are of all kinds that tables hold: painted, wide,
// combining, empty, blanks at their ends.
func TestLongGridIsTheSame(t *testing.T) {
	cells := []string{"", "a", "launches 12", "TOTAL in 2 slots", "  indented", "trailing  ", "\x1b[1mbold\x1b[0m", "\x1b[36m  cyan…\x1b[0m", "漢字の名前", "e\u0301", "😀 x", "≈ §", "Ünï", "~102.9mb", "\\u001b"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		g := &grid{paint: func(text string) string { return text }}
		if random.IntN(2) == 0 {
			g.paint = func(text string) string { return tableStyle{color: true}.paint(bold, text) }
		}
		for range 1 + random.IntN(6) {
			g.header = append(g.header, strings.ToUpper(cells[random.IntN(4)])+"H")
			g.right = append(g.right, random.IntN(2) == 0)
		}
		for range 1 + random.IntN(9) {
			var row []string
			for range random.IntN(len(g.header) + 1) {
				row = append(row, cells[random.IntN(len(cells))])
			}
			g.add(row...)
		}
		var short, long strings.Builder
		if err := g.writeShort(&short); err != nil {
			t.Fatal(err)
		}
		if err := g.writeLong(&long); err != nil {
			t.Fatal(err)
		}
		// Where paint ends, tablewriter resets it a second time; nobody sees that either.
		if diff := cmp.Diff(onScreen(short.String()), onScreen(long.String())); diff != "" {
			t.Fatalf("%q (-tablewriter +long):\n%s", g.rows, diff)
		}
	}
}
