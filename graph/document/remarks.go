package document

import (
	"cmp"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// anchor is where something begins that a comment can stand at.
type anchor struct {
	offset   int
	column   int // of a block mapping's keys, counted from 1
	job      int
	operator int32
}

// attachRemarks gives every job the comments that stand in it. read goes by docs.
func attachRemarks(f *source.File, docs []source.Node, read []Document) {
	if !strings.Contains(f.Text, graph.RemarkMark) {
		return
	}
	var anchors []anchor
	for i, doc := range docs {
		if read[i].Job != nil {
			anchors = append(anchors, anchorsOf(f, i, doc)...)
		}
	}
	slices.SortStableFunc(anchors, func(a, b anchor) int { return cmp.Compare(a.offset, b.offset) })
	next := contentFinder{text: f.Text}
	for _, comment := range source.Comments(f, docs, graph.RemarkMark) {
		if at := owner(f, anchors, comment, &next); at != nil {
			job := read[at.job].Job
			job.Remarks = append(job.Remarks, graph.Remark{Operator: at.operator, Text: comment.Text, Place: source.Place{File: f, Pos: comment.Pos}})
		}
	}
}

// anchorsOf are the job's own keys, and the operators.
func anchorsOf(f *source.File, job int, doc source.Node) (anchors []anchor) {
	add := func(n source.Node, operator int32) {
		if offset, known := n.Pos().Offset(); known {
			_, column := f.Position(n.Pos())
			anchors = append(anchors, anchor{offset, column, job, operator})
		}
	}
	for key, value := range doc.Fields() {
		add(key, -1)
		if key.Text() == "operators" {
			i := int32(0)
			for item := range value.Items() {
				add(item, i)
				i++
			}
		}
	}
	return anchors
}

// owner is what a comment stands at: what its line says, or else what follows it; as deep in as an operator's keys are, it is still that
// operator's. nil: there is no job at all.
func owner(f *source.File, anchors []anchor, c source.Comment, content *contentFinder) *anchor {
	offset, _ := c.Pos.Offset()
	above := lastBefore(anchors, offset)
	if !c.Alone {
		return above
	}
	if _, column := f.Position(c.Pos); above != nil && above.operator >= 0 && column >= above.column && !isFlow(f, above) {
		return above
	}
	next := content.behind(offset)
	switch atEnd := next == len(f.Text) || strings.HasPrefix(f.Text[next:], "---"); {
	case !atEnd:
		return lastBefore(anchors, next)
	case above != nil: // behind all of a document: its job's
		return &anchor{job: above.job, operator: -1}
	case len(anchors) > 0: // above all documents
		return &anchors[0]
	}
	return nil
}

func isFlow(f *source.File, a *anchor) bool { return strings.HasPrefix(f.Text[a.offset:], "{") }

// lastBefore is the last anchor that begins at an offset or before it.
func lastBefore(anchors []anchor, offset int) *anchor {
	i, _ := slices.BinarySearchFunc(anchors, offset+1, func(a anchor, offset int) int { return cmp.Compare(a.offset, offset) })
	if i == 0 {
		return nil
	}
	return &anchors[i-1]
}

// contentFinder finds what follows comments, which are asked for from first to last: many of them may stand above the same.
type contentFinder struct {
	text string
	next int // what follows the last one
}

func (c *contentFinder) behind(offset int) int {
	if offset >= c.next || c.next == 0 {
		c.next = nextContent(c.text, offset)
	}
	return c.next
}

// nextContent is where something begins that is neither blank nor a comment, or the next document, behind the line of an offset.
func nextContent(text string, offset int) int {
	for {
		end := strings.IndexAny(text[offset:], "\r\n")
		if end < 0 {
			return len(text)
		}
		offset += end + 1
		line := text[offset:]
		if end := strings.IndexAny(line, "\r\n"); end >= 0 {
			line = line[:end]
		}
		if strings.HasPrefix(line, "---") {
			return offset
		}
		content := strings.TrimLeft(line, " \t-?")
		if content != "" && content[0] != '#' && line != "..." {
			return offset + len(line) - len(content)
		}
	}
}
