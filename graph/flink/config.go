package flink

import (
	"slices"
	"strings"

	"udfplan/graph/source"
)

// Origin says who set an option of an effective configuration. It decides what the option can do: some options
// have an effect only where the cluster sets them.
type Origin uint8

// The origins, weakest first. The zero Origin is that of an entry nobody has merged yet.
const (
	OriginUnknown Origin = iota
	FromCluster
	FromJob
	FromCommandLine
)

// Entry is one option as it was set.
type Entry struct {
	Key, Value string
	Origin     Origin
	// Legacy: it stands in a flink-conf.yaml, which makes Flink read every option as it did up to 1.18: maps are not
	// YAML (GlobalConfiguration.isStandardYaml is one for the whole process).
	Legacy bool
	// Place is the key's, ValuePlace the value's.
	Place, ValuePlace source.Place
}

// Sensitive reports whether nobody may see the value: Flink hides it (GlobalConfiguration.isSensitive), or it holds a
// password itself, as JVM options do.
func (e *Entry) Sensitive() bool {
	return source.IsSensitive(e.Key) || source.MaskSecrets(e.Value) != e.Value
}

// Config is a configuration in the order in which it was written; of a key that is set twice the last
// counts, as in Flink.
type Config []Entry

// Get is the entry of a key that counts. A configuration of a job is short: a walk beats an index.
func (c Config) Get(key string) (Entry, bool) {
	for i := len(c) - 1; i >= 0; i-- {
		if c[i].Key == key {
			return c[i], true
		}
	}
	return Entry{}, false
}

// Legacy says whether the configuration comes from a flink-conf.yaml.
func (c Config) Legacy() bool { return slices.ContainsFunc(c, func(e Entry) bool { return e.Legacy }) }

// sizes are the options that say how large a TaskManager is: Flink derives its memory from any of them.
var sizes = []string{KeyProcessSize, KeyFlinkSize, KeyTaskHeap, KeyHeapSize, KeyHeapMB}

// SaysSize reports whether the configuration says how large a TaskManager is; Flink refuses one that does not.
func (c Config) SaysSize() bool {
	return slices.ContainsFunc(sizes, func(key string) bool { _, set := c.Get(key); return set })
}

// With is the configuration with a stronger one over it.
func (c Config) With(over Config) Config { return slices.Concat(c, over) }

// From is a copy in which every entry of unknown origin has this one.
func (c Config) From(o Origin) Config {
	out := slices.Clone(c)
	for i := range out {
		if out[i].Origin == OriginUnknown {
			out[i].Origin = o
		}
	}
	return out
}

// Without is a copy without the entries of an origin: what is the job's own does not configure its cluster.
func (c Config) Without(o Origin) (rest Config) {
	for _, e := range c {
		if e.Origin != o {
			rest = append(rest, e)
		}
	}
	return rest
}

// ForJobs is what of a cluster's configuration its jobs' plans can hang on: the options that are known here, without those that
// configure the cluster's processes.
func (c Config) ForJobs() (rest Config) {
	for _, e := range c {
		if _, known := LookupOption(e.Key); known && !strings.HasPrefix(e.Key, "taskmanager.") && !strings.HasPrefix(e.Key, "jobmanager.") {
			rest = append(rest, e)
		}
	}
	return rest
}

// Effective is what a job runs with: the cluster's configuration is weakest, the command line strongest.
func Effective(cluster, job, commandLine Config) Config {
	return cluster.From(FromCluster).With(job.From(FromJob)).With(commandLine.From(FromCommandLine))
}

// Size reads a memory size in bytes, byDefault where the key is not set or its value is refused.
func (c Config) Size(key string, byDefault MemorySize) (MemorySize, source.List) {
	e, set := c.Get(key)
	if !set {
		return byDefault, nil
	}
	size, err := ParseMemorySize(e.Value)
	if err != nil {
		var problems source.List
		e.refuse(&problems, err.Error()).Hint = "write it as Flink does: 79mb, 1gb, 512kb, or a number of bytes"
		return byDefault, problems
	}
	return size, nil
}

// PositiveInt reads a whole number from 1 to most. Flink refuses what is no int by the option's type, and
// the rest when the job is made.
func (c Config) PositiveInt(key string, most int) (value int, set bool, problems source.List) {
	e, set := c.Get(key)
	if !set {
		return 0, false, nil
	}
	number, ok := parseJavaInt(e.Value)
	value = int(number)
	switch {
	case !ok:
		e.refuse(&problems, `For input string: "`+e.Value+`"`)
	case value < 1 || value > most:
		problems.Errorf(e.ValuePlace, source.CodeBadOptionValue, "%s must be between 1 and %d; found %d", key, most, value)
	default:
		return value, true, nil
	}
	return 0, false, problems
}

// refuse says what Flink says (Configuration.getOptional), and why.
func (e Entry) refuse(problems *source.List, reason string) *source.Diagnostic {
	return problems.Errorf(e.ValuePlace, source.CodeBadOptionValue, "Could not parse value '%s' for key '%s'. %s", e.Value, e.Key, reason)
}

// Check tells what is wrong with the options as such: those that this version does not act on or calls by
// another name, and those that look like a slip. Their values are looked at where they are read.
func (c Config) Check(v Version) source.List {
	var problems source.List
	for _, e := range c {
		if a, told := CheckOption(e.Key, v); told {
			problem := source.Diagnostic{Severity: a.Severity, Code: a.Code, Message: a.Message, Hint: a.Hint, Place: e.Place}
			if _, both := c.Get(a.Renamed); a.Renamed != "" && !both {
				problem.Edit = &source.Edit{Old: e.Key, New: a.Renamed}
			}
			problems = append(problems, problem)
		}
	}
	return problems
}
