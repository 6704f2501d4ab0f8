package spec

import (
	"strconv"

	"udfplan/graph/flink"
)

// Quantity is a number of bytes, or of things.
type Quantity struct {
	N     int64
	Bytes bool
}

// Bytes is a size as a Quantity.
func Bytes(size flink.MemorySize) Quantity { return Quantity{int64(size), true} }

// Count is a number of things as a Quantity.
func Count(n int64) Quantity { return Quantity{N: n} }

// String is the size as Flink reads it back, or the number.
func (q Quantity) String() string {
	if q.Bytes {
		return flink.MemorySize(q.N).String()
	}
	return strconv.FormatInt(q.N, 10)
}
