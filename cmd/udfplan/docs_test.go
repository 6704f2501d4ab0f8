package main

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Comments cite a document of docs/ by file and section: design.md 4.2; flink-rules.md A2, C. A numbered paragraph counts as a
// section: flink-rules.md B8 is the eighth of part B, pyflink-facts.md 4.4 the fourth of section 4.
var (
	cited     = regexp.MustCompile(`\b([a-z][a-z-]*\.md)((?: (?:[A-D][0-9]*|[0-9]+(?:\.[0-9]+)*)\b)?(?:(?:,| and) (?:[A-D][0-9]*|[0-9]+(?:\.[0-9]+)*)\b)*)`)
	citedRule = regexp.MustCompile(`\brules/([a-z]+\.py)(?: ([A-Z_a-z]+))?`)
	// A section without its document, and names that the documents once had.
	uncited = regexp.MustCompile(`\b[ABD][1-9][0-9]?\b|\bDESIGN\b|\breference/`)
)

// TestCitations: what a comment cites is there, in docs/.
func TestCitations(t *testing.T) {
	documents := documentSections(t)
	citations := 0
	for name, comments := range allComments(t) {
		for _, comment := range comments {
			citations += len(cited.FindAllString(comment, -1))
			for _, problem := range badCitations(documents, comment) {
				t.Errorf("%s: %s, in %q", name, problem, comment)
			}
		}
	}
	if citations < 50 {
		t.Errorf("only %d citations", citations)
	}
}

// badCitations says what a comment cites that is not there, or not in the one form.
func badCitations(documents map[string][]string, comment string) (problems []string) {
	rest := cited.ReplaceAllStringFunc(comment, func(citation string) string {
		match := cited.FindStringSubmatch(citation)
		sections, known := documents[match[1]]
		switch {
		case match[2] == "" && len(sections) == 0:
			return "" // a page without numbered sections, or a file that somebody writes
		case match[2] == "":
			problems = append(problems, match[1]+" without a section")
		case !known:
			problems = append(problems, "no docs/"+match[1])
		}
		for _, section := range regexp.MustCompile(`[A-D]?[0-9.]*\b`).FindAllString(strings.ReplaceAll(match[2], "and", ""), -1) {
			if known && section != "" && !slices.Contains(sections, section) {
				problems = append(problems, match[1]+" has no "+section)
			}
		}
		return ""
	})
	for _, rule := range citedRule.FindAllStringSubmatch(rest, -1) {
		program, err := os.ReadFile(filepath.Join("..", "..", "docs", "rules", rule[1]))
		if err != nil || !strings.Contains(string(program), rule[2]) {
			problems = append(problems, "no "+rule[2]+" in docs/rules/"+rule[1])
		}
	}
	for _, word := range uncited.FindAllString(rest, -1) {
		problems = append(problems, word+" is no citation: it names no document")
	}
	return problems
}

// documentSections are the documents and what of them can be cited: numbered headings, and the numbered paragraphs of a part.
func documentSections(t *testing.T) map[string][]string {
	t.Helper()
	heading := regexp.MustCompile(`^#+ (?:([A-D])\. |([A-D][0-9]+|[0-9]+(?:\.[0-9]+)*)\.? )`) // a letter alone has its dot: "A change" is no section
	paragraph := regexp.MustCompile(`^([0-9]+)\. `)
	documents := map[string][]string{}
	for _, path := range glob(t, "../../docs/*.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		part, sections := "", []string{}
		for _, line := range strings.Split(string(text), "\n") {
			if m := heading.FindStringSubmatch(line); m != nil {
				part = m[1] + m[2]
				sections = append(sections, part)
			} else if m := paragraph.FindStringSubmatch(line); m != nil && part >= "A" {
				sections = append(sections, part+m[1])
			} else if m != nil {
				sections = append(sections, part+"."+m[1])
			}
		}
		documents[filepath.Base(path)] = sections
	}
	return documents
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s (%v)", pattern, err)
	}
	return paths
}

// allComments are the comments of every program of the repository, by file; the lines of a Go comment are one text.
func allComments(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, file := range goFiles(t, parser.ParseComments) {
		for _, group := range file.Comments {
			all[name] = append(all[name], commentText(group))
		}
	}
	for _, path := range slices.Concat(glob(t, "*.py"), glob(t, "../../.ci/*"), glob(t, "../../*.yml")) {
		all[path] = hashComments(t, path)
	}
	return all
}

