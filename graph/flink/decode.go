package flink

import "udfplan/graph/source"

// Decoder is source's, which also reads memory sizes.
type Decoder struct {
	source.Decoder
}

// Size reads a memory size as Flink's MemorySize.parse does, in bytes; 0 if it is not one.
func (d *Decoder) Size(n source.Node, what string) MemorySize {
	if k := n.Kind(); k != source.Text && k != source.Number {
		d.WrongType(n, what, "a memory size such as 79mb")
		return 0
	}
	size, err := ParseMemorySize(n.Text())
	if err != nil {
		d.Problems.Errorf(n.Place(), source.CodeBadSize, "%s is no memory size: %s", what, err).
			Hint = "write it as Flink does: 79mb, 1gb, 512kb, or a number of bytes"
	}
	return size
}
