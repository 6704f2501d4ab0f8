package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/source"
)

// lines are problems as text.
func lines(problems source.List) (out []string) {
	for _, d := range problems {
		line := d.Message + " [" + d.Code + "]"
		if d.Place.File != nil {
			line = d.Place.File.Name + ": " + line
		}
		if d.Hint != "" {
			line += " hint: " + d.Hint
		}
		out = append(out, line)
	}
	return out
}

// TestRead: a text of at most so many bytes, or why not.
func TestRead(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"a.yaml": "12345", "folder/b.yaml": ""})
	for _, row := range []struct {
		reason, path string
		most         int64
		want         string // the name and the text
		problem      string
	}{
		{"a file", "a.yaml", 9, "a.yaml=12345", ""},
		{"as large as may be", "a.yaml", 5, "a.yaml=12345", ""},
		{"a byte more", "a.yaml", 4, "", "a.yaml: is larger than 4b [too-large] hint: raise --max-size"},
		{"an empty one", "folder/b.yaml", 1, "folder/b.yaml=", ""},
		{"none", "c.yaml", 1, "", "c.yaml: cannot be read: no such file or directory [unreadable]"},
		{"a folder", "folder", 1, "", "folder: cannot be read: is a directory [unreadable]"},
		{"standard input", "-", 5, "<stdin>=typed", ""},
		{"too much of it", "-", 4, "", "<stdin>: is larger than 4b [too-large] hint: raise --max-size"},
	} {
		in := Inputs{Stdin: strings.NewReader("typed")}
		file, problems := in.Read(row.path, row.most)
		got := ""
		if file != nil {
			got = file.Name + "=" + file.Text
		}
		if got != row.want || strings.Join(lines(problems), "\n") != row.problem {
			t.Errorf("%s: %q, %q; want %q, %q", row.reason, got, lines(problems), row.want, row.problem)
		}
	}
	in := Inputs{Stdin: iotest.ErrReader(errBroken)}
	if file, problems := in.Read(Stdin, 1); file != nil || !slices.Equal(lines(problems), []string{"<stdin>: cannot be read: broken [unreadable]"}) {
		t.Errorf("standard input that breaks: %v, %v", file, lines(problems))
	}
}

// TestWasRead: what was read is known again, by whatever path.
func TestWasRead(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"a.yaml": "a", "b/a.yaml": "a", "c.yaml": "c", "large.yaml": "12345"})
	links := os.Symlink("a.yaml", "link.yaml") == nil && os.Link("a.yaml", "hard.yaml") == nil
	in := Inputs{}
	for _, path := range []string{"a.yaml", "large.yaml", os.DevNull} {
		_, _ = in.Read(path, 3)
	}
	whole, _ := filepath.Abs("a.yaml")
	for _, row := range []struct {
		reason, path string
		want         bool
	}{
		{"the same path", "a.yaml", true},
		{"another path of it", "b/../a.yaml", true},
		{"its whole path", whole, true},
		{"another file of that name", "b/a.yaml", false},
		{"one that was not read", "c.yaml", false},
		{"one that was too large: it is input all the same", "large.yaml", true},
		{"one that is not there", "d.yaml", false},
		{"a device may be read and written", os.DevNull, false},
		{"a link to it", "link.yaml", links},
		{"a second name of it", "hard.yaml", links},
	} {
		if got := in.WasRead(row.path); got != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
	// A file of another name is not looked at.
	if got := in.Unread([]string{"c.yaml", "a.yaml", "b/a.yaml", "b/../a.yaml"}); !slices.Equal(got, []string{"c.yaml", "b/a.yaml"}) {
		t.Errorf("not read: %v", got)
	}
}

// TestInputsAtOnce: files are read several at a time, and all of them are remembered.
func TestInputsAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	var names []string
	for _, c := range "abcdefghijklmnop" {
		names = append(names, string(c)+".yaml")
		put(t, map[string]string{names[len(names)-1]: "text"})
	}
	var in Inputs
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { _, _ = in.Read(name, 9) })
	}
	all.Wait()
	if left := in.Unread(names); len(left) > 0 {
		t.Errorf("forgotten: %v", left)
	}
}

