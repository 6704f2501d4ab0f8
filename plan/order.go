package plan

import "udfplan/graph"

// order finds the order in which operators entered Flink's graph. DataStream: that of the API calls, as
// listed, but never before the inputs. SQL planner: only the sinks are handed over, and everything else is
// added depth first from them (flink-rules.md A1, "Order").
func (b *builder) order() {
	ops := b.job.Operators
	listed := make([]int32, len(ops))
	for i := range listed {
		listed[i] = int32(i)
	}
	b.entered = graph.InputsFirst(ops, listed)
	if b.job.FromSinks {
		b.entered = graph.InputsFirst(ops, sinksOf(ops, b.entered))
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
