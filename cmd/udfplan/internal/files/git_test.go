package files

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBlob: the answers of git cat-file --batch, one behind the other.
func TestBlob(t *testing.T) {
	for _, row := range []struct{ reason, answers, want, err string }{
		{"a text", "0123abc blob 5\nhello\n", "hello", ""},
		{"an empty one", "0123abc blob 0\n\n", "", ""},
		{"a path with blanks is asked for by name only: what is missing has no size", "HEAD:a b missing\n", "-", ""},
		{"a folder is no text", "0123abc tree 33\n", "", `git cat-file: "0123abc tree 33"`},
		{"two words, but not that it is missing", "HEAD:a ambiguous\n", "", `git cat-file: "HEAD:a ambiguous"`},
		{"the size is no number", "0123abc blob many\n", "", `git cat-file: "0123abc blob many"`},
		{"git ends inside the text", "0123abc blob 5\nhel", "", "git cat-file ended early: unexpected EOF"},
		{"git ends before", "", "", "git cat-file ended early: EOF"},
	} {
		answers := bufio.NewReader(strings.NewReader(row.answers + "NEXT"))
		if row.err != "" {
			answers = bufio.NewReader(strings.NewReader(row.answers))
		}
		text, err := blob(answers)
		got, said := string(text), ""
		if text == nil && err == nil {
			got = "-"
		}
		if err != nil {
			got, said = "", err.Error()
		}
		if got != row.want || said != row.err {
			t.Errorf("%s: %q, %q; want %q, %q", row.reason, got, said, row.want, row.err)
		}
		if rest, _ := answers.Peek(4); row.err == "" && string(rest) != "NEXT" {
			t.Errorf("%s: the next answer begins with %q", row.reason, rest)
		}
	}
}

// repository is a folder with a git repository, its first commit made of texts; the test runs in it.
func repository(t *testing.T, texts map[string]string) (home string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	home = t.TempDir()
	t.Chdir(home)
	put(t, texts)
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "first"}} {
		command := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=e@example.invalid", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return home
}

