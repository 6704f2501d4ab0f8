package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPlanIsItsJob: the document that compile makes of a job is read back as the same plan, as YAML and as JSON; of every golden job.
func TestPlanIsItsJob(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(goldenFolder, "*", "*.yaml"))
	more, _ := filepath.Glob("../../testdata/flink/formats/*/*.[ACE].json")
	var paths []string
	for _, file := range append(files, more...) {
		path, _ := filepath.Abs(file)
		paths = append(paths, path)
	}
	t.Chdir(t.TempDir())
	compared := 0
	for _, path := range paths {
		for _, format := range []string{"yaml", "json"} {
			if run([]string{"compile", path, "-o", format, "--output-file", "plan", "-q"}, strings.NewReader(""), os.Stdout, nowhere{}) != exitWell {
				continue // what is broken on purpose
			}
			compared++
			stdout, stderr := udfplan(t, exitWell, "", "diff", "plan", path, "-q")
			if !strings.HasPrefix(stdout, "no changes in ") || strings.Contains(stderr, "error") {
				t.Errorf("%s as %s:\n%s%s", path, format, stdout, stderr)
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d plans were compared", compared)
	}
}

type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

// gitDo runs git in the current folder; without git there is nothing to test.
func gitDo(t *testing.T, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	command := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=e@example.invalid", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"}, args...)...)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// TestDiffGit: the old side from a revision: changed, moved, new and removed files, from wherever in the repository.
func TestDiffGit(t *testing.T) {
	job := func(name, mb string) string {
		return "name: " + name + "\noperators: [{id: " + name + ", python: {userMemory: " + mb + "}}]\n"
	}
	home := t.TempDir()
	t.Chdir(home)
	layOut(t, map[string]string{"jobs/same.yaml": job("same", "1mb"), "jobs/grown.yaml": job("grown", "1mb"), "jobs/gone.yaml": job("gone", "1mb"), "jobs/old/moved.yaml": job("moved", "1mb"),
		"jobs/.hidden.yaml": "nonsense", "jobs/notes.txt": "nonsense", "other/x.yaml": job("x", "1mb")})
	gitDo(t, "init", "-q")
	gitDo(t, "add", "-A")
	gitDo(t, "commit", "-q", "-m", "first")
	gitDo(t, "mv", "jobs/old/moved.yaml", "jobs/moved.yaml")
	gitDo(t, "rm", "-q", "jobs/gone.yaml")
	layOut(t, map[string]string{"jobs/grown.yaml": job("grown", "9mb"), "jobs/new.yaml": job("new", "1mb")})
	for _, row := range []struct {
		reason, folder string
		args           []string
		want           string
	}{
		{"a folder", ".", []string{"jobs"}, "1 job changed, 1 added, 1 removed, 2 unchanged"},
		{"the whole repository", ".", []string{"."}, "1 job changed, 1 added, 1 removed, 3 unchanged"},
		{"a file", ".", []string{"jobs/grown.yaml"}, "1 job changed, 0 added, 0 removed, 0 unchanged"},
		{"from within", "jobs", []string{"grown.yaml", "same.yaml"}, "1 job changed, 0 added, 0 removed, 1 unchanged"},
		{"from beside", "other", []string{"../jobs"}, "1 job changed, 1 added, 1 removed, 2 unchanged"},
		{"the folder above", "jobs", []string{".."}, "1 job changed, 1 added, 1 removed, 3 unchanged"},
		{"by its whole path", "other", []string{filepath.Join(home, "jobs/grown.yaml")}, "1 job changed, 0 added, 0 removed, 0 unchanged"},
		{"a file that is new", ".", []string{"jobs/new.yaml"}, "0 jobs changed, 1 added, 0 removed, 0 unchanged"},
		{"a file that is gone", ".", []string{"jobs/gone.yaml"}, "0 jobs changed, 0 added, 1 removed, 0 unchanged"},
		{"a folder that is gone", ".", []string{"jobs/old"}, "0 jobs changed, 0 added, 1 removed, 0 unchanged"},
		{"a folder, and a file in it: once", ".", []string{"jobs/same.yaml", "jobs", "./jobs/grown.yaml"}, "1 job changed, 1 added, 1 removed, 2 unchanged"},
		{"several", ".", []string{"jobs/same.yaml", "other"}, "no changes in 2 jobs"},
	} {
		t.Chdir(filepath.Join(home, row.folder))
		stdout, stderr := udfplan(t, exitWell, "", append([]string{"diff", "--git", "HEAD"}, row.args...)...)
		if !strings.Contains(stdout, row.want) || stderr != "" {
			t.Errorf("%s: want %s; is\n%s%s", row.reason, row.want, stdout, stderr)
		}
	}
	t.Chdir(home)
	for _, row := range []struct{ reason, revision, path, want string }{
		{"no such revision", "nowhere", "jobs", "error: no such revision"},
		{"an option is no revision", "--help", "jobs", "error: no such revision"},
		{"a file that was never there", "HEAD", "jobs/never.yaml", "jobs/never.yaml: error: cannot be read: no such file or directory"},
	} {
		if _, stderr := udfplan(t, exitInput, "", "diff", "--git="+row.revision, row.path); !strings.Contains(stderr, row.want) {
			t.Errorf("%s: %s", row.reason, stderr)
		}
	}
	layOut(t, map[string]string{"jobs/grown.yaml": "operators: 4\n"})
	gitDo(t, "commit", "-q", "-a", "-m", "broken")
	layOut(t, map[string]string{"jobs/grown.yaml": job("grown", "9mb")})
	if _, stderr := udfplan(t, exitInput, "", "diff", "--git", "HEAD", "jobs/grown.yaml"); !strings.Contains(stderr, "HEAD:jobs/grown.yaml:1:12: error: operators must be a list") {
		t.Errorf("what is broken in the revision is told with it: %s", stderr)
	}
	if _, stderr := udfplan(t, exitInput, "", "diff", "--git", "HEAD", "jobs/same.yaml", "--max-size", "10b"); !strings.Contains(stderr, "HEAD:jobs/same.yaml: error: is larger than 10b") {
		t.Errorf("the old side has the same bound: %s", stderr)
	}
}

// TestDiffGitElsewhere: no repository is an error that says so.
func TestDiffGitElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	writeJob(t, "job.yaml", "operators: [{id: a}]\n")
	_, stderr := udfplan(t, exitInput, "", "diff", "--git", "main", "job.yaml")
	if !strings.Contains(stderr, "--git main: error: no such revision, or no git repository here") || !strings.Contains(stderr, "hint: is this a git repository") {
		t.Error(stderr)
	}
}
