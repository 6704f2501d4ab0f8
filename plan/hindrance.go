package plan

import (
	"fmt"
	"slices"
	"strconv"

	"udfplan/graph"
	"udfplan/graph/flink"
)

// Hindrance is one reason why an edge does not chain: flink-rules.md A1, a row a condition.
type Hindrance struct {
	Text  string // `different parallelism (4, 8)`
	Short string // for a drawing: `parallelism`; empty: the edge's ship strategy says it
	Cite  string // where the condition stands: a Flink class and method
}

// isChainable is Flink's own method; its conditions are numbered in flink-rules.md A1.
const isChainable = "StreamingJobGraphGenerator.isChainable"

// conditions are those of StreamingJobGraphGenerator.isChainable, what people can change first. Each says
// in words what hinders; nothing if it does not.
var conditions = []struct {
	cite  string
	short string
	check func(b *builder, e int32) string
}{
	{isChainable, "several inputs", (*builder).severalInputs},
	{isChainable, "", (*builder).otherShip},
	{isChainable, "parallelism", (*builder).otherParallelism},
	{isChainable, "blocking", (*builder).blockingExchange},
	{isChainable, "slot group", (*builder).otherGroup},
	{isChainable, "strategy", (*builder).strategies},
	{flink.AsyncBehindLegacySource.Cite(), "async", (*builder).asyncBehindLegacy},
	{flink.MaxParallelismMatters.Cite(), "max parallelism", (*builder).otherMaxParallelism},
	{isChainable, "chaining off", (*builder).chainingOff},
}

// hindered asks every condition but the first, the number of inputs: a chained source may be one of several.
func (b *builder) hindered(e int32) bool {
	for i := range conditions {
		if i > 0 && conditions[i].check(b, e) != "" {
			return true
		}
	}
	return b.union(e)
}

// union: another edge comes in at the same port. The edges of a consumer lie in port order.
func (b *builder) union(e int32) bool {
	edges := b.plan.Edges
	same := func(other int32) bool { return edges[other].To == edges[e].To && edges[other].Port == edges[e].Port }
	return e > 0 && same(e-1) || int(e)+1 < len(edges) && same(e+1)
}

// hindrances are all reasons why an edge does not chain. The edges of one consumer mostly have the same, and then share them.
func (b *builder) hindrances(e int32) []Hindrance {
	if cap(b.found)-len(b.found) < len(conditions) {
		b.found = make([]Hindrance, 0, 128*len(conditions))
	}
	start := len(b.found)
	for i := range conditions {
		if text := conditions[i].check(b, e); text != "" {
			b.found = append(b.found, Hindrance{text, conditions[i].short, conditions[i].cite})
		}
	}
	found := b.found[start:len(b.found):len(b.found)]
	if e > 0 && slices.Equal(found, b.plan.Edges[e-1].Hindrances) {
		b.found = b.found[:start]
		return b.plan.Edges[e-1].Hindrances
	}
	return found
}

func (b *builder) severalInputs(e int32) string {
	down := b.plan.Edges[e].To
	first, end := b.inEdges(down)
	if end-first < 2 {
		return ""
	}
	if b.several.of != down || b.several.text == "" { // an operator's edges lie together and all say the same
		b.several.of = down
		b.several.text = b.op(down).ID + " has " + strconv.Itoa(int(end-first)) + " inputs"
	}
	return b.several.text
}

func (b *builder) otherShip(e int32) string {
	switch asked := b.edge[e].input.Ship; {
	case b.plan.Edges[e].Ship == graph.Forward, b.edge[e].unspecified, b.edge[e].consecutiveHash:
		return ""
	case asked == graph.ShipUnset || asked == graph.ForwardConsecutiveHash:
		return "" // only because the parallelism differs, which says more
	default:
		return "ship strategy " + asked.String()
	}
}

func (b *builder) otherParallelism(e int32) string {
	up, down := b.op(b.plan.Edges[e].From), b.op(b.plan.Edges[e].To)
	if up.Parallelism != down.Parallelism {
		return fmt.Sprintf("different parallelism (%d, %d)", up.Parallelism, down.Parallelism)
	}
	return ""
}

func (b *builder) blockingExchange(e int32) string {
	if b.edge[e].input.Exchange == graph.Blocking && !b.edge[e].consecutiveHash {
		return "exchange blocking"
	}
	return ""
}

func (b *builder) otherGroup(e int32) string {
	up, down := b.group[b.plan.Edges[e].From], b.group[b.plan.Edges[e].To]
	if up != down {
		return fmt.Sprintf("different slot sharing groups (%s, %s)", up, down)
	}
	return ""
}

func (b *builder) strategies(e int32) string {
	up, down := b.plan.Edges[e].From, b.plan.Edges[e].To
	switch s := b.strategy[down]; {
	case b.strategy[up] == graph.Never:
		return fmt.Sprintf("chaining strategy of %s is never", b.op(up).ID)
	case s == graph.Never:
		return fmt.Sprintf("chaining strategy of %s is never", b.op(down).ID)
	case s == graph.HeadWithSources && !b.newSource(up):
		return fmt.Sprintf("chaining strategy of %s is head-with-sources, and %s is no new-style source", b.op(down).ID, b.op(up).ID)
	case s != graph.Head:
		return ""
	case b.op(down).Keyed && b.job.Settings.BatchRuntime:
		return fmt.Sprintf("%s is keyed: in batch its inputs are sorted in a task of its own", b.op(down).ID)
	case b.op(down).Async && flink.AsyncIsHead.In(b.job.Settings.Version):
		return fmt.Sprintf("%s is async and starts a chain", b.op(down).ID)
	}
	return fmt.Sprintf("chaining strategy of %s is head", b.op(down).ID)
}

func (b *builder) asyncBehindLegacy(e int32) string {
	if !b.op(b.plan.Edges[e].To).Async || !flink.AsyncBehindLegacySource.In(b.job.Settings.Version) {
		return ""
	}
	if head := b.head[b.plan.Edges[e].From]; b.op(head).Source() && !b.newSource(head) {
		return fmt.Sprintf("%s is async behind the legacy source %s", b.op(b.plan.Edges[e].To).ID, b.op(head).ID)
	}
	return ""
}

func (b *builder) otherMaxParallelism(e int32) string {
	if b.job.Settings.ChainDifferentMax {
		return ""
	}
	up, down := b.limitOf(b.plan.Edges[e].From), b.limitOf(b.plan.Edges[e].To)
	if up == down {
		return ""
	}
	return fmt.Sprintf("different maxParallelism (%s, %s)", maxText(up), maxText(down))
}

func maxText(n int32) string {
	if n < 0 {
		return "unset"
	}
	return fmt.Sprint(n)
}

func (b *builder) chainingOff(int32) string {
	if b.job.Settings.Chaining {
		return ""
	}
	return "operator chaining is off"
}
