package render

import (
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

func (g *grid) write(w io.Writer) error {
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
func width(text string) int { return twwidth.WidthWithOptions(text, twwidth.Options{}) }

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
