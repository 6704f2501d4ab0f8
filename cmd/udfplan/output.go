package main

import (
	"errors"
	"io"
	"io/fs"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/render"
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
	var err error
	name := "standard output"
	if path == "" || path == files.Stdin {
		err = print(s.stdout, s.colors(s.stdout))
	} else {
		name = path
		if s.in.Was(path) {
			s.problems = source.List{}
			s.problems.Errorf(source.Place{File: &source.File{Name: name}}, "unwritable", "is one of the inputs, which would be lost")
			_ = render.Diagnostics(s.stderr, s.problems, render.DiagnosticOptions{Color: s.colors(s.stderr)})
			return exitInput
		}
		err = files.Write(path, func(w io.Writer) error { return print(w, s.Color == "always") })
	}
	if err == nil {
		return exitWell
	}
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		err = pathError.Err
	}
	s.problems = source.List{}
	s.problems.Errorf(source.Place{File: &source.File{Name: name}}, "unwritable", "cannot be written: %s", err)
	_ = render.Diagnostics(s.stderr, s.problems, render.DiagnosticOptions{Color: s.colors(s.stderr)})
	return exitInput
}
