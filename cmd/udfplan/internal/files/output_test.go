package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func hello(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }

// TestWrite: the whole or nothing, and nothing of anybody else's is lost.
func TestWrite(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "out")
	beside := filepath.Join(folder, fmt.Sprintf(".out.udfplan-%d", os.Getpid()))
	for _, row := range []struct {
		reason  string
		before  func()
		print   func(io.Writer) error
		isError bool
		want    string
	}{
		{"a new file", nil, hello, false, "hello"},
		{"over an old one", func() { _ = os.WriteFile(path, []byte("old and longer"), 0o600) }, hello, false, "hello"},
		{"printing fails: the old one stays", func() { _ = os.WriteFile(path, []byte("old"), 0o600) },
			func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return errors.New("broken") }, true, "old"},
		{"somebody else has a file of the name that is written first: it is not touched", func() {
			_ = os.WriteFile(path, []byte("old"), 0o600)
			_ = os.WriteFile(beside, []byte("theirs"), 0o600)
		}, hello, true, "old"},
	} {
		if row.before != nil {
			row.before()
		}
		err := Write(path, row.print)
		text, _ := os.ReadFile(path)
		if (err != nil) != row.isError || string(text) != row.want {
			t.Errorf("%s: %v, the file holds %q", row.reason, err, text)
		}
	}
	if theirs, _ := os.ReadFile(beside); string(theirs) != "theirs" {
		t.Errorf("their file holds %q", theirs)
	}
	if err := Write(folder, hello); err == nil {
		t.Error("a folder was written over")
	}
}

// TestInputs: what was read is remembered, by whatever path it is called.
func TestInputs(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "job.yaml")
	for _, name := range []string{"job.yaml", "other.json", ".hidden.yaml", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("text of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var in Inputs
	if got := in.Paths([]string{folder, path}); len(got) != 2 || got[0] != path {
		t.Errorf("the folder and a file of it: %v", got)
	}
	if _, ok := in.Read(path, 5); ok || !in.Told().Has("too-large") {
		t.Error("a file above the limit was read")
	}
	if file, ok := in.Read(path, 100); !ok || file.Text != "text of job.yaml" {
		t.Error("not read")
	}
	link := filepath.Join(folder, "link.yaml")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	fork := in.Fork()
	if fork.Was(path) || !in.Was(path) || !in.Was(link) || in.Was(filepath.Join(folder, "other.json")) {
		t.Error("what was read is not known again")
	}
	if _, ok := in.Read(filepath.Join(folder, "nobody"), 5); ok || !in.Told().HasErrors() || in.Told() != nil {
		t.Error("what is not there was read, or is told twice")
	}
}
