package flink

import "slices"

// Option is one of Flink's options, as far as a plan depends on it or a Python job may set it.
type Option struct {
	Key  string
	Type OptionType
	// Default is Flink's own text of the default value; empty if there is none. Sizes are in Flink's
	// syntax, maps in its short form `A:1,B:2`.
	Default string
	// Changes are later defaults, oldest first.
	Changes []DefaultChange
	// Since and Before bound the versions that act on the option; the zero Version leaves that end open.
	Since, Before Version
	// DeprecatedSince is the first version in which ReplacedBy is the option's better name.
	DeprecatedSince Version
	// ReplacedBy is the option to use instead of one that is deprecated or gone.
	ReplacedBy string
	// Gone says what became of an option that has a Before.
	Gone string
	// Fallback are older keys that Flink reads where Key is not set, in this order.
	Fallback []string
	// Doc is what the option means, for people; without a full stop.
	Doc string
}

// OptionType is the Java type of an option's value.
type OptionType string

// The types, by Java's names.
const (
	BooleanOption    OptionType = "Boolean"
	IntegerOption    OptionType = "Integer"
	LongOption       OptionType = "Long"
	FloatOption      OptionType = "Float"
	DoubleOption     OptionType = "Double"
	StringOption     OptionType = "String"
	MemorySizeOption OptionType = "MemorySize"
	EnumOption       OptionType = "Enum"
	MapOption        OptionType = "Map"
)

// DefaultChange is a default value that holds from a version on.
type DefaultChange struct {
	Since Version
	Value string
}

// Options are all options the program knows, in the order of the documentation.
func Options() []Option { return slices.Clone(options) }

// LookupOption finds an option by its exact key.
func LookupOption(key string) (*Option, bool) {
	for i := range options {
		if options[i].Key == key {
			return &options[i], true
		}
	}
	return nil, false
}

// In reports whether a version acts on the option; a version that is not stated acts on every one.
func (o *Option) In(v Version) bool {
	if !v.Stated() {
		return true
	}
	v = v.Planned()
	return v.compare(o.Since) >= 0 && (!o.Before.Stated() || v.compare(o.Before) < 0)
}

// DefaultIn is the default value in a version; empty if there is none. A version that is not stated is
// planned as 1.10.
func (o *Option) DefaultIn(v Version) string {
	value := o.Default
	for _, change := range o.Changes {
		if v.Planned().compare(change.Since) >= 0 {
			value = change.Value
		}
	}
	return value
}

// deprecatedIn reports whether Flink has a better name for the option.
func (o *Option) deprecatedIn(v Version) bool {
	return v.Stated() && o.DeprecatedSince.Stated() && v.compare(o.DeprecatedSince) >= 0
}
