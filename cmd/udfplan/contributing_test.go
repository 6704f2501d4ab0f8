package main

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestContributing: every file that CONTRIBUTING.md names is there, and every name stands in the file that it is said to stand in.
func TestContributing(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string][]string{}
	for name, file := range goFiles(t, 0) {
		declared[name] = declaredIn(file)
	}
	sections := strings.Split(string(text), "\n## ")[1:]
	titles := []string{"A document shape", "A configuration shape", "A rule", "A format", "A Flink version", "A fact about workers"}
	for i, section := range sections {
		title, _, _ := strings.Cut(section, "\n")
		if i >= len(titles) || title != titles[i] {
			t.Errorf("there is no recipe %q among %q", title, titles)
		}
	}
	if len(sections) != len(titles) {
		t.Errorf("%d recipes, want %d", len(sections), len(titles))
	}
	for _, problem := range badReferences(string(text), declared) {
		t.Error(problem)
	}
}

var (
	// `A`, `B` and `C` in `path`
	namesInPath = regexp.MustCompile("((?:`\\w+`(?:,| and| or)? )+)in `([\\w./-]+)`")
	inBackticks = regexp.MustCompile("`([^`]+)`")
	likeAPath   = regexp.MustCompile(`^\.?[\w-]+(/[\w.-]*)+$|^[\w-]+\.(go|md|py)$`)
	likeAName   = regexp.MustCompile(`^([A-Z]\w+|[a-z]+[A-Z]\w*)$`)
)

// badReferences says what a text names that is not there. declared are the names of each Go file.
func badReferences(text string, declared map[string][]string) (problems []string) {
	text = strings.Join(strings.Fields(text), " ")
	placed := map[string]bool{}
	for _, pair := range namesInPath.FindAllStringSubmatch(text, -1) {
		for _, name := range inBackticks.FindAllStringSubmatch(pair[1], -1) {
			placed[name[1]] = true
			if !stands(name[1], pair[2], declared) {
				problems = append(problems, name[1]+" does not stand in "+pair[2])
			}
		}
	}
	for _, quoted := range inBackticks.FindAllStringSubmatch(text, -1) {
		switch name := quoted[1]; {
		case likeAPath.MatchString(name):
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(name))); err != nil {
				problems = append(problems, "there is no "+name)
			}
		case likeAName.MatchString(name) && !placed[name]:
			problems = append(problems, name+" is in no file: the text does not say where it stands")
		}
	}
	return problems
}

func stands(name, file string, declared map[string][]string) bool {
	if path.Ext(file) == ".go" {
		return slices.Contains(declared[file], name)
	}
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(file)))
	return err == nil && strings.Contains(string(text), name)
}

// declaredIn are the names that a file declares: functions, methods, types, their fields, variables and constants.
func declaredIn(file *ast.File) (names []string) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			names = append(names, d.Name.Name)
		case *ast.GenDecl:
			ast.Inspect(d, func(node ast.Node) bool {
				switch n := node.(type) {
				case *ast.TypeSpec:
					names = append(names, n.Name.Name)
				case *ast.ValueSpec:
					names = append(names, identNames(n.Names)...)
				case *ast.Field:
					names = append(names, identNames(n.Names)...)
				}
				return true
			})
		}
	}
	return names
}

func identNames(idents []*ast.Ident) (names []string) {
	for _, ident := range idents {
		names = append(names, ident.Name)
	}
	return names
}

// TestContributingForbids: the rule itself can say no.
func TestContributingForbids(t *testing.T) {
	declared := map[string][]string{"plan/make.go": {"Make"}, "plan/share.go": {"share"}}
	for _, row := range []struct{ text, problem, reason string }{
		{"`Make` in `plan/make.go`; later `Make` again, and `udfplan`", "", "all is there"},
		{"`share` and\n`Make` in `plan/make.go`", "share does not stand in plan/make.go", "the names of a list, over the end of a line"},
		{"see `plan/makes.go`", "there is no plan/makes.go", "a file that is not there"},
		{"the folder `plan/`, `README.md`, `.ci/run`", "", "folders and other files"},
		{"`README.mad`, `a b/c`", "", "no paths"},
		{"call `makePlan` first", "makePlan is in no file: the text does not say where it stands", "a name alone cannot be checked"},
		{"`Flink's` in `README.md`", "", "no name"},
		{"`nowhereInThere` in `README.md`", "nowhereInThere does not stand in README.md", "a file that is not Go"},
	} {
		if got := strings.Join(badReferences(row.text, declared), "; "); got != row.problem {
			t.Errorf("%q: %q, want %q (%s)", row.text, got, row.problem, row.reason)
		}
	}
}
