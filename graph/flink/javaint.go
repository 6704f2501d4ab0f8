package flink

import (
	"math"
	"unicode"
)

// parseJavaInt reads as Integer.parseInt does: one sign, then decimal digits of any script, no blanks.
// Flink takes full-width digits for a number of slots (flink-rules.md B8, run).
func parseJavaInt(text string) (int32, bool) {
	digits, negative := text, false
	if text != "" && (text[0] == '+' || text[0] == '-') {
		digits, negative = text[1:], text[0] == '-'
	}
	value := int64(0)
	for _, r := range digits {
		digit, ok := decimalDigit(r)
		if !ok {
			return 0, false
		}
		if value = 10*value + digit; value > math.MaxInt32+1 {
			return 0, false
		}
	}
	if negative {
		value = -value
	}
	return int32(value), digits != "" && value <= math.MaxInt32
}

// decimalDigit is Character.digit(r, 10) for digits. Unicode lists them in runs that begin with a zero.
func decimalDigit(r rune) (int64, bool) {
	if r >= '0' && r <= '9' {
		return int64(r - '0'), true
	}
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return int64(r-rune(run.Lo)) % 10, true
		}
	}
	for _, run := range unicode.Nd.R32 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return int64(r-rune(run.Lo)) % 10, true
		}
	}
	return 0, false
}
