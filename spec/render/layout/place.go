package layout

import "slices"

// place finds the heights: items as near as their order allows to where their edges are straight.
func (m *maker) place() {
	for c := range m.cells {
		y := 0
		for _, i := range m.cells[c] {
			m.items[i].y = y
			y += m.items[i].height + gapBehind(&m.items[i])
		}
	}
	const rounds = 3
	for range rounds {
		for r := range m.ranks {
			m.straighten(r, true)
		}
		for r := m.ranks - 1; r >= 0; r-- {
			m.straighten(r, false)
		}
	}
	for r := range m.ranks {
		m.straighten(r, true)
	}
	lowest := make([]int, len(m.bands))
	first := make([]bool, len(m.bands))
	for i := range m.items {
		if b := m.items[i].band; !first[b] || m.items[i].y < lowest[b] {
			first[b], lowest[b] = true, m.items[i].y
		}
	}
	for i := range m.items {
		it := &m.items[i]
		it.y -= lowest[it.band]
		m.bands[it.band].height = max(m.bands[it.band].height, it.y+it.height)
	}
}

func gapBehind(it *item) int {
	if it.box < 0 {
		return boxGap / 2
	}
	return boxGap
}

// straighten moves the items of a column to the median height of their neighbours in the same band on one side.
func (m *maker) straighten(rank int, left bool) {
	for _, cell := range m.rankCells(rank) {
		wish := make([]int, len(cell))
		shift := 0 // room that those above need
		for k, i := range cell {
			it := &m.items[i]
			links := it.outs
			if left {
				links = it.ins
			}
			y := it.y
			var ys []int
			for _, l := range links {
				if other := &m.items[l.item]; other.band == it.band {
					ys = append(ys, other.y+l.other-l.mine)
				}
			}
			if len(ys) > 0 {
				slices.Sort(ys)
				y = (ys[(len(ys)-1)/2] + ys[len(ys)/2]) / 2
			}
			wish[k] = y - shift
			shift += it.height + gapBehind(it)
		}
		shift = 0
		for k, y := range rising(wish) {
			it := &m.items[cell[k]]
			it.y = y + shift
			shift += it.height + gapBehind(it)
		}
	}
}

// rising is the sequence without a fall that lies nearest to another one, by the squares: neighbours that fall are joined in
// their mean (pool adjacent violators).
func rising(wish []int) []int {
	type pool struct{ sum, n int }
	var pools []pool
	for _, y := range wish {
		pools = append(pools, pool{y, 1})
		for k := len(pools) - 1; k > 0 && pools[k-1].sum*pools[k].n > pools[k].sum*pools[k-1].n; k-- {
			pools[k-1].sum += pools[k].sum
			pools[k-1].n += pools[k].n
			pools = pools[:k]
		}
	}
	out := make([]int, 0, len(wish))
	last := 0
	for i, p := range pools {
		mean := p.sum / p.n
		if i > 0 {
			mean = max(mean, last) // division cuts towards zero
		}
		last = mean
		for range p.n {
			out = append(out, mean)
		}
	}
	return out
}

// stackBands puts the bands one below the other, each with the tracks that it needs.
func (m *maker) stackBands() {
	m.assignCorridors()
	m.assignLanes()
	y := margin
	for b := range m.bands {
		band := &m.bands[b]
		band.top = y + band.corridors*laneStep
		band.content = band.top + RegionTitle
		band.bottom = band.content + band.height + band.lanes*laneHeight + regionPad
		y = band.bottom + regionGap
	}
}

// assignCorridors finds tracks above the bands for the edges that pass there.
func (m *maker) assignCorridors() {
	m.corridors = make([]int, len(m.Edges))
	edges, spans := make([][]int, len(m.bands)), make([][]Span, len(m.bands))
	for e, edge := range m.Edges {
		if !m.parts[e].corridor {
			continue
		}
		to := m.boxOf[edge.To]
		b := m.bandOf[m.Boxes[to].Region]
		from, end := m.rankOf[m.boxOf[edge.From]]+1, m.rankOf[to]
		edges[b] = append(edges[b], e)
		spans[b] = append(spans[b], Span{min(from, end), max(from, end)})
	}
	for b := range edges {
		track, count := Tracks(spans[b])
		m.bands[b].corridors = count
		for i, e := range edges[b] {
			m.corridors[e] = track[i]
		}
	}
}

// assignLanes finds tracks at the bottom of the bands for the ties over several boxes.
func (m *maker) assignLanes() {
	m.lanes = make([]int, len(m.Ties))
	m.tieColumns = make([][]int, len(m.Ties))
	ties, spans := make([][]int, len(m.bands)), make([][]Span, len(m.bands))
	for t := range m.Ties {
		if !m.wide[t] {
			continue
		}
		for _, r := range m.Ties[t].Rows {
			m.tieColumns[t] = append(m.tieColumns[t], m.rankOf[m.boxOf[r]])
		}
		slices.Sort(m.tieColumns[t])
		m.tieColumns[t] = slices.Compact(m.tieColumns[t])
		columns := m.tieColumns[t]
		b := m.bandOf[m.Boxes[m.boxOf[m.Ties[t].Rows[0]]].Region]
		ties[b] = append(ties[b], t)
		spans[b] = append(spans[b], Span{columns[0], columns[len(columns)-1]})
	}
	for b := range ties {
		track, count := Tracks(spans[b])
		m.bands[b].lanes = count
		for i, t := range ties[b] {
			m.lanes[t] = track[i]
		}
	}
}