// commentText is a comment in one line. (Text() would leave out lines that begin with "//lint:".)
func commentText(group *ast.CommentGroup) string {
	var lines []string
	for _, c := range group.List {
		lines = append(lines, strings.TrimSpace(strings.TrimPrefix(c.Text, "//")))
	}
	return strings.Join(lines, " ")
}

func hashComments(t *testing.T, path string) (comments []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if _, comment, is := strings.Cut(line, "# "); is {
			comments = append(comments, comment)
		}
	}
	return comments
}

// TestCitationsForbid: the rule itself can say no.
func TestCitationsForbid(t *testing.T) {
	documents := map[string][]string{"flink-rules.md": {"A1", "A2", "B8", "C"}, "design.md": {"4", "4.2"}, "gate.md": nil}
	for _, row := range []struct{ comment, problem, reason string }{
		{"as Flink does (flink-rules.md A2, C).", "", "two sections"},
		{"as Flink does (flink-rules.md A1 and B8, run).", "", "a paragraph"},
		{"as design.md 4.2 has it, design.md 4", "", "two citations"},
		{"writes out.md and keeps C0 controls", "", "no citation at all"},
		{"flink-rules.md A2, A9", "flink-rules.md has no A9", "the second is checked too"},
		{"design.md 4.3 ", "design.md has no 4.3", "a section that is not there"},
		{"design.md", "design.md without a section", "a whole document is no place"},
		{"docs/gate.md lists them", "", "a page for users has no numbers"},
		{"facts.md 2.1", "no docs/facts.md", "a document that is not there"},
		{"(A2)", "A2 is no citation: it names no document", "the reader cannot know which document"},
		{"DESIGN 4.2", "DESIGN is no citation: it names no document", "the name that it once had"},
		{"rules/chains.py Settings", "", "a program and a name in it"},
		{"rules/chains.py Sittings", "no Sittings in docs/rules/chains.py", "a name that is not in it"},
	} {
		if got := strings.Join(badCitations(documents, row.comment), "; "); got != row.problem {
			t.Errorf("%q: %q, want %q (%s)", row.comment, got, row.problem, row.reason)
		}
	}
}

// TestLinks: what a document links to in this repository is there, and so is the heading in it.
func TestLinks(t *testing.T) {
	link, links := regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]*))?\)`), 0
	for _, path := range append(glob(t, "../../*.md"), append(glob(t, "../../docs/*.md"), glob(t, "../../testdata/*/*/README.md")...)...) {
		for _, m := range link.FindAllStringSubmatch(readText(t, path), -1) {
			links++
			target := path
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(path), m[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			} else if m[2] != "" && !slices.Contains(anchors(readText(t, target)), m[2]) {
				t.Errorf("%s links to %s#%s, and there is no such heading", path, m[1], m[2])
			}
		}
	}
	if links < 40 {
		t.Errorf("only %d links", links)
	}
}

// anchors are the names that GitHub gives to the headings of a document.
func anchors(text string) (all []string) {
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		all = append(all, strings.ReplaceAll(name, " ", "-"))
	}
	return all
}

// TestPackagesSayWhereToStart: a stranger finds the way in by go doc, and an example with its output beside it.
func TestPackagesSayWhereToStart(t *testing.T) {
	comments, examples := map[string]string{}, map[string]bool{}
	for name, file := range goFiles(t, parser.ParseComments) {
		folder := filepath.ToSlash(filepath.Dir(name))
		if file.Doc != nil && !strings.HasSuffix(name, "_test.go") {
			comments[folder] += file.Doc.Text()
		}
		for _, example := range doc.Examples(file) {
			examples[folder] = examples[folder] || example.Output != ""
		}
	}
	for _, l := range layout {
		if strings.HasPrefix(l.folder, "cmd/") || strings.HasPrefix(l.folder, "testdata/") {
			continue // a program, and what tests share
		}
		if !strings.Contains(strings.Join(strings.Fields(comments[l.folder]), " "), "Start with ") && l.folder != "." {
			t.Errorf("the comment of package %s does not say what to start with", l.folder)
		}
		if !examples[l.folder] {
			t.Errorf("package %s has no example with its output", l.folder)
		}
	}
}
