package policy

import (
	"regexp"
	"strings"

	"udfplan/graph/source"
)

// limitRow is one limit that can be set. Its rule's ID is its scope and its key.
type limitRow struct {
	Scope, Key string // in a limits file (DESIGN 4.3)
	Bytes      bool   // a memory size, not a count
	judge      func(k *checker, row int, limit Limit)
}

// limits are all limits, in the order of limitRules: of one subtask of an operator, one process of a worker, the fullest slot
// of a slot sharing group, and the whole job.
var limits = []limitRow{
	{"operator", "managedOffHeap", true, (*checker).operatorManaged},
	{"worker", "memory", true, (*checker).workerMemory},
	{"worker", "operators", false, (*checker).workerOperators},
	{"slot", "pythonMemory", true, (*checker).slotMemory},
	{"slot", "workers", false, (*checker).slotWorkers},
	{"job", "pythonMemory", true, (*checker).jobMemory},
	{"job", "workers", false, (*checker).jobWorkers},
	{"job", "slots", false, (*checker).jobSlots},
}

// LimitNames are the IDs of the rules that bound a number, in order; bytes says of each that it is a memory size.
func LimitNames() (ids []string, bytes []bool) {
	for i := range limits {
		ids, bytes = append(ids, limitRules[i].ID), append(bytes, limits[i].Bytes)
	}
	return ids, bytes
}

// Limit is a bound that is set: the most that is allowed.
type Limit struct {
	Set   bool
	Most  Quantity
	Place source.Place // where it is set
}

// limitSet has a limit for every row of limits.
type limitSet [8]Limit

func (s limitSet) over(stronger limitSet) limitSet {
	for i := range stronger {
		if stronger[i].Set {
			s[i] = stronger[i]
		}
	}
	return s
}

// Limits say what is allowed, by job. The zero Limits allow everything.
type Limits struct {
	Waivers   []Waiver
	base      limitSet
	overrides []override
	flags     limitSet // stronger than the file
}

// override is for jobs whose name matches; a later one is stronger than an earlier.
type override struct {
	job    *regexp.Regexp
	limits limitSet
}

// of are the limits of a job.
func (l *Limits) of(job string) limitSet {
	set := l.base
	for i := range l.overrides {
		if l.overrides[i].job.MatchString(job) {
			set = set.over(l.overrides[i].limits)
		}
	}
	return set.over(l.flags)
}

// SetFlag sets the limit of a rule for every job, stronger than the file does.
func (l *Limits) SetFlag(rule string, most int64) {
	for i := range limitRules {
		if limitRules[i].ID == rule {
			flag := source.Place{File: source.NewFile("--max-"+rule, nil)}
			l.flags[i] = Limit{Set: true, Most: Quantity{most, limits[i].Bytes}, Place: flag}
		}
	}
}

// scopes are the scopes of limits in their order, and keys the keys of one.
func scopes() (names []string) {
	for i := range limits {
		if i == 0 || limits[i].Scope != limits[i-1].Scope {
			names = append(names, limits[i].Scope)
		}
	}
	return names
}

func keysOf(scope string) (keys []string) {
	for i := range limits {
		if limits[i].Scope == scope {
			keys = append(keys, limits[i].Key)
		}
	}
	return keys
}

// kebab is a key as it stands in a rule's ID: managedOffHeap, managed-off-heap.
func kebab(key string) string {
	var out strings.Builder
	for _, r := range key {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte('-')
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}
