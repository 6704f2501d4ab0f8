package graph

import (
	"regexp"
	"strings"
)

// GlobPattern is a glob as a pattern over a whole name: * and ? stand for any characters, all others for
// themselves. (path.Match would stop at a slash and read the brackets of `PythonCalc[2]` as a class.)
func GlobPattern(glob string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(strings.ToValidUTF8(glob, "\uFFFD"))
	quoted = strings.ReplaceAll(quoted, `\*`, `.*`)
	quoted = strings.ReplaceAll(quoted, `\?`, `.`)
	return regexp.MustCompile(`(?s)^(?:` + quoted + `)$`)
}
