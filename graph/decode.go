package graph

import (
	"math"
	"strings"

	"udfplan/graph/source"
)

// integer reads a plain decimal within bounds; 0 where it is none. It remembers that a parallelism was refused.
func (r *reader) integer(n source.Node, what string, low, high int64) int32 {
	value, ok := r.Int(n, what, low, high)
	if ok {
		return int32(value)
	}
	if last := &r.Problems[len(r.Problems)-1]; last.Code == source.CodeOutOfRange && strings.HasPrefix(what, "maxParallelism") {
		last.Hint = flinkBoundsText(n.Text())
	}
	r.badParallelism = r.badParallelism || strings.HasSuffix(strings.ToLower(what), "parallelism")
	return 0
}

// MaxParallelismBound is KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM: no operator can have more subtasks.
const MaxParallelismBound = math.MaxInt16 + 1

// flinkBoundsText is what Flink says of a maxParallelism out of bounds (flink-rules.md A8).
func flinkBoundsText(value string) string {
	if value[0] == '-' || value == "0" {
		return "Flink: The maximum parallelism must be greater than 0."
	}
	return "Flink: Maximum parallelism must be between 1 and 32768. Found: " + source.Excerpt(value)
}
