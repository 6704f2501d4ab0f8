package taskmanager

import (
	"math/big"
	"regexp"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What YAML 1.2 takes for plain text and the reader for something else is another text while it is read: `<<`
// (merging, in YAML 1.1) and three characters that ended a line in YAML 1.1.
var (
	hideOlderYAML = strings.NewReplacer("<<", "\uE000", "\u0085", "\uE001", "\u2028", "\uE002", "\u2029", "\uE003")
	showOlderYAML = strings.NewReplacer("\uE000", "<<", "\uE001", "\u0085", "\uE002", "\u2028", "\uE003", "\u2029")
)

// midLineTab is a tab with something behind it. Flink's YAML (snakeyaml-engine) refuses it outside of quotes
// and comments; in them it would be allowed, but names and weights have none.
var midLineTab = regexp.MustCompile(`\t[ \t]*[^ \t\r\n]`)

// weightsFromYAML reads a mapping of YAML 1.2, core schema, as Flink's YamlParserUtils.convertToObject does;
// false for anything else, null keys or values included.
func weightsFromYAML(text string) (named namedWeights, ok bool) {
	if midLineTab.MatchString(text) {
		return nil, false
	}
	file := source.NewFile(flink.KeyConsumerWeights, []byte(hideOlderYAML.Replace(text)))
	docs, problems := source.Read(file)
	if len(problems) > 0 || len(docs) != 1 || docs[0].Kind() != source.Mapping {
		return nil, false
	}
	for key, value := range docs[0].Fields() {
		text, ok := coreText(value, false)
		if !ok || value.Kind() == source.Null {
			return nil, false
		}
		named = append(named, namedWeight{showOlderYAML.Replace(key.Text()), showOlderYAML.Replace(text)})
	}
	return named, true
}

// coreText is a value as Flink makes text of it (YamlParserUtils.toYAMLString): lists and mappings in flow
// form, with quotes around text in them that would not be read back as text. false: Flink cannot read it.
func coreText(n source.Node, inside bool) (text string, ok bool) {
	var parts []string
	switch n.Kind() {
	case source.Null:
		return "null", true
	case source.Bool:
		return strings.ToLower(n.Text()), true
	case source.Number:
		return coreNumber(n.Text())
	case source.Text:
		if inside && looksOther(n.Text()) {
			return "'" + n.Text() + "'", true
		}
		return n.Text(), true
	case source.Sequence:
		for item := range n.Items() {
			part, ok := coreText(item, true)
			if !ok {
				return "", false
			}
			parts = append(parts, part)
		}
		return "[" + strings.Join(parts, ", ") + "]", true
	}
	for key, value := range n.Fields() {
		part, ok := coreText(value, true)
		if !ok {
			return "", false
		}
		name, _ := coreText(key, true) // keys are text
		parts = append(parts, name+": "+part)
	}
	return "{" + strings.Join(parts, ", ") + "}", true
}

// The numbers of the core schema. All else that looks like one (1_000, 0b11, 0X1F, -0x10) is text.
var (
	coreDecimal = regexp.MustCompile(`^[-+]?[0-9]+$`)
	coreOctal   = regexp.MustCompile(`^0o[0-7]+$`)
	coreHex     = regexp.MustCompile(`^0x[0-9a-fA-F]+$`)
	coreFloat   = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	coreOther   = regexp.MustCompile(`^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
)

func looksOther(text string) bool {
	return coreOther.MatchString(text) || coreDecimal.MatchString(text) || coreOctal.MatchString(text) ||
		coreHex.MatchString(text) || coreFloat.MatchString(text)
}

// coreNumber is a number in Java's spelling: 030 is 30, 0x1e is 30, 30 with a fraction is 30.0.
func coreNumber(text string) (string, bool) {
	switch {
	case coreDecimal.MatchString(text):
		return integerText(text, 10), true
	case coreOctal.MatchString(text):
		return integerText(text[2:], 8), true
	case coreHex.MatchString(text):
		return integerText(text[2:], 16), true
	case coreFloat.MatchString(text):
		value, _ := flink.ParseJavaDouble(text) // the core schema's floats are Java's
		return floatText(flink.JavaDouble(value)), true
	case coreOther.MatchString(text):
		lower := strings.ToLower(text)
		return lower, lower[0] != '+' // snakeyaml-engine fails on the plus sign
	}
	return text, true
}

func integerText(digits string, base int) string {
	value, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return digits
	}
	return value.String()
}

// floatText is YAML's word for a number beyond the range of a double.
func floatText(java string) string {
	switch java {
	case "Infinity":
		return ".inf"
	case "-Infinity":
		return "-.inf"
	}
	return java
}
