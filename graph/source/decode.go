package source

import "strings"

// Decoder checks the shape of values one at a time. Each method reports what it found and what is allowed, and
// returns something harmless, so that reading goes on to the next problem. what names the value for people:
// "name", "parallelism".
type Decoder struct {
	Problems List
}

// WrongType reports a value of the wrong kind.
func (d *Decoder) WrongType(n Node, what, allowed string) *Diagnostic {
	return d.Problems.Errorf(n.Place(), CodeWrongType, "%s must be %s; found %s", what, allowed, n.Describe())
}

// Text reads a text that is not empty.
func (d *Decoder) Text(n Node, what string) string {
	if n.Kind() != Text {
		told := d.WrongType(n, what, "text")
		if n.Kind() == Number || n.Kind() == Bool {
			told.Hint = `quote it: "` + Excerpt(n.Text()) + `"`
		}
		return ""
	}
	if n.Text() == "" {
		d.Problems.Errorf(n.Place(), CodeEmptyValue, "%s must not be empty", what)
	}
	return n.Text()
}

// Texts reads a list of texts that are not empty.
func (d *Decoder) Texts(n Node, what string) []string {
	if n.Kind() != Sequence {
		d.WrongType(n, what, "a list of texts")
		return nil
	}
	var out []string
	for item := range n.Items() {
		out = append(out, d.Text(item, "an entry of "+what))
	}
	return out
}

// Scalar reads a value by its source text: text, number or boolean.
func (d *Decoder) Scalar(n Node, what string) string {
	switch n.Kind() {
	case Text, Number, Bool:
		return n.Text()
	}
	d.WrongType(n, what, "text, a number or a boolean")
	return ""
}

// Bool reads true or false.
func (d *Decoder) Bool(n Node, what string) bool {
	yes := strings.EqualFold(n.Text(), "true")
	if n.Kind() != Bool || !yes && !strings.EqualFold(n.Text(), "false") {
		d.WrongType(n, what, "true or false")
	}
	return n.Kind() == Bool && yes
}

// Int reads a plain decimal within bounds; false, and 0, if it is not one.
func (d *Decoder) Int(n Node, what string, low, high int64) (int64, bool) {
	value, ok := n.Int()
	switch {
	case n.Kind() != Number:
		d.WrongType(n, what, "an integer")
	case !ok && !tooLong(n.Text()):
		d.WrongType(n, what, "a plain decimal integer such as 4")
	case !ok || value < low || value > high:
		d.Problems.Errorf(n.Place(), CodeOutOfRange, "%s must be between %d and %d; found %s", what, low, high, Excerpt(n.Text()))
	default:
		return value, true
	}
	return 0, false
}

// tooLong tells a plain decimal that is only too large for 64 bits.
func tooLong(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return len(digits) > 18 && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}

// Word reads one of a list of words and is its index; words[0] stands for "not said" and is not allowed.
func (d *Decoder) Word(n Node, what string, words []string) uint8 {
	allowed := strings.Join(words[1:], ", ")
	if n.Kind() != Text {
		d.WrongType(n, what, "one of "+allowed)
		return 0
	}
	for i, w := range words[1:] {
		if w == n.Text() {
			return uint8(i + 1)
		}
	}
	told := d.Problems.Errorf(n.Place(), CodeUnknownWord, "%s must be one of %s; found %s", what, allowed, n.Describe())
	if near, ok := Nearest(n.Text(), words[1:]); ok {
		told.Hint = "did you mean " + near + "?"
	}
	return 0
}

// Constant reads a text that can be only one: an apiVersion, a kind.
func (d *Decoder) Constant(n Node, what, only string) {
	if n.Kind() != Text || n.Text() != only {
		d.Problems.Errorf(n.Place(), CodeUnknownWord, "%s must be %s; found %s", what, only, n.Describe())
	}
}

// Mapping reports whether a value is a mapping, and reports it if not.
func (d *Decoder) Mapping(n Node, what string) bool {
	if n.Kind() != Mapping {
		d.WrongType(n, what, "a mapping")
		return false
	}
	return true
}

// UnknownKey reports a key with the nearest valid one, or all of them.
func (d *Decoder) UnknownKey(key Node, of string, valid []string) {
	told := d.Problems.Errorf(key.Place(), CodeUnknownKey, "unknown key %q of %s", Excerpt(key.Text()), of)
	if near, ok := Nearest(key.Text(), valid); ok {
		told.Message += "; did you mean " + near + "?"
		return
	}
	told.Hint = "allowed: " + strings.Join(valid, ", ")
}
