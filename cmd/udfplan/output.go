package main

import (
	"io"
	"os"
	"strings"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/render"
)

// writeAs writes a result in one of its formats, and is the exit code.
func writeAs[T any](s *session, formats []render.Format[T], name, path string, result T, o render.Options) exitCode {
	format := render.Pick(formats, name)
	return s.write(path, func(w io.Writer, color bool) error {
		o.Color = color
		return format.Write(w, result, o)
	})
}

// write lets print write to standard output, or to a file, and is the exit code.
func (s *session) write(path string, print func(w io.Writer, color bool) error) exitCode {
	if path == "" || path == files.Stdin {
		if err := print(s.stdout, s.colors(s.stdout)); err != nil {
			return s.unwritable("standard output", "cannot be written: %s", files.Reason(err))
		}
		return exitWell
	}
	if s.in.WasRead(path) {
		return s.unwritable(path, "is one of the inputs, which would be lost")
	}
	if err := files.Write(path, func(w io.Writer) error { return print(w, s.Color == "always") }); err != nil {
		return s.unwritable(path, "cannot be written: %s", files.Reason(err))
	}
	return exitWell
}

// writeText writes a text as it is, and is the exit code.
func (s *session) writeText(path, text string) exitCode {
	return s.write(path, func(w io.Writer, _ bool) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// unwritable says why there is no output, and nothing else: all other problems were printed before.
func (s *session) unwritable(name, format string, args ...any) exitCode {
	s.problems = nil
	s.problems.Errorf(source.Place{File: &source.File{Name: name}}, source.CodeUnwritable, format, args...)
	return s.printProblems()
}

// ascii: no box characters are to be drawn, as asked for or because the locale cannot show them.
func (s *session) ascii(asked bool) bool {
	for _, key := range []string{"LC_ALL", "LC_CTYPE", "LANG"} { // the order of setlocale(3)
		if locale := strings.ToLower(os.Getenv(key)); locale != "" {
			return asked || !strings.Contains(strings.ReplaceAll(locale, "-", ""), "utf8")
		}
	}
	return true
}
