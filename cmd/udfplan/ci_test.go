package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// raced are the files that start goroutines, each with the test in which several of them run.
var raced = map[string]string{
	"cmd/udfplan/internal/python/run.go": "TestExportTimeout",
	"cmd/udfplan/measure.go":             "TestMeasureProgram",
	"cmd/udfplan/parallel.go":            "TestCheckManyInOrder|TestDiffGit",
	"cmd/udfplan/progress.go":            "TestProgress",
}

// TestRaceCoversWhatIsParallel: .ci/run has the race detector watch everything that is parallel.
func TestRaceCoversWhatIsParallel(t *testing.T) {
	run, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	var tests []string
	for _, name := range slices.Sorted(maps.Keys(raced)) {
		tests = append(tests, raced[name])
		if !slices.Contains(startGoroutines(t), name) {
			t.Errorf("%s starts no goroutine", name)
		}
	}
	if line := "go test -race -count=1 -run '^(" + strings.Join(tests, "|") + ")$' ./cmd/udfplan\n"; !strings.Contains(string(run), line) {
		t.Errorf(".ci/run has no line %s", line)
	}
	for _, name := range startGoroutines(t) {
		if raced[name] == "" {
			t.Errorf("%s starts a goroutine, and the race detector watches no test of it", name)
		}
	}
}

// startGoroutines are the files, tests aside, that do: with the word go, or with WaitGroup.Go.
func startGoroutines(t *testing.T) (names []string) {
	t.Helper()
	for name, file := range goFiles(t, 0) {
		ast.Inspect(file, func(node ast.Node) bool {
			call, isCall := node.(*ast.CallExpr)
			_, starts := node.(*ast.GoStmt)
			if isCall {
				method, isMethod := call.Fun.(*ast.SelectorExpr)
				starts = isMethod && method.Sel.Name == "Go"
			}
			if starts && !strings.HasSuffix(name, "_test.go") && !slices.Contains(names, name) {
				names = append(names, name)
			}
			return true
		})
	}
	return names
}

// goFiles are the Go files of the repository, by name.
func goFiles(t *testing.T, mode parser.Mode) map[string]*ast.File {
	t.Helper()
	root, files := filepath.Join("..", ".."), map[string]*ast.File{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		name, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(name)], err = parser.ParseFile(token.NewFileSet(), path, nil, mode)
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	return files
}
