package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYAMLProblems(t *testing.T) {
	const twice = `duplicate-key: key "a" is there twice`
	const notText = "key-not-text: a key must be text; found "
	tests := []struct {
		text     string
		want     []string // the documents
		problems []string
		reason   string
	}{
		{"a: 1\nb: 2\na: 3\n", []string{"{a:1 b:2}"}, []string{"3:1: " + twice + " (t:1:1: first here)"}, "the first one stays"},
		{"a: 1\n'a': 2\n\"\\x61\": 3\n", []string{"{a:1}"}, []string{"2:1: " + twice + " (t:1:1: first here)",
			"3:1: " + twice + " (t:1:1: first here)"}, "however it is quoted"},
		{"{a: 1, b: {a: 2, a: 3}}", []string{"{a:1 b:{a:2}}"}, []string{"1:18: " + twice + " (t:1:12: first here)"}, "each mapping for itself"},
		{"a: 1\na: {b: 1, b: 2}\n", []string{"{a:1}"}, []string{"2:1: " + twice + " (t:1:1: first here)"}, "what goes is not looked into"},
		{"&k a: 1\n*k : 2\n", []string{"{a:1}"}, []string{"2:1: " + twice + " (t:1:1: first here)"}, "an alias as a key"},

		{"1: a\nb: 2\n", []string{"{b:2}"}, []string{"1:1: " + notText + "1"}, "a number as a key"},
		{"1.10: a\n", []string{"{}"}, []string{"1:1: " + notText + "1.10"}, "a version as a key"},
		{"true: a\n~: b\nc: 3\n", []string{"{c:3}"}, []string{"1:1: " + notText + "true", "2:1: " + notText + "~"}, "a boolean and null"},
		{"? [a, b]\n: 1\n? {c: 1}\n: 2\nd: 3\n", []string{"{d:3}"}, []string{"1:3: " + notText + "a list or a mapping",
			"3:3: " + notText + "a list or a mapping"}, "a list and a mapping as a key"},
		{"a: &x [1]\n*x : 2\n", []string{"{a:[1]}"}, []string{"1:4: " + notText + "a list or a mapping"}, "an alias of a list as a key"},

		{"a: !foo 1\nb: 2\n", []string{"{b:2}"}, []string{"1:4: unknown-tag: tag !foo is not allowed here"}, "a tag of a program"},
		{"- !!python/object:os.system {}\n- 2\n", []string{"[2]"},
			[]string{"1:3: unknown-tag: tag !!python/object:os.system is not allowed here"}, "in a list"},
		{"--- !foo\na: 1\n---\nb: 2\n", []string{"{b:2}"}, []string{"1:5: unknown-tag: tag !foo is not allowed here"}, "of a document"},
		{"a: !!binary aGk=\nb: !!timestamp 2020-01-01\nc: !!set {d}\n", []string{"{}"}, []string{
			"1:4: unknown-tag: tag !!binary is not allowed here", "2:4: unknown-tag: tag !!timestamp is not allowed here",
			"3:4: unknown-tag: tag !!set is not allowed here"}, "tags of YAML 1.1 that JSON has no kind for"},
		{"a: !!map [1]\nb: !!seq {}\nc: !!int {}\nd: !!seq 1\n", []string{"{}"}, []string{
			"1:4: unknown-tag: tag !!map is not allowed here", "2:4: unknown-tag: tag !!seq is not allowed here",
			"3:4: unknown-tag: tag !!int is not allowed here", "4:4: unknown-tag: tag !!seq is not allowed here"}, "a tag of another shape"},
		{"!<tag:example.com,2000:x> 1", nil, []string{"1:1: unknown-tag: tag tag:example.com,2000:x is not allowed here"}, "spelled out"},

		{"---\n---\na: 1\n", []string{"{a:1}"}, []string{"2:1: empty-document: this document is empty"}, "an empty document first"},
		{"a: 1\n---\n---\nb: 2\n", []string{"{a:1}", "{b:2}"}, []string{"3:1: empty-document: this document is empty"}, "one between"},
		{"a: 1\n---\n---\n", []string{"{a:1}"}, []string{"3:1: empty-document: this document is empty"}, "two at the end: the last is none"},
		{"---\n", nil, []string{"2:1: empty-document: this document is empty"}, "nothing but dashes"},
		{"---\n---\n", nil, []string{"2:1: empty-document: this document is empty"}, "nothing but dashes, twice"},
		{"# nothing\n\n# more\n", nil, []string{"1: empty-input: the input is empty"}, "nothing but comments"},

		{"a: 1\n---\nb: @\n", []string{"{a:1}"}, []string{"3: yaml-syntax: found character that cannot start any token"}, "a broken second document"},
		{"a: 1\na: 2\n---\n1: x\n---\n[\n", []string{"{a:1}", "{}"}, []string{"2:1: " + twice + " (t:1:1: first here)",
			"4:1: " + notText + "1", "7: yaml-syntax: did not find expected node content"}, "all that is wrong before it, in order"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		var want []string
		for _, problem := range test.problems {
			want = append(want, "t:"+problem)
		}
		if diff := cmp.Diff(want, said(problems)); diff != "" {
			t.Errorf("%s: %q: problems (-want +got):\n%s", test.reason, test.text, diff)
		}
		if diff := cmp.Diff(test.want, dumpAll(docs)); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", test.reason, test.text, diff)
		}
	}
}

