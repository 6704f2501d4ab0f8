package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYAMLAliases(t *testing.T) {
	tests := []struct {
		text, want string
		problems   []string
		reason     string
	}{
		{"a: &x 1\nb: *x\nc: [*x, *x]\n", "{a:1 b:1 c:[1 1]}", nil, "of a scalar, again and again"},
		{"a: &x {b: [1, c]}\nd: *x\n", `{a:{b:[1 "c"]} d:{b:[1 "c"]}}`, nil, "of a mapping"},
		{"a: &x 1\nb: &x 2\nc: *x\n", "{a:1 b:2 c:2}", nil, "of the last anchor of that name"},
		{"a: &x\nb: *x\n", "{a: b:}", nil, "of nothing"},
		{"&k a: 1\nb: *k\n*k : 2\n", `{a:1 b:"a"}`, []string{`3:1: duplicate-key: key "a" is there twice (t:1:1: first here)`}, "of a key"},
		{"a: &x {b: &y [1]}\nc: *y\nd: *x\n", "{a:{b:[1]} c:[1] d:{b:[1]}}", nil, "of an anchor within an anchor"},
		{"a: &x {b: &y 1}\nc: *x\nd: *y\n", "{a:{b:1} c:{b:1} d:1}", nil, "of one that an alias went over"},
		{"a: 1\na: &x [2]\nb: *x\n", "{a:1 b:[2]}", []string{`2:1: duplicate-key: key "a" is there twice (t:1:1: first here)`},
			"of a value that was left out"},

		{"a: &x [*x]\n", "{a:[]}", []string{"1:8: alias-cycle: alias *x stands inside its own anchor"}, "a list within itself"},
		{"a: &x {b: *x, c: 1}\n", "{a:{c:1}}", []string{"1:11: alias-cycle: alias *x stands inside its own anchor"}, "a mapping within itself"},
		{"a: &x {b: [{c: *x}], d: 1}\n", "{a:{b:[{}] d:1}}", []string{"1:16: alias-cycle: alias *x stands inside its own anchor"}, "further down"},
		{"&x a:\n  - *x\n", `{a:["a"]}`, nil, "within the value of its own key is no cycle"},
		{"a: &x {*x : 1, b: 2}\n", "{a:{b:2}}", []string{"1:4: key-not-text: a key must be text; found a list or a mapping"}, "as its own key"},
		{"a: &x {<<: *x, c: 1}\n", "{a:{c:1}}", []string{"1:12: alias-cycle: alias *x stands inside its own anchor"}, "merged into itself"},
		{"a: &x {<<: [*x, {d: 2}], c: 1}\n", "{a:{c:1 d:2}}", []string{"1:13: alias-cycle: alias *x stands inside its own anchor"},
			"merged into itself, in a list"},
		{"a: &x {<<: &y [*y, *x]}\nb: 1\n", "{a:{} b:1}", []string{"1:16: alias-cycle: alias *y stands inside its own anchor",
			"1:20: alias-cycle: alias *x stands inside its own anchor"}, "a list of merges within itself"},
		{"a: &x {b: {<<: *x}, c: 1}\n", "{a:{b:{} c:1}}", []string{"1:16: alias-cycle: alias *x stands inside its own anchor"}, "merged further down"},
	}
	for _, test := range tests {
		checkYAML(t, test.reason, test.text, test.want, test.problems)
	}
}

