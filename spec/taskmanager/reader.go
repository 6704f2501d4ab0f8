package taskmanager

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"udfplan/graph/flink"
)

// Bounds in bytes, and what Java says of them.
const (
	smallestPageSize   flink.MemorySize = 4096 // MemoryManager.MIN_PAGE_SIZE
	largestMemorySize  flink.MemorySize = math.MaxInt64
	longOverflow                        = "long overflow" // Math.addExact, BigDecimal.longValueExact
	negativeMemorySize                  = "bytes must be >= 0"
)

// memoryReader reads the options of a TaskManager. It keeps the first refusal, as a thrown exception would be
// the only one; what is read or summed up after it has no meaning.
type memoryReader struct {
	config  flink.Config
	version flink.Version
	// legacy is the older option that gave the total, target that total's option.
	legacy, target string
	refusal        *flink.Refusal
}

func (m *memoryReader) refuse(class, key, message string) {
	m.keep(flink.Refuse(class, key, message, nil))
}

func (m *memoryReader) keep(r *flink.Refusal) {
	if m.refusal == nil {
		m.refusal = r
	}
}

// entry is what an option was set to, under its own or an older name.
func (m *memoryReader) entry(key string) (flink.Entry, bool) {
	if e, set := m.config.Get(key); set {
		return e, true
	}
	if option, known := flink.LookupOption(key); known {
		for _, older := range option.Fallback {
			if e, set := m.config.Get(older); set {
				return e, true
			}
		}
	}
	return flink.Entry{}, false
}

func (m *memoryReader) has(key string) bool {
	_, set := m.entry(key)
	return set
}

// written is the key under which the user set an option: what there is to change.
func (m *memoryReader) written(key string) string {
	if key == m.target {
		return m.legacy
	}
	if e, set := m.entry(key); set {
		return e.Key
	}
	return key
}

// firstSet is the first of some options that is set, else the last of them.
func (m *memoryReader) firstSet(keys ...string) string {
	for _, key := range keys {
		if m.has(key) {
			return m.written(key)
		}
	}
	return keys[len(keys)-1]
}

// set gives an option a size, as Flink does in its own copy of a configuration.
func (m *memoryReader) set(key string, size flink.MemorySize) {
	m.config = m.config.With(flink.Config{{Key: key, Value: strconv.FormatInt(int64(size), 10)}})
}

// parseOption reads an option or its default; none is the zero value.
func parseOption[T any](m *memoryReader, key string, parse func(string) (T, *flink.Refusal)) (value T, refusal *flink.Refusal) {
	e, set := m.entry(key)
	if !set {
		option, known := flink.LookupOption(key)
		if !known || option.DefaultIn(m.version) == "" {
			return value, nil
		}
		e.Value = option.DefaultIn(m.version)
	}
	value, cause := parse(e.Value)
	if cause != nil {
		message := fmt.Sprintf("Could not parse value '%s' for key '%s'.", e.Value, key)
		return value, flink.Refuse(flink.IllegalArgument, m.written(key), message, cause)
	}
	return value, nil
}

// number reads an option that is no size, or a size that Flink reads by configuration.get alone.
func number[T any](m *memoryReader, key string, parse func(string) (T, *flink.Refusal)) T {
	value, refusal := parseOption(m, key, parse)
	if refusal != nil {
		m.keep(refusal)
	}
	return value
}

// size reads a memory size, in bytes (ProcessMemoryUtils.getMemorySizeFromConfig).
func (m *memoryReader) size(key string) flink.MemorySize {
	size, cause := parseOption(m, key, parseSize)
	if cause != nil {
		m.keep(flink.Refuse(flink.IllegalConfiguration, cause.Key,
			fmt.Sprintf("Cannot read memory size from config option '%s'.", key), cause))
	}
	return size
}

// parseSize is MemorySize.parse with the class of its exception.
func parseSize(text string) (flink.MemorySize, *flink.Refusal) {
	size, err := flink.ParseMemorySize(text)
	if err == nil {
		return size, nil
	}
	class := flink.IllegalArgument
	if errors.Is(err, flink.ErrNoNumber) {
		class = flink.NumberFormat
	}
	return 0, flink.Refuse(class, "", err.Error(), nil)
}

// parseFloat is Float.parseFloat, widened: 0.4 is 0.4000000059604645.
func parseFloat(text string) (float64, *flink.Refusal) {
	wide, refusal := flink.ParseJavaDouble(text)
	if refusal != nil || math.IsNaN(wide) || math.IsInf(wide, 0) {
		return wide, refusal
	}
	// Straight from the text: by way of a double it would be rounded twice.
	digits := strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	narrow, _ := strconv.ParseFloat(strings.TrimRight(digits, "fFdD"), 32) // beyond the range: infinite, as in Java
	return narrow, nil
}

// optionText is ConfigOption.toString.
func optionText(key string) string {
	option, known := flink.LookupOption(key)
	if !known {
		return key
	}
	byDefault := option.Default
	if byDefault == "" {
		byDefault = "null"
	}
	var older []string
	for _, fallback := range option.Fallback {
		older = append(older, "{key="+fallback+", isDeprecated=true}")
	}
	return fmt.Sprintf("Key: '%s' , default: %s (fallback keys: [%s])", key, byDefault, strings.Join(older, ", "))
}
