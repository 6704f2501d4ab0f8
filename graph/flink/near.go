package flink

import (
	"strings"
	"sync"

	"udfplan/graph/source"
)

// nearDistance is how many letters may be wrong: more would take real options for slips of known ones.
const nearDistance = 2

// nearOption finds the known option that a key was probably meant to be: one that goes on where the key
// stops at a dot, as python.fn-execution.buffer.memory does, or the nearest in letters, whatever their case.
func nearOption(key string) (string, bool) {
	for _, known := range optionKeys() {
		if cutShort(key, known) {
			return known, true
		}
	}
	return source.NearestWithin(key, optionKeys(), nearDistance)
}

// optionKeys are made once: every job of a run has the cluster's whole configuration.
var optionKeys = sync.OnceValue(func() []string {
	keys := make([]string, len(options))
	for i := range options {
		keys[i] = options[i].Key
	}
	return keys
})

// cutShort reports whether a key lacks only the known one's last word. A key of one word, as "taskmanager",
// is too vague.
func cutShort(key, known string) bool {
	last := strings.LastIndexByte(known, '.')
	return last >= 0 && key == known[:last] && strings.Contains(key, ".")
}
