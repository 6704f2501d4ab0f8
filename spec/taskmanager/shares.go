package taskmanager

import "udfplan/graph/flink"

// Shares are the Python share of a slot by what else is in it, in bytes: alone, beside operators that declare
// managed memory, beside a state backend that uses it, and beside both.
type Shares struct {
	Python, WithOperators, WithStateBackend, WithBoth flink.MemorySize
}

// SharesOf computes the shares of a slot; before 1.12 there are none, as each operator has its own.
func SharesOf(config flink.Config, v flink.Version, slot flink.MemorySize) (*Shares, *flink.Refusal) {
	if !flink.WorkerPerSlot.In(v) {
		return nil, nil
	}
	weights, refused := ReadWeights(config, v)
	if refused != nil {
		return nil, refused
	}
	share := func(present ...UseCase) flink.MemorySize {
		fraction := SlotFraction(PythonUse, 1, present, weights, true)
		if fraction == 0 {
			return 0
		}
		bytes, err := Bytes(slot, fraction, v)
		if err != nil {
			refused = err
		}
		return bytes
	}
	s := &Shares{
		Python:           share(PythonUse),
		WithOperators:    share(OperatorUse, PythonUse),
		WithStateBackend: share(StateBackendUse, PythonUse),
		WithBoth:         share(OperatorUse, StateBackendUse, PythonUse),
	}
	return s, refused
}
