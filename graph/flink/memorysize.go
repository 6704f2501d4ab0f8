package flink

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// MemorySize is an amount of memory in bytes, as Flink's class of that name; never negative.
type MemorySize int64

// memoryUnits are Flink's units, the next always 1024 times the one before. names[0] is how we write it;
// flinkName is how MemorySize.toString does.
var memoryUnits = [...]struct {
	names     [3]string
	flinkName string
}{
	{[3]string{"b", "bytes"}, "bytes"},
	{[3]string{"kb", "k", "kibibytes"}, "kb"},
	{[3]string{"mb", "m", "mebibytes"}, "mb"},
	{[3]string{"gb", "g", "gibibytes"}, "gb"},
	{[3]string{"tb", "t", "tebibytes"}, "tb"},
}

const allMemoryUnits = "(b | bytes) / (k | kb | kibibytes) / (m | mb | mebibytes) / (g | gb | gibibytes) / (t | tb | tebibytes)"

// ErrNoNumber is the one fault of a size for which Flink throws a NumberFormatException.
var ErrNoNumber = errors.New("text does not start with a number")

// ParseMemorySize reads a size exactly as Flink's MemorySize.parse does in all versions: ASCII digits, a
// unit in any case or none for bytes, blanks around both. The error's text is Flink's, word for word.
func ParseMemorySize(text string) (MemorySize, error) {
	trimmed := JavaTrim(text)
	if trimmed == "" {
		return 0, errors.New("argument is an empty- or whitespace-only string")
	}
	digits := 0
	for digits < len(trimmed) && trimmed[digits] >= '0' && trimmed[digits] <= '9' {
		digits++
	}
	if digits == 0 {
		return 0, ErrNoNumber
	}
	value, err := strconv.ParseInt(trimmed[:digits], 10, 64)
	if err != nil {
		//lint:ignore ST1005 Flink's own text
		return 0, fmt.Errorf("The value '%s' cannot be re represented as 64bit number (numeric overflow).", trimmed[:digits])
	}
	shift, err := parseMemoryUnit(trimmed[digits:])
	if err != nil {
		return 0, err
	}
	if value > math.MaxInt64>>shift {
		//lint:ignore ST1005 Flink's own text
		return 0, fmt.Errorf("The value '%s' cannot be re represented as 64bit number of bytes (numeric overflow).", text)
	}
	return MemorySize(value << shift), nil
}

// parseMemoryUnit gives the unit as a power of two.
func parseMemoryUnit(text string) (shift int, err error) {
	unit := javaLower(JavaTrim(text))
	if unit == "" {
		return 0, nil
	}
	for i := range memoryUnits {
		for _, name := range &memoryUnits[i].names {
			if unit == name {
				return 10 * i, nil
			}
		}
	}
	//lint:ignore ST1005 Flink's own text
	return 0, fmt.Errorf("Memory size unit '%s' does not match any of the recognized units: %s", unit, allMemoryUnits)
}

// JavaTrim is String.trim: it cuts what is not above U+0020 at both ends, and no other blank.
func JavaTrim(text string) string {
	for text != "" && text[0] <= ' ' {
		text = text[1:]
	}
	for text != "" && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// javaLower is String.toLowerCase(Locale.US), which keeps the dot of U+0130 (Go would make a plain i of it,
// and a unit of what is not a number). The end form of a Greek sigma is left out: it could only change an error's text.
func javaLower(text string) string {
	return strings.ToLower(strings.ReplaceAll(text, "\u0130", "i\u0307"))
}

// String is the shortest text that Flink reads back exactly: the largest unit that divides the value.
func (m MemorySize) String() string {
	var buffer [24]byte
	return string(m.AppendText(buffer[:0]))
}

// AppendText appends String to dst without allocating: plans hold hundreds of thousands of sizes.
func (m MemorySize) AppendText(dst []byte) []byte {
	unit := 0
	if m != 0 {
		unit = min(bits.TrailingZeros64(uint64(m))/10, len(memoryUnits)-1)
	}
	dst = strconv.AppendInt(dst, int64(m)>>(10*unit), 10)
	return append(dst, memoryUnits[unit].names[0]...)
}

// FlinkText is what MemorySize.toString writes, for messages that are Flink's. Flink looks for the first
// unit that does not divide the value and takes the one before; where all divide (0, multiples of 1 TiB) it
// writes bytes.
func (m MemorySize) FlinkText() string {
	unit := bits.TrailingZeros64(uint64(m)) / 10
	if unit >= len(memoryUnits)-1 {
		unit = 0
	}
	return strconv.FormatInt(int64(m)>>(10*unit), 10) + " " + memoryUnits[unit].flinkName
}

// Add sums two sizes that are not negative; false beyond 2^63-1 bytes.
func Add(a, b MemorySize) (MemorySize, bool) {
	if a > math.MaxInt64-b {
		return 0, false
	}
	return a + b, true
}

// Times multiplies a size by a count, neither negative; false beyond 2^63-1 bytes.
func Times(a MemorySize, n int) (MemorySize, bool) {
	high, low := bits.Mul64(uint64(a), uint64(n))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	return MemorySize(low), true
}