// TestAtRevision: what a revision had of the files that arguments name, whatever the working tree has of them now.
func TestAtRevision(t *testing.T) {
	home := repository(t, map[string]string{"jobs/a.yaml": "a", "jobs/in/b.yml": "b", "jobs/.hidden.yaml": "h", "jobs/.in/c.yaml": "c", "jobs/notes.txt": "notes",
		"other/d e.json": "large", "jobs.yaml": "beside", "odd/empty.yaml": "", "odd/[1].yaml": "odd", "odd/1.yaml": "one"})
	put(t, map[string]string{"jobs/a.yaml": "changed", "jobs/new.yaml": "new"})
	_ = os.Remove("jobs/in/b.yml")
	for _, row := range []struct {
		reason, folder string
		args           []string
		want           []string // name=text at path
		problems       []string
	}{
		{"a file, as it was", ".", []string{"jobs/a.yaml"}, []string{"HEAD:jobs/a.yaml=a at jobs/a.yaml"}, nil},
		{"a file that is gone", ".", []string{"jobs/in/b.yml"}, []string{"HEAD:jobs/in/b.yml=b at jobs/in/b.yml"}, nil},
		{"a file that was not there yet", ".", []string{"jobs/new.yaml"}, nil, nil},
		{"a folder: what would be read of it now, and nothing beside it", ".", []string{"jobs"}, []string{"HEAD:jobs/a.yaml=a at jobs/a.yaml", "HEAD:jobs/in/b.yml=b at jobs/in/b.yml"}, nil},
		{"any file that is named", ".", []string{"jobs/notes.txt", "./jobs/.hidden.yaml"}, []string{"HEAD:jobs/notes.txt=notes at jobs/notes.txt", "HEAD:jobs/.hidden.yaml=h at jobs/.hidden.yaml"}, nil},
		{"in the order of the arguments, each once", ".", []string{"jobs/in", "jobs", "jobs/in/b.yml"}, []string{"HEAD:jobs/in/b.yml=b at jobs/in/b.yml", "HEAD:jobs/a.yaml=a at jobs/a.yaml"}, nil},
		{"a glob is one of the working tree", ".", []string{"jobs/[an]*.yaml"}, []string{"HEAD:jobs/a.yaml=a at jobs/a.yaml"}, nil},
		{"a glob that matches nothing names nothing", ".", []string{"*.xml"}, nil, nil},
		{"from beside", "other", []string{"../jobs/a.yaml", "d e.json"}, []string{"HEAD:../jobs/a.yaml=a at ../jobs/a.yaml", "HEAD:d e.json=large at d e.json"}, nil},
		{"the folder above: git calls what lies here by its name alone", "jobs/in", []string{".."}, []string{"HEAD:../a.yaml=a at ../a.yaml", "HEAD:b.yml=b at b.yml"}, nil},
		{"this folder, by way of the one above", "jobs/in", []string{"../in"}, []string{"HEAD:b.yml=b at b.yml"}, nil},
		{"an empty file was there", ".", []string{"odd/empty.yaml"}, []string{"HEAD:odd/empty.yaml= at odd/empty.yaml"}, nil},
		{"a file whose name looks like a glob", ".", []string{"odd/[1].yaml"}, []string{"HEAD:odd/[1].yaml=odd at odd/[1].yaml"}, nil},
		{"by its whole path", "other", []string{filepath.Join(home, "jobs", "a.yaml")}, []string{"HEAD:../jobs/a.yaml=a at ../jobs/a.yaml"}, nil},
	} {
		t.Chdir(filepath.Join(home, row.folder))
		read, paths, problems := AtRevision("HEAD", row.args, 5)
		var got []string
		for i, file := range read {
			got = append(got, file.Name+"="+file.Text+" at "+paths[i])
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
		if diff := cmp.Diff(row.problems, lines(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestAtRevisionRefuses: what cannot be read is told once, and nothing is made up.
func TestAtRevisionRefuses(t *testing.T) {
	repository(t, map[string]string{"a.yaml": "a", "large.yaml": "123456"})
	noSuch := "no such revision, or no git repository here [unreadable] hint: is this a git repository, and was the revision fetched? (actions/checkout: fetch-depth: 0)"
	for _, row := range []struct{ reason, revision, arg, want string }{
		{"no such revision", "nowhere", "a.yaml", "--git nowhere: " + noSuch},
		{"an option is no revision", "--help", "a.yaml", "--git --help: " + noSuch},
		{"a folder of a revision is no revision", "HEAD:", "a.yaml", "--git HEAD:: " + noSuch},
		{"a byte too many", "HEAD", "large.yaml", "HEAD:large.yaml: is larger than 5b [too-large] hint: raise --max-size"},
		{"a glob that is none", "HEAD", "[x", "--git HEAD: syntax error in pattern [unreadable]"},
	} {
		read, paths, problems := AtRevision(row.revision, []string{row.arg}, 5)
		if got := strings.Join(lines(problems), "\n"); got != row.want || len(read) > 0 || len(paths) > 0 {
			t.Errorf("%s: %s; %d files, %v", row.reason, got, len(read), paths)
		}
	}
	_, _, problems := AtRevision("HEAD", []string{"../elsewhere.yaml"}, 5)
	if got := strings.Join(lines(problems), "\n"); !strings.Contains(got, "is outside repository") {
		t.Errorf("git's own words: %s", got)
	}
}

// TestAtRevisionLineBreak: git is asked for a name a line; one that has two is refused, and no other file is read for it.
func TestAtRevisionLineBreak(t *testing.T) {
	repository(t, map[string]string{"jobs/a\nb.yaml": "ab", "jobs/a": "a", "b.yaml": "b"})
	for _, arg := range []string{"jobs", "jobs/a\nb.yaml"} {
		read, _, problems := AtRevision("HEAD", []string{arg}, 5)
		if got := strings.Join(lines(problems), "\n"); !strings.Contains(got, "git cannot be asked for a name with a line break") || len(read) > 0 {
			t.Errorf("%q: %s; %d files", arg, got, len(read))
		}
	}
}

// TestRemaining: an argument is left out if all that it named was removed since the revision, and only then: else it is a mistake to tell.
func TestRemaining(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, map[string]string{"jobs/a.yaml": "", "empty/notes.txt": ""})
	whole, _ := filepath.Abs("gone.yaml")
	for _, row := range []struct {
		reason string
		arg    string
		before []string
		want   bool
	}{
		{"a file", "jobs/a.yaml", []string{"jobs/a.yaml"}, true},
		{"a file that is gone", "gone.yaml", []string{"gone.yaml"}, false},
		{"by another path of it", "./jobs/../gone.yaml", []string{"gone.yaml"}, false},
		{"by its whole path", whole, []string{"gone.yaml"}, false},
		{"a file that never was", "never.yaml", []string{"gone.yaml"}, true},
		{"a folder", "jobs", []string{"jobs/a.yaml"}, true},
		{"a folder that has no input any more", "empty", []string{"empty/a.yaml"}, false},
		{"a folder that never had", "empty", nil, true},
	} {
		if got := len(Remaining([]string{row.arg}, row.before)) > 0; got != row.want {
			t.Errorf("%s: remains %v", row.reason, got)
		}
	}
}
