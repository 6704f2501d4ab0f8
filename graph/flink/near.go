package flink

import (
	"slices"
	"strings"

	"udfplan/graph/source"
)

// nearDistance is how many letters may be wrong: more would take real options for slips of known ones.
const nearDistance = 2

// nearOption finds the known option that a key was probably meant to be: one that goes on where the key
// stops at a dot, as python.fn-execution.buffer.memory does, or the nearest in letters, whatever their case.
func nearOption(key string) (string, bool) {
	if i := slices.IndexFunc(options, func(o Option) bool { return cutShort(key, o.Key) }); i >= 0 {
		return options[i].Key, true
	}
	keys := make([]string, len(options))
	for i := range options {
		keys[i] = options[i].Key
	}
	return source.NearestWithin(key, keys, nearDistance)
}

// cutShort reports whether a key lacks only the known one's last word. A key of one word, as "taskmanager",
// is too vague.
func cutShort(key, known string) bool {
	last := strings.LastIndexByte(known, '.')
	return last >= 0 && key == known[:last] && strings.Contains(key, ".")
}
