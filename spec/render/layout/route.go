package layout

import (
	"cmp"
	"slices"
)

// column is where the parts of a rank stand, from left to right: box, row, and right of the box the ties; then the space in
// which edges change their height, and the room for labels in front of the next column.
type column struct {
	box, row, rowEnd, boxEnd int
	regionEnd, curveEnd      int
}

// columnsX finds the columns.
func (m *maker) columnsX() {
	left, right := make([]int, m.ranks), make([]int, m.ranks)
	for b := range m.Boxes {
		r := m.rankOf[b]
		left[r], right[r] = max(left[r], m.inside[b].gutters), max(right[r], m.inside[b].rails)
	}
	ties := m.assignTieTracks()
	m.cols = make([]column, m.ranks+1)
	backward := slices.ContainsFunc(m.Edges, func(e Edge) bool { return m.boxOf[e.From] != m.boxOf[e.To] && m.rankOf[m.boxOf[e.To]] == 0 })
	x := margin + regionPad
	if m.cols[0].regionEnd, m.cols[0].curveEnd = margin, margin; backward {
		m.cols[0].curveEnd += curveWidth
		x = m.cols[0].curveEnd + labelWidth + regionPad
	}
	for r := range m.ranks {
		c := &m.cols[r+1]
		c.box = x
		c.row = c.box + boxPad + left[r]*gutterStep
		c.rowEnd = c.row + m.RowWidth
		c.boxEnd = c.rowEnd + boxPad + right[r]*railStep
		c.regionEnd = c.boxEnd + ties[r]*railStep + regionPad
		c.curveEnd = c.regionEnd + curveWidth
		x = c.curveEnd + labelWidth + regionPad
	}
}

// assignTieTracks finds tracks right of the boxes on which ties come down, and counts them by rank.
func (m *maker) assignTieTracks() (most []int) {
	m.tieTracks = map[tieAt]int{}
	most = make([]int, m.ranks)
	used := make([]int, len(m.cells))
	for t := range m.Ties {
		band := m.bandOf[m.Boxes[m.boxOf[m.Ties[t].Rows[0]]].Region]
		for _, r := range m.tieColumns[t] {
			cell := r*len(m.bands) + band
			m.tieTracks[tieAt{t, r}] = used[cell]
			used[cell]++
			most[r] = max(most[r], used[cell])
		}
	}
	return most
}

// layout puts all together.
func (m *maker) layout() *Layout {
	l := &Layout{Width: 2 * margin, Height: 2 * margin}
	if m.ranks > 0 {
		l.Width = m.cols[m.ranks].regionEnd + margin
		l.Height = m.bands[len(m.bands)-1].bottom + margin
	}
	l.Regions = make([]Rect, m.Regions)
	for r := range l.Regions {
		if m.lastRank[r] < 0 {
			continue // nothing is in it
		}
		b := &m.bands[m.bandOf[r]]
		x := m.cols[m.firstRank[r]+1].box - regionPad
		l.Regions[r] = Rect{x, b.top, m.cols[m.lastRank[r]+1].regionEnd - x, b.bottom - b.top}
	}
	l.Boxes, l.Rows = make([]Rect, len(m.Boxes)), make([]Rect, m.Rows)
	for b := range m.Boxes {
		c, it, in := &m.cols[m.rankOf[b]+1], &m.items[b], &m.inside[b]
		y := m.bands[it.band].content + it.y
		l.Boxes[b] = Rect{c.box, y, c.boxEnd - c.box, in.height}
		for k, r := range m.Boxes[b].Rows {
			l.Rows[r] = Rect{c.row, y + in.rowY[k], m.RowWidth, in.rowHeight[k]}
		}
	}
	m.routeEdges(l)
	m.routeTies(l)
	return l
}

func middle(r Rect) int { return r.Y + r.H/2 }

func (m *maker) routeEdges(l *Layout) {
	m.assignPorts(l)
	place := m.places()
	l.Edges = make([]Path, len(m.Edges))
	for e, edge := range m.Edges {
		b := m.boxOf[edge.From]
		switch {
		case b != m.boxOf[edge.To]:
			l.Edges[e] = m.between(l, e)
		case direct(edge, place):
			from, to := l.Rows[edge.From], l.Rows[edge.To]
			x := from.X + badgeLeft/2
			l.Edges[e] = Path{Points: []Point{{x, from.Bottom()}, {x, to.Y}}, Inner: true}
		default:
			from, to := l.Rows[edge.From], l.Rows[edge.To]
			x := from.X - (m.inside[b].gutter[edge.From]+1)*gutterStep
			l.Edges[e] = Path{Points: []Point{{from.X, middle(from)}, {x, middle(from)}, {x, middle(to)}, {to.X, middle(to)}}, Inner: true}
		}
	}
}