func TestYAMLMerges(t *testing.T) {
	const base = "base: &b {x: 1, y: 2}\n"
	tests := []struct {
		text, want string
		problems   []string
		reason     string
	}{
		{"a: {<<: {x: 1}}\n", "{a:{x:1}}", nil, "a mapping on the spot"},
		{"<<: {x: 1}\ny: 2\n", "{y:2 x:1}", nil, "own keys stand first"},
		{base + "a: {<<: *b, x: 3}\n", "{base:{x:1 y:2} a:{x:3 y:2}}", nil, "an own key behind the merge is stronger"},
		{base + "a: {x: 3, <<: *b}\n", "{base:{x:1 y:2} a:{x:3 y:2}}", nil, "an own key before the merge too"},
		{base + "a: {<<: [*b, {x: 7, z: 8}]}\n", "{base:{x:1 y:2} a:{x:1 y:2 z:8}}", nil, "of a list the earlier is stronger"},
		{base + "a: {<<: [{x: 7, z: 8}, *b]}\n", "{base:{x:1 y:2} a:{x:7 z:8 y:2}}", nil, "in the order of the list"},
		{base + "a: &a {x: 3, z: 4, <<: *b}\nc: {<<: *a, z: 5}\n", "{base:{x:1 y:2} a:{x:3 z:4 y:2} c:{z:5 x:3 y:2}}", nil, "a merge of a merge"},
		{base + "a: {<<: &l [*b]}\nc: {<<: *l}\n", "{base:{x:1 y:2} a:{x:1 y:2} c:{x:1 y:2}}", nil, "an alias of a list of merges"},
		{"a: {<<: {x: {p: 1}}, x: {q: 2}}\n", "{a:{x:{q:2}}}", nil, "values are not merged"},
		{"a: {<<: {}}\nb: {<<: []}\n", "{a:{} b:{}}", nil, "nothing to merge"},
		{"a: {b: <<}\n", `{a:{b:"<<"}}`, nil, "a value is no merge"},
		{"a: {<<: {x: 1}, x: 2, x: 3}\n", "{a:{x:2}}", []string{`1:23: duplicate-key: key "x" is there twice (t:1:17: first here)`},
			"own keys twice are still wrong"},
		{"a: {<<: 1}\nb: 2\n", "{a:{} b:2}", []string{"1:9: bad-merge: << takes a mapping or a list of mappings; found 1"}, "a scalar"},
		{"a: {<<: [{x: 1}, no, {y: 2}]}\n", "{a:{x:1 y:2}}", []string{"1:18: bad-merge: << takes a mapping or a list of mappings; found no"},
			"a scalar in the list"},
		{"a: &s text\nb: {<<: *s}\n", `{a:"text" b:{}}`, []string{"1:4: bad-merge: << takes a mapping or a list of mappings; found text"},
			"an alias of a scalar"},
		{"a: {<<: {1: x, y: 2}}\n", "{a:{y:2}}", []string{"1:10: key-not-text: a key must be text; found 1"}, "a bad key in what is merged"},
		{"a: {<<: {x: !foo 1, y: 2}}\n", "{a:{y:2}}", []string{"1:13: unknown-tag: tag !foo is not allowed here"}, "a bad value in what is merged"},
		{"a: {<<: " + strings.Repeat("[", 1001) + strings.Repeat("]", 1001) + ", x: 1}\n", "{a:{x:1}}",
			[]string{"1:1009: too-deep: nested more than 1000 levels deep"}, "lists too deep"},
	}
	for _, test := range tests {
		checkYAML(t, test.reason, test.text, test.want, test.problems)
	}
}

func checkYAML(t *testing.T, reason, text, want string, problems []string) {
	t.Helper()
	docs, got := Read(NewFile("t", []byte(text)))
	var wantProblems []string
	for _, problem := range problems {
		wantProblems = append(wantProblems, "t:"+problem)
	}
	if diff := cmp.Diff(wantProblems, said(got)); diff != "" {
		t.Errorf("%s: %q: problems (-want +got):\n%s", reason, text, diff)
	}
	if diff := cmp.Diff([]string{want}, dumpAll(docs)); diff != "" {
		t.Errorf("%s: %q (-want +got):\n%s", reason, text, diff)
	}
}

// What an alias or a merge brings stands where its anchor is; what follows stands where it is.
func TestYAMLAliasPlaces(t *testing.T) {
	const text = "é: &x {b: 1}\nc: [*x, 2, *x]\nd: {<<: *x, e: 3}\nf: *x\ng: 4\n"
	want := []string{"1:1 a mapping", `1:1 the text "é"`, "1:4 a mapping", `1:8 the text "b"`, "1:11 the number 1",
		`2:1 the text "c"`, "2:4 a list", "1:4 a mapping", `1:8 the text "b"`, "1:11 the number 1", "2:9 the number 2",
		"1:4 a mapping", `1:8 the text "b"`, "1:11 the number 1",
		`3:1 the text "d"`, "3:4 a mapping", `3:13 the text "e"`, "3:16 the number 3", `1:8 the text "b"`, "1:11 the number 1",
		`4:1 the text "f"`, "1:4 a mapping", `1:8 the text "b"`, "1:11 the number 1", `5:1 the text "g"`, "5:4 the number 4"}
	if diff := cmp.Diff(want, placesOf([]Node{read(t, text)})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// bomb has levels of anchors, each standing for ten of the one before.
func bomb(first, open, end string, levels int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "a0: &a0 %s\n", first)
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&text, "a%d: &a%d %s%s%s\n", i, i, open, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), end)
	}
	return text.String()
}

// keys is an anchor of a mapping with so many keys.
func keys(n int) string {
	var text strings.Builder
	text.WriteString("a: &x {")
	for i := range n {
		fmt.Fprintf(&text, "k%d: 1, ", i)
	}
	return text.String() + "}\n"
}

