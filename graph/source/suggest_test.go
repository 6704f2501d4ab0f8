package source

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	keys := []string{"id", "name", "inputs", "parallelism", "maxParallelism", "python"}
	long := strings.Repeat("x", 80)
	tests := []struct {
		word       string
		candidates []string
		want       string
		reason     string
	}{
		{"parallelism", keys, "parallelism", "the word itself"},
		{"Parallelism", keys, "parallelism", "another case is no edit"},
		{"PYTHON", keys, "python", "every letter in another case"},
		{"paralelism", keys, "parallelism", "a letter is missing"},
		{"parallellism", keys, "parallelism", "a letter too many"},
		{"parallelizm", keys, "parallelism", "another letter"},
		{"parallelims", keys, "parallelism", "two letters swapped are one edit"},
		{"prlelism", keys, "parallelism", "three edits of a long word"},
		{"prlelim", keys, "", "seven letters may have two edits; this takes four"},
		{"pyhtno", keys, "python", "two swaps"},
		{"pxxxon", keys, "", "three edits of six letters"},
		{"ix", keys, "id", "one edit of a short word"},
		{"xy", keys, "", "two edits of a short word"},
		{"abcx", []string{"abyz"}, "abyz", "four letters may have two edits"},
		{"abx", []string{"ayz"}, "", "three may have one"},
		{"abcdefgh", []string{"abcdexyz"}, "abcdexyz", "eight letters may have three edits"},
		{"abcdefg", []string{"abcdxyz"}, "", "seven may have two"},
		{"ca", []string{"abc"}, "", "a swap with an edit between its letters is two"},
		{"abd", []string{"abe", "abf"}, "abe", "of equally near ones the first"},
		{"abd", []string{"abe", "abD"}, "abD", "a nearer one that comes later"},
		{"inputs", []string{"inputsxxxx"}, "", "too much longer"},
		{"inputsxxxx", []string{"inputs"}, "", "too much shorter"},
		{"größen", []string{"größe"}, "größe", "letters beyond ASCII"},
		{"ÄRGER", []string{"ärger"}, "ärger", "their case too"},
		{"", keys, "", "an empty word"},
		{"a", nil, "", "no candidates"},
		{"a", []string{""}, "", "an empty candidate helps nobody"},
		{long, []string{long}, long, "80 letters"},
		{long + "x", []string{long + "x"}, "", "nobody mistypes 81 letters"},
	}
	for _, test := range tests {
		got, found := Nearest(test.word, test.candidates)
		if got != test.want || found != (test.want != "") {
			t.Errorf("%s: Nearest(%q) = %q, %v; want %q", test.reason, test.word, got, found, test.want)
		}
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b   string
		want   int
		reason string
	}{
		{"", "", 0, "empty"},
		{"", "ab", 2, "insert all"},
		{"abc", "abc", 0, "alike"},
		{"abc", "abd", 1, "replace"},
		{"abc", "bc", 1, "remove"},
		{"memory", "memroy", 1, "two letters changed places: one slip"},
		{"kitten", "sitting", 3, "the textbook's example"},
		{"abcdef", "uvwxyz", 4, "more than the limit is the limit"},
		{"a", "abcdefgh", 4, "and so for lengths that differ"},
	}
	for _, test := range tests {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := distance(pair[0], pair[1], 4); got != test.want {
				t.Errorf("%s: distance(%q, %q) = %d; want %d", test.reason, pair[0], pair[1], got, test.want)
			}
		}
	}
}
