// Package flink is Flink's own vocabulary: versions, options, memory sizes, and what differs between the
// versions. It knows nothing of job graphs.
//
// Start with ParseVersion, ParseMemorySize and Config. LookupOption finds an option with its defaults by version; the Behaviours are
// the rest of what differs.
package flink

import (
	"fmt"
	"strconv"
	"strings"

	"udfplan/graph/source"
)

// Version is a minor version of Flink; patch releases are planned alike. The zero Version is not stated.
type Version struct{ Major, Minor int }

// The versions with recorded runs, and those between them: 1.10 to 1.20 and 2.0 to 2.3.
var (
	firstVersion = Version{1, 10}
	lastOfMajor1 = Version{1, 20}
	firstOfMajor = Version{2, 0}
	lastVersion  = Version{2, 3}
)

// VersionBounds are the first version that is accepted, the last of major version 1, and the one that came next.
func VersionBounds() (first, last, next Version) { return firstVersion, lastOfMajor1, firstOfMajor }

// ParseVersion reads `1.10`, or `1.10.3`, whose patch is ignored. A version later than all known ones is
// accepted (see Known); an earlier one, and one between 1.20 and 2.0, is not.
func ParseVersion(text string) (Version, error) {
	parts := strings.Split(text, ".")
	if len(parts) != 2 && len(parts) != 3 {
		return Version{}, versionError(text, "is no version of Flink")
	}
	var numbers [3]int
	for i, part := range parts {
		number, ok := versionNumber(part)
		if !ok {
			return Version{}, versionError(text, "is no version of Flink")
		}
		numbers[i] = number
	}
	v := Version{numbers[0], numbers[1]}
	switch {
	case v.Before(firstVersion):
		return Version{}, versionError(text, "is too early")
	case v.compare(lastOfMajor1) > 0 && v.compare(firstOfMajor) < 0:
		return Version{}, versionError(text, "was never released")
	}
	return v, nil
}

// versionNumber reads plain digits without a leading zero; more than four are no version.
func versionNumber(text string) (int, bool) {
	if len(text) > 4 || len(text) > 1 && text[0] == '0' || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	number, err := strconv.Atoi(text)
	return number, err == nil
}

func versionError(text, what string) error {
	return fmt.Errorf("%q %s; allowed are %s to %s and %s to %s, with or without a patch such as 1.10.3",
		source.Excerpt(text), what, firstVersion, lastOfMajor1, firstOfMajor, lastVersion)
}

// Versions are all that are known, the earliest first.
func Versions() (all []Version) {
	for v := firstVersion; v.compare(lastOfMajor1) <= 0; v.Minor++ {
		all = append(all, v)
	}
	for v := firstOfMajor; v.compare(lastVersion) <= 0; v.Minor++ {
		all = append(all, v)
	}
	return all
}

// Stated reports whether there is a version at all.
func (v Version) Stated() bool { return v != Version{} }

// Known is false for a version later than all that are known, and for one that is not stated.
func (v Version) Known() bool { return v.Stated() && v.compare(lastVersion) <= 0 }

// Planned is the version whose rules are used: a later one than all known is planned as the last of them,
// one that is not stated as 1.10, the release that FLIP-88 was made for.
func (v Version) Planned() Version {
	switch {
	case !v.Stated():
		return firstVersion
	case !v.Known():
		return lastVersion
	}
	return v
}

func (v Version) atLeast(w Version) bool { return v.compare(w) >= 0 }

// Before says whether the version is earlier than another. Behaviours ask it; all other code asks a Behaviour.
func (v Version) Before(w Version) bool { return v.compare(w) < 0 }

func (v Version) compare(w Version) int {
	if v.Major != w.Major {
		return v.Major - w.Major
	}
	return v.Minor - w.Minor
}

// String is `1.10`; empty when not stated.
func (v Version) String() string {
	if !v.Stated() {
		return ""
	}
	return strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor)
}
