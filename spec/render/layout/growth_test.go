package layout

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// growing are graphs of n boxes.
var growing = []struct {
	name string
	make func(n int) *Graph
}{
	{"line", func(n int) *Graph { return single(n, func(add func(int, int), i int) { add(i-1, i) }) }},
	{"fan-out", func(n int) *Graph { return single(n, func(add func(int, int), i int) { add(0, i) }) }},
	{"ladder", func(n int) *Graph {
		return single(n, func(add func(int, int), i int) {
			add(i-1, i)
			add(max(i-3, 0), i)
		})
	}},
	{"from-one", func(n int) *Graph {
		return single(n, func(add func(int, int), i int) {
			add(i-1, i)
			add(0, i)
		})
	}},
	{"random", func(n int) *Graph {
		r := rand.New(rand.NewPCG(1, 2))
		return single(n, func(add func(int, int), i int) {
			add(r.IntN(i), i)
			add(max(0, i-1-r.IntN(40)), i)
		})
	}},
	{"one-box", func(n int) *Graph {
		g := &Graph{Rows: n, Regions: 1, RowWidth: 150, Boxes: []Box{{}}}
		for i := range n {
			g.Boxes[0].Rows = append(g.Boxes[0].Rows, i)
			g.Edges = append(g.Edges, Edge{i / 2, i})
			g.Ties = append(g.Ties, Tie{[]int{i / 3, i}})
		}
		g.Edges = g.Edges[1:]
		return g
	}},
	{"regions", func(n int) *Graph {
		g := single(n, func(add func(int, int), i int) { add(i/2, i) })
		g.Regions = n
		for i := range g.Boxes {
			g.Boxes[i].Region = i
		}
		return g
	}},
	{"tied", func(n int) *Graph {
		g := single(n, func(add func(int, int), i int) { add(i-1, i) })
		for i := range n / 2 {
			g.Ties = append(g.Ties, Tie{[]int{i, n - 1 - i}})
		}
		return g
	}},
}

func single(n int, edges func(add func(from, to int), i int)) *Graph {
	g := &Graph{Rows: n, Regions: 1, RowWidth: 150}
	for i := range n {
		g.Boxes = append(g.Boxes, Box{Rows: []int{i}})
		if i > 0 {
			edges(func(from, to int) { g.Edges = append(g.Edges, Edge{from, to}) }, i)
		}
	}
	return g
}

// BenchmarkGrowth prints by which power of its size the time of a layout grows, and how long one of 2,000 boxes takes.
func BenchmarkGrowth(b *testing.B) {
	for _, row := range growing {
		b.Run(row.name, func(b *testing.B) {
			best := map[int]float64{}
			for _, n := range []int{2_000, 8_000} {
				g := row.make(n)
				best[n] = math.Inf(1)
				for range max(b.N, 2) {
					start := time.Now()
					Make(g)
					best[n] = min(best[n], time.Since(start).Seconds())
				}
			}
			b.ReportMetric(math.Log2(best[8_000]/best[2_000])/2, "exponent")
			b.ReportMetric(best[2_000]*1000, "ms/2000")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// TestLargeStaysSmall: a layout of many boxes holds no more than a few points an edge, whatever the columns that it passes.
func TestLargeStaysSmall(t *testing.T) {
	for _, row := range growing {
		g := row.make(2_000)
		points := 0
		for _, e := range Make(g).Edges {
			points += len(e.Points)
		}
		if most := (2*mostBends + 4) * len(g.Edges); points > most {
			t.Errorf("%s: %d points for %d edges", row.name, points, len(g.Edges))
		}
	}
}
