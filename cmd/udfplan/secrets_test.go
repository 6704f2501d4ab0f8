package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"udfplan/graph/source"
	"udfplan/spec/render"
)

// planted stands where only the owner of a secret may see it.
const planted = "PLANTED"

// secretShapes are files with one option whose value nobody may see; KEY is its name, VALUE what is hidden. Most are broken
// beside it, as the lines of a file are printed only with a problem.
var secretShapes = []struct{ name, file, text string }{
	{"job, block", "job.yaml", "name: n\nconfig:\n  KEY: VALUE\n  \"KEY\": 'VALUE'\noperators: [{id: a, python: true}]\n"},
	{"job, a list for a value", "job.yaml", "config:\n  KEY: [VALUE]\n  KEY: {a: VALUE}\noperators: [{id: a}]\n"},
	{"job, a block for a value", "job.yaml", "config:\n  KEY: |\n    VALUE\n    VALUE\n  KEY: >-\n    VALUE\n  nope: [1]\noperators: [{id: a}]\n"},
	{"job, flow", "job.yaml", "{name: n, config: {KEY: VALUE, nope: [1], \"KEY\": \"VALUE\"}, operators: [{id: a, x: 1}]}\n"},
	{"job, one line of JSON", "job.yaml", `{"name":1e,"config":{"KEY":"VALUE","a":[1],"KEY":["VALUE"]},"operators":[{"id":"a","y":1}]}`},
	{"job, JSON that ends early", "job.yaml", `{"operators":[{"id":"a"}],"config":{"KEY":"VALUE"`},
	{"job, JSON", "job.yaml", "{\n \"config\": {\n  \"KEY\": \"VALUE\", \"b\": [],\n  \"KEY\":\n   \"VALUE\"\n },\n \"operators\": [{\"id\": \"a\"}]\n}\n"},
	{"job, a key at the wrong place", "job.yaml", "KEY: VALUE\noperators: [{id: a, KEY: VALUE}]\n"},
	{"job, an anchor", "job.yaml", "config:\n  KEY: &y VALUE\n  KEY: *y\noperators: [{id: a}]\n"},
	{"limits beside a job", "limits.yaml", "limits: {worker: {memory: 1mb}}\nKEY: VALUE\nwaivers:\n- {KEY: VALUE}\n"},
	{"flink-conf.yaml", "flink-conf.yaml", "taskmanager.memory.process.size: 4g\nKEY: VALUE\nKEY:VALUE\nKEY=VALUE\nKEY VALUE\ntaskmanager.numberOfTaskSlots: x\n"},
	{"config.yaml", "config.yaml", "taskmanager:\n  memory: {process: {size: 4x}}\nKEY: VALUE\n\"KEY\": [VALUE, VALUE]\na: !foo\n"},
	{"config.yaml, nested", "config.yaml", "NESTED\ntaskmanager.memory.process.size: x\n"},
	{"REST /jobmanager/config", "config.json", `[{"key":"KEY","value":"VALUE"},{"key":"taskmanager.memory.process.size","value":"x"},{"key":"KEY","value":["VALUE"]}]`},
	{"FlinkDeployment", "deployment.yaml", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  flinkVersion: v1_20\n  flinkConfiguration:\n    KEY: VALUE\n    \"KEY\": [VALUE]\n" +
		"    taskmanager.numberOfTaskSlots: x\n  taskManager: {resource: {memory: 2g}}\n  podTemplate: {spec: {containers: [{name: m, env: [{name: KEY, value: VALUE}, {name: KEY\n, value: VALUE}]}]}}\n"},
	{"ConfigMap", "configmap.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  flink-conf.yaml: |\n    KEY: VALUE\n    KEY:VALUE\n    taskmanager.numberOfTaskSlots: x\n"},
	{"docker compose", "compose.yml", "services:\n  taskmanager:\n    image: flink:1.20\n    command: taskmanager\n    environment:\n      - |\n        FLINK_PROPERTIES=\n        taskmanager.numberOfTaskSlots: x\n        KEY: VALUE\n        KEY:VALUE\n      - KEY=VALUE\n"},
	{"an execution plan", "plan.json", `{"nodes":[{"id":1,"type":"Source: s","pact":"x","parallelism":x,"KEY":"VALUE"}],"KEY":"VALUE"}`},
}

