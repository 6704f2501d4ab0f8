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

// gitIn runs git in a folder.
func gitIn(t *testing.T, folder string, args ...string) string {
	t.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=e@example.invalid", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"}, args...)...)
	command.Dir = folder
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// opened is a revision that there is.
func opened(t *testing.T, name string) *Revision {
	t.Helper()
	r, problems := OpenRevision("--policy-from", name)
	if r == nil || len(problems) > 0 {
		t.Fatalf("%s: %v", name, problems)
	}
	return r
}

// TestRevisionRead: what a revision had at a path, from wherever in the repository; links are followed in the revision, not now.
func TestRevisionRead(t *testing.T) {
	home := repository(t, map[string]string{"limits.yaml": "root", "jobs/a b.yaml": "a", "jobs/empty.yaml": "", "shared/l.yaml": "shared", "large.yaml": "123456789"})
	for link, target := range map[string]string{"jobs/link.yaml": "../shared/l.yaml", "out.yaml": "/etc/hostname", "above.yaml": "../x.yaml", "dangling.yaml": "none.yaml",
		"loop.yaml": "loop2.yaml", "loop2.yaml": "loop.yaml", "linked": "shared"} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	gitIn(t, home, "add", "-A")
	gitIn(t, home, "commit", "-q", "-m", "links")
	put(t, map[string]string{"limits.yaml": "now", "shared/l.yaml": "now", "jobs/new.yaml": "new"})
	_ = os.Remove("jobs/link.yaml")
	put(t, map[string]string{"jobs/link.yaml": "a file now"})
	for _, row := range []struct {
		reason, folder, path, want string
	}{
		{"as it was", ".", "limits.yaml", "HEAD:limits.yaml=root"},
		{"from below", "jobs", "../limits.yaml", "HEAD:../limits.yaml=root"},
		{"by its whole path", "jobs", filepath.Join(home, "limits.yaml"), "HEAD:../limits.yaml=root"},
		{"a blank in its name", "jobs", "./a b.yaml", "HEAD:a b.yaml=a"},
		{"an empty file is one", ".", "jobs/empty.yaml", "HEAD:jobs/empty.yaml="},
		{"a file that was not there", ".", "jobs/new.yaml", "-"},
		{"a folder", ".", "jobs", "-"},
		{"within a file", ".", "limits.yaml/x", "-"},
		{"a link, to what its target was", ".", "jobs/link.yaml", "HEAD:jobs/link.yaml=shared"},
		{"through a link to a folder", ".", "linked/l.yaml", "HEAD:linked/l.yaml=shared"},
		{"a link that leads out", ".", "out.yaml", "HEAD:out.yaml: cannot be read: it is a symbolic link that leads out of the repository [unreadable]"},
		{"a link that leads above", ".", "above.yaml", "HEAD:above.yaml: cannot be read: it is a symbolic link that leads out of the repository [unreadable]"},
		{"a link to nothing", ".", "dangling.yaml", "-"},
		{"links in a circle", ".", "loop.yaml", "-"},
		{"a byte too many", ".", "large.yaml", "HEAD:large.yaml: is larger than 8b [too-large] hint: raise --max-size"},
		{"outside of the repository", "jobs", "../../limits.yaml", "-"},
		{"outside of it, by its whole path", ".", "/etc/hostname", "-"},
		{"standard input", ".", "-", "-"},
		{"two lines", ".", "limits.yaml\nlimits.yaml", "limits.yaml\nlimits.yaml: cannot be read: git cannot be asked for a name with a line break [unreadable]"},
	} {
		t.Chdir(filepath.Join(home, row.folder))
		// All that can go wrong stands between two others: each answer is its own path's.
		read, problems := opened(t, "HEAD").Read([]string{filepath.Join(home, "shared/l.yaml"), row.path, filepath.Join(home, "limits.yaml")}, 8)
		got := "-"
		if read[1] != nil {
			got = read[1].Name + "=" + read[1].Text
		} else if len(problems) > 0 {
			got = strings.Join(lines(problems), "\n")
		}
		if got != row.want || read[0] == nil || read[0].Text != "shared" || read[2] == nil || read[2].Text != "root" {
			t.Errorf("%s: %s, want %s (%v)", row.reason, got, row.want, read)
		}
	}
}

// TestRevisionNames: a name, or a hash cut short; Has and Above.
func TestRevisionNames(t *testing.T) {
	home := repository(t, map[string]string{"a/b/c.yaml": "x"})
	hash := gitIn(t, home, "rev-parse", "HEAD")
	t.Chdir("a/b")
	for given, want := range map[string]string{"HEAD": "HEAD", hash: hash[:12], hash[:7]: hash[:7], "HEAD^0": "HEAD^0"} {
		if r := opened(t, given); r.Name != want || r.commit != hash {
			t.Errorf("%s is %s, %s", given, r.Name, r.commit)
		}
	}
	r := opened(t, "HEAD")
	if diff := cmp.Diff([]string{"x", "../x", "../../x"}, r.Above("x")); diff != "" {
		t.Error(diff)
	}
	for path, want := range map[string]bool{"c.yaml": true, "../../new": true, "../../../x": false, "/x": false, home: true, "-": false, "..": true} {
		if r.Has(path) != want {
			t.Errorf("%s lies in the repository: %v", path, !want)
		}
	}
}

