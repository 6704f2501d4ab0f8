package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func hello(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }

var errBroken = errors.New("broken")

func half(w io.Writer) error { _, _ = io.WriteString(w, "half"); return errBroken }

// put writes files below the current folder.
func put(t *testing.T, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWrite: the whole or nothing, nothing of anybody else's is lost, and nothing is left behind.
func TestWrite(t *testing.T) {
	beside := fmt.Sprintf(".out.udfplan-%d", os.Getpid())
	for _, row := range []struct {
		reason string
		before map[string]string
		links  map[string]string // to what
		print  func(io.Writer) error
		err    error
		want   map[string]string
	}{
		{"a new file", nil, nil, hello, nil, map[string]string{"out": "hello"}},
		{"over an old one, which was longer", map[string]string{"out": "old and longer"}, nil, hello, nil, map[string]string{"out": "hello"}},
		{"printing fails: there is no file", nil, nil, half, errBroken, nil},
		{"printing fails: the old one stays", map[string]string{"out": "old"}, nil, half, errBroken, map[string]string{"out": "old"}},
		{"behind a link, its target is replaced", map[string]string{"target": "old"}, map[string]string{"out": "target"}, hello, nil,
			map[string]string{"out": "hello", "target": "hello"}},
		{"a link to nothing is replaced", nil, map[string]string{"out": "nowhere"}, hello, nil, map[string]string{"out": "hello"}},
		{"somebody else's file has the name of what is written first", map[string]string{"out": "old", beside: "theirs"}, nil, hello, fs.ErrExist,
			map[string]string{"out": "old", beside: "theirs"}},
		{"and so has a link that would lead elsewhere", map[string]string{"theirs": "theirs"}, map[string]string{beside: "theirs"}, hello, fs.ErrExist,
			map[string]string{"theirs": "theirs", beside: "theirs"}},
	} {
		t.Run(row.reason, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, row.before)
			for name, target := range row.links {
				if err := os.Symlink(target, name); err != nil {
					t.Skip(err)
				}
			}
			if err := Write("out", row.print); !errors.Is(err, row.err) {
				t.Errorf("error %v, want %v", err, row.err)
			}
			entries, _ := os.ReadDir(".")
			if len(entries) != len(row.want) {
				t.Errorf("%d files, want %d", len(entries), len(row.want))
			}
			for name, want := range row.want {
				if text, err := os.ReadFile(name); string(text) != want {
					t.Errorf("%s holds %q (%v), want %q", name, text, err, want)
				}
			}
		})
	}
}

// TestWriteKeepsWhatItIs: rights, links, folders, devices.
func TestWriteKeepsWhatItIs(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"secret": "old", "folder/a": "a"})
	_ = os.Chmod("secret", 0o600)
	if err := Write("secret", hello); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat("secret"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the rights are %v (%v)", info.Mode(), err)
	}
	if err := Write("folder", hello); err == nil || err.Error() != "is a folder" {
		t.Errorf("a folder: %v", err)
	}
	if err := Write(os.DevNull, hello); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s is a file now", os.DevNull)
	}
	if err := Write(os.DevNull, half); !errors.Is(err, errBroken) {
		t.Errorf("a device that breaks: %v", err)
	}
}
