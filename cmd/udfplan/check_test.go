package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"udfplan/spec/render"
)

// layOut writes files below the current folder.
func layOut(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		writeJob(t, name, text)
	}
}

// TestLimitsAreFound: without --limits, .udfplan.yaml is used, and people are told so.
func TestLimitsAreFound(t *testing.T) {
	t.Chdir(t.TempDir())
	layOut(t, map[string]string{"repo/.git/HEAD": "", "repo/.udfplan.yaml": "limits: {worker: {memory: 1mb}}\n", "repo/jobs/job.yaml": "operators: [{id: a, python: true}]\n",
		"repo/own/limits.yaml": "limits: {}\n"})
	t.Chdir("repo/jobs")
	for _, row := range []struct {
		reason string
		want   exitCode
		args   []string
		note   bool
	}{
		{"found above", exitFindings, nil, true},
		{"named ones are used alone", exitWell, []string{"--limits", "../own/limits.yaml"}, false},
		{"a flag is stronger", exitWell, []string{"--max-worker-memory", "1gb"}, true},
	} {
		_, stderr := udfplan(t, row.want, "", append([]string{"check", "job.yaml"}, row.args...)...)
		if strings.Contains(stderr, "../.udfplan.yaml: note: these limits are used") != row.note {
			t.Errorf("%s: %s", row.reason, stderr)
		}
	}
}

// manyJobs writes a folder of jobs, every seventh of which is too large and every eleventh warned of.
func manyJobs(t testing.TB, files int) {
	t.Helper()
	for i := range files {
		folder := fmt.Sprintf("jobs/%02d", i%20)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("name: job-%d\nflinkVersion: \"1.14\"\noperators:\n", i)
		for k := range 30 {
			text += fmt.Sprintf("  - id: operator-%d\n    name: Calc(select=[a, b], where=[k%d])\n", k, k)
			if k > 0 {
				text += fmt.Sprintf("    inputs: [operator-%d]\n", k-1)
			}
			switch {
			case k%3 == 1 && i%7 == 0:
				text += "    python: {userMemory: 300mb}\n"
			case k == 4 && i%11 == 0:
				text += "    python: {mode: thread}\n"
			case k%3 == 1:
				text += "    python: true\n"
			}
		}
		if err := os.WriteFile(fmt.Sprintf("%s/job-%d.yaml", folder, i), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCheckManyInOrder: however many processors there are, the same bytes come out.
func TestCheckManyInOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	manyJobs(t, 300)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	want := map[string]string{}
	for _, processors := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(processors)
		for _, format := range strings.Split(render.Names(render.CheckFormats), ",") {
			stdout, stderr := udfplan(t, exitFindings, "", "check", "jobs", "--max-worker-memory", "1gb", "-o", format)
			if stderr != "" {
				t.Fatal(stderr)
			}
			if processors == 1 {
				want[format] = stdout
			} else if stdout != want[format] {
				t.Errorf("%s: other bytes with %d processors", format, processors)
			}
		}
	}
	if line := "300 jobs, 9,000 operators, 300 workers: 233 passed, 24 warned, 43 failed, 0 waived\n"; !strings.HasSuffix(want["text"], line) {
		t.Errorf("no %q at the end of\n%.500s", line, want["text"][max(0, len(want["text"])-500):])
	}
}

// TestMarkdownHasRoom: thousands of findings stay below what a comment may have, and what is left out is counted.
func TestMarkdownHasRoom(t *testing.T) {
	t.Chdir(t.TempDir())
	long := strings.Repeat("<@&|", 100)
	text := ""
	for i := range 3000 {
		text += fmt.Sprintf("---\nname: \"%d%s\"\noperators: [{id: \"%s\", python: true}]\n", i, long, long)
	}
	writeJob(t, "many.yaml", text[4:])
	writeJob(t, "old.yaml", strings.ReplaceAll(text[4:], "python: true", "python: {userMemory: 1b}"))
	for _, args := range [][]string{{"check", "many.yaml", "--max-worker-memory", "1b", "-o", "markdown"}, {"diff", "old.yaml", "many.yaml", "-o", "markdown", "--exit-code"},
		{"diff", "many.yaml", "old.yaml", "-o", "markdown", "--max-increase", "0b"}} {
		stdout, _ := udfplan(t, exitFindings, "", args...)
		left := regexp.MustCompile(`\n([\d,]+) more (findings|changes) have no room here\.\n`)
		if len(stdout) > 65_536 || !left.MatchString(stdout) || strings.Count(stdout, "<details>") != strings.Count(stdout, "</details>") {
			t.Errorf("%s: %d characters, ends with\n%s", args[0], len(stdout), stdout[len(stdout)-300:])
		}
	}
}

// TestFingerprintsStay: when lines move and numbers change, a finding keeps its fingerprint; each has its own.
func TestFingerprintsStay(t *testing.T) {
	t.Chdir(t.TempDir())
	job := "name: j\nsharing: none\noperators:\n  - id: a\n    python: true\n  - id: b\n    python: true\n"
	moved := "# a comment\n\n" + strings.Replace(job, "id: a\n    python: true", "id: a\n    name: other\n    python: {userMemory: 5mb}", 1)
	for format, pattern := range map[string]string{"sarif": `"udfplan/v1": "(.+)"`, "gitlab": `"fingerprint": "(.+?)"`} {
		prints := func(text string) (prints []string) {
			writeJob(t, "job.yaml", text)
			stdout, _ := udfplan(t, exitFindings, "", "check", "job.yaml", "--max-worker-memory", "1mb", "-o", format)
			for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(stdout, -1) {
				prints = append(prints, found[1])
			}
			return prints
		}
		before, after := prints(job), prints(moved)
		if len(before) != 2 || before[0] == before[1] || fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("%s: %v, then %v", format, before, after)
		}
	}
}

