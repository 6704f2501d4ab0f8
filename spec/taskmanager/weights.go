package taskmanager

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"udfplan/graph/flink"
)

// UseCase is what uses a slot's managed memory (FLIP-141, ManagedMemoryUseCase).
type UseCase uint8

// The use cases in the order in which Flink reads their weights from 1.13 on.
const (
	OperatorUse UseCase = iota
	StateBackendUse
	PythonUse
	useCases // how many there are
)

// String is Flink's name, which is also the name in the option of the weights.
func (u UseCase) String() string { return [...]string{"OPERATOR", "STATE_BACKEND", "PYTHON"}[u] }

// Weights are the weights of the consumers of managed memory. The zero Weights has none set.
type Weights struct {
	weight [useCases]int32
	set    [useCases]bool
}

// Of is a use case's weight, and whether it is configured at all; one that is not weighs 0.
func (w Weights) Of(u UseCase) (int32, bool) { return w.weight[u], w.set[u] }

func (w *Weights) put(u UseCase, weight int32) { w.weight[u], w.set[u] = weight, true }

// olderName is what operators and state backend together are called in 1.12, and may be up to 1.20.
const olderName = "DATAPROC"

// ReadWeights reads the weights from the cluster's configuration
// (ManagedMemoryUtils.getManagedMemoryUseCaseWeightsFromConfig). Flink reads them only to compute a share
// that is not 0 beforehand: a refusal does not hurt a state backend that needs no managed memory. Before 1.12
// there are none.
func ReadWeights(config flink.Config, v flink.Version) (Weights, *flink.Refusal) {
	if !flink.ConsumerWeights.In(v) {
		return Weights{}, nil
	}
	named, refusal := readNamedWeights(config, v)
	switch {
	case refusal != nil:
		return Weights{}, refusal
	case flink.DataprocWeights.In(v):
		return strictWeights(named)
	}
	return knownWeights(named, v)
}

// strictWeights are those of 1.12, which refuses unknown names, OPERATOR and STATE_BACKEND among them.
func strictWeights(named namedWeights) (Weights, *flink.Refusal) {
	var w Weights
	for _, n := range named.inJavaOrder() {
		weight, refusal := parseWeight(n.name, n.text)
		switch {
		case refusal != nil:
			return Weights{}, refusal
		case n.name == olderName:
			w.put(OperatorUse, weight)
			w.put(StateBackendUse, weight)
		case n.name == PythonUse.String():
			w.put(PythonUse, weight)
		default:
			return Weights{}, flink.Refuse(flink.IllegalConfiguration, flink.KeyConsumerWeights, "Unknown managed memory consumer: "+n.name, nil)
		}
	}
	return w, nil
}

// knownWeights are those of 1.13 and later, which looks up the names it knows and ignores all others.
func knownWeights(named namedWeights, v flink.Version) (Weights, *flink.Refusal) {
	var w Weights
	for u := range useCases {
		text, set := named.find(u.String())
		if !set && u != PythonUse && flink.DataprocIsRead.In(v) {
			text, set = named.find(olderName)
		}
		if !set {
			continue
		}
		weight, refusal := parseWeight(u.String(), text)
		if refusal != nil {
			return Weights{}, refusal
		}
		w.put(u, weight)
	}
	return w, nil
}

func parseWeight(name, text string) (int32, *flink.Refusal) {
	weight, refusal := flink.ParseJavaInt(text)
	if refusal != nil {
		refusal.Key = flink.KeyConsumerWeights
		return 0, refusal
	}
	if weight < 0 {
		return 0, flink.Refuse(flink.IllegalConfiguration, flink.KeyConsumerWeights,
			fmt.Sprintf("Managed memory weight should not be negative. Configured weight for %s is %d.", name, weight), nil)
	}
	return weight, nil
}

// namedWeights are names and weights as they are written, in that order; no name is there twice.
type namedWeights []namedWeight

type namedWeight struct{ name, text string }

func (n namedWeights) find(name string) (text string, found bool) {
	i := slices.IndexFunc(n, func(w namedWeight) bool { return w.name == name })
	if i < 0 {
		return "", false
	}
	return n[i].text, true
}

// readNamedWeights reads the option as a map: its own key first, else, from 1.14 on, the keys below it,
// which replace the default altogether (ConfigurationUtils.convertToProperties, removePrefixMap).
func readNamedWeights(config flink.Config, v flink.Version) (namedWeights, *flink.Refusal) {
	if e, set := config.Get(flink.KeyConsumerWeights); set {
		named, refusal := parseNamedWeights(e.Value, v, flink.MapsAsYAML.In(v) && !config.Legacy())
		if refusal != nil {
			return nil, flink.Refuse(flink.IllegalArgument, e.Key, fmt.Sprintf("Could not parse value '%s' for key '%s'.", e.Value, e.Key), refusal)
		}
		return named, nil
	}
	if below := weightsBelow(config); len(below) > 0 && flink.WeightsBelowKey.In(v) {
		return below, nil
	}
	if flink.DataprocWeights.In(v) {
		return namedWeights{{olderName, "70"}, {PythonUse.String(), "30"}}, nil
	}
	return namedWeights{{OperatorUse.String(), "70"}, {StateBackendUse.String(), "70"}, {PythonUse.String(), "30"}}, nil
}

func weightsBelow(config flink.Config) (below namedWeights) {
	for _, e := range config {
		name, isBelow := strings.CutPrefix(e.Key, flink.KeyConsumerWeights+".")
		if !isBelow {
			continue
		}
		below = slices.DeleteFunc(below, func(w namedWeight) bool { return w.name == name }) // the last counts
		below = append(below, namedWeight{name, e.Value})
	}
	return below
}

// inJavaOrder is the order of the java.util.HashMap that 1.12 walks. It decides only which of several
// refusals comes first.
func (n namedWeights) inJavaOrder() namedWeights {
	buckets := uint32(16)
	for len(n) > int(buckets/4*3) { // HashMap's load factor
		buckets *= 2
	}
	bucket := func(w namedWeight) uint32 {
		hash := uint32(0)
		for _, unit := range utf16.Encode([]rune(w.name)) {
			hash = 31*hash + uint32(unit)
		}
		return (hash ^ hash>>16) % buckets
	}
	sorted := slices.Clone(n)
	slices.SortStableFunc(sorted, func(a, b namedWeight) int { return cmp.Compare(bucket(a), bucket(b)) })
	return sorted
}
