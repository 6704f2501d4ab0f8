// Package files is where files are opened: what commands read (Paths, Inputs), what a git repository had (AtRevision), and output
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
	"sync"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Stdin is the argument that stands for standard input; people see source.StdinName instead.
const Stdin = "-"

// Inputs reads the files of one run, several at a time, and remembers them: nothing may be written over them.
type Inputs struct {
	Stdin io.Reader

	lock sync.Mutex
	read []fs.FileInfo // regular files
}

// Read reads a file of at most so many bytes; nil and an error where it cannot.
func (in *Inputs) Read(path string, most int64) (*source.File, source.List) {
	name, from, size := path, in.Stdin, int64(0)
	if path == Stdin {
		name = source.StdinName
	} else {
		f, err := os.Open(path)
		if err != nil {
			problems := unreadable(name, err)
			if near, found := nearestFile(path); found && errors.Is(err, fs.ErrNotExist) {
				problems[0].Hint = "did you mean " + source.ShellWord(near) + "?"
			}
			return nil, problems
		}
		defer f.Close()
		from, size = f, in.remember(f)
	}
	text, err := readText(io.LimitReader(from, most+1), min(size, most))
	if err != nil {
		return nil, unreadable(name, err)
	}
	return bounded(name, text, most)
}

// readText reads a text of about so many bytes, 0 where nobody knows, without making a second copy of it.
func readText(from io.Reader, size int64) (string, error) {
	const piece = 32 << 10
	var text strings.Builder
	text.Grow(int(size))
	if size == 0 {
		size = piece
	}
	_, err := io.CopyBuffer(&text, from, make([]byte, min(size+1, piece)))
	return text.String(), err
}

// Peek reads a file that is read again later: it is not remembered, and what is wrong with it is for whoever reads it then. nil: it
// cannot be read, or not twice.
func Peek(path string, most int64) *source.File {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > most {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return source.NewFile(path, text)
}

// nearestFile is the file beside one that does not exist that was meant: with another ending, or of a name like it.
func nearestFile(path string) (string, bool) {
	const most = 1000 // of a larger folder nobody wants to wait for a guess
	beside, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", false
	}
	defer beside.Close()
	names, _ := beside.Readdirnames(most)
	slices.Sort(names)
	base, ending := filepath.Base(path), filepath.Ext(path)
	stem := strings.TrimSuffix(base, ending)
	var like []string
	for _, name := range names {
		switch other := filepath.Ext(name); {
		case other != ending && !slices.Contains(extensions, other):
		case strings.TrimSuffix(name, other) == stem:
			return filepath.Join(filepath.Dir(path), name), true
		default:
			like = append(like, name)
		}
	}
	near, found := source.NearestWithin(base, like, min(2, len(stem)/3)) // in a short name, one letter is another file
	return filepath.Join(filepath.Dir(path), near), found
}

// bounded is a file of at most so many bytes.
func bounded(name, text string, most int64) (*source.File, source.List) {
	if int64(len(text)) <= most {
		return source.NewText(name, text), nil
	}
	var problems source.List
	problems.Errorf(source.Place{File: &source.File{Name: name}}, source.CodeTooLarge, "is larger than %s", flink.MemorySize(most)).
		Hint = "raise --max-size"
	return nil, problems
}

func unreadable(name string, err error) (problems source.List) {
	problems.Errorf(source.Place{File: &source.File{Name: name}}, source.CodeUnreadable, "cannot be read: %s", Reason(err))
	return problems
}

// Reason is an error without the path that it is about: that is its place.
func Reason(err error) error {
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// remember keeps which file was read, and is its size; 0 where it has none.
func (in *Inputs) remember(f *os.File) (size int64) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	in.lock.Lock()
	defer in.lock.Unlock()
	in.read = append(in.read, info)
	return info.Size()
}

// WasRead says whether a path is that of a file that was read, by whatever name.
func (in *Inputs) WasRead(path string) bool {
	info, err := os.Stat(path)
	return err == nil && in.some(func(read fs.FileInfo) bool { return os.SameFile(info, read) })
}

// Unread leaves out the paths of files that were read. Only a file of the same name is looked at: there may be very many paths.
func (in *Inputs) Unread(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		base := filepath.Base(path)
		return in.some(func(read fs.FileInfo) bool { return read.Name() == base }) && in.WasRead(path)
	})
}

func (in *Inputs) some(is func(fs.FileInfo) bool) bool {
	in.lock.Lock()
	defer in.lock.Unlock()
	return slices.ContainsFunc(in.read, is)
}
