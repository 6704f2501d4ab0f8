package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
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

// TestWriteKeepsWhatItIs: rights and folders.
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
}

// TestWriteToPipe: what is no file is written to as it is. The pipe stands for /dev/null and its like too: no test writes to a real
// device, which a fault of Write would replace for the whole machine.
func TestWriteToPipe(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := exec.Command("mkfifo", "pipe").Run(); err != nil {
		t.Skip("no pipes here")
	}
	pipe, err := os.OpenFile("pipe", os.O_RDWR, 0) // both ends, so that nobody waits for the other
	if err != nil {
		t.Skip(err)
	}
	defer pipe.Close()
	for _, row := range []struct {
		reason string
		print  func(io.Writer) error
		err    error
		want   string
	}{
		{"whole", hello, nil, "hello"},
		{"what was written stays written", half, errBroken, "half"},
	} {
		if err := Write("pipe", row.print); !errors.Is(err, row.err) {
			t.Errorf("%s: %v", row.reason, err)
		}
		if info, err := os.Lstat("pipe"); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
			t.Fatalf("%s: the pipe is a file now", row.reason)
		}
		got := make([]byte, 99)
		_ = pipe.SetReadDeadline(time.Now().Add(time.Second))
		if n, err := pipe.Read(got); string(got[:n]) != row.want {
			t.Errorf("%s: %q (%v), want %q", row.reason, got[:n], err, row.want)
		}
	}
}
