package capacity

import "udfplan/graph/flink"

// Inside is what the Python workers in the fullest slot of a group need, by what it is for, in bytes; together GroupFit's Needs and
// Outside.
func (f *Fit) Inside(g int) (frameworks, buffers, userMemory flink.MemorySize) {
	p := f.Spec.Plan
	for w := range f.Spec.Workers {
		if int(p.Operators[p.Workers[w].Operators[0]].Group) != g {
			continue
		}
		m := &f.Spec.Workers[w]
		frameworks, _ = flink.Add(frameworks, m.Framework) // spec has refused sums that overflow
		buffers, _ = flink.Add(buffers, m.Buffers)
		userMemory, _ = flink.Add(userMemory, m.UserMemory)
	}
	return frameworks, buffers, userMemory
}
