package conf

import (
	"math"
	"math/big"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// javaKind is the class that snakeyaml-engine makes of a value.
type javaKind uint8

const (
	javaNull javaKind = iota
	javaBool
	javaInt // Integer, Long or BigInteger
	javaFloat
	javaText
	javaBinary
	javaList
	javaMap
	javaSet
)

func (k javaKind) String() string {
	return [...]string{"null", "the boolean", "the number", "the number", "the text", "binary data", "a list", "a mapping", "a set"}[k]
}

// javaValue is a value of config.yaml in Java: text is as YamlParserUtils.toYAMLString writes a scalar.
type javaValue struct {
	kind  javaKind
	text  string
	items []*javaValue // a list's values; keys and values of a mapping in turn; a set's keys
	place source.Place
}

func (v *javaValue) isCollection() bool { return v.kind >= javaList }

// The core schema of YAML 1.2 (CoreScalarResolver).
var (
	coreInt   = source.Pattern(`^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	coreFloat = source.Pattern(`^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)
)

// coreTag is the tag of a plain scalar.
func coreTag(text string) string {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return "!!null"
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return "!!bool"
	}
	switch {
	case strings.IndexByte("+-.0123456789", text[0]) < 0:
		return "!!str"
	case coreInt().MatchString(text):
		return "!!int"
	case coreFloat().MatchString(text):
		return "!!float"
	}
	return "!!str"
}

// newScalar makes a scalar of its tag; why says why Java cannot.
func newScalar(tag, text string) (v javaValue, why string) {
	switch tag {
	case "!!null":
		return javaValue{kind: javaNull, text: "null"}, ""
	case "!!bool":
		switch word := strings.ToLower(text); word {
		case "true", "false":
			return javaValue{kind: javaBool, text: word}, ""
		}
		return javaValue{kind: javaNull, text: "null"}, "" // the library looks the word up in a map
	case "!!int":
		return newInt(text)
	case "!!float":
		return newFloat(text)
	case "!!str":
		return javaValue{kind: javaText, text: text}, ""
	case "!!binary":
		return javaValue{kind: javaBinary, text: text}, ""
	}
	return v, "could not determine a constructor for the tag " + source.Excerpt(tag)
}

// newInt is ConstructYamlCoreInt.
func newInt(text string) (v javaValue, why string) {
	digits, negative := strings.CutPrefix(text, "-")
	if !negative {
		digits = strings.TrimPrefix(digits, "+")
	}
	base := 10
	if rest, isHex := strings.CutPrefix(digits, "0x"); isHex {
		digits, base = rest, 16
	} else if rest, isOctal := strings.CutPrefix(digits, "0o"); isOctal {
		digits, base = rest, 8
	}
	number, ok := new(big.Int).SetString(digits, base)
	if !ok || strings.ContainsAny(digits, "+-_") {
		return v, `For input string: "` + source.Excerpt(text) + `"`
	}
	if negative {
		number.Neg(number)
	}
	return javaValue{kind: javaInt, text: number.String()}, ""
}

// newFloat is ConstructYamlJsonFloat, which cuts the sign of an infinity only if it is a minus.
func newFloat(text string) (v javaValue, why string) {
	lower := strings.ToLower(text)
	switch lower {
	case ".inf", "-.inf", ".nan":
		return javaValue{kind: javaFloat, text: lower}, ""
	}
	number, refusal := flink.ParseJavaDouble(lower)
	switch {
	case refusal != nil:
		return v, refusal.Message
	case math.IsInf(number, 1):
		return javaValue{kind: javaFloat, text: ".inf"}, ""
	case math.IsInf(number, -1):
		return javaValue{kind: javaFloat, text: "-.inf"}, ""
	}
	return javaValue{kind: javaFloat, text: flink.JavaDouble(number)}, ""
}
