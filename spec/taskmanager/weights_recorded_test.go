package taskmanager

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"udfplan/graph/flink"
	"udfplan/testdata/flink/truth"
)

// weightCase is a row of testdata/flink/weights, recorded from Flink's own classes.
type weightCase struct {
	ID, Kind, Rule, Flink string
	Config                map[string]string
	StandardYaml          *bool
	StateBackend          *bool // the program's own choice, which is the caller's business
	Managed               int64
	Fraction              string
	UseCase               string
	FractionOfUseCase     float64
	All                   []string
	Dividend, Divisor     int64
	Weights, Required     []int64
	Operators             []weightOperator
	Expect, Error         any
	Log                   []string

	config  flink.Config
	version flink.Version
}

type weightOperator struct {
	Weights map[string]int64
	Slot    []string
}

// The rows' `log` is compared for the weights only; that a state backend's WARN is written is no result.
func TestRecordedWeights(t *testing.T) {
	counts := map[string]int{}
	for _, file := range truth.Files(t, "weights/*.jsonl") {
		for _, c := range truth.Lines[weightCase](t, file) {
			counts[c.Kind]++
			t.Run(truth.Version(file)+"/"+c.ID, func(t *testing.T) { c.check(t) })
		}
	}
	want := map[string]int{"compute": 459, "fraction": 1267, "group110": 99, "group112": 390, "round": 301, "stateBackendUsesManaged": 138, "weights": 210}
	if !reflect.DeepEqual(counts, want) && !truth.Fresh() {
		t.Errorf("rows: got %v, want %v", counts, want)
	}
}

func (c weightCase) check(t *testing.T) {
	version, err := flink.ParseVersion(c.Flink)
	if err != nil {
		t.Fatal(err)
	}
	c.version, c.config = version, configOf(c.Config)
	for i := range c.config {
		c.config[i].Legacy = c.StandardYaml != nil && !*c.StandardYaml
	}
	want := c.Expect
	if c.Error != nil {
		want = map[string]any{"error": c.Error}
	}
	if got := plainJSON(t, c.answer(t)); !reflect.DeepEqual(got, want) {
		truth.Differ(t, truth.Weights, "%s (%s)\n got %v\nwant %v", c.Kind, c.Rule, got, want)
	}
}

func configOf(options map[string]string) (config flink.Config) {
	for key, value := range options {
		config = append(config, flink.Entry{Key: key, Value: value})
	}
	slices.SortFunc(config, func(a, b flink.Entry) int { return strings.Compare(a.Key, b.Key) })
	return config
}

// plainJSON is a value as encoding/json reads it back. All numbers here are below 2^53.
func plainJSON(t *testing.T, value any) (plain any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	return plain
}

func (c weightCase) answer(t *testing.T) any {
	t.Helper()
	switch c.Kind {
	case "weights":
		return c.weights(t)
	case "fraction":
		return c.share(c.UseCase, c.FractionOfUseCase, useCasesOf(c.All))
	case "compute":
		fraction, refusal := flink.ParseJavaDouble(c.Fraction)
		if refusal != nil {
			t.Fatal(refusal)
		}
		return c.bytes(fraction)
	case "round":
		rounded := RoundedDown(c.Dividend, c.Divisor)
		if math.IsNaN(rounded) {
			return map[string]any{"error": map[string]any{"class": "java.lang.ArithmeticException", "message": "/ by zero"}}
		}
		return rounded
	case "stateBackendUsesManaged":
		return c.stateBackend()
	case "group110":
		return c.group110()
	case "group112":
		return c.group112()
	}
	t.Fatalf("%s: kind %q", c.ID, c.Kind)
	return nil
}

func (c weightCase) stateBackend() bool {
	if c.StateBackend != nil {
		return *c.StateBackend
	}
	return StateBackendUsesManaged(c.config, c.version)
}

func (c weightCase) weights(t *testing.T) any {
	t.Helper()
	w, refusal := ReadWeights(c.config, c.version)
	if refusal != nil {
		return refused(refusal)
	}
	named := map[string]int32{}
	var log []string
	for u := range useCases {
		weight, set := w.Of(u)
		name, state := u.String(), "is configured to 0"
		if set {
			named[name] = weight
		} else {
			state = "is not configured"
		}
		if flink.DataprocWeights.In(c.version) && u == OperatorUse {
			name = "DATAPROC"
		}
		if weight == 0 && !(flink.DataprocWeights.In(c.version) && u == StateBackendUse) {
			log = append(log, "DEBUG Managed memory consumer weight for "+name+" "+state+". Jobs containing this type of managed memory consumers"+
				" may fail due to not being able to allocate managed memory.")
		}
	}
	if !slices.Equal(log, c.Log) {
		truth.Differ(t, truth.Weights, "log %q, want %q", log, c.Log)
	}
	return named
}

// share asks for the weights only where Flink does.
func (c weightCase) share(use string, fraction float64, present []UseCase) any {
	u := useCasesOf([]string{use})[0]
	w, refusal := ReadWeights(c.config, c.version)
	if refusal != nil && (u != StateBackendUse || c.stateBackend()) {
		return refused(refusal)
	}
	slot := SlotFraction(u, fraction, present, w, c.stateBackend())
	return map[string]any{"fraction": slot, "bytes": c.bytes(slot)}
}

func (c weightCase) bytes(fraction float64) any {
	size, refusal := Bytes(flink.MemorySize(c.Managed), fraction, c.version)
	if refusal != nil {
		return refused(refusal)
	}
	return int64(size)
}

func (c weightCase) group110() any {
	fractions, why := OperatorFractions(c.Weights)
	if why != nil {
		return refused(why)
	}
	shares, reserves := []any{}, []bool{}
	for i, fraction := range fractions {
		share := c.bytes(fraction)
		size, isSize := share.(int64)
		shares, reserves = append(shares, share), append(reserves, isSize && c.Required[i] <= size)
	}
	return map[string]any{"fractions": fractions, "shares": shares, "reserves": reserves}
}

func (c weightCase) group112() any {
	sums, present := map[string]int64{}, []UseCase{}
	for _, o := range c.Operators {
		for use, weight := range o.Weights {
			sums[use] += weight
			present = append(present, useCasesOf([]string{use})...)
		}
		present = append(present, useCasesOf(o.Slot)...)
	}
	shares := []any{}
	for _, o := range c.Operators {
		own := map[string]any{}
		for use, weight := range o.Weights {
			fraction := 0.0
			if weight > 0 {
				fraction = RoundedDown(weight, sums[use])
			}
			own[use] = c.share(use, fraction, present)
		}
		for _, use := range o.Slot {
			own[use] = c.share(use, 1, present)
		}
		shares = append(shares, own)
	}
	return shares
}

func useCasesOf(names []string) (uses []UseCase) {
	for _, name := range names {
		for u := range useCases {
			if u.String() == name {
				uses = append(uses, u)
			}
		}
	}
	return uses
}

// refused is a refusal as it was recorded: with its causes in one list.
func refused(r *flink.Refusal) any {
	row := map[string]any{"class": r.Class, "message": r.Message}
	var causes []any
	for cause := r.Cause; cause != nil; cause = cause.Cause {
		causes = append(causes, map[string]any{"class": cause.Class, "message": cause.Message})
	}
	if causes != nil {
		row["causes"] = causes
	}
	return map[string]any{"error": row}
}
