package capacity

import "testing"

// ReadLines is readLines for the tests outside.
func ReadLines[T any](t *testing.T, pattern string, each func(file string, c *T)) {
	t.Helper()
	readLines(t, pattern, each)
}
