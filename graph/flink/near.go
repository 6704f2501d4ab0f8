package flink

import (
	"slices"
	"strings"
)

// nearDistance is how many letters may be wrong: more would take real options for slips of known ones.
const nearDistance = 2

// nearOption finds the known option that a key was probably meant to be: one that goes on where the key
// stops at a dot, as python.fn-execution.buffer.memory does, or the nearest in letters, whatever their case.
func nearOption(key string) (string, bool) {
	if i := slices.IndexFunc(options, func(o Option) bool { return cutShort(key, o.Key) }); i >= 0 {
		return options[i].Key, true
	}
	best, least := "", nearDistance+1
	lower := strings.ToLower(key)
	for i := range options {
		known := options[i].Key
		if d := distance(lower, strings.ToLower(known), least); d < least {
			best, least = known, d
		}
	}
	return best, best != ""
}

// cutShort tells whether a key lacks only the known one's last word. A key of one word, as "taskmanager",
// is too vague.
func cutShort(key, known string) bool {
	last := strings.LastIndexByte(known, '.')
	return last >= 0 && key == known[:last] && strings.Contains(key, ".")
}

// distance counts the letters to insert, remove or replace to make b of a, byte by byte: keys are ASCII. It
// gives up at limit.
func distance(a, b string, limit int) int {
	if abs := max(len(a)-len(b), len(b)-len(a)); abs >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
			least = min(least, cost)
		}
		if least >= limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}
