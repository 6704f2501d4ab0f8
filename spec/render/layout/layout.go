// Package layout computes where the parts of a drawing stand. It draws nothing and knows nothing of jobs: rows stand in
// boxes, boxes in regions, edges lead from row to row, ties join rows. What it returns is data: rectangles and lines.
//
// The drawing is layered (Sugiyama, Tagawa, Toda 1981): data flows from left to right, a box stands in the column of its
// longest path from a source, the order within a column is found by medians. Every region has a band of the drawing to
// itself between its first column and its last one, so that no two overlap, whatever leads where. Start with Make.
package layout

// Graph is what is to be laid out. Rows and regions are numbered from 0; every row stands in exactly one box.
type Graph struct {
	Rows, Regions int
	// RowWidth is how wide each row is; the heights are this package's own.
	RowWidth int
	Boxes    []Box
	Edges    []Edge
	Ties     []Tie
}

// Box is a box with rows, the first on top.
type Box struct {
	Region int
	Rows   []int
}

// Edge leads from one row to another, of the same box or of two.
type Edge struct{ From, To int }

// Tie joins rows, one at least, whose boxes are in one region.
type Tie struct{ Rows []int }

// Point and Rect are in pixels; y grows downwards.
type (
	Point struct{ X, Y int }
	Rect  struct{ X, Y, W, H int }
)

// Right and Bottom are the first pixels behind a rectangle.
func (r Rect) Right() int  { return r.X + r.W }
func (r Rect) Bottom() int { return r.Y + r.H }

// Path is an edge. From a point to the next it runs along one axis, or where both differ, as a curve that begins and ends
// level. Inner is an edge within one box, which has no label.
type Path struct {
	Points []Point
	Label  Rect // room for a line of text at its end
	Inner  bool
}

// Knot is a tie: a badge, and the lines from it to the rows, all along one axis.
type Knot struct {
	Badge Rect
	Lines [][2]Point
}

// Layout is where everything stands; the slices go by the Graph's numbers.
type Layout struct {
	Width, Height        int
	Rows, Boxes, Regions []Rect
	Edges                []Path
	Ties                 []Knot
}

// Sizes in pixels. The first ones are also the writers' business: how much room a title has.
const (
	RowHeight   = 38
	BadgeHeight = 20
	BoxTitle    = 24 // above the first row
	RegionTitle = 26 // above the first box

	margin     = 12
	rowGap     = 14 // room for an arrow
	badgeGap   = 5
	badgeLeft  = 30 // the arrow to the next row runs beside the badge
	boxPad     = 10
	gutterStep = 8
	railStep   = 7
	portStep   = 16 // between edges into one row, room for a label
	boxGap     = 22
	regionPad  = 14
	regionGap  = 20
	curveWidth = 48
	labelWidth = 92
	labelRise  = 4 // from a line up to its label
	labelLine  = 11
	laneHeight = BadgeHeight + 8
	laneStep   = 8 // between edges that pass above a band
	bendHeight = 12

	// mostBends: a longer edge passes above its band instead of through every column, which would cost the square.
	mostBends = 8
)

// Make lays a graph out. The same graph gives the same layout.
func Make(g *Graph) *Layout {
	m := &maker{Graph: g}
	m.fillBoxes()
	m.rank()
	m.assignBands()
	m.makeItems()
	m.order()
	m.place()
	m.stackBands()
	m.columnsX()
	return m.layout()
}

// maker holds what the steps find out.
type maker struct {
	*Graph
	boxOf  []int // of each row
	inside []inside
	rankOf []int // of each box
	ranks  int
	bandOf []int // of each region
	bands  []band
	items  []item
	cells  [][]int // items by rank*bands+band, top to bottom
	parts  []edgeParts
	cols   []column // by rank+1: the first is what lies left of rank 0

	ports      []int // for each edge between boxes, the offset at which it enters its row
	corridors  []int // track above the band, by edge; only of edges that pass there
	lanes      []int // track at the bottom of the band, by tie; only of ties over several boxes
	tieTracks  map[tieAt]int
	wide       []bool // ties over several boxes
	firstRank  []int  // of regions
	lastRank   []int
	tieColumns [][]int // of wide ties: the ranks they have boxes in
}

// tieAt is where a tie comes down.
type tieAt struct{ tie, rank int }