// assignPorts finds where edges enter a row: below one another, by where they come from.
func (m *maker) assignPorts(l *Layout) {
	m.ports = make([]int, len(m.Edges))
	into := make([][]int, m.Rows)
	for e, edge := range m.Edges {
		if m.boxOf[edge.From] != m.boxOf[edge.To] {
			into[edge.To] = append(into[edge.To], e)
		}
	}
	for r, edges := range into {
		slices.SortStableFunc(edges, func(a, b int) int { return cmp.Compare(m.lastY(l, a), m.lastY(l, b)) })
		for k, e := range edges {
			m.ports[e] = middle(l.Rows[r]) + (2*k-len(edges)+1)*portStep/2
		}
	}
}

// lastY is the height of an edge in front of the last column.
func (m *maker) lastY(l *Layout, e int) int {
	p := &m.parts[e]
	switch {
	case p.corridor:
		return m.corridorY(e)
	case len(p.bends) > 0:
		return m.bendY(p.bends[len(p.bends)-1])
	}
	return middle(l.Rows[m.Edges[e].From])
}

func (m *maker) corridorY(e int) int {
	band := &m.bands[m.bandOf[m.Boxes[m.boxOf[m.Edges[e].To]].Region]]
	return band.top - (m.corridors[e]+1)*laneStep
}

func (m *maker) bendY(i int) int {
	it := &m.items[i]
	return m.bands[it.band].content + it.y + bendHeight/2
}

// between routes an edge from box to box.
func (m *maker) between(l *Layout, e int) Path {
	edge, p := m.Edges[e], &m.parts[e]
	from, to := l.Rows[edge.From], l.Rows[edge.To]
	up, down := m.rankOf[m.boxOf[edge.From]], m.rankOf[m.boxOf[edge.To]]
	points := []Point{{from.Right(), middle(from)}}
	turn := func(col, y int) { // to another height behind a column
		points = append(points, Point{m.cols[col].regionEnd, points[len(points)-1].Y}, Point{m.cols[col].curveEnd, y})
	}
	if p.corridor {
		turn(up+1, m.corridorY(e))
	}
	for k, i := range p.bends {
		turn(up+1+k, m.bendY(i))
	}
	y := m.ports[e]
	turn(down, y)
	points = append(points, Point{to.X, y})
	x := m.cols[down].curveEnd
	return Path{Points: points, Label: Rect{x, y - labelRise - labelLine, labelWidth, labelLine}}
}

func (m *maker) routeTies(l *Layout) {
	l.Ties = make([]Knot, len(m.Ties))
	for t := range m.Ties {
		if m.wide[t] {
			l.Ties[t] = m.wideTie(l, t)
		} else {
			l.Ties[t] = m.boxTie(l, t)
		}
	}
}

// boxTie runs within a box: its badge stands behind its last row.
func (m *maker) boxTie(l *Layout, t int) Knot {
	rows := m.Ties[t].Rows
	b := m.boxOf[rows[0]]
	c := &m.cols[m.rankOf[b]+1]
	k := Knot{Badge: Rect{c.row + badgeLeft, l.Boxes[b].Y + m.inside[b].badgeY[t], m.RowWidth - badgeLeft, BadgeHeight}}
	x := c.rowEnd + (m.inside[b].rail[t]+1)*railStep
	top := middle(k.Badge)
	for _, r := range rows {
		y := middle(l.Rows[r])
		k.Lines = append(k.Lines, [2]Point{{c.rowEnd, y}, {x, y}})
		top = min(top, y)
	}
	k.Lines = append(k.Lines, [2]Point{{x, top}, {x, middle(k.Badge)}}, [2]Point{{x, middle(k.Badge)}, {k.Badge.Right(), middle(k.Badge)}})
	return k
}

// wideTie comes down right of every column that it has rows in, to its lane at the bottom of the region, where its badge stands.
func (m *maker) wideTie(l *Layout, t int) Knot {
	rows, columns := m.Ties[t].Rows, m.tieColumns[t]
	band := &m.bands[m.bandOf[m.Boxes[m.boxOf[rows[0]]].Region]]
	laneY := band.content + band.height + m.lanes[t]*laneHeight + (laneHeight - BadgeHeight)
	first := &m.cols[columns[0]+1]
	k := Knot{Badge: Rect{first.box, laneY, first.boxEnd - first.box, BadgeHeight}}
	y := middle(k.Badge)
	top := map[int]int{}
	x := func(rank int) int { return m.cols[rank+1].boxEnd + (m.tieTracks[tieAt{t, rank}]+1)*railStep }
	for _, r := range rows {
		rank, at := m.rankOf[m.boxOf[r]], middle(l.Rows[r])
		k.Lines = append(k.Lines, [2]Point{{l.Rows[r].Right(), at}, {x(rank), at}})
		if was, has := top[rank]; !has || at < was {
			top[rank] = at
		}
	}
	for _, rank := range columns {
		k.Lines = append(k.Lines, [2]Point{{x(rank), top[rank]}, {x(rank), y}})
	}
	k.Lines = append(k.Lines, [2]Point{{k.Badge.Right(), y}, {x(columns[len(columns)-1]), y}})
	return k
}