// TestRevisionRenamed: a file that moved, though it changed; of a copy and a new file nothing is told.
func TestRevisionRenamed(t *testing.T) {
	text := strings.Repeat("a line of a job\n", 20)
	home := repository(t, map[string]string{"jobs/a.yaml": text, "jobs/in/b c.yaml": text + "b", "other/d.yaml": "d"})
	gitIn(t, home, "mv", "jobs/a.yaml", "jobs/moved.yaml")
	gitIn(t, home, "mv", "jobs/in/b c.yaml", "other/b c.yaml")
	put(t, map[string]string{"jobs/moved.yaml": text + "and more\n", "jobs/copy.yaml": text, "jobs/new.yaml": "new"})
	gitIn(t, home, "add", "-A")
	for folder, want := range map[string]map[string]string{
		".":    {"other/b c.yaml": "jobs/in/b c.yaml"},
		"jobs": {"../other/b c.yaml": "in/b c.yaml"},
	} {
		t.Chdir(filepath.Join(home, folder))
		was, problems := opened(t, "HEAD").Renamed()
		// Of the file that moved and its copy, git takes the one that is more like it.
		was2 := map[string]string{}
		for now, then := range was {
			if !strings.Contains(then, "a.yaml") {
				was2[now] = then
			} else if !strings.HasSuffix(now, "copy.yaml") {
				t.Errorf("%s was %s", now, then)
			}
		}
		if diff := cmp.Diff(want, was2); diff != "" || len(problems) > 0 || len(was) != 2 {
			t.Errorf("in %s: %s%v %v", folder, diff, was, problems)
		}
	}
}

// TestOpenRevisionRefuses: a revision that there is not, a clone without it, no repository; each says what to do.
func TestOpenRevisionRefuses(t *testing.T) {
	home := repository(t, map[string]string{"a.yaml": "a"})
	put(t, map[string]string{"a.yaml": "b"})
	gitIn(t, home, "commit", "-q", "-a", "-m", "second")
	first := gitIn(t, home, "rev-parse", "HEAD^")
	clone := filepath.Join(t.TempDir(), "clone")
	gitIn(t, home, "clone", "-q", "--depth", "1", "file://"+home, clone)
	elsewhere := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(elsewhere))
	const none, shallow = "there is no such revision here [unreadable] hint: was it fetched? git fetch origin REVISION",
		"there is no such revision here [unreadable] hint: this clone is shallow, without history: fetch it whole (actions/checkout: fetch-depth: 0)"
	for _, row := range []struct{ reason, folder, name, want string }{
		{"no such revision", home, "nowhere", none},
		{"an option", home, "--help", none},
		{"another option", home, "-h", none},
		{"two lines", home, "HEAD\nHEAD", none},
		{"a folder of a revision", home, "HEAD:", none},
		{"a file of one", home, "HEAD:a.yaml", none},
		{"nothing", home, "", none},
		{"a shallow clone", clone, first, shallow},
		{"no repository", elsewhere, "HEAD", "fatal: not a git repository (or any of the parent directories): .git [unreadable] hint: it is about a git repository, and this folder lies in none that git opens"},
		{"the insides of a repository", filepath.Join(home, ".git"), "HEAD", "this folder lies in no working tree"},
	} {
		t.Chdir(row.folder)
		r, problems := OpenRevision("--policy-from", row.name)
		if got := strings.Join(lines(problems), "\n"); r != nil || !strings.HasPrefix(got, "--policy-from "+row.name+": "+row.want) {
			t.Errorf("%s: %s", row.reason, got)
		}
	}
	t.Chdir(clone)
	if r := opened(t, "HEAD"); r.commit == first {
		t.Errorf("a shallow clone has its last commit: %+v", r)
	}
}

// TestLinkedBlob: an answer that git breaks off is none.
func TestLinkedBlob(t *testing.T) {
	for _, row := range []struct{ answers, want string }{
		{"", "git cat-file ended early: EOF"},
		{"0123 blob 5\nhel", "git cat-file ended early: unexpected EOF"},
		{"0123 blob 5\nhello", "git cat-file ended early: EOF"},
		{"0123 blob many\n", `git cat-file: "0123 blob many"`},
		{"0123 blob -1\n", `git cat-file: "0123 blob -1"`},
		{"symlink 11\n/etc", "git cat-file ended early: unexpected EOF"},
		{"odd\n", `git cat-file: "odd"`},
	} {
		if text, err := linkedBlob(bufio.NewReader(strings.NewReader(row.answers))); err == nil || err.Error() != row.want {
			t.Errorf("%q: %q, %v; want %s", row.answers, text, err, row.want)
		}
	}
}
