package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

const (
	stdinPath = "-"
	stdinName = "<stdin>"
)

// inputPaths are the files that paths name, each once: a folder and a glob may both name it.
func (s *session) inputPaths(paths []string) (files []string) {
	seen := map[string]bool{}
	for _, path := range s.expand(paths) {
		if !seen[path] {
			seen[path] = true
			files = append(files, path)
		}
	}
	return files
}

func (s *session) cannotRead(name string, err error) {
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		err = pathError.Err // the path is the place
	}
	s.problems.Errorf(source.Place{File: &source.File{Name: name}}, "unreadable", "cannot be read: %s", err)
}

func (s *session) readOne(path string, most int64) (*source.File, bool) {
	name, in := path, s.stdin
	if path == stdinPath {
		name = stdinName
	} else {
		f, err := os.Open(path)
		if err != nil {
			s.cannotRead(name, err)
			return nil, false
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			s.inputs = append(s.inputs, info)
		}
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil:
		s.cannotRead(name, err)
	case int64(len(text)) > most:
		s.problems.Errorf(source.Place{File: &source.File{Name: name}}, "too-large", "is larger than %s", flink.MemorySize(most)).
			Hint = "raise --max-size"
	default:
		return source.NewFile(name, text), true
	}
	return nil, false
}

// expand makes files of folders and globs, in the order in which they were given.
func (s *session) expand(paths []string) (files []string) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case path == stdinPath:
			files = append(files, path)
		case err == nil && info.IsDir():
			files = append(files, s.folder(path)...)
		case err != nil && strings.ContainsAny(path, "*?["):
			files = append(files, s.glob(path)...)
		default:
			files = append(files, filepath.Clean(path))
		}
	}
	return files
}

func (s *session) glob(pattern string) []string {
	files, err := filepath.Glob(pattern)
	if err == nil && len(files) == 0 {
		err = errors.New("no file matches")
	}
	if err != nil {
		s.cannotRead(pattern, err)
	}
	return s.filesOnly(files)
}

// filesOnly leaves out the folders that a glob found.
func (s *session) filesOnly(paths []string) []string {
	return slices.DeleteFunc(paths, func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	})
}

// extensions are those of the files that are taken from a folder.
var extensions = []string{".yaml", ".yml", ".json"}

// folder lists the job files below a folder, sorted; what is hidden is left out.
func (s *session) folder(root string) (files []string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			s.cannotRead(path, err)
			return nil
		case path != root && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && slices.Contains(extensions, strings.ToLower(filepath.Ext(path))):
			files = append(files, path)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = errors.New("no *.yaml, *.yml or *.json file in this folder")
	}
	if err != nil {
		s.cannotRead(root, err)
	}
	return files
}
