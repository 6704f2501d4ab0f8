package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"udfplan/graph/source"
)

// codeRows produce the codes that no golden case does.
var codeRows = []struct{ code, args, stdin string }{
	{source.CodeAmbiguousNames, "compile -", `{"plan": {"jid": "j", "name": "n", "type": "STREAMING", "nodes": [{"id": "x", "parallelism": 1, "description": "a -> (b, c)"}]}}`},
	{source.CodeBadLook, "measure -", "udfplan measure 1\nsaw 5\n"},
	{source.CodeBadMerge, "compile -", "<<: 1\noperators: [{id: a}]"},
	{source.CodeBadTag, "compile -", "name: !!int x\noperators: [{id: a}]"},
	{source.CodeBadTree, "compile -", "== Abstract Syntax Tree ==\nx\n\n== Optimized Execution Plan ==\nCalc(a)\n      +- Scan(b)\n"},
	{source.CodeBadYAMLValue, "capacity --conf-syntax standard --flink-conf -", "a: !foo x"},
	{source.CodeEmptyDocument, "compile -", "---\n---\noperators: [{id: a}]"},
	{source.CodeKeyNotText, "compile -", "1: x\noperators: [{id: a}]"},
	{source.CodeNoWorkers, "measure -", "udfplan measure 1\nlook 0\n"},
	{source.CodeNotAPlan, "diff - plan.yaml", "kind: Plan\napiVersion: udfplan/v1\njob: j\n---\nkind: Job\noperators: []"},
	{source.CodeSecondDocument, "capacity --conf-syntax standard --flink-conf -", "a: 1\n---\nb: 2"},
	{source.CodeUnknownName, "capacity --flink-conf=-#x", "a: 1"},
	{source.CodeUnknownTag, "compile -", "name: !foo x\noperators: [{id: a}]"},
	{source.CodeUnusedParallelism, "capacity --flink-conf - --verbose", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec: {flinkVersion: v1_20, flinkConfiguration: {}, taskManager: {replicas: 2, resource: {memory: 2g}}, job: {parallelism: 3}}"},
}

// TestEveryCodeIsProduced: each code of the table comes out of the program, in a golden case or here.
func TestEveryCodeIsProduced(t *testing.T) {
	shown := map[string]bool{}
	note := func(text string) {
		for _, found := range regexp.MustCompile(`\[([a-z0-9-]+)\]`).FindAllStringSubmatch(text, -1) {
			shown[found[1]] = true
		}
	}
	files, _ := filepath.Glob(filepath.Join(goldenFolder, "*", "std*"))
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && filepath.Base(file) != "stdin" {
			note(string(text))
		}
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("plan.yaml", []byte("operators: [{id: a}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range codeRows {
		var out, errs bytes.Buffer
		run(strings.Fields(row.args), strings.NewReader(row.stdin), &out, &errs)
		if !strings.Contains(errs.String(), "["+row.code+"]") {
			t.Errorf("%s is not produced by udfplan %s:\n%s", row.code, row.args, errs.String())
		}
		note(errs.String())
	}
	for i, code := range source.Codes {
		if !shown[code.ID] || code.Doc == "" {
			t.Errorf("%s: produced %v, %q", code.ID, shown[code.ID], code.Doc)
		}
		if i > 0 && source.Codes[i-1].ID >= code.ID {
			t.Errorf("%s is not in order", code.ID)
		}
	}
	if len(source.Codes) < 60 || slices.ContainsFunc(source.Codes, func(c source.Code) bool { return strings.Trim(c.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" }) {
		t.Errorf("%d codes", len(source.Codes))
	}
}

// TestCodesStandOnce: nobody tells a code by its letters.
func TestCodesStandOnce(t *testing.T) {
	told := regexp.MustCompile(`(?:Errorf|Warnf|Notef)\([^"\n]*, "[a-z0-9-]+",|\.Code [!=]= "[a-z]|Code: +"[a-z]|\.Has\("`)
	read := 0
	for _, l := range layout {
		files, _ := filepath.Glob(filepath.Join("..", "..", l.folder, "*.go"))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if read++; err == nil && !strings.HasSuffix(file, "_test.go") {
				if found := told.FindString(string(text)); found != "" {
					t.Errorf("%s: %s: use a constant of graph/source/codes.go", file, found)
				}
			}
		}
	}
	if read < 100 {
		t.Fatalf("%d files", read)
	}
}
