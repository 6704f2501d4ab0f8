package layout

// inside is a box by itself: what stands in it, from its own top.
type inside struct {
	rowY, rowHeight []int // by place in the box
	height          int
	gutters, rails  int // tracks left and right of the rows
	gutter          map[int]int
	rail            map[int]int
	badgeY          map[int]int // of the ties within this box
	ties            []int
}

// fillBoxes stacks the rows of each box, and behind its last row the badge of a tie that is within the box.
func (m *maker) fillBoxes() {
	m.boxOf = make([]int, m.Rows)
	place := make([]int, m.Rows)
	for b := range m.Boxes {
		for k, r := range m.Boxes[b].Rows {
			m.boxOf[r], place[r] = b, k
		}
	}
	m.inside = make([]inside, len(m.Boxes))
	m.wide = make([]bool, len(m.Ties))
	badges := make([][]int, m.Rows) // behind each row
	for t := range m.Ties {
		rows := m.Ties[t].Rows
		box, last := m.boxOf[rows[0]], rows[0]
		for _, r := range rows {
			m.wide[t] = m.wide[t] || m.boxOf[r] != box
			if place[r] > place[last] {
				last = r
			}
		}
		if !m.wide[t] {
			m.inside[box].ties = append(m.inside[box].ties, t)
			badges[last] = append(badges[last], t)
		}
	}
	entering := make([]int, m.Rows)
	inner := make([][]Edge, len(m.Boxes))
	for _, e := range m.Edges {
		if b := m.boxOf[e.From]; b == m.boxOf[e.To] {
			inner[b] = append(inner[b], e)
		} else {
			entering[e.To]++
		}
	}
	for b := range m.Boxes {
		m.inside[b].stack(m.Boxes[b].Rows, entering, badges)
		m.inside[b].addGutters(inner[b], place)
		m.inside[b].addRails(m.Ties, place)
	}
}

func (in *inside) stack(rows, entering []int, badges [][]int) {
	y := BoxTitle
	in.badgeY = map[int]int{}
	for k, r := range rows {
		if k > 0 {
			y += rowGap
		}
		height := max(RowHeight, entering[r]*portStep)
		in.rowY, in.rowHeight = append(in.rowY, y), append(in.rowHeight, height)
		y += height
		for _, t := range badges[r] {
			y += badgeGap
			in.badgeY[t] = y
			y += BadgeHeight
		}
	}
	in.height = y + boxPad
}

func (in *inside) middle(k int) int { return in.rowY[k] + in.rowHeight[k]/2 }

// direct: the edge leads to the next row, down through the gap between them.
func direct(e Edge, place []int) bool { return place[e.To] == place[e.From]+1 }

// addGutters finds tracks left of the rows for edges that pass others; those from one row share one.
func (in *inside) addGutters(edges []Edge, place []int) {
	in.gutter = map[int]int{}
	var from []int
	var spans []Span
	for _, e := range edges {
		if direct(e, place) {
			continue
		}
		i, known := in.gutter[e.From]
		if !known {
			i = len(from)
			from = append(from, e.From)
			spans = append(spans, Span{in.middle(place[e.From]), in.middle(place[e.From])})
			in.gutter[e.From] = i
		}
		y := in.middle(place[e.To])
		spans[i].From, spans[i].To = min(spans[i].From, y), max(spans[i].To, y)
	}
	var track []int
	track, in.gutters = Tracks(spans)
	for i, r := range from {
		in.gutter[r] = track[i]
	}
}

// addRails finds tracks right of the rows for the ties within the box.
func (in *inside) addRails(ties []Tie, place []int) {
	in.rail = map[int]int{}
	spans := make([]Span, len(in.ties))
	for i, t := range in.ties {
		spans[i] = Span{in.badgeY[t], in.badgeY[t] + BadgeHeight}
		for _, r := range ties[t].Rows {
			spans[i].From = min(spans[i].From, in.middle(place[r]))
		}
	}
	var track []int
	track, in.rails = Tracks(spans)
	for i, t := range in.ties {
		in.rail[t] = track[i]
	}
}
