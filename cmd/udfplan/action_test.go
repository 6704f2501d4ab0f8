package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// action is action.yml, as far as it goes: an unknown key is an error.
type action struct {
	Name, Description string
	Inputs            map[string]struct {
		Description, Default string
		Required             bool
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	ID, Uses, Shell, Run string
	With, Env            map[string]string
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func readAction(t *testing.T) (a action, script actionStep) {
	t.Helper()
	readYAML(t, "../../action.yml", &a)
	for _, step := range a.Runs.Steps {
		if step.Run != "" {
			return a, step
		}
	}
	t.Fatal("action.yml runs nothing")
	return a, script
}

// notFlags are the inputs that are about something else than how check judges.
var notFlags = []string{"files", "sarif", "junit", "go-version", "diff-base"}

// TestActionInputs: an input is a flag of check.
func TestActionInputs(t *testing.T) {
	help, _ := udfplan(t, exitWell, "", "check", "--help")
	flags := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^ +(?:-\w, +)?--([a-z-]+)`).FindAllStringSubmatch(help, -1) {
		flags[match[1]] = true
	}
	a, _ := readAction(t)
	for name, input := range a.Inputs {
		if flags[name] == slices.Contains(notFlags, name) {
			t.Errorf("input %s: a flag of check: %v", name, flags[name])
		}
		if input.Description == "" || input.Required != (name == "files") {
			t.Errorf("input %s: described %q, required %v", name, input.Description, input.Required)
		}
	}
	for _, name := range notFlags {
		if _, declared := a.Inputs[name]; !declared {
			t.Errorf("there is no input %s", name)
		}
	}
}

// TestActionUsesItsInputs: each is used, none is made up, and none becomes a part of the script.
func TestActionUsesItsInputs(t *testing.T) {
	a, script := readAction(t)
	used := map[string]bool{}
	for _, step := range a.Runs.Steps {
		for _, values := range []map[string]string{step.With, step.Env} {
			for _, value := range values {
				for _, match := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(value, -1) {
					used[match[1]] = true
				}
			}
		}
		if step.Uses != "" && !regexp.MustCompile(`^actions/setup-go@v\d+$`).MatchString(step.Uses) {
			t.Errorf("uses %s", step.Uses)
		}
	}
	declared, mentioned := slices.Sorted(maps.Keys(a.Inputs)), slices.Sorted(maps.Keys(used))
	if !slices.Equal(declared, mentioned) {
		t.Errorf("inputs\n%q are declared,\n%q are used", declared, mentioned)
	}
	if strings.Contains(script.Run, "${{") {
		t.Error("the script is put together from expressions: whoever sets an input could run commands")
	}
	for name := range script.Env {
		if !regexp.MustCompile(`\$\{?` + name + `\b`).MatchString(script.Run) {
			t.Errorf("the script does not read %s", name)
		}
	}
}

var expression = regexp.MustCompile(`\$\{\{ *([a-z_.-]+) *\}\}`)

// resolved is a value of env, its expressions evaluated.
func (a *action) resolved(t *testing.T, value, root string, inputs map[string]string) string {
	t.Helper()
	return expression.ReplaceAllStringFunc(value, func(text string) string {
		name := expression.FindStringSubmatch(text)[1]
		input, is := strings.CutPrefix(name, "inputs.")
		switch given, set := inputs[input]; {
		case is && set:
			return given
		case is:
			return a.resolved(t, a.Inputs[input].Default, root, inputs)
		case strings.HasPrefix(name, "github.event."):
			return inputs[name] // which GitHub gives
		case name != "github.action_path":
			t.Fatalf("nobody knows %s", name)
		}
		return root
	})
}

// actionRun is what came of the action's script.
type actionRun struct {
	exit                   exitCode
	said, summary, outputs string
}

// runAction runs the script as GitHub does, in the current folder. root is the repository's.
func runAction(t *testing.T, a *action, script *actionStep, root string, inputs map[string]string) actionRun {
	t.Helper()
	temp := t.TempDir()
	file := func(name string) string { return filepath.Join(temp, name) }
	writeJob(t, file("script.sh"), script.Run)
	writeJob(t, file("summary"), "")
	writeJob(t, file("outputs"), "")
	shell := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", file("script.sh"))
	shell.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+root, "RUNNER_TEMP="+temp,
		"GITHUB_STEP_SUMMARY="+file("summary"), "GITHUB_OUTPUT="+file("outputs"))
	for name, value := range script.Env {
		shell.Env = append(shell.Env, name+"="+a.resolved(t, value, root, inputs))
	}
	var r actionRun
	said, err := shell.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		r.exit = exitCode(exit.ExitCode())
	} else if err != nil {
		t.Fatal(err)
	}
	r.said, r.summary, r.outputs = string(said), readText(t, file("summary")), readText(t, file("outputs"))
	return r
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// actionRow is a use of the action in a repository with jobs: inputs as people give them, and parts of what comes out.
type actionRow struct {
	reason        string
	inputs        map[string]string
	exit          exitCode
	said, summary string // no summary: there is none at all
	reports       []string
}

var actionRows = []actionRow{
	{"all is well", map[string]string{"files": "jobs/\n"}, exitWell, "1 passed", "<!-- udfplan check -->", nil},
	{"all that can be asked for", map[string]string{"files": "jobs/*.yaml  more/job.yaml\nmore/an?other.yaml\n", "max-worker-memory": "64mb",
		"max-slot-python-memory": "1gb", "max-job-python-memory": "1gb", "flink-version": "1.20", "mode": "batch", "fail-on": "warning",
		"severity": "worker-memory=error\nunknown-option=off\n", "show-waived": "true", "sarif": "my report.sarif", "junit": "report.xml",
		"limits": "limits.yaml", "flink-conf": "config.yaml", "baseline": "jobs"},
		exitFindings, "::error file=more/an other.yaml,line=5,", "more/job.yaml", []string{"my report.sarif", "report.xml"}},
	{"another severity lets it pass", map[string]string{"files": "jobs", "max-worker-memory": "64mb", "severity": "worker-memory=warning"},
		exitWell, "::warning file=jobs/job.yaml,line=5,", "<!-- udfplan check -->", nil},
	{"what has changed", map[string]string{"files": "jobs", "diff-base": "HEAD", "mode": "batch", "flink-version": "1.20"},
		exitWell, "1 passed", "<!-- udfplan diff -->", nil},
	{"no such revision fails nothing", map[string]string{"files": "jobs", "diff-base": "v0"}, exitWell, "::warning::udfplan diff", "<!-- udfplan check -->", nil},
	{"names that a shell would run", map[string]string{"files": "$(touch${IFS}ran).yaml `touch ran` ;touch ran", "limits": "$(touch ran)", "diff-base": "HEAD"},
		exitInput, "$(touch${IFS}ran).yaml: error: cannot be read", "", nil},
	{"a name that looks like a flag", map[string]string{"files": "--help"}, exitInput, "--help: error: cannot be read", "", nil},
	{"no name at all", map[string]string{"files": " \n"}, exitUsage, "error: expected \"<file> ...\"", "", nil},
	{"neither true nor false", map[string]string{"files": "jobs", "show-waived": "yes"}, exitUsage, "::error::show-waived", "", nil},
}

// TestActionRuns runs what the action runs.
func TestActionRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	a, script := readAction(t)
	root, _ := filepath.Abs("../..")
	for _, row := range actionRows {
		t.Run(row.reason, func(t *testing.T) {
			t.Chdir(t.TempDir())
			before := layOutJobs(t)
			r := runAction(t, &a, &script, root, row.inputs)
			if r.exit != row.exit || !strings.Contains(r.said, row.said) || !strings.Contains(r.summary, row.summary) {
				t.Errorf("exit %d, want %d\n%s\nsummary:\n%s", r.exit, row.exit, r.said, r.summary)
			}
			r.checkSummary(t, row.summary != "")
			after, _ := filepath.Glob("*")
			if want := slices.Sorted(slices.Values(append(before, row.reports...))); !slices.Equal(after, want) {
				t.Errorf("in the folder are\n%q, want\n%q", after, want)
			}
		})
	}
}

// layOutJobs makes a repository of the current folder, and names what is in it.
func layOutJobs(t *testing.T) []string {
	t.Helper()
	for _, folder := range []string{"jobs", "more"} {
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"jobs/job.yaml", "more/job.yaml", "more/an other.yaml"} {
		writeJob(t, name, strings.Replace(workedJob, "clickstream-features", name, 1))
	}
	writeJob(t, "limits.yaml", "limits: {worker: {operators: 5}}\n")
	writeJob(t, "config.yaml", "taskmanager.memory.process.size: 8g\n")
	gitDo(t, "init", "-q")
	gitDo(t, "add", "-A")
	gitDo(t, "commit", "-q", "-m", "x")
	names, _ := filepath.Glob("*")
	return names
}

// checkSummary: the summary of the job has the file that the action gives out, or there is none.
func (r *actionRun) checkSummary(t *testing.T, wanted bool) {
	t.Helper()
	path, given := strings.CutPrefix(strings.TrimSuffix(r.outputs, "\n"), "summary-file=")
	switch {
	case given != wanted:
		t.Errorf("outputs are %q", r.outputs)
	case !wanted && r.summary != "":
		t.Errorf("the summary is\n%s", r.summary)
	case wanted:
		if text := readText(t, path); text == "" || !strings.HasPrefix(r.summary, text) {
			t.Errorf("the summary is\n%s\n%s is\n%s", r.summary, path, text)
		}
	}
}

// TestHook: what pre-commit is to run is a command. (.ci/gate lets pre-commit run it.)
func TestHook(t *testing.T) {
	var hooks []struct {
		ID, Name, Description, Entry, Language string
		TypesOr                                []string `yaml:"types_or"`
		Exclude                                string
		RequireSerial                          bool   `yaml:"require_serial"`
		Minimum                                string `yaml:"minimum_pre_commit_version"`
	}
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	for _, hook := range hooks {
		entry := strings.Fields(hook.Entry)
		if excluded := regexp.MustCompile(hook.Exclude); !excluded.MatchString("jobs/udfplan-job.schema.json") || excluded.MatchString("jobs/schema.json") {
			t.Errorf("hook %s excludes %q: it has to pass over what udfplan schema makes, and no job", hook.ID, hook.Exclude)
		}
		if hook.Language != "golang" || hook.ID != strings.Join(entry, "-") {
			t.Errorf("hook %s is in %s and runs %q", hook.ID, hook.Language, hook.Entry)
		}
		if info, err := os.Stat("../" + entry[0]); err != nil || !info.IsDir() {
			t.Errorf("go install makes no %s: %v", entry[0], err)
		}
		if help, _ := udfplan(t, exitWell, "", append(entry[1:], "--help")...); !strings.Contains(help, "Usage: "+hook.Entry+" <file>") {
			t.Errorf("%s is no command that takes files: %s", hook.Entry, help)
		}
	}
	if len(hooks) != 1 {
		t.Errorf("there are %d hooks", len(hooks))
	}
}
