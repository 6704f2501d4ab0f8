package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write lets print write a file, whole or not at all: beside it first, then over it. A pipe or a device is written to as it is;
// of a symbolic link, the target is replaced.
func Write(path string, print func(io.Writer) error) error {
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
