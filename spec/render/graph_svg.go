package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/spec/render/layout"
)

// SVGOptions say how a drawing is part of something larger; the zero value is for a file of its own.
type SVGOptions struct {
	// Page: the page that it is written into has SVGStyle already.
	Page bool
	// ID begins the ids of what can be linked to: ID itself is the drawing, ID-operator-N an operator by its index (where operators
	// are drawn), ID-worker-N a worker. Empty: there are none.
	ID string
}

// writeSVG writes one drawing, or several below one another.
func writeSVG(w io.Writer, drawings []*Drawing, _ Options) error {
	var out strings.Builder
	if len(drawings) == 1 {
		out.WriteString(SVG(drawings[0], SVGOptions{}))
	} else {
		stackSVG(&out, drawings)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func stackSVG(out *strings.Builder, drawings []*Drawing) {
	var pages []*svgPage
	width, height := 0, 0
	for _, d := range drawings {
		p := newSVGPage(paint(d), SVGOptions{Page: true})
		pages = append(pages, p)
		width, height = max(width, p.width), height+p.height
	}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" class="udfplan" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d">`+"\n<style>%[3]s</style>\n", width, height, SVGStyle())
	y := 0
	for _, p := range pages {
		fmt.Fprintf(out, `<svg y="%d" width="%d" height="%d">`+"\n%s", y, p.width, p.height, p.titleOf())
		out.WriteString(p.draw())
		out.WriteString("</svg>\n")
		y += p.height
	}
	out.WriteString("</svg>\n")
}

// SVG is one drawing as an <svg> element. It depends on nothing outside but, in a page, on SVGStyle; everything in it that comes
// from a job is escaped.
func SVG(d *Drawing, o SVGOptions) string {
	p := newSVGPage(paint(d), o)
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" class="udfplan" role="img"%s width="%d" height="%d" viewBox="0 0 %[2]d %[3]d">`+"\n", p.idOf("", -1), p.width, p.height)
	out.WriteString(p.titleOf())
	if !o.Page {
		out.WriteString("<style>" + SVGStyle() + "</style>\n")
	}
	out.WriteString(p.draw())
	out.WriteString("</svg>\n")
	return out.String()
}

// titleOf is what a screen reader says of the whole drawing.
func (p *svgPage) titleOf() string { return tip(p.name+": "+p.about, p.tooLarge) + "\n" }

// svgPage is one drawing with its title above.
type svgPage struct {
	*picture
	SVGOptions
	at            *layout.Layout
	out           strings.Builder
	title         int // height of the title
	width, height int
	colorOf       []int // worker of each row; -1: none
}

const (
	nameSize, detailSize, headSize = 13, 11, 16
	textPad                        = 10
	badgeText                      = 26 // the word Py in its frame
	rowLeast, rowMost              = 206, 290
	headWidth                      = 560 // a title may be wider than a small drawing
	headLine                       = 16
)

func newSVGPage(p *picture, o SVGOptions) *svgPage {
	page := &svgPage{picture: p, SVGOptions: o}
	g := &layout.Graph{Rows: len(p.rows), Regions: len(p.regions), RowWidth: rowLeast}
	page.colorOf = make([]int, len(p.rows))
	for r := range p.rows {
		row := &p.rows[r]
		page.colorOf[r] = -1
		w := textWidth(Sanitize(row.name), nameSize) + 2*textPad
		if row.isPython {
			w += badgeText + textPad
		}
		g.RowWidth = max(g.RowWidth, w, textWidth(Sanitize(row.detail), detailSize)+2*textPad)
	}
	g.RowWidth = min(g.RowWidth, rowMost)
	for _, b := range p.boxes {
		g.Boxes = append(g.Boxes, layout.Box{Region: b.region, Rows: b.rows})
	}
	for _, e := range p.edges {
		g.Edges = append(g.Edges, layout.Edge{From: e.from, To: e.to})
	}
	for w := range p.workers {
		g.Ties = append(g.Ties, layout.Tie{Rows: p.workers[w].rows})
		for _, r := range p.workers[w].rows {
			page.colorOf[r] = w
		}
	}
	page.at = layout.Make(g)
	page.title = 52 + headLine*len(p.tooLarge)
	page.width, page.height = max(page.at.Width, headWidth), page.at.Height+page.title
	return page
}

// draw draws from the back to the front.
func (p *svgPage) draw() string {
	p.printf(`<rect class="u-page" width="%d" height="%d"/>`, p.width, p.height)
	p.text("u-head", textPad+4, 28, headSize, p.width-2*textPad-8, p.name)
	p.text("u-detail", textPad+4, 46, detailSize, p.width-2*textPad-8, p.about)
	for i, message := range p.tooLarge {
		y := 46 + headLine*(i+1)
		p.warning(textPad+4, y-10)
		p.text("u-above", textPad+22, y, detailSize, p.width-2*textPad-26, message)
	}
	p.printf(`<g transform="translate(0 %d)">`, p.title)
	for i := range p.regions {
		p.region(i)
	}
	for i := range p.boxes {
		p.box(i)
	}
	p.innerEdges()
	for i := range p.edges {
		p.edge(i)
	}
	for w := range p.workers {
		p.tie(w)
	}
	for i := range p.rows {
		p.row(i)
	}
	p.marks()
	for w := range p.workers {
		p.badge(w)
	}
	p.printf("</g>")
	return p.out.String()
}

func (p *svgPage) printf(format string, args ...any) {
	fmt.Fprintf(&p.out, format+"\n", args...)
}

// idOf is an id, where the page wants any.
func (p *svgPage) idOf(kind string, i int) string {
	switch {
	case p.ID == "":
		return ""
	case i < 0:
		return ` id="` + svgText(p.ID) + `"`
	}
	return ` id="` + svgText(p.ID) + "-" + kind + "-" + strconv.Itoa(i) + `"`
}

// text writes one line, cut to its room.
func (p *svgPage) text(class string, x, y, size, room int, text string) {
	p.printf(`<text class="%s" x="%d" y="%d">%s</text>`, class, x, y, svgText(cutTo(Sanitize(text), size, room)))
}

func rectOf(r layout.Rect) string {
	return fmt.Sprintf(`x="%d" y="%d" width="%d" height="%d"`, r.X, r.Y, r.W, r.H)
}
