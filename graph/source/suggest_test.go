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
