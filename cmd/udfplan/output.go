package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph/source"
)

// writeAs writes a result in one of its formats, and is the exit code.
func writeAs[T any](s *session, formats []render.Format[T], name, path string, result T, o render.Options) int {
	format := render.Pick(formats, name)
	return s.write(path, func(w io.Writer, color bool) error {
		o.Color = color
		return format.Write(w, result, o)
	})
}

// write lets print write to standard output, or to a file, and is the exit code.
func (s *session) write(path string, print func(w io.Writer, color bool) error) int {
	var err error
	name := "standard output"
	if path == "" || path == stdinPath {
		err = print(s.stdout, s.colors(s.stdout))
	} else {
		name = path
		if s.isInput(path) {
			s.problems = source.List{}
			s.problems.Errorf(source.Place{File: &source.File{Name: name}}, "unwritable", "is one of the inputs, which would be lost")
			_ = render.Diagnostics(s.stderr, s.problems, render.DiagnosticOptions{Color: s.colors(s.stderr)})
			return exitInput
		}
		err = writeFile(path, func(w io.Writer) error { return print(w, s.Color == "always") })
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

// writeFile writes a file whole or not at all: beside it first, then over it. What is no regular file, as a
// pipe, is written as it is; behind a symbolic link its target is replaced.
func writeFile(path string, print func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return errors.New("is a folder")
		}
		if !info.Mode().IsRegular() {
			return writeTo(path, os.O_WRONLY, 0, print)
		}
		mode = info.Mode().Perm()
	}
	beside := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.udfplan-%d", filepath.Base(path), os.Getpid()))
	err := writeTo(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode, print)
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		_ = os.Remove(beside) // perhaps it never came to be
	}
	return err
}

func writeTo(path string, flags int, mode fs.FileMode, print func(io.Writer) error) error {
	f, err := os.OpenFile(path, flags, mode)
	if err != nil {
		return err
	}
	return errors.Join(print(f), f.Close())
}

// isInput tells whether a path is that of a file that was read.
func (s *session) isInput(path string) bool {
	info, err := os.Stat(path)
	return err == nil && slices.ContainsFunc(s.inputs, func(in fs.FileInfo) bool { return os.SameFile(info, in) })
}
