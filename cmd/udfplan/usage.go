package main

import (
	"strconv"
	"strings"

	"udfplan/graph/source"
)

// What kong and the flags' own types say, in one form: `--mode must be one of batch, streaming; found "Batch"`, and a hint that
// ends with what was meant.

const helpHint = "see udfplan --help, or udfplan COMMAND --help"

var (
	enumError = source.Pattern(`^--([\w-]+) must be one of (.*) but got (".*")$`)
	ownError  = source.Pattern(`(?s)^--([\w-]+): (must be .*?)(?:; did you mean (\S+)\?)?$`)
	unknown   = source.Pattern(`(?s)^(.*), did you mean "(.*)"\?$`)
)

// usageError is an error of the command line in that form, and its hint.
func usageError(text string) (message, hint string) {
	if m := enumError().FindStringSubmatch(text); m != nil {
		allowed := strings.Split(strings.ReplaceAll(m[2], `"`, ""), ",")
		found, err := strconv.Unquote(m[3])
		if err != nil {
			found = strings.Trim(m[3], `"`)
		}
		message = "--" + m[1] + " must be one of " + strings.Join(allowed, ", ") + "; found " + strconv.Quote(source.Excerpt(found))
		if near, ok := nearest(found, allowed); ok {
			return message, "did you mean --" + m[1] + " " + near + "?"
		}
		return message, helpHint
	}
	if m := ownError().FindStringSubmatch(text); m != nil {
		if m[3] != "" {
			return "--" + m[1] + " " + m[2], "did you mean --" + m[1] + " " + m[3] + "?"
		}
		return "--" + m[1] + " " + m[2], helpHint
	}
	if m := unknown().FindStringSubmatch(text); m != nil {
		if !strings.HasPrefix(m[2], "-") {
			m[2] = "udfplan " + m[2]
		}
		return m[1], "did you mean " + m[2] + "?"
	}
	return text, helpHint
}

// nearest is what was meant: another case first.
func nearest(found string, allowed []string) (string, bool) {
	for _, word := range allowed {
		if strings.EqualFold(word, found) {
			return word, true
		}
	}
	return source.Nearest(found, allowed)
}
