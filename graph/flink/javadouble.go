package flink

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"udfplan/graph/source"
)

// JavaDouble is Double.toString from JDK 19 on: the shortest digits, at least two, plain from 1e-3 to 1e7, else with an exponent. Up to
// JDK 18 some numbers have a digit too many: 1E23 is 9.999999999999999E22 there.
func JavaDouble(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	case x == 0 && math.Signbit(x):
		return "-0.0"
	case x == 0:
		return "0.0"
	}
	if size := math.Abs(x); size >= 1e-3 && size < 1e7 {
		text := strconv.FormatFloat(x, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return text
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	if !strings.Contains(mantissa, ".") { // of two digits the nearest
		mantissa, exponent, _ = strings.Cut(strconv.FormatFloat(x, 'e', 1, 64), "e")
	}
	power, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	return mantissa + "E" + strconv.Itoa(power)
}

var (
	javaDecimal = source.Pattern(`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?$`)
	javaHex     = source.Pattern(`^[+-]?0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+[fFdD]?$`)
)

// ParseJavaDouble is Double.parseDouble: it trims, takes a suffix f or d, NaN, Infinity and hexadecimal
// floats. Numbers beyond the range are infinite, as in Java.
func ParseJavaDouble(text string) (float64, *Refusal) {
	trimmed := JavaTrim(text)
	if trimmed == "" {
		return 0, Refuse(NumberFormat, "", "empty String", nil)
	}
	unsigned := strings.TrimLeft(trimmed, "+-")
	if len(trimmed)-len(unsigned) <= 1 && (unsigned == "NaN" || unsigned == "Infinity") {
		value, _ := strconv.ParseFloat(strings.Replace(trimmed, "Infinity", "Inf", 1), 64) // just these words
		if unsigned == "NaN" {
			value = math.NaN()
		}
		return value, nil
	}
	switch {
	case javaHex().MatchString(trimmed):
		trimmed = strings.TrimRight(trimmed, "fFdD")
	case javaDecimal().MatchString(trimmed):
		trimmed = strings.TrimRight(trimmed, "fFdD")
	default:
		return 0, Refuse(NumberFormat, "", `For input string: "`+trimmed+`"`, nil)
	}
	value, _ := strconv.ParseFloat(trimmed, 64) // beyond the range it is an infinity, as in Java
	return value, nil
}

// ParseJavaInt is Integer.parseInt: one sign, then decimal digits of any script, no blanks.
func ParseJavaInt(text string) (int32, *Refusal) {
	value, ok := parseJavaInt(text)
	if !ok {
		return 0, Refuse(NumberFormat, "", `For input string: "`+text+`"`, nil)
	}
	return value, nil
}

// HumanText is MemorySize.toHumanReadableString: in the largest unit strictly below the size, with three
// decimals, and the bytes behind it.
func (m MemorySize) HumanText() string {
	unit := 0
	for unit+1 < len(memoryUnits) && m > 1<<(10*(unit+1)) {
		unit++
	}
	bytes := strconv.FormatInt(int64(m), 10) + " bytes"
	if unit == 0 {
		return bytes
	}
	// Java rounds the shortest decimal of the double half up, not the double itself.
	shortest := strconv.FormatFloat(float64(m)/float64(int64(1)<<(10*unit)), 'f', -1, 64)
	return roundHalfUp(shortest) + humanUnits[unit] + " (" + bytes + ")"
}

// roundHalfUp rounds a plain decimal that is not negative to three places.
func roundHalfUp(text string) string {
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return text
	}
	value.Mul(value, big.NewRat(1000, 1)).Add(value, big.NewRat(1, 2))
	digits := new(big.Int).Div(value.Num(), value.Denom()).String()
	for len(digits) < 4 {
		digits = "0" + digits
	}
	return digits[:len(digits)-3] + "." + digits[len(digits)-3:]
}

var humanUnits = [...]string{"", "kb", "mb", "gb", "tb"}
