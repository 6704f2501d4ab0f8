package main

import (
	"strconv"
	"strings"

	"udfplan/graph/source"
)

// What kong and the flags' own types say, in one form: `--mode must be one of batch, streaming; found "Batch"`, and a hint that
// ends with what was meant.

var (
	enumError = source.Pattern(`^--([\w-]+) must be one of (.*) but got (".*")$`)
	ownError  = source.Pattern(`(?s)^--([\w-]+): (must be .*?)(?:; did you mean (\S+)\?)?$`)
	noValue   = source.Pattern(`^(-+[\w-]+): (?:missing value, expecting|expected .* value but got "EOL")`)
	unknown   = source.Pattern(`(?s)^(.*), did you mean "(.*)"\?$`)
)

// usageError is an error of the command line in that form, and its hint.
func usageError(text string, args []string) (message, hint string) {
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
		return message, helpHint(args)
	}
	if m := ownError().FindStringSubmatch(text); m != nil {
		if m[3] != "" {
			return "--" + m[1] + " " + m[2], "did you mean --" + m[1] + " " + m[3] + "?"
		}
		return "--" + m[1] + " " + m[2], helpHint(args)
	}
	if m := unknown().FindStringSubmatch(text); m != nil {
		if !strings.HasPrefix(m[2], "-") {
			m[2] = "udfplan " + m[2]
		}
		return m[1], "did you mean " + m[2] + "?"
	}
	if m := noValue().FindStringSubmatch(text); m != nil {
		return m[1] + " needs a value", helpHint(args)
	}
	return text, meant(text, args)
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
