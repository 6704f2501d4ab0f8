package source

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goldenJobs are the texts of the job files under testdata/golden, by their names.
func goldenJobs(tb testing.TB) map[string][]byte {
	tb.Helper()
	texts := map[string][]byte{}
	for _, name := range []string{"job.yaml", "job.json"} {
		paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "golden", "*", name))
		if err != nil || len(paths) == 0 {
			tb.Fatalf("no golden %s (%v)", name, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				tb.Fatal(err)
			}
			texts[path] = text
		}
	}
	return texts
}

func TestReadGolden(t *testing.T) {
	for path, text := range goldenJobs(t) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) { checkRead(t, text) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nb:\n  - x\n  - {c: 0x10, d: ~}\n", "{\"a\": [1, \"\\u00e9\", null]} [true]", "{a: 1, 'b': \"c\",}", "[1, 2",
		"base: &b {x: 1}\na: {<<: *b, x: 2}\nc: {<<: [*b, {y: 3}]}\n", "a: &x {<<: &y [*y, *x], b: *x}\n",
		bomb("x", "[", "]", 3), bomb("{x: 1}", "{<<: [", "]}", 3), "a: 1\na: 2\n1: 3\n? [k]\n: !foo v\n",
		"---\n---\na: |\n  é\n  漢\n--- >\n x\n...\n", "é: \"x\u2028\"\u0085b: 'y\u2029'\r\nc: @\rd: 1\n",
		"a: \x01\n", "a: \xFF\n", "\xFF\xFEa\x00", "\uFEFF\uFEFFa: 1\n", "", " \n", "# c\n", "%YAML 1.1\n---\n!!str 1\n",
		"a: !!int\nb: !!bool x\n", "&k a: *k\n*k : 1\n", "# a\n\n- b\n# c\n\n# d\n- e # f\n", "a: *b\n", "{\"a\": 1, \"a\": [2, {\"b\": 3}]} x",
	} {
		f.Add([]byte(seed))
	}
	for _, text := range goldenJobs(f) {
		const most = 4096 // the fuzzer spends all its time on making larger ones smaller
		if len(text) <= most {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) { checkRead(t, text) })
}

// checkRead reads any text twice and checks what holds for all of them.
func checkRead(t *testing.T, text []byte) {
	t.Helper()
	file := NewFile("t", text)
	docs, problems := Read(file)
	if len(docs) == 0 && !problems.HasErrors() {
		t.Error("nothing was read and nothing said")
	}
	for _, problem := range problems {
		checkPlace(t, file, problem.Place, problem.Message)
		if problem.Code == "" || problem.Message == "" {
			t.Errorf("a problem says nothing: %+v", problem)
		}
		for _, related := range problem.Related {
			checkPlace(t, file, related.Place, related.Message)
		}
	}
	end := int32(0)
	for _, doc := range docs {
		if doc.i < end {
			t.Errorf("a document begins at node %d, within the one before, which ends at %d", doc.i, end)
		}
		end = checkNode(t, file, doc)
	}
	againDocs, againProblems := Read(NewFile("t", text))
	if first, again := whole(docs, problems), whole(againDocs, againProblems); !slices.Equal(first, again) {
		t.Errorf("read twice (-first +second):\n%s", cmp.Diff(first, again))
	}
}

// checkNode checks that a value and all below it lie in the file, and one behind the other in the tree.
func checkNode(t *testing.T, file *File, n Node) (end int32) {
	t.Helper()
	checkPlace(t, file, n.Place(), "a value")
	offset, known := n.Pos().Offset()
	if !known {
		t.Fatalf("the place of %s has no column", n.Describe())
	}
	isPlain := n.Kind() == Number || n.Kind() == Bool
	const others = "!&*\uFEFF" // a tag or an anchor stands before its value; the library drops a byte order mark
	if isPlain && !strings.ContainsAny(file.Text, others) && !strings.HasPrefix(file.Text[offset:], n.Text()) {
		t.Errorf("%s does not stand at %s", n.Describe(), n.Place())
	}
	end = n.i + 1
	for item := range n.Items() {
		end = checkBeside(t, file, end, item)
	}
	seen := map[string]bool{}
	for key, value := range n.Fields() {
		if key.Kind() != Text || seen[key.Text()] {
			t.Errorf("a key that is no text or there twice: %s", key.Describe())
		}
		seen[key.Text()] = true
		end = checkBeside(t, file, checkBeside(t, file, end, key), value)
	}
	if next := n.tree.nodes[n.i].next; next != end {
		t.Errorf("%s at node %d ends at %d, what is in it at %d", n.Describe(), n.i, next, end)
	}
	return end
}

func checkBeside(t *testing.T, file *File, end int32, n Node) int32 {
	t.Helper()
	if n.i != end {
		t.Errorf("node %d does not follow what ends at %d", n.i, end)
	}
	return checkNode(t, file, n)
}

func checkPlace(t *testing.T, file *File, place Place, what string) {
	t.Helper()
	offset, known := place.Pos.Offset()
	line, _ := file.Position(place.Pos)
	if place.File != file || line < 1 || line > len(file.index().starts) || known && offset > len(file.Text) {
		t.Errorf("%s is at %s, offset %d of %d, in a file of %d lines", what, place, offset, len(file.Text), len(file.index().starts))
	}
}

// whole is all that was read, as texts.
func whole(docs []Node, problems List) (out []string) {
	for _, doc := range docs {
		walk(doc, func(n Node) { out = append(out, fmt.Sprintf("%d %d %q", n.Kind(), n.Pos(), n.Text())) })
	}
	for i, line := range said(problems) {
		out = append(out, strings.Join([]string{problems[i].Severity.String(), line, problems[i].Hint}, "|"))
	}
	return out
}
