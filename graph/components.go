package graph

// Cycles finds the nodes of a graph that lie on cycles together: its strongly connected components of more
// than one node (Tarjan, with a stack of its own). next lists the nodes behind each.
func Cycles(next [][]int32) (cycles [][]int32) {
	t := tarjan{next: next, number: make([]int32, len(next)), low: make([]int32, len(next)), onStack: make([]bool, len(next))}
	for i := range next {
		if t.number[i] == 0 {
			cycles = t.from(int32(i), cycles)
		}
	}
	return cycles
}

type tarjan struct {
	next    [][]int32
	number  []int32 // order of discovery, from 1; 0: not seen
	low     []int32
	onStack []bool
	stack   []int32
	count   int32
}

type tarjanFrame struct{ node, edge int32 }

// from explores one root and appends the components of more than one node.
func (t *tarjan) from(root int32, cycles [][]int32) [][]int32 {
	frames := []tarjanFrame{t.enter(root)}
	for len(frames) > 0 {
		top := &frames[len(frames)-1]
		if int(top.edge) < len(t.next[top.node]) {
			down := t.next[top.node][top.edge]
			top.edge++
			switch {
			case t.number[down] == 0:
				frames = append(frames, t.enter(down))
			case t.onStack[down]:
				t.low[top.node] = min(t.low[top.node], t.number[down])
			}
			continue
		}
		done := top.node
		frames = frames[:len(frames)-1]
		if len(frames) > 0 {
			up := frames[len(frames)-1].node
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

func (t *tarjan) enter(node int32) tarjanFrame {
	t.count++
	t.number[node], t.low[node], t.onStack[node] = t.count, t.count, true
	t.stack = append(t.stack, node)
	return tarjanFrame{node: node}
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
