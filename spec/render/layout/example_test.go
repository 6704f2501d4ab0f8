package layout_test

import (
	"fmt"

	"udfplan/spec/render/layout"
)

// Two boxes, the first with two rows; an edge leads from one to the other.
func ExampleMake() {
	l := layout.Make(&layout.Graph{
		Rows: 3, Regions: 1, RowWidth: 100,
		Boxes: []layout.Box{{Rows: []int{0, 1}}, {Rows: []int{2}}},
		Edges: []layout.Edge{{From: 0, To: 1}, {From: 1, To: 2}},
	})
	fmt.Println("boxes", l.Boxes)
	fmt.Println("edge", l.Edges[1].Points)

	// Output:
	// boxes [{26 38 120 124} {314 90 120 72}]
	// edge [{136 133} {160 133} {208 133} {324 133}]
}
