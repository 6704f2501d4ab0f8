package plan

// mergeCycles joins the regions that lie on a cycle of (blocking) edges: Flink 1.12 and 1.13 do, to be able
// to schedule them (flink-rules.md A3, batch-region-cycle). Tarjan's strongly connected components, with a
// stack of its own.
func (b *builder) mergeCycles(regions union) {
	t := tarjan{regions: regions, next: b.regionEdges(regions), number: make([]int32, len(regions)), low: make([]int32, len(regions)), onStack: make([]bool, len(regions))}
	var cycles [][]int32
	for i := range regions {
		if regions.find(int32(i)) == int32(i) && t.number[i] == 0 {
			cycles = t.from(int32(i), cycles)
		}
	}
	for _, members := range cycles {
		for _, m := range members {
			regions.join(members[0], m)
		}
	}
}

// regionEdges lists the regions behind each region.
func (b *builder) regionEdges(regions union) [][]int32 {
	next := make([][]int32, len(regions))
	for i := range b.plan.Edges {
		edge := &b.plan.Edges[i]
		if up, down := regions.find(b.chainOf(edge.From)), regions.find(b.chainOf(edge.To)); up != down {
			next[up] = append(next[up], down)
		}
	}
	return next
}

type tarjan struct {
	regions union
	next    [][]int32
	number  []int32 // order of discovery, from 1; 0: not seen
	low     []int32
	onStack []bool
	stack   []int32
	count   int32
}

type tarjanFrame struct{ region, edge int32 }

// from explores one root and appends the components of more than one region.
func (t *tarjan) from(root int32, cycles [][]int32) [][]int32 {
	frames := []tarjanFrame{t.enter(root)}
	for len(frames) > 0 {
		top := &frames[len(frames)-1]
		if int(top.edge) < len(t.next[top.region]) {
			down := t.next[top.region][top.edge]
			top.edge++
			switch {
			case t.number[down] == 0:
				frames = append(frames, t.enter(down))
			case t.onStack[down]:
				t.low[top.region] = min(t.low[top.region], t.number[down])
			}
			continue
		}
		done := top.region
		frames = frames[:len(frames)-1]
		if len(frames) > 0 {
			up := frames[len(frames)-1].region
			t.low[up] = min(t.low[up], t.low[done])
		}
		if t.low[done] == t.number[done] {
			if members := t.pop(done); len(members) > 1 {
				cycles = append(cycles, members)
			}
		}
	}
	return cycles
}

func (t *tarjan) enter(region int32) tarjanFrame {
	t.count++
	t.number[region], t.low[region], t.onStack[region] = t.count, t.count, true
	t.stack = append(t.stack, region)
	return tarjanFrame{region: region}
}

// pop takes a whole component from the stack.
func (t *tarjan) pop(root int32) (members []int32) {
	for {
		m := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[m] = false
		members = append(members, m)
		if m == root {
			return members
		}
	}
}
