package flink

import (
	"fmt"
	"strings"
)

// What Flink's parsers take, as regular expressions that Python, JavaScript and Go read alike, for schemas of documents. They take
// all that the parsers take, and refuse what is no such text; a number that is too large for 64 bits with its unit is beyond them.

// SizePattern matches what ParseMemorySize reads; with positive set, only what is more than 0.
func SizePattern(positive bool) string {
	var units []string
	for i := range memoryUnits {
		for _, name := range memoryUnits[i].names {
			if name != "" {
				units = append(units, anyCase(name))
			}
		}
	}
	const blanks = `[\u0000-\u0020]*`
	number := "[0-9]{1,19}"
	if positive {
		number = "[1-9][0-9]{0,18}"
	}
	return "^" + blanks + "0*" + number + blanks + "(" + strings.Join(units, "|") + ")?" + blanks + "$"
}

// anyCase matches a word in capitals and small letters; the sign of the Kelvin is a capital K, for Java as for Unicode.
func anyCase(word string) string {
	var b strings.Builder
	for _, r := range word {
		kelvin := ""
		if r == 'k' {
			kelvin = `\u212A`
		}
		fmt.Fprintf(&b, "[%c%s%s]", r, strings.ToUpper(string(r)), kelvin)
	}
	return b.String()
}

// VersionPattern matches what ParseVersion reads.
func VersionPattern() string {
	const number = "(0|[1-9][0-9]{0,3})"
	first, last := firstVersion.Minor, lastOfMajor1.Minor // 10 and 20
	minors := make([]string, 0, last-first+1)
	for minor := first; minor <= last; minor++ {
		minors = append(minors, fmt.Sprint(minor))
	}
	return `^(1\.(` + strings.Join(minors, "|") + `)|([2-9]|[1-9][0-9]{1,3})\.` + number + `)(\.` + number + `)?$`
}