// TestPaths: what arguments name.
func TestPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"jobs/b.yml": "", "jobs/a.YAML": "", "jobs/in/c.json": "", "jobs/in.json/d.yaml": "", "jobs/notes.txt": "", "jobs/.hidden.yaml": "",
		"jobs/.git/e.yaml": "", "empty/notes.txt": "", ".own/f.yaml": "", "odd[1].yaml": "", "g.yaml": "", "folders/a/x.txt": "", "folders/b.yaml": ""})
	for _, row := range []struct {
		reason   string
		args     []string
		want     []string
		problems []string
	}{
		{"a folder, sorted; of input's endings, none hidden", []string{"jobs"}, []string{"jobs/a.YAML", "jobs/b.yml", "jobs/in/c.json", "jobs/in.json/d.yaml"}, nil},
		{"a hidden folder that is named", []string{".own"}, []string{".own/f.yaml"}, nil},
		{"a file of any ending, hidden or not", []string{"jobs/notes.txt", "jobs/.hidden.yaml"}, []string{"jobs/notes.txt", "jobs/.hidden.yaml"}, nil},
		{"in the order of the arguments, each once", []string{"g.yaml", "./jobs/b.yml", "jobs/*.yml", "jobs/in", "./g.yaml"}, []string{"g.yaml", "jobs/b.yml", "jobs/in/c.json"}, nil},
		{"a glob takes files only", []string{"folders/*"}, []string{"folders/b.yaml"}, nil},
		{"a file whose name looks like a glob", []string{"odd[1].yaml"}, []string{"odd[1].yaml"}, nil},
		{"standard input", []string{"-", "-"}, []string{"-"}, nil},
		{"a file that is not there is for Read to tell", []string{"none.yaml"}, []string{"none.yaml"}, nil},
		{"a glob that matches nothing", []string{"g.yaml", "*.xml"}, []string{"g.yaml"}, []string{"*.xml: cannot be read: no file matches [unreadable]"}},
		{"a glob that is none", []string{"[x"}, nil, []string{"[x: cannot be read: syntax error in pattern [unreadable]"}},
		{"a folder without input", []string{"empty"}, nil, []string{"empty: cannot be read: no *.yaml, *.yml or *.json file in this folder [unreadable] hint: name the file of a job: udfplan compile job.yaml"}},
	} {
		paths, problems := Paths(row.args)
		if diff := cmp.Diff(row.want, paths); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
		if diff := cmp.Diff(row.problems, lines(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestPathsLocked: of a folder that cannot be read, the rest is.
func TestPathsLocked(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"jobs/a.yaml": "", "jobs/locked/b.yaml": "", "jobs/z.yaml": ""})
	if err := os.Chmod("jobs/locked", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("jobs/locked", 0o700)
	if _, err := os.ReadDir("jobs/locked"); err == nil {
		t.Skip("nothing is locked for this user")
	}
	paths, problems := Paths([]string{"jobs"})
	if !slices.Equal(paths, []string{"jobs/a.yaml", "jobs/z.yaml"}) || !slices.Equal(lines(problems), []string{"jobs/locked: cannot be read: permission denied [unreadable]"}) {
		t.Errorf("%v, %v", paths, lines(problems))
	}
}

// TestFindAbove: here and above, up to the repository's root and no further.
func TestFindAbove(t *testing.T) {
	const name = "wanted"
	for _, row := range []struct {
		reason string
		here   string
		files  []string
		want   string
	}{
		{"here", "repo/a", []string{"repo/.git/HEAD", "repo/a/wanted"}, "wanted"},
		{"at the root of the repository", "repo/a/b", []string{"repo/.git/HEAD", "repo/wanted"}, "../../wanted"},
		{"the nearest", "repo/a/b", []string{"repo/.git/HEAD", "repo/wanted", "repo/a/wanted"}, "../wanted"},
		{"a worktree's .git is a file", "repo/a", []string{"repo/.git", "repo/wanted"}, "../wanted"},
		{"not above the repository", "repo/a", []string{"repo/.git/HEAD", "wanted"}, ""},
		{"without a repository only here", "plain/a", []string{"plain/wanted"}, ""},
		{"without a repository, here", "plain/a", []string{"plain/a/wanted"}, "wanted"},
		{"without a repository, here and above", "plain/a", []string{"plain/a/wanted", "plain/wanted"}, "wanted"},
		{"nowhere", "repo", []string{"repo/.git/HEAD"}, ""},
	} {
		t.Chdir(t.TempDir())
		for _, file := range append(row.files, row.here+"/x") {
			put(t, map[string]string{file: ""})
		}
		t.Chdir(row.here)
		if got := FindAbove(name); filepath.ToSlash(got) != row.want {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}