func TestYAMLHints(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"1.10: a", `quote it: "1.10"`, "a key that quotes would make text"},
		{"[a]: b", "", "one that nothing would"},
		{"!foo a", "leave it out; allowed are !!str, !!int, !!float, !!bool, !!null, !!map and !!seq", "a tag"},
	}
	for _, test := range tests {
		_, problems := Read(NewFile("t", []byte(test.text)))
		if len(problems) != 1 || problems[0].Hint != test.want {
			t.Errorf("%s: %s: %+v; want the hint %q", test.reason, test.text, problems, test.want)
		}
	}
}

// Every text has its mistake in one line, which holds the word wrong. That line must be reported.
func TestYAMLSyntaxLines(t *testing.T) {
	tests := []struct{ text, message, reason string }{
		{"a: 1\nwrong: [1, 2\nc: 3\nd: 4\n", "did not find expected ',' or ']'", "a list that is not closed"},
		{"a: 1\nwrong: {x: 1\nc: 3\nd: 4\n", "did not find expected ',' or '}'", "a mapping that is not closed"},
		{"a: 1\nwrong: {x: 1 y: 2}\nd: 4\n", "did not find expected ',' or '}'", "a comma is missing"},
		{"wrong: ]\nb: 1\nc: 1\n", "did not find expected node content", "in the first line, which the library does not state"},
		{"a: [1,\n  2, wrong: ]]\nb: 1\n", "did not find expected key", "a bracket too many"},
		{"a: 1\nb: 2\nwrong: ]\nd: 4\n", "did not find expected node content", "a bracket that was never opened"},
		{"a: 1\nb: 2\n  wrong: 3\nd: 4\n", "mapping values are not allowed in this context", "indented too far"},
		{"a:\n  b: 1\n wrong: 2\nd: 4\n", "did not find expected key", "indented too little"},
		{"a: 1\nwrong: c: d\ne: 5\n", "mapping values are not allowed in this context", "two colons"},
		{"a: 1\nb: 2\nwrong\nd: 4\n", "could not find expected ':'", "no colon"},
		{"a: 1\nb: 2\nwrong", "could not find expected ':'", "no colon in the last line"},
		{"a: 1\nb: 2\nwrong: \"c\nd: 4\n", "found unexpected end of stream", "a text that is not closed"},
		{"a: 1\nwrong: 'c\n---\nd: 4\n", "found unexpected document indicator", "a text that the next document closes"},
		{"a: 1\nwrong: \"\\q\"\nc: 3\n", "found unknown escape character", "an escape that YAML does not have"},
		{"a: 1\n\twrong: 2\nc: 3\n", "found a tab character that violates indentation", "indented with a tab"},
		{"a:\n\twrong: 2\nc: 3\n", "found character that cannot start any token", "the first of its block indented with a tab"},
		{"a: 1\nwrong: @b\nc: 3\n", "found character that cannot start any token", "a character kept for later"},
		{"a: 1\nwrong: %b\nc: 3\n", "found character that cannot start any token", "a percent sign"},
		{"a: 1\nwrong: - b\nc: 3\n", "block sequence entries are not allowed in this context", "an item behind a key"},
		{"a: 1\n- wrong\nc: 3\n", "did not find expected key", "an item among keys"},
		{"- a\nwrong: 1\n- c\n", "did not find expected '-' indicator", "a key among items"},
		{"a: 1\nwrong: !x!y z\nc: 3\n", "found undefined tag handle", "a short name for a tag that was not said"},
		{"a: 1\nwrong: !<foo bar\nc: 3\n", "did not find the expected '>'", "a tag that is not closed"},
		{"a: 1\nwrong: |0\n  x\nc: 3\n", "found an indentation indicator equal to 0", "a block that states no indentation"},
		{"%YAML 1.1\n%YAML 1.1 # wrong\n---\na: 1\n", "found duplicate %YAML directive", "a directive twice"},
		{"# c\n%YAML 3.0 # wrong\n---\na: 1\n", "found incompatible YAML document", "a later YAML"},
		{"# c\n%FOO wrong\n---\na: 1\n", "found unknown directive name", "a directive that nobody knows"},
		{"a: 1\n...\nwrong: 2\n", "did not find expected <document start>", "text behind an end"},
		{"a: 1\r\nb: 2\r\nwrong: @\r\n", "found character that cannot start any token", "CR LF is one line break"},
		{"a: 1\rb: 2\rwrong: @\r", "found character that cannot start any token", "a lone CR is one too"},
	}
	for _, test := range tests {
		file := NewFile("t", []byte(test.text))
		_, problems := Read(file)
		if len(problems) != 1 {
			t.Errorf("%s: %q has problems %q", test.reason, test.text, said(problems))
			continue
		}
		line, column := file.Position(problems[0].Place.Pos)
		if !strings.Contains(file.Line(line), "wrong") || column != 0 || problems[0].Code != "yaml-syntax" || problems[0].Message != test.message {
			t.Errorf("%s: %q: %q", test.reason, test.text, said(problems))
		}
	}
}

