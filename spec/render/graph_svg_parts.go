package render

import (
	"fmt"
	"strings"

	"udfplan/spec/render/layout"
)

// tip is what is shown where the mouse rests, and what a screen reader says.
func tip(about string, tooLarge []string) string {
	return "<title>" + svgText(strings.Join(append([]string{about}, tooLarge...), "; ")) + "</title>"
}

// above adds the class of what is too large.
func above(class string, tooLarge []string) string {
	if len(tooLarge) > 0 {
		return class + " u-large"
	}
	return class
}

func (p *svgPage) region(i int) {
	r, at := &p.regions[i], p.at.Regions[i]
	p.printf(`<g>%s<rect class="%s" rx="10" %s/>`, tip("slot sharing group "+r.name+", "+r.detail, r.tooLarge), above("u-region", r.tooLarge), rectOf(at))
	x := at.X + textPad + 2
	if len(r.tooLarge) > 0 {
		p.warning(x, at.Y+6)
		x += 18
	}
	p.text("u-group", x, at.Y+17, detailSize, at.Right()-textPad-x, r.name+" · "+r.detail)
	p.printf("</g>")
}

func (p *svgPage) box(i int) {
	at := p.at.Boxes[i]
	p.printf(`<rect class="u-chain" rx="7" %s/>`, rectOf(at))
	p.text("u-detail", at.X+textPad, at.Y+16, detailSize, at.W-2*textPad, p.boxes[i].title)
}

func (p *svgPage) row(i int) {
	row, at := &p.rows[i], p.at.Rows[i]
	class := "u-java"
	switch {
	case row.isInThread:
		class = "u-python u-thread"
	case row.isPython:
		class = "u-python"
	}
	p.printf(`<g%s>%s<rect class="%s" rx="4" %s/>`, p.idOf("operator", i), tip(row.about, row.tooLarge), above(class, row.tooLarge), rectOf(at))
	room := at.W - 2*textPad
	y := at.Y + at.H/2
	if row.isPython {
		room -= badgeText
	}
	if len(row.tooLarge) > 0 {
		p.warning(at.Right()-24, y+3)
	}
	p.text("u-name", at.X+textPad, y-3, nameSize, room, row.name)
	p.text("u-detail", at.X+textPad, y+12, detailSize, at.W-2*textPad-badgeText, row.detail)
	p.printf("</g>")
}

// edge draws a line with an arrow at its end; the room around it can be pointed at too.
func (p *svgPage) edge(i int) {
	e, path := &p.edges[i], &p.at.Edges[i]
	if path.Inner {
		return // innerEdges draws them
	}
	line := pathOf(path.Points)
	p.printf(`<g>%s<path class="u-room" d="%s"/><path class="u-edge" d="%[2]s"/>`, tip(e.reason, nil), line)
	p.printf(`<path class="u-arrow" d="%s"/>`, arrowOf(path.Points))
	p.printf(`<text class="u-why" x="%d" y="%d">%s</text></g>`, path.Label.X+3, path.Label.Bottom()-1, svgText(cutTo(Sanitize(e.label), 10, path.Label.W-3)))
}

// pathOf joins points; where both coordinates change, by a curve that begins and ends level.
func pathOf(points []layout.Point) string {
	var out strings.Builder
	fmt.Fprintf(&out, "M%d %d", points[0].X, points[0].Y)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if a.X == b.X || a.Y == b.Y {
			fmt.Fprintf(&out, "L%d %d", b.X, b.Y)
			continue
		}
		half := (a.X + b.X) / 2
		fmt.Fprintf(&out, "C%d %d %d %d %d %d", half, a.Y, half, b.Y, b.X, b.Y)
	}
	return out.String()
}

// arrowOf is the head of a line, which ends level or downwards.
func arrowOf(points []layout.Point) string {
	a, b := points[len(points)-2], points[len(points)-1]
	if a.X == b.X {
		return fmt.Sprintf("M%d %dl-4 -6h8z", b.X, b.Y)
	}
	return fmt.Sprintf("M%d %dl-7 -4v8z", b.X, b.Y)
}

// shape draws many like things as one.
func (p *svgPage) shape(class, d string) {
	if d != "" {
		p.printf(`<path class="%s" d="%s"/>`, class, d)
	}
}

// innerEdges are those within chains.
func (p *svgPage) innerEdges() {
	var lines, arrows strings.Builder
	for i := range p.at.Edges {
		if path := &p.at.Edges[i]; path.Inner {
			lines.WriteString(pathOf(path.Points))
			arrows.WriteString(arrowOf(path.Points))
		}
	}
	p.shape("u-inner", lines.String())
	p.shape("u-arrow", arrows.String())
}

// marks are the frames of the word Py, and the bars in the colours of the workers.
func (p *svgPage) marks() {
	var frames strings.Builder
	bars := make([]strings.Builder, len(workerColors))
	for i := range p.rows {
		at := p.at.Rows[i]
		if p.rows[i].isPython {
			fmt.Fprintf(&frames, "M%d %dh22v15h-22z", at.Right()-28, at.Y+at.H/2-14)
		}
		if w := p.colorOf[i]; w >= 0 {
			fmt.Fprintf(&bars[w%len(bars)], "M%d %dh5v%dh-5z", at.X, at.Y, at.H)
		}
	}
	p.shape("u-py", frames.String())
	for i := range p.rows {
		if at := p.at.Rows[i]; p.rows[i].isPython {
			p.printf(`<text class="u-pytext" x="%d" y="%d">Py</text>`, at.Right()-17, at.Y+at.H/2-3)
		}
	}
	for w := range bars {
		p.shape(fmt.Sprintf("u-fill%d", w), bars[w].String())
	}
}

func (p *svgPage) tie(w int) {
	var d strings.Builder
	for _, line := range p.at.Ties[w].Lines {
		d.WriteString(pathOf(line[:]))
	}
	p.printf(`<path class="u-tie u-line%d%s" d="%s"/>`, w%len(workerColors), dashed(w), d.String())
}

// dashed tells apart workers that have the same colour, as far as that goes.
func dashed(w int) string {
	if w/len(workerColors)%2 == 1 {
		return " u-dashed"
	}
	return ""
}

// badge names a worker, with its memory and its number of processes.
func (p *svgPage) badge(w int) {
	worker, at := &p.workers[w], p.at.Ties[w].Badge
	p.printf(`<g%s>%s<rect class="%s" rx="10" %s/>`, p.idOf("worker", w), tip("Python worker "+worker.name+", "+worker.detail, worker.tooLarge),
		above(fmt.Sprintf("u-badge u-line%d%s", w%len(workerColors), dashed(w)), worker.tooLarge), rectOf(at))
	detail := textWidth(worker.detail, detailSize)
	x, end := at.X+textPad, at.Right()-textPad
	if len(worker.tooLarge) > 0 {
		p.warning(x-2, at.Y+3)
		x += 16
	}
	name, room := "worker "+worker.name, end-x-detail-6
	if textWidth(Sanitize(name), detailSize) > room {
		name = worker.name
	}
	p.text("u-worker", x, at.Y+14, detailSize, room, name)
	p.printf(`<text class="u-worker u-end" x="%d" y="%d">%s</text></g>`, end, at.Y+14, svgText(cutTo(worker.detail, detailSize, end-x)))
}

// warning is a triangle with an exclamation mark, 14 pixels wide.
func (p *svgPage) warning(x, y int) {
	p.printf(`<path class="u-sign" d="M%d %dl7 12h-14z"/><path class="u-mark" d="M%d %dv4m0 2v1"/>`, x+7, y, x+7, y+4)
}
