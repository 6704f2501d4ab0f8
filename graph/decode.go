package graph

import (
	"math"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// The decoders below check the shape of one value. Each reports what it found and what is allowed, and
// returns something harmless, so that reading goes on to the next problem.

// wrongType reports a value of the wrong kind. what names the value: "name", "parallelism of an operator".
func (r *reader) wrongType(n source.Node, what, allowed string) *source.Diagnostic {
	return r.problems.Errorf(n.Place(), "wrong-type", "%s must be %s; found %s", what, allowed, n.Describe())
}

// text reads a text that is not empty.
func (r *reader) text(n source.Node, what string) string {
	if n.Kind() != source.Text {
		d := r.wrongType(n, what, "text")
		if n.Kind() == source.Number || n.Kind() == source.Bool {
			d.Hint = `quote it: "` + source.Excerpt(n.Text()) + `"`
		}
		return ""
	}
	if n.Text() == "" {
		r.problems.Errorf(n.Place(), "empty-value", "%s must not be empty", what)
	}
	return n.Text()
}

// scalar reads a value by its source text: text, number or boolean.
func (r *reader) scalar(n source.Node, what string) string {
	switch n.Kind() {
	case source.Text, source.Number, source.Bool:
		return n.Text()
	}
	r.wrongType(n, what, "text, a number or a boolean")
	return ""
}

func (r *reader) boolean(n source.Node, what string) bool {
	yes := strings.EqualFold(n.Text(), "true")
	if n.Kind() != source.Bool || !yes && !strings.EqualFold(n.Text(), "false") {
		r.wrongType(n, what, "true or false")
	}
	return n.Kind() == source.Bool && yes
}

// integer reads a plain decimal within bounds; 0 where it is none.
func (r *reader) integer(n source.Node, what string, low, high int64) int32 {
	value, ok := n.Int()
	switch {
	case n.Kind() != source.Number:
		r.wrongType(n, what, "an integer")
	case !ok && !tooLong(n.Text()):
		r.wrongType(n, what, "a plain decimal integer such as 4")
	case !ok || value < low || value > high:
		d := r.problems.Errorf(n.Place(), "out-of-range", "%s must be between %d and %d; found %s", what, low, high, source.Excerpt(n.Text()))
		if strings.HasPrefix(what, "maxParallelism") {
			d.Hint = flinkBoundsText(n.Text())
		}
	default:
		return int32(value)
	}
	r.badParallelism = r.badParallelism || strings.HasSuffix(strings.ToLower(what), "parallelism")
	return 0
}

// tooLong tells a plain decimal that is only too large for 64 bits.
func tooLong(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return len(digits) > 18 && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}

// MaxParallelismBound is KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM: no operator can have more subtasks.
const MaxParallelismBound = math.MaxInt16 + 1

// word reads one of a list of words; words[0] stands for "not said" and is not allowed.
func (r *reader) word(n source.Node, what string, words []string) uint8 {
	allowed := strings.Join(words[1:], ", ")
	if n.Kind() != source.Text {
		r.wrongType(n, what, "one of "+allowed)
		return 0
	}
	for i, w := range words[1:] {
		if w == n.Text() {
			return uint8(i + 1)
		}
	}
	d := r.problems.Errorf(n.Place(), "unknown-word", "%s must be one of %s; found %s", what, allowed, n.Describe())
	if near, ok := source.Nearest(n.Text(), words[1:]); ok {
		d.Hint = "did you mean " + near + "?"
	}
	return 0
}

// size reads a memory size as Flink's MemorySize.parse does, in bytes.
func (r *reader) size(n source.Node, what string) flink.MemorySize {
	if k := n.Kind(); k != source.Text && k != source.Number {
		r.wrongType(n, what, "a memory size such as 79mb")
		return 0
	}
	text := n.Text()
	size, err := flink.ParseMemorySize(text)
	if err != nil {
		r.problems.Errorf(n.Place(), "bad-size", "%s is no memory size: %s", what, err).
			Hint = "write it as Flink does: 79mb, 1gb, 512kb, or a number of bytes"
	}
	return size
}

// mapping tells whether a value is a mapping, and reports it if not.
func (r *reader) mapping(n source.Node, what string) bool {
	if n.Kind() != source.Mapping {
		r.wrongType(n, what, "a mapping")
		return false
	}
	return true
}

// unknownKey reports a key with the nearest valid one, or all of them.
func (r *reader) unknownKey(key source.Node, of string, valid []string) {
	d := r.problems.Errorf(key.Place(), "unknown-key", "unknown key %q of %s", source.Excerpt(key.Text()), of)
	if near, ok := source.Nearest(key.Text(), valid); ok {
		d.Message += "; did you mean " + near + "?"
		return
	}
	d.Hint = "allowed: " + strings.Join(valid, ", ")
}

// flinkBoundsText is what Flink says of a maxParallelism out of bounds (flink-rules.md A8).
func flinkBoundsText(value string) string {
	if value[0] == '-' || value == "0" {
		return "Flink: The maximum parallelism must be greater than 0."
	}
	return "Flink: Maximum parallelism must be between 1 and 32768. Found: " + source.Excerpt(value)
}
