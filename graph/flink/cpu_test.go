package flink

import "testing"

func TestParseCPUCores(t *testing.T) {
	for _, row := range []struct {
		text   string
		want   CPUCores
		back   string
		err    error
		reason string
	}{
		{"1", Core, "1", nil, "a core"},
		{"0.5", Core / 2, "0.5", nil, "a half"},
		{"1.50", Core * 3 / 2, "1.5", nil, "no zeros behind"},
		{"00000000000000000001", Core, "1", nil, "zeros before"},
		{"1.123456789012", 112345678, "1.12345678", nil, "cut off behind the eighth decimal (case cpu-many-digits)"},
		{"0.00000001", 1, "0.00000001", nil, "the least"},
		{"1000000000", MostCores * Core, "1000000000", nil, "the most"},
		{"0.000000001", 0, "", ErrCoresTooFew, "cut off to nothing (case cpu-tiny)"},
		{"0", 0, "", ErrCoresTooFew, "none"},
		{"-1", 0, "", ErrCoresTooFew, "negative"},
		{"1000000000.1", 0, "", ErrCoresTooMany, "above the most"},
		{"99999999999999999999", 0, "", ErrCoresTooMany, "above 64 bits"},
		{"", 0, "", ErrNoCores, "nothing"},
		{".5", 0, "", ErrNoCores, "no digit before the point"},
		{"1.", 0, "", ErrNoCores, "none behind it"},
		{"1e3", 0, "", ErrNoCores, "an exponent"},
		{"+1", 0, "", ErrNoCores, "a plus"},
		{"1.-5", 0, "", ErrNoCores, "a sign inside"},
		{"NaN", 0, "", ErrNoCores, "no number"},
	} {
		got, err := ParseCPUCores(row.text)
		if got != row.want || err != row.err || err == nil && got.String() != row.back {
			t.Errorf("%s: %q: %d (%s), %v; want %d, %v", row.reason, row.text, got, got, err, row.want, row.err)
		}
	}
}
