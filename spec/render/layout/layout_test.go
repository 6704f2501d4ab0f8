package layout

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// random makes a graph of n rows at most: boxes of one to five rows, regions of boxes, edges mostly forward; some graphs have
// cycles, which no job has, but the layout must stand them.
func random(r *rand.Rand, most int) *Graph {
	g := &Graph{RowWidth: 100 + r.IntN(120), Regions: 1 + r.IntN(4)}
	for n := r.IntN(most); g.Rows < n; {
		box := Box{Region: r.IntN(g.Regions)}
		for range 1 + r.IntN(5) {
			box.Rows = append(box.Rows, g.Rows)
			g.Rows++
		}
		g.Boxes = append(g.Boxes, box)
	}
	if g.Rows == 0 {
		return g
	}
	cyclic := r.IntN(10) == 0
	for range r.IntN(2 * g.Rows) {
		from, to := r.IntN(g.Rows), r.IntN(g.Rows)
		if from > to && !cyclic {
			from, to = to, from
		}
		if from != to {
			g.Edges = append(g.Edges, Edge{from, to})
		}
	}
	regionRows := make([][]int, g.Regions)
	for _, b := range g.Boxes {
		regionRows[b.Region] = append(regionRows[b.Region], b.Rows...)
	}
	for range r.IntN(6) {
		rows := slices.Clone(regionRows[r.IntN(g.Regions)])
		if len(rows) == 0 {
			continue
		}
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		g.Ties = append(g.Ties, Tie{rows[:1+r.IntN(min(len(rows), 6))]})
	}
	return g
}

func (r Rect) overlaps(s Rect) bool {
	return r.X < s.Right() && s.X < r.Right() && r.Y < s.Bottom() && s.Y < r.Bottom()
}

func (r Rect) holds(s Rect) bool {
	return r.X <= s.X && s.Right() <= r.Right() && r.Y <= s.Y && s.Bottom() <= r.Bottom()
}

// TestProperties: what holds of every layout.
func TestProperties(t *testing.T) {
	for seed := range uint64(1000) {
		g := random(rand.New(rand.NewPCG(17, seed)), 40)
		l := Make(g)
		for _, problem := range slices.Concat(nesting(g, l), apart(g, l), edges(g, l), ties(g, l)) {
			t.Errorf("seed %d: %s", seed, problem)
		}
		if diff := cmp.Diff(l, Make(g)); diff != "" {
			t.Errorf("seed %d: another time another layout: %s", seed, diff)
		}
		if t.Failed() {
			return
		}
	}
}

// nesting: rows in their boxes, boxes in their regions, all in the drawing.
func nesting(g *Graph, l *Layout) (problems []string) {
	whole := Rect{0, 0, l.Width, l.Height}
	for b, box := range g.Boxes {
		if !l.Regions[box.Region].holds(l.Boxes[b]) || !whole.holds(l.Regions[box.Region]) {
			problems = append(problems, fmt.Sprintf("box %d is not in region %d, or that not in the drawing", b, box.Region))
		}
		y := l.Boxes[b].Y + BoxTitle
		for _, r := range box.Rows {
			if !l.Boxes[b].holds(l.Rows[r]) || l.Rows[r].Y < y {
				problems = append(problems, fmt.Sprintf("row %d is not in box %d, in order", r, b))
			}
			y = l.Rows[r].Bottom()
		}
	}
	return problems
}

// apart: no two regions overlap, no two boxes, rows or badges.
func apart(g *Graph, l *Layout) (problems []string) {
	badges := make([]Rect, len(l.Ties))
	for t := range l.Ties {
		badges[t] = l.Ties[t].Badge
	}
	labels := []Rect{}
	for _, e := range l.Edges {
		if !e.Inner {
			labels = append(labels, e.Label)
		}
	}
	for _, kind := range []struct {
		name  string
		rects []Rect
	}{{"regions", l.Regions}, {"boxes", l.Boxes}, {"rows and badges", slices.Concat(l.Rows, badges)}, {"labels and boxes", slices.Concat(labels, l.Boxes)}} {
		for i, a := range kind.rects {
			for j, b := range kind.rects[:i] {
				if a.overlaps(b) {
					problems = append(problems, fmt.Sprintf("%s %d and %d overlap: %v, %v", kind.name, j, i, b, a))
				}
			}
		}
	}
	return problems
}

// edges: each leaves its row and enters the other one, and those between boxes pass through no box.
func edges(g *Graph, l *Layout) (problems []string) {
	on := func(p Point, r Rect) bool {
		return (p.X == r.X || p.X == r.Right()) && r.Y <= p.Y && p.Y <= r.Bottom() || (p.Y == r.Y || p.Y == r.Bottom()) && r.X <= p.X && p.X <= r.Right()
	}
	for e, edge := range g.Edges {
		path := l.Edges[e]
		if first, last := path.Points[0], path.Points[len(path.Points)-1]; !on(first, l.Rows[edge.From]) || !on(last, l.Rows[edge.To]) {
			problems = append(problems, fmt.Sprintf("edge %d does not lead from its row to its row", e))
		}
		for _, b := range l.Boxes {
			if !path.Inner && passesThrough(path.Points, b, l.Rows[edge.From], l.Rows[edge.To]) {
				problems = append(problems, fmt.Sprintf("edge %d passes through the box %v: %v", e, b, path.Points))
			}
		}
	}
	return problems
}

