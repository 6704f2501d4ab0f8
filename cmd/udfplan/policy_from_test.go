package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	tightLimits = "limits: {worker: {memory: 256mb}}\n"
	laxLimits   = "limits: {worker: {memory: 1gb}}\n"
	largeJob    = "name: etl\noperators: [{id: embed, python: {userMemory: 300mb}}]\n"
)

// TestPolicyFromLimits: which limits file a revision has, wherever it lies and whatever it is now: no change of it opens the gate.
func TestPolicyFromLimits(t *testing.T) {
	link := func(target, name string) func(*testing.T) {
		return func(t *testing.T) {
			_ = os.Remove(name)
			if err := os.Symlink(target, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(*testing.T) { return func(t *testing.T) { _ = os.RemoveAll(name) } }
	write := func(name, text string) func(*testing.T) {
		return func(t *testing.T) { layOut(t, map[string]string{name: text}) }
	}
	both := func(do ...func(*testing.T)) func(*testing.T) {
		return func(t *testing.T) {
			for _, f := range do {
				f(t)
			}
		}
	}
	for _, row := range []struct {
		reason         string
		before, change func(*testing.T)
		folder, args   string
		exit           exitCode
		says           []string // on standard output or error
	}{
		{"a link to a file of the repository, whose target is changed", both(write("shared/l.yaml", tightLimits), link("shared/l.yaml", ".udfplan.yaml")), write("shared/l.yaml", laxLimits), ".", "", exitFindings,
			[]string{"embed\" needs 379mb; the limit is 256mb", ".udfplan.yaml:1:27: error: the limit of worker.memory is loosened from 256mb to 1gb", "main:.udfplan.yaml: note: these limits are used"}},
		{"a file becomes a link to another", both(write("lax.yaml", laxLimits), write(".udfplan.yaml", tightLimits)), link("lax.yaml", ".udfplan.yaml"), ".", "", exitFindings, []string{"the limit is 256mb", "is loosened from 256mb to 1gb"}},
		{"a file becomes a link out of the repository", write(".udfplan.yaml", tightLimits), link("../lax.yaml", ".udfplan.yaml"), ".", "", exitFindings, []string{"the limit is 256mb", "is loosened from 256mb to 1gb"}},
		{"a file becomes a link to nothing", write(".udfplan.yaml", tightLimits), link("nothing.yaml", ".udfplan.yaml"), ".", "", exitFindings, []string{"the limit is 256mb", "the limits file is removed"}},
		{"a file becomes a folder", write(".udfplan.yaml", tightLimits), both(remove(".udfplan.yaml"), write(".udfplan.yaml/x", "")), ".", "", exitInput, []string{".udfplan.yaml: error: cannot be read: is a directory"}},
		{"a link that led out of the repository", link("../lax.yaml", ".udfplan.yaml"), write(".udfplan.yaml", tightLimits), ".", "", exitInput, []string{"main:.udfplan.yaml: error: cannot be read: it is a symbolic link that leads out"}},
		{"the nearer of two is deleted", both(write(".udfplan.yaml", laxLimits), write("jobs/.udfplan.yaml", tightLimits)), remove("jobs/.udfplan.yaml"), "jobs", "", exitFindings,
			[]string{"the limit is 256mb", "../.udfplan.yaml:1:1: note: this limits file is read in place of .udfplan.yaml, which main has", "../.udfplan.yaml:1:27: error: the limit of worker.memory is loosened"}},
		{"a copy of it lies nearer", write(".udfplan.yaml", tightLimits), write("jobs/.udfplan.yaml", tightLimits), "jobs", "", exitFindings, []string{"the limit is 256mb", "note: this limits file is read in place of ../.udfplan.yaml", "1 failed, 0 waived\n"}},
		{"one in a folder where the gate does not run", write(".udfplan.yaml", tightLimits), write("jobs/.udfplan.yaml", laxLimits), ".", "", exitFindings, []string{"the limit is 256mb", "1 failed, 0 waived\n"}},
		{"none, and none now", write("x", ""), write("y", ""), ".", "", exitWell, []string{"1 passed"}},
		{"named, from another folder", write("conf/l.yaml", tightLimits), write("conf/l.yaml", laxLimits), "jobs", "--limits ../conf/l.yaml", exitFindings, []string{"the limit is 256mb", "../conf/l.yaml:1:27: error: the limit of worker.memory is loosened"}},
		{"named, and renamed with the workflow", write("l.yaml", tightLimits), both(remove("l.yaml"), write("m.yaml", tightLimits)), ".", "--limits m.yaml", exitFindings, []string{"m.yaml:1:1: error: main has no such limits file"}},
		{"named, and outside of the repository: no change of it", write("x", ""), write("y", ""), ".", "--limits ../lax.yaml", exitWell, []string{"../lax.yaml: note: lies outside of the repository"}},
		{"named as outside, by a link inside", write("x", ""), link("..", "up"), ".", "--limits up/lax.yaml", exitFindings, []string{"up/lax.yaml:1:1: error: main has no such limits file"}},
		{"a flag is the workflow's", write(".udfplan.yaml", tightLimits), write(".udfplan.yaml", laxLimits), ".", "--max-worker-memory 1gb --severity policy-changed=note", exitWell, []string{"1 passed", "note: the limit of worker.memory is loosened"}},
		{"a file that is too large there", write(".udfplan.yaml", tightLimits+strings.Repeat("#", 900)), write(".udfplan.yaml", laxLimits), ".", "--max-size 500b", exitInput, []string{"main:.udfplan.yaml: error: is larger than 500b"}},
		{"nothing fails, and still it is seen", write(".udfplan.yaml", tightLimits), write(".udfplan.yaml", laxLimits), ".", "--fail-on never", exitWell, []string{"error: the limit of worker.memory is loosened"}},
	} {
		t.Run(row.reason, func(t *testing.T) {
			home := t.TempDir()
			t.Chdir(home)
			layOut(t, map[string]string{"lax.yaml": laxLimits, "repo/jobs/etl.yaml": largeJob})
			t.Chdir("repo")
			row.before(t)
			gitDo(t, "init", "-q")
			gitDo(t, "add", "-A")
			gitDo(t, "commit", "-q", "-m", "x")
			row.change(t)
			t.Chdir(row.folder)
			job, _ := filepath.Rel(filepath.Join(home, "repo", row.folder), filepath.Join(home, "repo/jobs/etl.yaml"))
			stdout, stderr := udfplan(t, row.exit, "", append([]string{"check", job, "--policy-from", "main"}, strings.Fields(row.args)...)...)
			for _, says := range row.says {
				if !strings.Contains(stdout+stderr, says) {
					t.Errorf("no %q in\n%s%s", says, stdout, stderr)
				}
			}
		})
	}
}

// TestPolicyFromJobs: which waivers of a job file are in force: those that the revision has of the same job, at the operator of the same id.
func TestPolicyFromJobs(t *testing.T) {
	const waiver = "  # udfplan: ignore worker-memory until 2027-01-31 -- agreed\n"
	job := func(name, waiver string) string {
		return "name: " + name + "\noperators:\n" + waiver + "  - id: embed\n    python: {userMemory: 300mb}\n"
	}
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	writeJob(t, outside, job("outside", waiver))
	for _, row := range []struct {
		reason      string
		before, now map[string]string
		args        string
		passed      string // of the summary
		loosened    int
	}{
		{"the same", map[string]string{"a.yaml": job("a", waiver)}, nil, "a.yaml", "1 passed, 0 warned, 0 failed, 1 waived", 0},
		{"by another path", map[string]string{"a.yaml": job("a", waiver)}, nil, "../repo/a.yaml", "1 passed, 0 warned, 0 failed, 1 waived", 0},
		{"from a file that git does not know", map[string]string{"x.yaml": "", ".gitignore": "a.yaml"}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"from outside of the repository", map[string]string{"x.yaml": ""}, nil, outside, "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"from standard input", map[string]string{"x.yaml": ""}, nil, "-", "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"the only job of a file has another name", map[string]string{"a.yaml": job("a", waiver)}, map[string]string{"a.yaml": job("b", waiver)}, "a.yaml", "1 passed, 0 warned, 0 failed, 1 waived", 0},
		{"one of two has", map[string]string{"a.yaml": job("a", waiver) + "---\n" + job("b", "")}, map[string]string{"a.yaml": job("b", "") + "---\n" + job("c", waiver)}, "a.yaml", "1 passed, 0 warned, 1 failed, 1 waived", 0},
		{"a third job comes into a file", map[string]string{"a.yaml": job("a", waiver) + "---\n" + job("b", "")}, map[string]string{"a.yaml": job("c", waiver) + "---\n" + job("a", waiver) + "---\n" + job("b", "")}, "a.yaml", "1 passed, 0 warned, 2 failed, 1 waived", 1},
		{"the jobs of a file change places", map[string]string{"a.yaml": job("a", waiver) + "---\n" + job("b", "")}, map[string]string{"a.yaml": job("b", "") + "---\n" + job("a", waiver)}, "a.yaml", "1 passed, 0 warned, 1 failed, 1 waived", 0},
		{"their waiver does", map[string]string{"a.yaml": job("a", waiver) + "---\n" + job("b", "")}, map[string]string{"a.yaml": job("a", "") + "---\n" + job("b", waiver)}, "a.yaml", "1 passed, 0 warned, 1 failed, 1 waived", 1},
		{"of the whole job, where it was of the operator", map[string]string{"a.yaml": job("a", waiver)}, map[string]string{"a.yaml": "# udfplan: ignore worker-memory -- agreed\n" + job("a", "")}, "a.yaml", "0 passed, 0 warned, 1 failed, 1 waived", 1},
		{"of the operator, where it was of the whole job", map[string]string{"a.yaml": "# udfplan: ignore worker-memory -- agreed\n" + job("a", "")}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "1 passed, 0 warned, 0 failed, 1 waived", 0},
		{"a second rule in it", map[string]string{"a.yaml": job("a", waiver)}, map[string]string{"a.yaml": job("a", strings.Replace(waiver, "memory", "memory, job-slots", 1))}, "a.yaml", "0 passed, 0 warned, 1 failed, 1 waived", 1},
		{"one that had no reason", map[string]string{"a.yaml": job("a", "  # udfplan: ignore worker-memory\n")}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"one that could not be read", map[string]string{"a.yaml": job("a", "  # udfplan: ingore worker-memory -- x\n")}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"a file that had a mistake", map[string]string{"a.yaml": job("a", waiver) + "    pyton: true\n"}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "0 passed, 0 warned, 1 failed, 0 waived", 1},
		{"a file took the place of the folder that it lay in", map[string]string{"a.yaml/x": job("a", waiver)}, map[string]string{"a.yaml": job("a", waiver)}, "a.yaml", "1 passed, 0 warned, 0 failed, 1 waived", 0},
		{"the waiver of a file that is gone does not go to another", map[string]string{"a.yaml": job("a", waiver)}, map[string]string{"b.yaml": strings.Repeat("# quite another file\n", 40) + job("a", waiver)}, "b.yaml", "0 passed, 0 warned, 1 failed, 0 waived", 1},
	} {
		t.Run(row.reason, func(t *testing.T) {
			t.Chdir(t.TempDir())
			layOut(t, map[string]string{"repo/.udfplan.yaml": tightLimits})
			t.Chdir("repo")
			layOut(t, row.before)
			gitDo(t, "init", "-q")
			gitDo(t, "add", "-A")
			gitDo(t, "commit", "-q", "-m", "x")
			if row.now != nil {
				gitDo(t, "rm", "-q", "-r", ".")
				layOut(t, map[string]string{".udfplan.yaml": tightLimits})
			}
			layOut(t, row.now)
			gitDo(t, "add", "-A")
			stdout, stderr := printed(t, job("stdin", waiver), "check", row.args, "--policy-from", "main", "--today", "2026-12-24")
			if !strings.Contains(stdout, row.passed) || strings.Count(stdout, "error: the waiver of") != row.loosened {
				t.Errorf("want %s, and %d waivers that are not in force; is\n%s%s", row.passed, row.loosened, stdout, stderr)
			}
		})
	}
}

// printed runs a command whose exit code its output says.
func printed(t *testing.T, stdin string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	run(args, strings.NewReader(stdin), &out, &err)
	return out.String(), err.String()
}

// TestPolicyFromShallow: a clone without the revision opens no gate, and says how to get it.
func TestPolicyFromShallow(t *testing.T) {
	t.Chdir(t.TempDir())
	layOut(t, map[string]string{"repo/.udfplan.yaml": tightLimits, "repo/job.yaml": largeJob})
	t.Chdir("repo")
	gitDo(t, "init", "-q")
	gitDo(t, "add", "-A")
	gitDo(t, "commit", "-q", "-m", "x")
	first, _ := exec.Command("git", "rev-parse", "HEAD").Output()
	layOut(t, map[string]string{".udfplan.yaml": laxLimits})
	gitDo(t, "commit", "-q", "-a", "-m", "y")
	here, _ := filepath.Abs(".")
	gitDo(t, "clone", "-q", "--depth", "1", "file://"+here, "../clone")
	t.Chdir("../clone")
	_, stderr := udfplan(t, exitInput, "", "check", "job.yaml", "--policy-from", strings.TrimSpace(string(first)))
	if !strings.Contains(stderr, "error: there is no such revision here") || !strings.Contains(stderr, "fetch-depth: 0") {
		t.Error(stderr)
	}
	for _, name := range []string{"", "-h", "nowhere"} {
		if _, stderr := udfplan(t, exitInput, "", "check", "job.yaml", "--policy-from="+name); !strings.Contains(stderr, "--policy-from "+name+": error: there is no such revision here") {
			t.Errorf("%q: %s", name, stderr)
		}
	}
	t.Chdir(t.TempDir())
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	writeJob(t, "job.yaml", largeJob)
	if _, stderr := udfplan(t, exitInput, "", "check", "job.yaml", "--policy-from", "main"); !strings.Contains(stderr, "--policy-from main: error: fatal: not a git repository") {
		t.Error(stderr)
	}
}
