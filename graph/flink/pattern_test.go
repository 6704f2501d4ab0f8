package flink

import (
	"regexp"
	"strings"
	"testing"
)

// goPattern is a pattern as Go writes it.
func goPattern(t *testing.T, pattern string) *regexp.Regexp {
	t.Helper()
	escape := regexp.MustCompile(`\\u([0-9A-F]{4})`)
	return regexp.MustCompile(strings.TrimSuffix(escape.ReplaceAllString(pattern, `\x{$1}`), "$") + `\z`)
}

// TestSizePattern: it takes what Flink's parser takes, and no more but what is too large.
func TestSizePattern(t *testing.T) {
	plain, positive := goPattern(t, SizePattern(false)), goPattern(t, SizePattern(true))
	texts := []string{"", " ", "b", "-1", "+1", "1.5gb", "1e3", "1_000", "0x10", "1 mb mb", "1mbb", "1 2", "１mb", "1\u00A0mb", "1İb", "1 bİtes", "1 megabytes", "1mib", "m1", "1mb\n", "\t1 \n m\n",
		"9223372036854775807", "0009223372036854775807b", "0", "00", "0 mb", "007kb", "1\u212Ab", "1Ki\u212Abibytes", "1\u212AiBiBytes"}
	for i := range memoryUnits {
		for _, name := range memoryUnits[i].names {
			texts = append(texts, "7"+name, "7 "+strings.ToUpper(name), " 7\t"+name+" ", "7"+name+"s", "x7"+name)
		}
	}
	read := 0
	for _, text := range texts {
		size, err := ParseMemorySize(text)
		if got := plain.MatchString(text); got != (err == nil) {
			t.Errorf("%q matches: %v; read: %v", text, got, err)
		}
		if got := positive.MatchString(text); got != (err == nil && size > 0) {
			t.Errorf("%q matches as a size above 0: %v; read: %d, %v", text, got, size, err)
		}
		if err == nil {
			read++
		}
	}
	if read < 40 {
		t.Errorf("only %d sizes of %d", read, len(texts))
	}
	for _, large := range []string{"9223372036854775808", "9007199254740992kb"} {
		if _, err := ParseMemorySize(large); err == nil || !plain.MatchString(large) {
			t.Errorf("%q: too large is beyond a pattern", large)
		}
	}
	if text := "10000000000000000000000"; plain.MatchString(text) {
		t.Errorf("%q has more digits than any size", text)
	}
}

// TestVersionPattern: it takes what ParseVersion takes.
func TestVersionPattern(t *testing.T) {
	pattern := goPattern(t, VersionPattern())
	for _, text := range []string{"1.9", "1.10", "1.20", "1.21", "1.30", "1.1", "1.010", "01.10", "1.10.3", "1.10.", "1.10.3.4", "1.10.03", "0.10", "2", "2.0", "2.3", "2.10", "2.9.0", "3.0", "10.0", "9999.9999", "10000.0",
		"2.00", "2.10000", "1.20-SNAPSHOT", "v1.20", " 1.20", "1.20\n", "1,20", "true", ""} {
		_, err := ParseVersion(text)
		if got := pattern.MatchString(text); got != (err == nil) {
			t.Errorf("%q matches: %v; read: %v", text, got, err)
		}
	}
}
