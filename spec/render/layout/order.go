package layout

import (
	"cmp"
	"slices"
)

// item is what has a place in a column: a box, or the bend of an edge that passes.
type item struct {
	box, rank, band int // box: -1 of a bend
	height          int
	ins, outs       []link
	y               int // from the content of its band
	at              float64
}

// link leads to an item of the next column. Both offsets are from the tops of the items, in pixels.
type link struct{ item, mine, other int }

// edgeParts is an edge between boxes: the items that it passes, in order; or that it passes above a band.
type edgeParts struct {
	bends    []int
	corridor bool
}

// makeItems makes an item of each box and of each place where an edge passes a column.
func (m *maker) makeItems() {
	m.cells = make([][]int, m.ranks*len(m.bands))
	add := func(it item) int {
		m.items = append(m.items, it)
		cell := it.rank*len(m.bands) + it.band
		m.cells[cell] = append(m.cells[cell], len(m.items)-1)
		return len(m.items) - 1
	}
	for b := range m.Boxes {
		add(item{box: b, rank: m.rankOf[b], band: m.bandOf[m.Boxes[b].Region], height: m.inside[b].height})
	}
	m.parts = make([]edgeParts, len(m.Edges))
	place := m.places()
	for e, edge := range m.Edges {
		from, to := m.boxOf[edge.From], m.boxOf[edge.To]
		if from == to {
			continue
		}
		up, down := m.rankOf[from], m.rankOf[to]
		if length := down - up; length < 1 || length > mostBends {
			m.parts[e].corridor = true
			continue
		}
		last, offset := from, m.inside[from].middle(place[edge.From])
		for r := up + 1; r < down; r++ {
			bend := add(item{box: -1, rank: r, band: m.bandOf[m.Boxes[to].Region], height: bendHeight})
			m.parts[e].bends = append(m.parts[e].bends, bend)
			m.link(last, offset, bend, bendHeight/2)
			last, offset = bend, bendHeight/2
		}
		m.link(last, offset, to, m.inside[to].middle(place[edge.To]))
	}
}

func (m *maker) link(up, upOffset, down, downOffset int) {
	m.items[up].outs = append(m.items[up].outs, link{down, upOffset, downOffset})
	m.items[down].ins = append(m.items[down].ins, link{up, downOffset, upOffset})
}

// places are the places of the rows in their boxes.
func (m *maker) places() []int {
	place := make([]int, m.Rows)
	for b := range m.Boxes {
		for k, r := range m.Boxes[b].Rows {
			place[r] = k
		}
	}
	return place
}

// sweeps there and back; medians find nearly all there is to find in the first few (Gansner et al. 1993, 3).
const sweeps = 4

// order finds the order within every cell, by the median of the neighbours' places, and keeps that with the fewest crossings.
func (m *maker) order() {
	m.number()
	best, fewest := m.copyCells(), m.crossings()
	for range sweeps {
		for _, forward := range []bool{true, false} {
			for k := range m.ranks {
				if !forward {
					k = m.ranks - 1 - k
				}
				m.sortRank(k, forward)
			}
			if n := m.crossings(); n < fewest {
				best, fewest = m.copyCells(), n
			}
		}
		if fewest == 0 {
			break
		}
	}
	m.cells = best
	m.number()
}

func (m *maker) copyCells() [][]int {
	cells := make([][]int, len(m.cells))
	for i := range cells {
		cells[i] = slices.Clone(m.cells[i])
	}
	return cells
}

// number gives the items of every column their places in it.
func (m *maker) number() {
	for r := range m.ranks {
		m.numberRank(r)
	}
}

func (m *maker) numberRank(rank int) {
	at := 0
	for _, cell := range m.rankCells(rank) {
		for _, i := range cell {
			m.items[i].at = float64(at)
			at++
		}
	}
}

// rankCells are the cells of a column, top to bottom.
func (m *maker) rankCells(rank int) [][]int {
	return m.cells[rank*len(m.bands) : (rank+1)*len(m.bands)]
}

// sortRank sorts a column by the medians of what leads into it, or out of it. What has no neighbour there keeps its place.
func (m *maker) sortRank(rank int, forward bool) {
	median := map[int]float64{}
	for _, cell := range m.rankCells(rank) {
		for _, i := range cell {
			links := m.items[i].outs
			if forward {
				links = m.items[i].ins
			}
			median[i] = m.items[i].at
			if len(links) > 0 {
				median[i] = m.median(links)
			}
		}
		slices.SortStableFunc(cell, func(a, b int) int { return cmp.Compare(median[a], median[b]) })
	}
	m.numberRank(rank)
}

func (m *maker) median(links []link) float64 {
	at := make([]float64, len(links))
	for i, l := range links {
		at[i] = m.linkAt(l.item, l.other)
	}
	slices.Sort(at)
	if n := len(at); n%2 == 0 {
		return (at[n/2-1] + at[n/2]) / 2
	}
	return at[len(at)/2]
}

// linkAt is where in the order a link meets an item: within it, the row counts.
func (m *maker) linkAt(i, offset int) float64 {
	it := &m.items[i]
	return it.at + float64(offset)/float64(it.height+1)
}

// crossings counts the pairs of links that cross, as inversions.
func (m *maker) crossings() (count int) {
	for r := range m.ranks {
		var ends [][2]float64
		for _, cell := range m.rankCells(r) {
			for _, i := range cell {
				for _, l := range m.items[i].outs {
					ends = append(ends, [2]float64{m.linkAt(i, l.mine), m.linkAt(l.item, l.other)})
				}
			}
		}
		slices.SortFunc(ends, func(a, b [2]float64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
		right := make([]float64, len(ends))
		for i := range ends {
			right[i] = ends[i][1]
		}
		count += inversions(right, make([]float64, len(right)))
	}
	return count
}

// inversions sorts, and counts what it passes.
func inversions(a, room []float64) int {
	if len(a) < 2 {
		return 0
	}
	half := len(a) / 2
	count := inversions(a[:half], room[:half]) + inversions(a[half:], room[half:])
	copy(room, a)
	for i, j, k := 0, half, 0; k < len(a); k++ {
		if j == len(a) || i < half && room[i] <= room[j] {
			a[k] = room[i]
			i++
			continue
		}
		a[k] = room[j]
		j++
		count += half - i
	}
	return count
}
