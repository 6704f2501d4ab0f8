package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layout is design.md 5: the packages from left to right. Each imports only those before it, and of
// other people's modules only its own.
var layout = []struct {
	folder  string
	modules []string
}{
	{"testdata/flink/truth", nil},                  // what tests compare with; nothing else imports it
	{"graph/source", []string{"gopkg.in/yaml.v3"}}, // reading
	{"graph/flink", nil},
	{"graph/flink/conf", nil},
	{"graph/schema", nil},
	{"graph", nil},
	{"graph/document", nil},
	{"plan", nil},
	{"spec", nil},
	{"spec/taskmanager", nil},
	{"spec/measure", nil},
	{"spec/capacity", nil},
	{"spec/change", nil},
	{"spec/policy", nil},
	{"spec/render/layout", nil},
	{"spec/render", []string{"github.com/olekukonko/tablewriter"}},
	{".", nil}, // the example of all of it
	{"cmd/udfplan/internal/files", nil},
	{"cmd/udfplan/internal/proc", nil},
	{"cmd/udfplan/internal/python", nil},
	{"cmd/udfplan/internal/rest", nil},
	{"cmd/udfplan", []string{"github.com/alecthomas/kong",
		"github.com/willabides/kongplete", "github.com/posener/complete", // completion, from kong's model
		"github.com/alecthomas/mango-kong", "github.com/muesli/roff"}}, // the manual page, from the same
}

// inTests are modules that only tests import, wherever they are.
var inTests = []string{"github.com/google/go-cmp", "gopkg.in/yaml.v3"}

func TestLayout(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		files++
		name, _ := filepath.Rel(root, path)
		for _, problem := range misplaced(t, path, filepath.ToSlash(name)) {
			t.Errorf("%s %s", name, problem)
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Fatalf("%d files (%v)", files, err)
	}
}

// misplaced says what a file imports that its folder may not.
func misplaced(t *testing.T, path, name string) (problems []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.ToSlash(filepath.Dir(name))
	isTest := strings.HasSuffix(name, "_test.go")
	at := slices.IndexFunc(layout, func(l struct {
		folder  string
		modules []string
	}) bool {
		return l.folder == folder
	})
	if at < 0 {
		return []string{"lies in a folder that the layout does not have"}
	}
	for _, spec := range parsed.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if why := forbidden(at, imported, isTest); why != "" {
			problems = append(problems, "imports "+imported+": "+why)
		}
	}
	return problems
}

// forbidden says why the package at that place of the layout may not import another; nothing if it may.
func forbidden(at int, imported string, isTest bool) string {
	within := func(modules []string) bool {
		return slices.ContainsFunc(modules, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
	}
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case first == "udfplan":
		other := strings.TrimPrefix(imported, "udfplan/")
		if other == "graph/document" && !isTest && layout[at].folder != "cmd/udfplan" {
			return "what follows reading knows the model, not the documents"
		}
		for i := range layout {
			if layout[i].folder == other && (i < at || i == at && isTest) {
				return ""
			}
		}
		return "it does not lie to the left"
	case strings.Contains(first, "."):
		if within(layout[at].modules) || isTest && within(inTests) {
			return ""
		}
		return "this module has no business here"
	case imported == "net" || strings.HasPrefix(imported, "net/http"):
		if layout[at].folder == "cmd/udfplan/internal/rest" || isTest {
			return ""
		}
		return "the network is internal/rest's"
	case imported == "os" || imported == "path/filepath" || imported == "io/ioutil":
		if opensFiles := []string{"cmd/udfplan", "cmd/udfplan/internal/files", "cmd/udfplan/internal/proc", "cmd/udfplan/internal/python", "testdata/flink/truth"}; slices.Contains(opensFiles, layout[at].folder) || isTest {
			return ""
		}
		return "files are opened only in internal/files of cmd/udfplan"
	}
	return ""
}

// The rule itself has to be able to say no.
func TestLayoutForbids(t *testing.T) {
	index := func(folder string) int {
		for i := range layout {
			if layout[i].folder == folder {
				return i
			}
		}
		t.Fatal(folder)
		return -1
	}
	for _, row := range []struct {
		folder, imported string
		isTest, allowed  bool
		reason           string
	}{
		{"plan", "udfplan/graph", false, true, "to the left"},
		{"plan", "udfplan/spec", false, false, "to the right"},
		{"spec/policy", "udfplan/spec/capacity", false, true, "what is allowed looks at what a cluster gives"},
		{"spec/capacity", "udfplan/spec/policy", false, false, "and not the other way"},
		{"plan", "udfplan/graph/document", false, false, "a plan is made of a job, wherever it came from"},
		{"plan", "udfplan/graph/document", true, true, "tests read their jobs"},
		{"spec/change", "udfplan/spec/policy", false, false, "what changed is known before it is judged"},
		{"spec/taskmanager", "udfplan/spec/capacity", false, false, "a TaskManager knows no jobs"},
		{"graph", "udfplan/plan", true, false, "tests keep the direction too"},
		{"graph", "gopkg.in/yaml.v3", false, false, "YAML is read in graph/source only"},
		{"graph/source", "gopkg.in/yaml.v3", false, true, "the reader"},
		{"spec", "github.com/google/go-cmp/cmp", true, true, "go-cmp in a test"},
		{"spec", "github.com/google/go-cmp/cmp", false, false, "go-cmp outside tests"},
		{"graph", "os", false, false, "no files below cmd"},
		{"cmd/udfplan", "net/http", false, false, "no network but in internal/rest"},
		{"graph/document", "net", false, false, "a document is text that somebody else has fetched"},
		{"cmd/udfplan/internal/rest", "net/http", false, true, "Flink's REST interface"},
		{"cmd/udfplan", "os", false, true, "files are opened here"},
		{"cmd/udfplan", "github.com/olekukonko/tablewriter", false, false, "tables are made in render"},
	} {
		if got := forbidden(index(row.folder), row.imported, row.isTest) == ""; got != row.allowed {
			t.Errorf("%s importing %s: allowed %v, want %v (%s)", row.folder, row.imported, got, row.allowed, row.reason)
		}
	}
}

// TestFilesAreOpenedInOnePlace: cmd/udfplan uses os for its arguments, its exit code and its terminal; files are internal/files', and /proc is internal/proc's.
func TestFilesAreOpenedInOnePlace(t *testing.T) {
	allowed := []string{"Args", "Exit", "Stdin", "Stdout", "Stderr", "Getenv", "Environ", "File", "ModeCharDevice", "Signal", "Interrupt"}
	for name, file := range goFiles(t, 0) {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "cmd/udfplan/internal/files/") || strings.HasPrefix(name, "cmd/udfplan/internal/proc/") ||
			strings.HasPrefix(name, "cmd/udfplan/internal/python/") || strings.HasPrefix(name, "testdata/flink/truth/") {
			continue
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if selector, is := node.(*ast.SelectorExpr); is {
				if of, is := selector.X.(*ast.Ident); is && of.Name == "os" && !slices.Contains(allowed, selector.Sel.Name) {
					t.Errorf("%s uses os.%s", name, selector.Sel.Name)
				}
			}
			return true
		})
	}
}
