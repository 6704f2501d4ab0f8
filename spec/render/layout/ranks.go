package layout

import "container/heap"

// rank finds the column of every box: its longest path from a source. Of boxes on a cycle, the first in the graph's order goes before the others.
func (m *maker) rank() {
	next, waiting := m.boxEdges()
	n := len(m.Boxes)
	m.rankOf = make([]int, n)
	source := make([]bool, n)
	done := make([]bool, n)
	var ready ints
	for b := range waiting {
		if source[b] = waiting[b] == 0; source[b] {
			ready = append(ready, keyed{b, b})
		}
	}
	for left, first := n, 0; left > 0; left-- {
		for ; len(ready) == 0; first++ { // a cycle
			if !done[first] {
				ready = append(ready, keyed{first, first})
			}
		}
		b := heap.Pop(&ready).(keyed).value
		done[b] = true
		m.ranks = max(m.ranks, m.rankOf[b]+1)
		for _, down := range next[b] {
			if done[down] {
				continue
			}
			m.rankOf[down] = max(m.rankOf[down], m.rankOf[b]+1)
			if waiting[down]--; waiting[down] == 0 {
				heap.Push(&ready, keyed{down, down})
			}
		}
	}
	m.pullSources(next, source)
}

// pullSources puts every source right in front of the first box that it feeds.
func (m *maker) pullSources(next [][]int, source []bool) {
	for b := range next {
		if !source[b] || len(next[b]) == 0 {
			continue
		}
		first := m.ranks
		for _, down := range next[b] {
			first = min(first, m.rankOf[down])
		}
		m.rankOf[b] = max(first-1, 0)
	}
}

// boxEdges lists the boxes behind each box, and counts the edges into each.
func (m *maker) boxEdges() (next [][]int, waiting []int) {
	next, waiting = make([][]int, len(m.Boxes)), make([]int, len(m.Boxes))
	for _, e := range m.Edges {
		if up, down := m.boxOf[e.From], m.boxOf[e.To]; up != down {
			next[up] = append(next[up], down)
			waiting[down]++
		}
	}
	return next, waiting
}

// band is a strip of the drawing from its left to its right: regions one behind the other.
type band struct {
	corridors, lanes int // tracks above it, and at its bottom
	top              int // of the regions
	content          int // top of the highest box
	height           int // of the boxes
	bottom           int // of the regions
}

// assignBands gives regions a band in which no other one stands in the same columns.
func (m *maker) assignBands() {
	m.firstRank, m.lastRank = make([]int, m.Regions), make([]int, m.Regions)
	for r := range m.firstRank {
		m.firstRank[r], m.lastRank[r] = m.ranks, -1
	}
	for b := range m.Boxes {
		r := m.Boxes[b].Region
		m.firstRank[r], m.lastRank[r] = min(m.firstRank[r], m.rankOf[b]), max(m.lastRank[r], m.rankOf[b])
	}
	spans := make([]Span, m.Regions)
	for r := range spans {
		spans[r] = Span{m.firstRank[r], m.lastRank[r]}
	}
	var count int
	m.bandOf, count = Tracks(spans)
	m.bands = make([]band, count)
}
