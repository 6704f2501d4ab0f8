// Package files is where files are opened: what commands read (Inputs), what a git repository had (AtRevision), and output
// that is written whole or not at all (Write). It knows nothing of jobs.
package files

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

// Stdin is the argument that stands for standard input, and stdinName what people see instead.
const (
	Stdin     = "-"
	stdinName = "<stdin>"
)

// Inputs are the files of one run. It remembers what was read, so that nobody writes over it.
type Inputs struct {
	Stdin    io.Reader
	problems source.List
	regular  []fs.FileInfo
}

// Told is what could not be read since the last time.
func (in *Inputs) Told() source.List {
	told := in.problems
	in.problems = nil
	return told
}

// Fork is for one of many files, which may be read beside the others; Join takes what came of it.
func (in *Inputs) Fork() Inputs { return Inputs{Stdin: in.Stdin} }

func (in *Inputs) Join(fork *Inputs) {
	in.regular = append(in.regular, fork.regular...)
}

// Was says whether a path is that of a file that was read.
func (in *Inputs) Was(path string) bool {
	info, err := os.Stat(path)
	return err == nil && slices.ContainsFunc(in.regular, func(read fs.FileInfo) bool { return os.SameFile(info, read) })
}

// Without leaves out the paths of files that were read already.
func (in *Inputs) Without(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		base := filepath.Base(path)
		return slices.ContainsFunc(in.regular, func(read fs.FileInfo) bool { return read.Name() == base }) && in.Was(path)
	})
}

// Paths are the files that arguments name, each once: a folder and a glob may both name it.
func (in *Inputs) Paths(args []string) (files []string) {
	seen := map[string]bool{}
	for _, path := range in.expand(args) {
		if !seen[path] {
			seen[path] = true
			files = append(files, path)
		}
	}
	return files
}

func (in *Inputs) cannotRead(name string, err error) {
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		err = pathError.Err // the path is the place
	}
	in.problems.Errorf(source.Place{File: &source.File{Name: name}}, "unreadable", "cannot be read: %s", err)
}

// Read reads a file of at most so many bytes; false where it could not.
func (in *Inputs) Read(path string, most int64) (*source.File, bool) {
	name, from := path, in.Stdin
	if path == Stdin {
		name = stdinName
	} else {
		f, err := os.Open(path)
		if err != nil {
			in.cannotRead(name, err)
			return nil, false
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			in.regular = append(in.regular, info)
		}
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, most+1))
	switch {
	case err != nil:
		in.cannotRead(name, err)
	case int64(len(text)) > most:
		in.problems.Errorf(source.Place{File: &source.File{Name: name}}, "too-large", "is larger than %s", flink.MemorySize(most)).
			Hint = "raise --max-size"
	default:
		return source.NewFile(name, text), true
	}
	return nil, false
}

// expand makes files of folders and globs, in the order in which they were given.
func (in *Inputs) expand(paths []string) (files []string) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case path == Stdin:
			files = append(files, path)
		case err == nil && info.IsDir():
			files = append(files, in.Folder(path)...)
		case err != nil && strings.ContainsAny(path, "*?["):
			files = append(files, in.glob(path)...)
		default:
			files = append(files, filepath.Clean(path))
		}
	}
	return files
}

func (in *Inputs) glob(pattern string) []string {
	files, err := filepath.Glob(pattern)
	if err == nil && len(files) == 0 {
		err = errors.New("no file matches")
	}
	if err != nil {
		in.cannotRead(pattern, err)
	}
	return in.filesOnly(files)
}

// filesOnly leaves out the folders that a glob found.
func (in *Inputs) filesOnly(paths []string) []string {
	return slices.DeleteFunc(paths, func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	})
}

// extensions are those of the files that are taken from a folder.
var extensions = []string{".yaml", ".yml", ".json"}

// Folder lists the job files below a folder, sorted; what is hidden is left out.
func (in *Inputs) Folder(root string) (files []string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			in.cannotRead(path, err)
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
		in.cannotRead(root, err)
	}
	return files
}
