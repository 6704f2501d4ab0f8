package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pullRequestBase is what GitHub calls the commit that a pull request is to be merged into; empty in other events.
const pullRequestBase = "github.event.pull_request.base.sha"

// TestActionPolicyFrom: a pull request does not open its own gate, unless the workflow says so.
func TestActionPolicyFrom(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	a, script := readAction(t)
	root, _ := filepath.Abs("../..")
	home := t.TempDir()
	t.Chdir(home)
	layOut(t, map[string]string{"repo/.udfplan.yaml": "limits: {worker: {memory: 64mb}}\n", "repo/jobs/job.yaml": workedJob})
	t.Chdir("repo")
	gitDo(t, "init", "-q")
	gitDo(t, "add", "-A")
	gitDo(t, "commit", "-q", "-m", "base")
	out, _ := exec.Command("git", "rev-parse", "HEAD").Output()
	before := strings.TrimSpace(string(out))
	writeJob(t, ".udfplan.yaml", "limits: {worker: {memory: 1gb}}\n")
	gitDo(t, "commit", "-q", "-a", "-m", "a pull request")
	gitDo(t, "clone", "-q", "--depth", "1", "file://"+filepath.Join(home, "repo"), "../shallow")
	gitDo(t, "clone", "-q", "--depth", "1", "file://"+filepath.Join(home, "repo"), "../alone")
	t.Chdir("../alone")
	gitDo(t, "remote", "remove", "origin")
	const loosened, passed = "the limit of worker.memory is loosened from 64mb to 1gb", "1 passed, 0 warned, 0 failed, 0 waived"
	for _, row := range []struct {
		reason, folder string
		inputs         map[string]string
		exit           exitCode
		says           string
	}{
		{"a pull request", "repo", map[string]string{pullRequestBase: before}, exitFindings, loosened},
		{"another event", "repo", map[string]string{}, exitWell, passed},
		{"switched off", "repo", map[string]string{pullRequestBase: before, "policy-from": "none"}, exitWell, passed},
		{"a revision that was chosen", "repo", map[string]string{"policy-from": "HEAD^"}, exitFindings, loosened},
		{"the workflow makes a warning of it", "repo", map[string]string{pullRequestBase: before, "severity": "policy-changed=warning", "max-worker-memory": "1gb"}, exitWell, "::warning file=.udfplan.yaml,line=1,"},
		{"an option is no revision", "repo", map[string]string{"policy-from": "--upload-pack=touch ran"}, exitInput, "error: there is no such revision here"},
		{"a shallow checkout cannot fetch it", "alone", map[string]string{pullRequestBase: before}, exitInput, "fetch-depth: 0"},
		{"a shallow checkout", "shallow", map[string]string{pullRequestBase: before}, exitFindings, loosened},
	} {
		t.Chdir(filepath.Join(home, row.folder))
		row.inputs["files"] = "jobs"
		if r := runAction(t, &a, &script, root, row.inputs); r.exit != row.exit || !strings.Contains(r.said, row.says) {
			t.Errorf("%s: exit %d, want %d\n%s", row.reason, r.exit, row.exit, r.said)
		}
		if names, _ := filepath.Glob("*"); len(names) != 3 { // .git, the limits and the jobs
			t.Errorf("%s: in the folder are %q", row.reason, names)
		}
	}
}
