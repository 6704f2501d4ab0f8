package taskmanager

import (
	"fmt"
	"math/big"
	"strconv"

	"udfplan/graph/flink"
)

// memoryRange is a fraction of some memory within bounds, in bytes (RangeFraction).
type memoryRange struct {
	least, most flink.MemorySize
	fraction    float64 // from 0 to below 1
}

func (m *memoryReader) networkRange() memoryRange {
	least, most := m.size(flink.KeyNetworkMin), m.size(flink.KeyNetworkMax)
	return m.rangeOf(least, most, flink.KeyNetworkFraction, m.firstSet(flink.KeyNetworkMax, flink.KeyNetworkMin))
}

func (m *memoryReader) overheadRange() memoryRange {
	least, most := m.size(flink.KeyOverheadMin), m.size(flink.KeyOverheadMax)
	return m.rangeOf(least, most, flink.KeyOverheadFraction, m.firstSet(flink.KeyOverheadMax, flink.KeyOverheadMin))
}

// rangeOf checks a range as RangeFraction does; boundKey is the bound to change where they cross.
func (m *memoryReader) rangeOf(least, most flink.MemorySize, fractionKey, boundKey string) memoryRange {
	r := memoryRange{least, most, number(m, fractionKey, parseFloat)}
	key, why := "", ""
	switch {
	case least > most:
		key, why = boundKey, "min value must be less or equal to max value"
	case !(r.fraction >= 0 && r.fraction < 1): // NaN too
		key, why = m.written(fractionKey), "fraction must be in range [0, 1)"
	default:
		return r
	}
	message := fmt.Sprintf("Inconsistently configured %s (%s) and its min (%s), max (%s) value",
		optionText(fractionKey), flink.JavaDouble(r.fraction), least.HumanText(), most.HumanText())
	m.keep(flink.Refuse(flink.IllegalConfiguration, key, message, flink.Refuse(flink.IllegalArgument, "", why, nil)))
	return memoryRange{least: least, most: most}
}

// ofWhole is the part of a whole that includes it (ProcessMemoryUtils.deriveWithFraction).
func (m *memoryReader) ofWhole(whole flink.MemorySize, r memoryRange, key string) flink.MemorySize {
	return r.within(m.multiply(whole, r.fraction, key))
}

// ofRest is the part of a whole of which the rest is known: the fraction f is f/(1-f) of the rest, a quotient
// of doubles (ProcessMemoryUtils.deriveWithInverseFraction).
func (m *memoryReader) ofRest(rest flink.MemorySize, r memoryRange, key string) flink.MemorySize {
	return r.within(m.multiply(rest, r.fraction/(1-r.fraction), key))
}

func (r memoryRange) within(size flink.MemorySize) flink.MemorySize {
	return min(max(size, r.least), r.most)
}

// multiply is MemorySize.multiply: the factor as the decimal that Double.toString writes, the product
// truncated. key is the option to change where it exceeds 2^63-1.
func (m *memoryReader) multiply(size flink.MemorySize, factor float64, key string) flink.MemorySize {
	product, ok := new(big.Rat).SetString(strconv.FormatFloat(factor, 'g', -1, 64))
	if !ok {
		return 0 // a fraction within [0, 1) makes only finite factors
	}
	product.Mul(product, new(big.Rat).SetInt64(int64(size)))
	bytes := new(big.Int).Quo(product.Num(), product.Denom())
	if !bytes.IsInt64() {
		m.refuse(flink.Arithmetic, key, longOverflow)
		return 0
	}
	return flink.MemorySize(bytes.Int64())
}
