package plan

import "udfplan/graph"

// order finds the order in which operators entered Flink's graph. DataStream: that of the API calls, as
// listed, but never before the inputs. SQL planner: only the sinks are handed over, and everything else is
// added depth first from them (flink-rules.md A1, "Order").
func (b *builder) order() {
	ops := b.job.Operators
	listed := b.job.Entered
	if listed == nil {
		listed = make([]int32, len(ops))
		for i := range listed {
			listed[i] = int32(i)
		}
	}
	b.entered = inputsFirst(ops, listed)
	if b.job.FromSinks {
		b.entered = inputsFirst(ops, sinksOf(ops, b.entered))
	}
}

func sinksOf(ops []graph.Operator, order []int32) []int32 {
	consumed := make([]bool, len(ops))
	for i := range ops {
		for _, in := range ops[i].Inputs {
			consumed[in.From] = true
		}
	}
	var sinks []int32
	for _, i := range order {
		if !consumed[i] {
			sinks = append(sinks, i)
		}
	}
	return sinks
}

// inputsFirst walks from each root in turn, inputs in port order, each operator behind its inputs. It keeps
// its own stack: a chain may be a hundred thousand operators long.
func inputsFirst(ops []graph.Operator, roots []int32) []int32 {
	type frame struct{ op, input int32 }
	var (
		out   = make([]int32, 0, len(ops))
		seen  = make([]bool, len(ops))
		stack []frame
	)
	for _, root := range roots {
		if seen[root] {
			continue
		}
		seen[root] = true
		stack = append(stack[:0], frame{op: root})
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			inputs := ops[top.op].Inputs
			if int(top.input) == len(inputs) {
				out = append(out, top.op)
				stack = stack[:len(stack)-1]
				continue
			}
			next := inputs[top.input].From
			top.input++
			if !seen[next] {
				seen[next] = true
				stack = append(stack, frame{op: next})
			}
		}
	}
	return out
}
