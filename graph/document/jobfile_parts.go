package document

import (
	"math"
	"slices"

	"udfplan/graph"
	"udfplan/graph/source"
)

// readInputs reads the inputs of an operator and puts them in port order: a list of ids, or of mappings.
func (r *jobFileReader) readInputs(n source.Node) []graph.Input {
	if n.Kind() != source.Sequence {
		r.WrongType(n, "inputs", "a list")
		return nil
	}
	start := len(r.from)
	inputs := r.roomFor(n)
	for item := range n.Items() {
		in := graph.Input{Port: int32(len(inputs)), Pos: item.Pos()}
		var from source.Node
		switch item.Kind() {
		case source.Text:
			from = item
		case source.Mapping:
			from = r.input(item, &in)
		default:
			r.WrongType(item, "an input", "an operator's id, or a mapping with the key from")
		}
		if from.Valid() {
			inputs = append(inputs, in)
			r.from = append(r.from, from)
		}
	}
	sortByPort(inputs, r.from[start:])
	return inputs
}

// makeRoom makes the space for the inputs of all operators.
func (r *jobFileReader) makeRoom(operators source.Node) {
	count := 0
	for item := range operators.Items() {
		if inputs := item.Field("inputs"); inputs.Valid() {
			count += inputs.Len()
		}
	}
	r.inputs = make([]graph.Input, 0, count)
	r.from = make([]source.Node, 0, count)
}

// roomFor cuts the space for a list of inputs out of that for all.
func (r *jobFileReader) roomFor(n source.Node) []graph.Input {
	start := len(r.inputs)
	r.inputs = r.inputs[:start+n.Len()]
	return r.inputs[start:start:len(r.inputs)]
}

// sortByPort keeps the document's order inside a port (a union); from goes along.
func sortByPort(inputs []graph.Input, from []source.Node) {
	byPort := func(a, b graph.Input) int { return int(a.Port) - int(b.Port) }
	if slices.IsSortedFunc(inputs, byPort) {
		return
	}
	order := make([]int, len(inputs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return byPort(inputs[a], inputs[b]) })
	oldInputs, oldFrom := slices.Clone(inputs), slices.Clone(from)
	for i, o := range order {
		inputs[i], from[i] = oldInputs[o], oldFrom[o]
	}
}

// input reads an input's mapping into in, and returns the value of its key from.
func (r *jobFileReader) input(n source.Node, in *graph.Input) (from source.Node) {
	for key, value := range n.Fields() {
		switch key.Text() {
		case "from":
			if from = value; value.Kind() != source.Text {
				r.Text(value, "from")
				return source.Node{}
			}
		case "port":
			port, _ := r.Int(value, "port", 0, math.MaxInt16)
			in.Port = int32(port)
		case "shipStrategy":
			in.Ship = graph.ShipStrategy(r.Word(value, "shipStrategy", graph.ShipWords))
		case "exchange":
			in.Exchange = graph.ExchangeMode(r.Word(value, "exchange", graph.ExchangeWords))
		default:
			r.UnknownKey(key, "an input", inputKeys.Names())
		}
	}
	if !from.Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "an input has no from")
	}
	return from
}

// python reads `true` or a mapping; nil for `false`.
func (r *jobFileReader) python(n, key source.Node) *graph.Python {
	p := &graph.Python{Pos: key.Pos()}
	if n.Kind() == source.Bool {
		if !r.Bool(n, "python") {
			return nil
		}
		return p
	}
	if n.Kind() != source.Mapping {
		r.WrongType(n, "python", "true, false or a mapping")
		return nil
	}
	for key, value := range n.Fields() {
		switch key.Text() {
		case "worker":
			p.Worker, p.Pos = r.Text(value, "worker"), value.Pos()
		case "env":
			p.Env = r.Text(value, "env")
		case "mode":
			p.Mode = graph.PythonMode(r.Word(value, "mode", graph.PythonModeWords))
		case "functions":
			p.Functions = r.Texts(value, "functions")
		case "userMemory":
			p.UserMemory = r.Size(value, "userMemory")
		default:
			r.UnknownKey(key, "python", pythonKeys.Names())
		}
	}
	return p
}
