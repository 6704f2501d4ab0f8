package graph

// Adjacency lists, for every operator, its consumers: one entry an edge, in the order of the consumers in
// the job.
type Adjacency struct {
	starts []int32
	downs  []int32
}

// Consumers finds the consumers of all operators.
func Consumers(ops []Operator) Adjacency {
	a := Adjacency{starts: make([]int32, len(ops)+1)}
	edges := 0
	for i := range ops {
		for _, in := range ops[i].Inputs {
			a.starts[in.From+1]++
			edges++
		}
	}
	for i := range ops {
		a.starts[i+1] += a.starts[i]
	}
	a.downs = make([]int32, edges)
	next := append([]int32(nil), a.starts...)
	for i := range ops {
		for _, in := range ops[i].Inputs {
			a.downs[next[in.From]] = int32(i)
			next[in.From]++
		}
	}
	return a
}

// Of are the consumers of operator i.
func (a *Adjacency) Of(i int32) []int32 { return a.downs[a.starts[i]:a.starts[i+1]] }
