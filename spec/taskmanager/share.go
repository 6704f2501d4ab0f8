package taskmanager

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"

	"udfplan/graph/flink"
)

// fractionScale is 10^16: Flink keeps 16 decimals of a fraction.
var fractionScale = big.NewInt(1e16)

// RoundedDown is dividend/divisor cut off behind 16 decimals, as a double: BigDecimal.divide with scale 16 and
// ROUND_DOWN, then doubleValue (ManagedMemoryUtils and, before 1.12, StreamingJobGraphGenerator). A divisor
// of 0, where Flink throws "/ by zero", makes no number; none of Flink's callers has one.
func RoundedDown(dividend, divisor int64) float64 {
	if divisor == 0 {
		return math.NaN()
	}
	scaled := new(big.Int).Mul(big.NewInt(dividend), fractionScale)
	scaled.Quo(scaled, big.NewInt(divisor))
	value, _ := strconv.ParseFloat(scaled.String()+"e-16", 64) // digits, and far from the ends of the range
	return value
}

// SlotFraction is the fraction of a slot's managed memory that one operator gets for a use case
// (ManagedMemoryUtils.convertToFractionOfSlot, from 1.12 on): its fraction of what the use case gets, times the
// use case's weight among those that any operator of the slot sharing group has (present). The state backend
// counts only if it uses managed memory. The sum of weights is a Java int and may wrap around: then the
// fraction is 0 or above 1.
func SlotFraction(u UseCase, fractionOfUse float64, present []UseCase, w Weights, stateBackend bool) float64 {
	if u == StateBackendUse && !stateBackend {
		return 0
	}
	total := int32(0)
	for other := range useCases {
		if slices.Contains(present, other) && (other != StateBackendUse || stateBackend) {
			weight, _ := w.Of(other)
			total += weight
		}
	}
	if total <= 0 {
		return 0
	}
	weight, _ := w.Of(u)
	return fractionOfUse * RoundedDown(int64(weight), int64(total))
}

// pageSize is MemoryManager.DEFAULT_PAGE_SIZE in bytes.
const pageSize = 32 << 10

// Bytes is how much of a slot's managed memory a fraction is: the product of doubles, rounded down
// (MemoryManager.computeMemorySize). A slot cannot have more than 2^31-1 pages of 32 KiB.
func Bytes(managedPerSlot flink.MemorySize, fraction float64, v flink.Version) (flink.MemorySize, *flink.Refusal) {
	dot := ""
	if flink.ZeroFractionRefused.In(v) {
		dot = "."
	}
	switch pages := managedPerSlot / pageSize; {
	case pages > math.MaxInt32:
		// Flink's text has these %d: its placeholder is %s, and what has none is added in brackets.
		return 0, flink.Refuse(flink.IllegalArgument, flink.KeyManagedSize,
			"The given number of memory bytes (%d) corresponds to more than MAX_INT pages (%d > %d). ["+
				fmt.Sprintf("%d, %d, %d]", managedPerSlot, pages, math.MaxInt32), nil)
	case fraction == 0 && dot != "":
		return 0, flink.Refuse(flink.IllegalArgument, flink.KeyConsumerWeights,
			"The fraction of memory to allocate should not be 0. Please make sure that all types of managed memory consumers contained in the job"+
				" are configured with a non-negative weight via `"+flink.KeyConsumerWeights+"`.", nil)
	case !(fraction > 0 && fraction <= 1): // not-a-number included
		return 0, flink.Refuse(flink.IllegalArgument, "",
			"The fraction of memory to allocate must within (0, 1], was: "+flink.JavaDouble(fraction)+dot, nil)
	}
	return flink.MemorySize(float64(managedPerSlot) * fraction), nil
}

// LeastFor is the smallest slot, in bytes of managed memory, of which a fraction is at least so many bytes: Bytes the
// other way round, which never falls as the slot grows. False: no slot is large enough, as Flink gives nothing, or refuses
// the fraction or so large a slot.
func LeastFor(bytes flink.MemorySize, fraction float64) (flink.MemorySize, bool) {
	const most = (math.MaxInt32 + 1) * pageSize // more is MAX_INT pages
	switch {
	case bytes <= 0:
		return 0, true
	case !(fraction > 0 && fraction <= 1) || float64(bytes)/fraction > most: // not-a-number included
		return 0, false
	}
	slot := flink.MemorySize(float64(bytes) / fraction) // within a rounding error or two
	for flink.MemorySize(float64(slot)*fraction) < bytes {
		slot++
	}
	for slot > 0 && flink.MemorySize(float64(slot-1)*fraction) >= bytes {
		slot--
	}
	return slot, slot < most
}

// OperatorFractions are the fractions of 1.10 and 1.11: each operator's weight among those of all operators of
// its slot sharing group (StreamingJobGraphGenerator.setManagedMemoryFractionForOperator). Weights are KiB
// where an operator states memory, else 1. Their sum is a Java int and may wrap around: at 0 or below all
// fractions are 0; above 0 some may be above 1, which Flink refuses when it makes the job graph (StreamConfig.setManagedMemoryFraction).
func OperatorFractions(weights []int64) (fractions []float64, refused *flink.Refusal) {
	sum := int32(0)
	for _, weight := range weights {
		sum += int32(weight)
	}
	fractions = make([]float64, len(weights))
	if sum <= 0 {
		return fractions, nil
	}
	for i, weight := range weights {
		fractions[i] = RoundedDown(weight, int64(sum))
		if fractions[i] > 1 && refused == nil {
			refused = flink.Refuse(flink.IllegalArgument, "",
				"managedMemFraction should be in range [0.0, 1.0], but was: "+flink.JavaDouble(fractions[i]), nil)
		}
	}
	return fractions, refused
}
