package conf

import (
	"math"

	"udfplan/graph/source"
)

// pieces are what was read of a text that says more: some resources of a manifest, some services of a compose file. What is wrong
// elsewhere in it is no business of whoever asks for Flink's configuration.
type pieces struct {
	values []source.Node // all that was looked at
	spans  []span        // where the pieces stand
}

type span struct{ from, to int }

// add adds a piece: from where it begins to where the next of its like does.
func (p *pieces) add(piece source.Node, alike []source.Node, values ...source.Node) {
	from, _ := piece.Pos().Offset()
	s := span{from, math.MaxInt}
	for _, n := range alike {
		if at, _ := n.Pos().Offset(); at > from {
			s.to = min(s.to, at)
		}
	}
	p.spans = append(p.spans, s)
	for _, n := range values {
		if n.Valid() {
			p.values = append(p.values, n)
		}
	}
}

// errorsOf are the errors of reading a text that matter: those that leave the rest of it unread, and those in its pieces. What else
// is said of a text as YAML matters to jobs.
func (p *pieces) errorsOf(problems source.List) (out source.List) {
	for _, d := range problems {
		offset, known := d.Place.Pos.Offset()
		within := !known || len(p.spans) == 0
		for _, s := range p.spans {
			within = within || s.from <= offset && offset < s.to
		}
		if d.Severity == source.Error && d.Code != source.CodeEmptyDocument && (within || d.Code == source.CodeYAMLSyntax) {
			out = append(out, d)
		}
	}
	return out
}
