package flink

import (
	"math"
	"testing"
)

// TestHumanText: what real Flinks wrote, of two versions. (A MemorySize is never negative; Flink refuses those rows.)
func TestHumanText(t *testing.T) {
	type row struct {
		Bytes MemorySize
		Human string
	}
	for name, rows := range recorded[row](t, "memorysize/format-*.jsonl") {
		for _, row := range rows {
			if got := row.Bytes.HumanText(); row.Bytes >= 0 && got != row.Human {
				t.Errorf("%s: %d: %q, Flink %q", name, row.Bytes, got, row.Human)
			}
		}
	}
}

func TestJavaDouble(t *testing.T) {
	for _, row := range []struct {
		value  float64
		want   string
		reason string
	}{
		{0, "0.0", "a point always"}, {math.Copysign(0, -1), "-0.0", "the sign of zero"}, {1, "1.0", "whole"}, {-2.5, "-2.5", "a sign"},
		{0.001, "0.001", "the last that is plain"}, {0.00099, "9.9E-4", "below"}, {9999999, "9999999.0", "the last below 1e7"}, {1e7, "1.0E7", "from there on"},
		{0.4000000059604645, "0.4000000059604645", "the float 0.4"}, {math.NaN(), "NaN", "none"}, {math.Inf(-1), "-Infinity", "less than all"}, {1.5e300, "1.5E300", "far away"},
		{5e-324, "4.9E-324", "the least: of two digits the nearest"}, {2e23, "2.0E23", "1.9999999999999998E23 up to JDK 18"},
	} {
		if got := JavaDouble(row.value); got != row.want {
			t.Errorf("%v (%s): %s, want %s", row.value, row.reason, got, row.want)
		}
	}
}

func TestParseJavaDouble(t *testing.T) {
	for _, row := range []struct {
		text   string
		want   float64
		fails  string
		reason string
	}{
		{" 0.4 ", 0.4, "", "blanks"}, {"1e3", 1000, "", "an exponent"}, {".5f", 0.5, "", "a suffix"}, {"5.D", 5, "", "a point without digits behind"},
		{"0x1p-2", 0.25, "", "hexadecimal"}, {"+Infinity", math.Inf(1), "", "a word"}, {"1e999", math.Inf(1), "", "beyond the range"},
		{"", 0, "empty String", "nothing"}, {" x ", 0, `For input string: "x"`, "trimmed in the message"}, {"0.4m", 0, `For input string: "0.4m"`, "no such suffix"},
		{"inf", 0, `For input string: "inf"`, "Go's word, not Java's"}, {"1_0", 0, `For input string: "1_0"`, "nor its underscores"}, {"0x10", 0, `For input string: "0x10"`, "hexadecimal needs a p"},
	} {
		got, refused := ParseJavaDouble(row.text)
		if refused != nil && refused.Message != row.fails || refused == nil && (row.fails != "" || got != row.want) {
			t.Errorf("%q (%s): %v, %v", row.text, row.reason, got, refused)
		}
	}
	if got, refused := ParseJavaDouble("-NaN"); refused != nil || !math.IsNaN(got) {
		t.Errorf("-NaN: %v, %v", got, refused)
	}
}
