package conf

import (
	"fmt"
	"math"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// A running TaskManager says its memory itself: REST /taskmanagers and /taskmanagers/:id. It is taken as it is, as options that
// leave nothing to derive.

// isTaskManagers reports whether documents are such an answer.
func isTaskManagers(docs []source.Node) bool {
	if len(docs) != 1 || docs[0].Kind() != source.Mapping {
		return false
	}
	list := docs[0].Field("taskmanagers")
	return list.Valid() && list.Kind() == source.Sequence || isTaskManager(docs[0])
}

func isTaskManager(n source.Node) bool {
	return n.Kind() == source.Mapping && n.Field("slotsNumber").Valid() && n.Field("hardware").Valid()
}

// readTaskManagers reads the one, or several that are alike.
func readTaskManagers(docs []source.Node, o Options) (Configuration, source.List) {
	var problems source.List
	if isTaskManager(docs[0]) {
		return readTaskManager(docs[0])
	}
	list := docs[0].Field("taskmanagers")
	var first Configuration
	seen := 0
	for item := range list.Items() {
		if !isTaskManager(item) {
			refuseTaskManager(&problems, item)
			continue
		}
		c, said := readTaskManager(item)
		if o.Name != "" && c.Name != o.Name {
			continue
		}
		problems = append(problems, said...)
		if seen++; seen > 1 && !sameOptions(first.Config, c.Config) {
			problems.Errorf(item.Place(), source.CodeSeveralClusters, "the TaskManagers %s and %s are not alike", source.Excerpt(first.Name), source.Excerpt(c.Name)).
				Hint = "choose one: " + choice(docs[0].File(), source.Excerpt(first.Name))
			return first, problems
		}
		if seen == 1 {
			first = c
		}
	}
	if seen == 0 && !problems.HasErrors() {
		text := "no TaskManager runs"
		if o.Name != "" {
			text = fmt.Sprintf("no TaskManager is called %q", source.Excerpt(o.Name))
		}
		problems.Errorf(list.Place(), source.CodeUnknownName, "%s, by this answer of /taskmanagers", text)
	}
	return first, problems
}

func refuseTaskManager(problems *source.List, item source.Node) {
	problems.Errorf(item.Place(), source.CodeWrongType, "an entry of taskmanagers must be a mapping with slotsNumber and hardware; found %s", item.Describe())
}

// memoryParts are the parts that a TaskManager tells, with the options that set each; Flink keeps network and overhead between a
// least and a most.
var memoryParts = []struct {
	field string
	keys  []string
}{
	{"frameworkHeap", []string{flink.KeyFrameworkHeap}},
	{"taskHeap", []string{flink.KeyTaskHeap}},
	{"frameworkOffHeap", []string{flink.KeyFrameworkOffHeap}},
	{"taskOffHeap", []string{flink.KeyTaskOffHeap}},
	{"networkMemory", []string{flink.KeyNetworkMin, flink.KeyNetworkMax}},
	{"managedMemory", []string{flink.KeyManagedSize}},
	{"jvmMetaspace", []string{flink.KeyMetaspace}},
	{"jvmOverhead", []string{flink.KeyOverheadMin, flink.KeyOverheadMax}},
}

type taskManagerReader struct {
	out      Configuration
	problems source.List
}

func readTaskManager(n source.Node) (Configuration, source.List) {
	r := taskManagerReader{out: Configuration{Name: n.TextOf("id")}}
	slots := n.Field("slotsNumber")
	if count, ok := r.number(slots, "slotsNumber", "slots"); ok {
		r.set(flink.KeySlots, fmt.Sprint(count), slots)
	}
	if memory := n.Field("memoryConfiguration"); memory.Valid() && memory.Kind() == source.Mapping {
		for _, p := range memoryParts {
			r.part(memory.Field(p.field), "memoryConfiguration."+p.field, 0, p.keys...)
		}
		return r.out, r.problems
	}
	// Up to 1.11 it tells only its managed memory and its heap, in which the framework has its part.
	const frameworkHeap = 128 << 20
	hardware := n.Field("hardware")
	if hardware.Kind() != source.Mapping {
		r.problems.Errorf(hardware.Place(), source.CodeWrongType, "hardware must be a mapping; found %s", hardware.Describe())
		return r.out, r.problems
	}
	r.part(hardware.Field("managedMemory"), "hardware.managedMemory", 0, flink.KeyManagedSize)
	r.part(hardware.Field("freeMemory"), "hardware.freeMemory", frameworkHeap, flink.KeyTaskHeap)
	return r.out, r.problems
}

func (r *taskManagerReader) set(key, value string, at source.Node) {
	r.out.Config = append(r.out.Config, flink.Entry{Key: key, Value: value, Place: at.Place(), ValuePlace: at.Place()})
}

// part sets options to a number of bytes, less what is not theirs. A TaskManager inside another process, as local runs have it, knows
// not all of its memory: null.
func (r *taskManagerReader) part(n source.Node, what string, less int64, keys ...string) {
	if !n.Valid() || n.Kind() == source.Null {
		return
	}
	if bytes, ok := r.number(n, what, "bytes"); ok {
		for _, key := range keys {
			r.set(key, fmt.Sprintf("%db", max(bytes-less, 0)), n)
		}
	}
}

func (r *taskManagerReader) number(n source.Node, what, unit string) (int64, bool) {
	value, ok := n.Int()
	if !ok || value < 0 || value > math.MaxInt64>>1 || n.Kind() != source.Number {
		r.problems.Errorf(n.Place(), source.CodeOutOfRange, "%s must be a number of %s; found %s", what, unit, n.Describe())
		return 0, false
	}
	return value, true
}