// TestGitLabPath: GitLab knows a file by its path from the root of the repository, however it was named.
func TestGitLabPath(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	layOut(t, map[string]string{".git/HEAD": "", "jobs/team/job.yaml": "operators: [{id: a, python: true}]"})
	for _, row := range []struct{ folder, file, want string }{
		{".", "jobs/team/job.yaml", "jobs/team/job.yaml"},
		{".", "./jobs/../jobs/team", "jobs/team/job.yaml"},
		{"jobs", "team/job.yaml", "jobs/team/job.yaml"},
		{"jobs/team", "../team/*.yaml", "jobs/team/job.yaml"},
		{"jobs", filepath.Join(root, "jobs/team/job.yaml"), "jobs/team/job.yaml"},
	} {
		t.Chdir(filepath.Join(root, row.folder))
		stdout, _ := udfplan(t, exitFindings, "", "check", row.file, "--max-worker-memory", "1mb", "-o", "gitlab")
		if want := `"path": "` + row.want + `", `; strings.Count(stdout, want) != 1 {
			t.Errorf("%s in %s: no %s in\n%s", row.file, row.folder, want, stdout)
		}
	}
}

// TestReportsAreWhole: JSON and XML that others read are well-formed whatever the names are.
func TestReportsAreWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	writeJob(t, "job.yaml", "name: \"\\u0001 ]]> <&\\\" \\uFFFE \\U0001F600\"\noperators: [{id: \"\\x1b--> ]]>\", python: true}]\n")
	for _, more := range [][]string{nil, {"--show-waived"}} {
		args := append([]string{"check", "job.yaml", "--max-worker-memory", "1mb"}, more...)
		for _, format := range []string{"json", "sarif"} {
			if stdout, _ := udfplan(t, exitFindings, "", append(args, "-o", format)...); !json.Valid([]byte(stdout)) {
				t.Errorf("%s is no JSON", format)
			}
		}
		stdout, _ := udfplan(t, exitFindings, "", append(args, "-o", "junit")...)
		if err := xml.Unmarshal([]byte(stdout), new(struct{})); err != nil {
			t.Errorf("%v in\n%s", err, stdout)
		}
	}
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := progress{all: 20}
	p.start(&out, time.Millisecond, time.Millisecond)
	for range 7 {
		p.step()
	}
	time.Sleep(50 * time.Millisecond)
	p.end()
	if text := out.String(); !strings.Contains(text, "\r\x1b[Kchecked 7 of 20 files") || !strings.HasSuffix(text, "\r\x1b[K") {
		t.Errorf("%q", text)
	}
	s := session{cli: &cli{}, stderr: &out}
	if p := s.newProgress(1000); p.w != nil {
		t.Error("shown where nobody looks")
	}
}