// passesThrough: a line enters the box, which is not that of one of its ends. Curves stay within their ends' rectangle, which
// lies between columns.
func passesThrough(points []Point, box, from, to Rect) bool {
	if box.holds(from) || box.holds(to) {
		return false
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		line := Rect{min(a.X, b.X), min(a.Y, b.Y), max(a.X-b.X, b.X-a.X, 1), max(a.Y-b.Y, b.Y-a.Y, 1)}
		if line.overlaps(box) {
			return true
		}
	}
	return false
}

// ties: each has a line that begins at each of its rows, and one at its badge; all of it in its region.
func ties(g *Graph, l *Layout) (problems []string) {
	for t, tie := range g.Ties {
		knot := l.Ties[t]
		region := l.Regions[0]
		for b, box := range g.Boxes {
			if slices.Contains(box.Rows, tie.Rows[0]) {
				region = l.Regions[g.Boxes[b].Region]
			}
		}
		begins := func(r Rect) bool {
			return slices.ContainsFunc(knot.Lines, func(line [2]Point) bool {
				return slices.ContainsFunc(line[:], func(p Point) bool { return p.X == r.Right() && r.Y <= p.Y && p.Y <= r.Bottom() })
			})
		}
		for _, r := range tie.Rows {
			if !begins(l.Rows[r]) {
				problems = append(problems, fmt.Sprintf("tie %d has no line to row %d", t, r))
			}
		}
		if !begins(knot.Badge) || !region.holds(knot.Badge) {
			problems = append(problems, fmt.Sprintf("tie %d has no line to its badge, or that is not in the region", t))
		}
		for _, line := range knot.Lines {
			if line[0].X != line[1].X && line[0].Y != line[1].Y {
				problems = append(problems, fmt.Sprintf("tie %d: a line that is not along an axis: %v", t, line))
			}
		}
	}
	return problems
}

func TestColumns(t *testing.T) {
	for _, row := range []struct {
		name   string
		rows   int
		edges  []Edge
		column []int
		reason string
	}{
		{"line", 3, []Edge{{0, 1}, {1, 2}}, []int{0, 1, 2}, "one behind the other"},
		{"detour", 3, []Edge{{0, 2}, {0, 1}, {1, 2}}, []int{0, 1, 2}, "the longest path decides"},
		{"late source", 4, []Edge{{0, 1}, {1, 2}, {3, 2}}, []int{0, 1, 2, 1}, "a source stands in front of what it feeds"},
		{"alone", 2, nil, []int{0, 0}, "without edges there is one column"},
		{"cycle", 3, []Edge{{0, 1}, {1, 2}, {2, 0}}, []int{0, 1, 2}, "the first in the graph goes first"},
		{"cycle behind", 3, []Edge{{0, 1}, {1, 2}, {2, 1}}, []int{0, 1, 2}, "what leads into a cycle stands before it"},
	} {
		g := &Graph{Rows: row.rows, Regions: 1, RowWidth: 100, Edges: row.edges}
		for r := range row.rows {
			g.Boxes = append(g.Boxes, Box{Rows: []int{r}})
		}
		l := Make(g)
		var xs []int
		for _, b := range l.Boxes {
			xs = append(xs, b.X)
		}
		order := slices.Compact(slices.Sorted(slices.Values(xs)))
		var got []int
		for _, x := range xs {
			got = append(got, slices.Index(order, x))
		}
		if !slices.Equal(got, row.column) {
			t.Errorf("%s: columns %v, want %v: %s", row.name, got, row.column, row.reason)
		}
	}
}

// TestOrder: two lines that cross in the order of the input do not in the drawing.
func TestOrder(t *testing.T) {
	g := &Graph{Rows: 6, Regions: 1, RowWidth: 100, Edges: []Edge{{0, 4}, {1, 3}, {3, 2}, {4, 5}}}
	for r := range g.Rows {
		g.Boxes = append(g.Boxes, Box{Rows: []int{r}})
	}
	l := Make(g)
	for _, e := range g.Edges {
		if up, down := l.Boxes[e.From], l.Boxes[e.To]; up.Y != down.Y {
			t.Errorf("edge %v is not straight: %v, %v", e, up, down)
		}
	}
}

func TestTracks(t *testing.T) {
	track, count := Tracks([]Span{{5, 9}, {0, 4}, {3, 6}, {10, 12}, {4, 4}})
	if want := []int{0, 0, 1, 0, 2}; !slices.Equal(track, want) || count != 3 {
		t.Errorf("tracks %v of %d, want %v of 3", track, count, want)
	}
}

func TestRising(t *testing.T) {
	for _, row := range []struct{ wish, want []int }{
		{nil, []int{}},
		{[]int{1, 2, 3}, []int{1, 2, 3}},
		{[]int{3, 1}, []int{2, 2}},
		{[]int{-1, -2, 5, 4, 0}, []int{-1, -1, 3, 3, 3}},
	} {
		if got := rising(row.wish); !slices.Equal(got, row.want) {
			t.Errorf("rising(%v) = %v, want %v", row.wish, got, row.want)
		}
	}
}
