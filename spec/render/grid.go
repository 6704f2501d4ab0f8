package render

import (
	"bytes"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// grid is a table without lines, its columns two blanks apart.
type grid struct {
	header []string
	right  []bool // columns of numbers
	rows   [][]string
	paint  func(header string) string
}

// add appends a row; missing cells are empty.
func (g *grid) add(cells ...string) {
	row := make([]string, len(g.header))
	copy(row, cells)
	g.rows = append(g.rows, row)
}

// longGrid is how many rows tablewriter draws at most: it takes some 15 microseconds for each, and holds all of them.
const longGrid = 1000

func (g *grid) write(w io.Writer) error {
	if len(g.rows) > longGrid {
		return g.writeLong(w)
	}
	return g.writeShort(w)
}

// writeLong draws what writeShort draws: columns are measured once, and rows written as they come.
func (g *grid) writeLong(w io.Writer) error {
	header := make([]string, len(g.header))
	for i, name := range g.header {
		header[i] = g.paint(name)
	}
	widths := make([]int, len(header))
	for _, row := range append([][]string{header}, g.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	line := make([]byte, 0, 256)
	for n := -1; n < len(g.rows); n++ {
		row := header
		if n >= 0 {
			row = g.rows[n]
		}
		line = append(bytes.TrimRight(g.appendRow(line[:0], row, widths), " "), '\n')
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// appendRow appends the cells of a row, each as wide as its column, two blanks after it.
func (g *grid) appendRow(line []byte, row []string, widths []int) []byte {
	for i, cell := range row {
		room := widths[i] - width(cell)
		if g.right[i] {
			line = appendBlanks(line, room)
		}
		line = append(line, cell...)
		if !g.right[i] {
			line = appendBlanks(line, room)
		}
		line = append(line, "  "...)
	}
	return line
}

func appendBlanks(line []byte, n int) []byte {
	for ; n > 0; n-- {
		line = append(line, ' ')
	}
	return line
}

// writeShort has tablewriter draw it.
func (g *grid) writeShort(w io.Writer) error {
	var out strings.Builder
	align := make(tw.Alignment, len(g.right))
	header := make([]string, len(g.header))
	for i, right := range g.right {
		align[i] = tw.AlignLeft
		if right {
			align[i] = tw.AlignRight
		}
		header[i] = g.paint(g.header[i])
	}
	off := tw.Off
	table := tablewriter.NewTable(&out,
		tablewriter.WithRenderer(renderer.NewBlueprint()),
		tablewriter.WithRendition(tw.Rendition{
			Borders: tw.Border{Left: off, Right: off, Top: off, Bottom: off},
			Settings: tw.Settings{
				Separators: tw.Separators{ShowHeader: off, ShowFooter: off, BetweenRows: off, BetweenColumns: off},
				Lines:      tw.Lines{ShowTop: off, ShowBottom: off, ShowHeaderLine: off, ShowFooterLine: off},
			},
		}),
		tablewriter.WithEastAsian(off), // its default asks the environment
		tablewriter.WithHeaderAutoFormat(off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(off),
		tablewriter.WithPadding(tw.Padding{Right: "  ", Overwrite: true}),
		tablewriter.WithAlignment(align),
	)
	table.Header(header)
	if err := table.Bulk(g.rows); err != nil {
		return err
	}
	if err := table.Render(); err != nil {
		return err
	}
	for line := range strings.Lines(out.String()) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// width is how many columns of a terminal a text takes: East Asian characters two, combining ones none,
// ambiguous ones one whatever the environment says.
func width(text string) int {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return twwidth.WidthWithOptions(text, twwidth.Options{})
		}
	}
	return len(text)
}

// truncate cuts a text to a number of columns, the last of them an ellipsis.
func truncate(text string, most int) string {
	if len(text) <= most || width(text) <= most {
		return text
	}
	columns := 0
	for i, r := range text {
		columns += width(string(r))
		if columns > most-1 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}