// TestCheckUnmatchedGlobs: a flag that names operators must find one in some file, not in each.
func TestCheckUnmatchedGlobs(t *testing.T) {
	t.Chdir(t.TempDir())
	layOut(t, map[string]string{"a.yaml": "operators: [{id: a}]\n", "b.yaml": "operators: [{id: b}]\n"})
	_, stderr := udfplan(t, exitWell, "", "check", "a.yaml", "b.yaml", "--python-operator", "b", "--python-operator", "c")
	if strings.Contains(stderr, `"b"`) || !strings.Contains(stderr, `warning: --python-operator "c" matches no operator`) {
		t.Error(stderr)
	}
}

// BenchmarkCheck is a folder of many jobs: go test -bench Check/ -cpu 1,2 shows what a second processor is worth.
func BenchmarkCheck(b *testing.B) {
	b.Chdir(b.TempDir())
	manyJobs(b, 10_000)
	b.Run("10000", func(b *testing.B) {
		for b.Loop() {
			var out, errs bytes.Buffer
			if exit := run([]string{"check", "jobs", "--max-worker-memory", "1gb"}, strings.NewReader(""), &out, &errs); exit != exitFindings {
				b.Fatal(exit, errs.String())
			}
		}
	})
}

// TestNoteNoLimits: where nothing says what is allowed, check says where it looked; else it says nothing of that.
func TestNoteNoLimits(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	job, limits := "operators: [{id: a, python: true}]", "limits: {worker: {memory: 1gb}}"
	layOut(t, map[string]string{
		"plain/job.yaml": job, "plain/broken.yaml": "operators: 1", "plain/other.yaml": limits,
		"repo/.git/HEAD": "", "repo/jobs/job.yaml": job,
		"limited/.git/HEAD": "", "limited/.udfplan.yaml": limits, "limited/jobs/job.yaml": job,
		"above/.udfplan.yaml": limits, "above/repo/.git/HEAD": "", "above/repo/job.yaml": job,
	})
	const here, above = "in this folder, which is in no git repository", "in this folder or above it in the repository"
	for _, row := range []struct {
		reason, folder, args string
		exit                 exitCode
		where                string
	}{
		{"no repository", "plain", "job.yaml", exitWell, here},
		{"no repository: only this folder is looked at", ".", "limited/jobs/job.yaml", exitWell, here},
		{"a repository", "repo/jobs", "job.yaml", exitWell, above},
		{"its limits are above", "limited/jobs", "job.yaml", exitWell, ""},
		{"limits above the repository's root are not its own", "above/repo", "job.yaml", exitWell, above},
		{"a cluster bounds other things", "repo", "jobs --flink-version 1.10 -D taskmanager.memory.process.size=4g", exitWell, above},
		{"a baseline has no limits either", "plain", "job.yaml --baseline job.yaml", exitWell, here},
		{"a severity is no limit", "plain", "job.yaml --severity unknown-option=error", exitWell, here},
		{"a limit as a flag", "plain", "job.yaml --max-job-slots 9", exitWell, ""},
		{"a limits file that is named", "plain", "job.yaml --limits other.yaml", exitWell, ""},
		{"no notes", "plain", "job.yaml --quiet", exitWell, ""},
		{"first mend the job", "plain", "broken.yaml", exitInput, ""},
	} {
		t.Chdir(filepath.Join(root, row.folder))
		_, stderr := udfplan(t, row.exit, "", append([]string{"check"}, strings.Fields(row.args)...)...)
		if told := strings.Contains(stderr, "[no-limits]"); told != (row.where != "") || !strings.Contains(stderr, row.where) {
			t.Errorf("%s: %q, want %q", row.reason, stderr, row.where)
		}
	}
}
