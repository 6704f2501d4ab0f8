package document

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// decoder checks the shape of single values, and remembers of what it refused what later checks must know.
type decoder struct {
	flink.Decoder
	refused graph.Refused
}

// parallelism reads a number of subtasks; 0 where it is refused.
func (d *decoder) parallelism(n source.Node, what string) int32 {
	value, ok := d.Int(n, what, 1, graph.MaxParallelismBound)
	d.refused.Parallelism = d.refused.Parallelism || !ok
	return int32(value)
}

// maxParallelism is like parallelism, with what Flink says of one that is out of bounds (flink-rules.md A8).
func (d *decoder) maxParallelism(n source.Node, what string) int32 {
	value := d.parallelism(n, what)
	if value == 0 {
		if last := &d.Problems[len(d.Problems)-1]; last.Code == source.CodeOutOfRange {
			last.Hint = flinkBoundsText(n.Text())
		}
	}
	return value
}

func flinkBoundsText(value string) string {
	if value[0] == '-' || value == "0" {
		return "Flink: The maximum parallelism must be greater than 0."
	}
	return "Flink: Maximum parallelism must be between 1 and 32768. Found: " + source.Excerpt(value)
}

// version reads a Flink version; the zero Version where it is refused.
func (d *decoder) version(n source.Node) flink.Version {
	switch n.Kind() {
	case source.Null, source.Sequence, source.Mapping:
		d.WrongType(n, "flinkVersion", "a version such as 1.20")
		return flink.Version{}
	}
	v, err := flink.ParseVersion(n.Text())
	if err != nil {
		d.Problems.Errorf(n.Place(), source.CodeUnknownVersion, "flinkVersion: %s", err)
	}
	return v
}