// secretRuns are the commands that such a file is given to, in every format.
func secretRuns(file string) (runs [][]string) {
	job := []string{file}
	switch file {
	case "limits.yaml":
		for _, format := range render.CheckFormats {
			runs = append(runs, []string{"check", "job.yaml", "--limits", file, "-o", format.Name})
		}
		return append(runs, []string{"rules", "--limits", file})
	case "flink-conf.yaml", "config.yaml", "config.json", "deployment.yaml", "configmap.yaml", "compose.yml":
		for _, format := range render.CapacityFormats {
			runs = append(runs, []string{"capacity", "job.yaml", "--flink-conf", file, "-o", format.Name, "--verbose"})
		}
		runs = append(runs, []string{"import", "job.yaml", "--flink-conf", file}, []string{"check", "job.yaml", "--flink-conf", file, "-o", "sarif"})
	}
	for _, format := range render.Formats {
		runs = append(runs, append([]string{"compile", "-o", format.Name, "--verbose"}, job...))
	}
	for _, format := range render.CheckFormats {
		runs = append(runs, append([]string{"check", "-o", format.Name, "--max-worker-memory", "1mb"}, job...))
	}
	for _, format := range render.ExplanationFormats {
		runs = append(runs, append([]string{"explain", "-o", format.Name}, job...))
	}
	for _, format := range render.DiffFormats {
		runs = append(runs, []string{"diff", "-o", format.Name, "job.yaml", file}, []string{"diff", "-o", format.Name, file, "other.yaml"})
	}
	return append(runs, []string{"import", file}, []string{"capacity", file, "-o", "yaml"})
}

// nestedKey writes a key part by part, as config.yaml may.
func nestedKey(key, value string) string {
	var out strings.Builder
	parts := strings.Split(key, ".")
	for i, part := range parts {
		out.WriteString(strings.Repeat("  ", i) + part + ":")
		if i < len(parts)-1 {
			out.WriteString("\n")
		}
	}
	return out.String() + " " + value
}

// leaks runs a command, and is what shows the secret.
func leaks(args []string) string {
	var out, errs bytes.Buffer
	run(args, strings.NewReader(""), &out, &errs)
	for _, text := range []string{out.String(), errs.String()} {
		for line := range strings.Lines(text) {
			if strings.Contains(line, planted) {
				return fmt.Sprintf("udfplan %s: %s", strings.Join(args, " "), line)
			}
		}
	}
	return ""
}

func writeSecret(t *testing.T, file, text, key, value, behind string) {
	t.Helper()
	text = strings.ReplaceAll(text, "NESTED", nestedKey(key, value))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "KEY", key), "VALUE", value)
	for name, text := range map[string]string{"job.yaml": "operators: [{id: a, python: true}]\n", "other.yaml": "name: o\noperators: [{id: a, python: true}]\n", file: text + behind} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSecrets: behind every sensitive word, in every shape, for every command and format.
func TestSecrets(t *testing.T) {
	t.Chdir(t.TempDir())
	words := slices.Clone(source.SensitiveWords)
	for i, word := range words {
		words[i] = "a." + word + ".b"
	}
	for _, shape := range secretShapes {
		for i, word := range append(words, "s3.SECRET-key") {
			writeSecret(t, shape.file, shape.text, word, planted, "")
			runs := secretRuns(shape.file)
			if i > 0 { // every format with one word, every word with one format
				runs = [][]string{runs[i%len(runs)], {"import", shape.file}}
			}
			for _, args := range runs {
				if leak := leaks(args); leak != "" {
					t.Errorf("%s, %s: %s", shape.name, word, leak)
				}
			}
		}
	}
	for _, flag := range []string{"-Da.password=" + planted, "-D a.password " + planted} {
		if leak := leaks([]string{"compile", "job.yaml", flag}); leak != "" {
			t.Error(leak)
		}
	}
}

// FuzzSecrets: whatever comes behind the secret, and whatever the secret is.
func FuzzSecrets(f *testing.F) {
	for i, shape := range secretShapes {
		f.Add(uint8(i), uint8(i), "-x9", "\n")
		f.Add(uint8(i), uint8(2*i), "a b", "\n"+shape.text)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, shape, word uint8, rest, behind string) {
		if strings.ContainsAny(rest, "\r\n\t\"'\\:{}[],&*!|>%@`#") || len(behind) > 2000 {
			t.Skip() // then it is no value of this key any more
		}
		t.Chdir(folder)
		s := secretShapes[int(shape)%len(secretShapes)]
		writeSecret(t, s.file, s.text, "x."+source.SensitiveWords[int(word)%len(source.SensitiveWords)], planted+rest, behind)
		runs := secretRuns(filepath.Base(s.file))
		for _, args := range [][]string{runs[int(word)%len(runs)], {"import", s.file}} {
			if leak := leaks(args); leak != "" {
				t.Errorf("%s: %s", s.name, leak)
			}
		}
	})
}
