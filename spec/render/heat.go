package render

import (
	"io"

	"udfplan/graph/flink"
	"udfplan/spec/capacity"
)

// The measures of a heat map, in pixels.
const (
	heatCell = 126.0
	heatRow  = 34.0
	heatLeft = 130.0
	heatTop  = 76.0
)

const heatRules = `.uf .cell{stroke:var(--line)}.uf .fits{fill:var(--good)}.uf .short{fill:var(--bad)}.uf .plain{fill:var(--track)}.uf .refused{fill:var(--track);stroke-dasharray:3 3;stroke:var(--line)}
`

// writeSweepSVG draws what every configuration gives: what fits and what is short by colour and by word, the more spare or missing the
// stronger.
func writeSweepSVG(w io.Writer, s *capacity.Sweep, _ Options) error {
	_, err := io.WriteString(w, heatMap(s, false))
	return err
}

func heatMap(s *capacity.Sweep, inPage bool) string {
	header, rows := sweepRows(s)
	out := svg{inPage: inPage}
	title := "Python's memory in a slot, by " + s.Axes[0].Key
	if len(s.Axes) == 2 {
		title += " and " + s.Axes[1].Key
	}
	width := max(heatLeft+heatCell*float64(len(header)-1)+16, float64(len(title))*letterWide*1.15+32)
	out.open(width, heatTop+heatRow*float64(len(rows))+16, title, heatRules)
	out.text("strong", "", 16, 26, title)
	for k, name := range header[1:] {
		out.text("dim", "middle", heatLeft+heatCell*(float64(k)+0.5), heatTop-10, cut(name, heatCell-4))
	}
	most := mostOff(s)
	for i, row := range rows {
		y := heatTop + heatRow*float64(i)
		out.text("", "end", heatLeft-10, y+22, cut(row[0], heatLeft-26))
		for k := range row[1:] {
			heatAt(&out, &s.Cells[i][k], ofJobs(s), heatLeft+heatCell*float64(k), y, most)
		}
	}
	out.end()
	return out.String()
}

// mostOff is the largest difference between what is given and what is needed, in bytes.
func mostOff(s *capacity.Sweep) (most flink.MemorySize) {
	for i := range s.Cells {
		for k := range s.Cells[i] {
			c := &s.Cells[i][k]
			most = max(most, c.Gets-c.Needs, c.Needs-c.Gets)
		}
	}
	return max(most, 1)
}

func heatAt(out *svg, c *capacity.Cell, ofJobs bool, x, y float64, most flink.MemorySize) {
	text := sweptText(c, ofJobs)
	class := "plain"
	switch {
	case c.Refused != nil:
		out.rect("refused", x, y, heatCell, heatRow, c.Refused.Message)
		out.text("dim", "middle", x+heatCell/2, y+22, text)
		return
	case c.Needs == 0:
	case c.Fits:
		class = "fits"
	default:
		class = "short"
	}
	off := c.Gets - c.Needs
	strength := 0.15 + 0.4*float64(max(off, -off))/float64(most)
	out.WriteString(`<g fill-opacity="` + coordinate2(strength) + `">` + "\n")
	out.rect("cell "+class, x, y, heatCell, heatRow, text+": a slot gives "+c.Gets.String()+", needed are "+c.Needs.String())
	out.WriteString("</g>\n")
	out.text("", "middle", x+heatCell/2, y+22, cut(text, heatCell-4))
}
