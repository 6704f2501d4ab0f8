package flink

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// The codes of what is told about an option's key.
const (
	CodeOptionWithoutEffect = "option-without-effect"
	CodeOptionDeprecated    = "option-deprecated"
	CodeUnknownOption       = "unknown-option"
)

// Advice is what to tell about an option's key.
type Advice struct {
	Severity            source.Severity
	Code, Message, Hint string
	// Renamed is the key under which the same value means the same, as Flink reads the old one where it is not set; empty: there
	// is none.
	Renamed string
}

// CheckOption tells what is wrong with setting a key; false where nothing is. Most of Flink's hundreds of
// options are not known here, so an unknown one is told only when it begins with `python.` or looks like a
// known one. A version that is not stated leaves only the latter.
func CheckOption(key string, v Version) (Advice, bool) {
	if option, known := LookupOption(key); known {
		return option.advice(v)
	}
	if parent, known := mapOption(key); known {
		return parent.partAdvice(key, v)
	}
	if near, ok := nearOption(key); ok {
		return Advice{Severity: source.Warning, Code: CodeUnknownOption,
			Message: fmt.Sprintf("%s: did you mean %s?", source.Excerpt(key), near)}, true
	}
	if v.Stated() && strings.HasPrefix(key, "python.") {
		return Advice{Severity: source.Warning, Code: CodeUnknownOption,
			Message: fmt.Sprintf("%s is no option of Flink %s", source.Excerpt(key), v)}, true
	}
	return Advice{}, false
}

// advice reports whether the version acts on the option, and whether it has a better name for it.
func (o *Option) advice(v Version) (Advice, bool) {
	switch {
	case !o.In(v):
		return o.withoutEffect(o.Key, o.Since, v), true
	case o.deprecatedIn(v):
		return Advice{Severity: source.Warning, Code: CodeOptionDeprecated,
			Message: fmt.Sprintf("%s is deprecated since Flink %s", o.Key, o.DeprecatedSince),
			Hint:    "use " + o.ReplacedBy, Renamed: o.renamed()}, true
	}
	return Advice{}, false
}

// renamed is the option that replaces this one, if it reads this one's value as its own.
func (o *Option) renamed() string {
	if by, known := LookupOption(o.ReplacedBy); known && slices.Contains(by.Fallback, o.Key) {
		return by.Key
	}
	return ""
}

// withoutEffect is about the key, the option's or one below it. It does not say "exists": some options were
// there before anything acted on them.
func (o *Option) withoutEffect(key string, since, v Version) Advice {
	a := Advice{Severity: source.Warning, Code: CodeOptionWithoutEffect}
	if v.compare(since) < 0 {
		a.Message = fmt.Sprintf("%s has no effect in Flink %s: it works from Flink %s on", key, v, since)
		return a
	}
	a.Message = fmt.Sprintf("%s has no effect since Flink %s", key, o.Before)
	if o.Gone != "" {
		a.Message += ": " + o.Gone
	}
	if o.ReplacedBy != "" {
		a.Hint = "use " + o.ReplacedBy
	}
	return a
}

// mapParts is the first version that reads a map's entries from keys of their own, as in
// taskmanager.memory.managed.consumer-weights.PYTHON (flink-rules.md C, run on 1.13 and 1.14).
var mapParts = Version{1, 14}

// mapOption finds the map that a key is a part of.
func mapOption(key string) (*Option, bool) {
	for i := range options {
		o := &options[i]
		if o.Type != MapOption {
			continue
		}
		if rest, below := strings.CutPrefix(key, o.Key); below && len(rest) > 1 && rest[0] == '.' {
			return o, true
		}
	}
	return nil, false
}

func (o *Option) partAdvice(key string, v Version) (Advice, bool) {
	since := o.Since
	if since.compare(mapParts) < 0 {
		since = mapParts
	}
	if v.Stated() && v.compare(since) < 0 {
		return o.withoutEffect(key, since, v), true
	}
	return Advice{}, false
}