func TestYAMLControlCharacters(t *testing.T) {
	tests := []struct {
		text, place, char string
		reason            string
	}{
		{"a: 1\nb: é\x01\n", "2:5", `\x01`, "the column counts code points"},
		{"\x00", "1:1", `\x00`, "a zero byte"},
		{"a: \x1b[31m\n", "1:4", `\x1b`, "what a terminal would obey"},
		{"a: \"\x07\"\n", "1:5", `\a`, "also in quotes"},
		{"a: 1 # \x0c\n", "1:8", `\f`, "also in a comment"},
		{"a: \x7f\n", "1:4", `\x7f`, "delete"},
		{"a: \x02\x01\n", "1:4", `\x02`, "the first of two"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		want := []string{fmt.Sprintf(`t:%s: yaml-syntax: found the control character "%s", which YAML allows only as an escape in double quotes`,
			test.place, test.char)}
		if diff := cmp.Diff(want, said(problems)); diff != "" || len(docs) > 0 {
			t.Errorf("%s: %q: %d documents, (-want +got):\n%s", test.reason, test.text, len(docs), diff)
		}
	}
}

func TestYAMLDepth(t *testing.T) {
	nest := func(open, inner, end string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	tests := []struct {
		text, place string
		docs        int
		reason      string
	}{
		{nest("- ", "a", "", 1000), "", 1, "the deepest list"},
		{nest("- ", "a", "", 1001), "1:2003", 1, "one deeper: what it holds is left out"},
		{nest("[", "a", "]", 1000), "", 1, "the deepest flow list"},
		{"x: " + nest("{a: ", "b", "}", 999), "", 1, "the deepest mapping"},
		{"x: " + nest("{a: ", "b", "}", 1000), "1:4004", 1, "one deeper"},
		{nest("- ", "a", "", 10001), "1", 0, "deeper than the library goes"},
		{"x: " + nest("[", "", "]", 10001), "1", 0, "deeper than the library goes, in flow"},
		{"a: 1\n---\n" + nest("- ", "a", "", 1001) + "\n---\nb: 2\n", "3:2003", 3, "the other documents are read"},
		{strings.Repeat("- - a\n", 2000), "", 1, "many beside each other are not deep"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		var want []string
		if test.place != "" {
			want = []string{"t:" + test.place + ": too-deep: nested more than 1000 levels deep"}
		}
		if diff := cmp.Diff(want, said(problems)); diff != "" || len(docs) != test.docs {
			t.Errorf("%s: %d documents, problems (-want +got):\n%s", test.reason, len(docs), diff)
		}
	}
}
