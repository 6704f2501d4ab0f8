package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/graph/source"
	"udfplan/spec/render"
)

// reportFlags are the files that reports go to.
type reportFlags []reportFlag

type reportFlag struct {
	format string // empty: that of -o, or of the file's ending
	path   string
}

// Decode reads one FORMAT=FILE, or FILE.
func (f *reportFlags) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("FORMAT=FILE", &text); err != nil {
		return err
	}
	to := reportFlag{path: text}
	if format, path, found := strings.Cut(text, "="); found {
		var names []string
		for _, f := range render.CheckFormats {
			names = append(names, f.Name)
		}
		if err := oneOf(slices.Contains(names, format), []byte(format), names...); err != nil {
			return fmt.Errorf("FORMAT=FILE: the format %w", err)
		}
		to = reportFlag{format, path}
	}
	if to.path == "" {
		return fmt.Errorf("must be FORMAT=FILE; found %q", source.Excerpt(text))
	}
	if slices.ContainsFunc(*f, func(other reportFlag) bool { return filepath.Clean(other.path) == filepath.Clean(to.path) }) {
		return fmt.Errorf("%q is there twice", source.Excerpt(to.path))
	}
	*f = append(*f, to)
	return nil
}

// formatOfEnding is the format that a file's ending asks for, where nothing else asks for one.
var formatOfEnding = map[string]string{".sarif": "sarif", ".xml": "junit", ".json": "json", ".md": "markdown", ".tap": "tap"}

// formatFor is the format of a report file given without one: that of -o, or if there is none, of its ending.
func formatFor(path, output string) string {
	if byEnding := formatOfEnding[strings.ToLower(filepath.Ext(path))]; byEnding != "" && output == "text" {
		return byEnding
	}
	return output
}