func TestYAMLAliasBombs(t *testing.T) {
	tests := []struct {
		text   string
		bomb   bool
		reason string
	}{
		{bomb("x", "[", "]", 10), true, "through lists"},
		{bomb("{x: 1}", "{<<: [", "]}", 10), true, "through merges, which add nothing but time"},
		{bomb("{}", "{<<: [", "]}", 10), true, "through merges of nothing at all"},
		{bomb("x", "[", "]", 4), false, "ten thousand values are no bomb"},
		{bomb("{x: 1}", "{<<: [", "]}", 4), false, "neither through merges"},
		{"a: &x [" + strings.Repeat("1, ", 1000) + "]\nb: [" + strings.Repeat("*x, ", 900) + "]\n", false, "900,900 values"},
		{"a: &x [" + strings.Repeat("1, ", 1000) + "]\nb: [" + strings.Repeat("*x, ", 1100) + "]\n", true, "1,101,100 values"},
		{"a: &x [" + strings.Repeat("1, ", 1000) + "]\nb: [" + strings.Repeat("*x, ", 450) + "]\nc: [" + strings.Repeat("1, ", 150_000) +
			"]\nd: [" + strings.Repeat("*x, ", 450) + "]\n", false, "more than a million, but not all by aliases"},
		{keys(1000) + "b: {<<: [" + strings.Repeat("*x, ", 1100) + "]}\n", true, "fields that are merged and lost"},
		{keys(1000) + "b: {<<: [" + strings.Repeat("*x, ", 900) + "]}\n", false, "not too many of them"},
		{"a: 1\n---\n" + bomb("x", "[", "]", 10) + "---\nb: 2\n", true, "nothing of the file is read, whatever the document"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		got := len(problems) == 1 && problems[0].Code == "alias-bomb" // said once, however many aliases follow
		if got != test.bomb || got != (len(docs) == 0) || !got && len(problems) > 0 {
			t.Errorf("%s: %d documents, problems %q", test.reason, len(docs), said(problems))
		}
	}
}

// codes are those of the problems, each once.
func codes(l List) (out []string) {
	for _, d := range l {
		if !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

// Texts that are made to take long or to break the stack: they end, and with the right code.
func TestYAMLHostile(t *testing.T) {
	again := strings.Repeat
	tests := []struct {
		text   string
		docs   int
		want   []string
		reason string
	}{
		{again("[", 50_000), 0, []string{"too-deep"}, "brackets"},
		{again("[[],", 20_000), 0, []string{"too-deep"}, "brackets with something between"},
		{again("{a: ", 20_000), 0, []string{"too-deep"}, "braces that are no JSON"},
		{again("{a: ", 900), 0, []string{"yaml-syntax"}, "so many that the library reads them"},
		{again("- ", 20_000), 0, []string{"too-deep"}, "items of items"},
		{again("? ", 20_000), 0, []string{"too-deep"}, "keys of keys"},
		{again("? ", 900) + "a", 1, []string{"key-not-text"}, "keys of keys that the library reads"},
		{again("a: ", 20_000), 0, []string{"yaml-syntax"}, "values of values"},
		{again(":", 20_000), 0, []string{"yaml-syntax"}, "colons"},
		{again("&a ", 20_000), 1, []string{"yaml-syntax"}, "anchors"},
		{again("!", 20_000), 0, []string{"unknown-tag"}, "a long tag"},
		{`"` + again(`\`, 20_001), 0, []string{"yaml-syntax"}, "backslashes"},
		{again("\n", 50_000) + "a", 1, nil, "empty lines"},
		{again("#\n", 20_000), 0, []string{"empty-input"}, "comments"},
		{"a: |\n" + again(" \n", 20_000), 1, nil, "a block of nothing"},
		{again("---\n", 2_000), 0, []string{"empty-document"}, "empty documents"},
		{again("--- a\n", 2_000), 2_000, nil, "documents"},
		{"a: &x 1\nb: [" + again("*x, ", 5_000) + "]\n", 1, nil, "aliases"},
		{"{a: &x " + again("y", 50_000) + ", b: [" + again("*x, ", 5_000) + "]}\n", 1, nil, "aliases in one long line"},
		{again("k", 900) + ": &x 1\nb: [" + again("*x, ", 5_000) + "]\n", 1, nil, "aliases of an anchor far to the right"},
		{"a: &x {<<: &y [*y, *y, *x, *x]}\nb: 1\n", 1, []string{"alias-cycle"}, "cycles of merges"},
		{again("a: 1\n", 5_000), 1, []string{"duplicate-key"}, "one key, again and again"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff(test.want, codes(problems)); diff != "" || len(docs) != test.docs {
			t.Errorf("%s: %d documents, problems (-want +got):\n%s", test.reason, len(docs), diff)
		}
	}
}

func TestYAMLManyKeys(t *testing.T) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "k%d: {a: %d}\n", i, i)
	}
	fields := 0
	for key, value := range read(t, text.String()).Fields() {
		if key.Text() != fmt.Sprintf("k%d", fields) || dump(value) != fmt.Sprintf("{a:%d}", fields) {
			t.Fatalf("field %d is %s: %s", fields, key.Text(), dump(value))
		}
		fields++
	}
	if fields != 20_000 {
		t.Errorf("%d fields", fields)
	}
}
