package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadJSONOrYAML(t *testing.T) {
	const key = "json-syntax: expected a key in double quotes, found "
	tests := []struct {
		text     string
		want     []string
		problems []string
		reason   string
	}{
		{`{"a": 1}`, []string{"{a:1}"}, nil, "JSON"},
		{"\uFEFF{\"a\": \"\\/\"}", []string{`{a:"/"}`}, nil, "JSON behind a byte order mark"},
		{"\t\r\n {\"a\":\t\"\\/\"}", []string{`{a:"/"}`}, nil, "JSON behind blanks, with a tab and an escape that YAML would refuse"},
		{`["\ud83d\udc69"]`, []string{`["👩"]`}, nil, "a pair of surrogates, which YAML would refuse"},
		{`{"a": 1}{"a": 2}[3]`, []string{"{a:1}", "{a:2}", "[3]"}, nil, "JSON values after each other"},
		{`{"a": 1, "a": 2}`, []string{"{a:1}"}, []string{`1:10: duplicate-key: key "a" is there twice (t:1:2: first here)`}, "JSON with a problem"},
		{"[" + strings.Repeat("[", 1000) + "a", nil, []string{"1:1001: too-deep: nested more than 1000 levels deep"},
			"too deep to know what it is"},

		{`{a: 1}`, []string{"{a:1}"}, nil, "flow YAML"},
		{`{'a': 1}`, []string{"{a:1}"}, nil, "flow YAML with single quotes"},
		{`{"a": 1,}`, []string{"{a:1}"}, nil, "a comma too many is flow YAML"},
		{"{ # c\n \"a\": 1 }", []string{"{a:1}"}, nil, "a comment is flow YAML"},
		{`{"a": yes, "b": 010}`, []string{`{a:"yes" b:010}`}, nil, "a bare word and an odd number are flow YAML"},
		{`["a", b]`, []string{`["a" "b"]`}, nil, "a bare word in a list"},
		{"{\"a\": 1}\n---\n{\"b\": 2}\n", []string{"{a:1}", "{b:2}"}, nil, "JSON in YAML documents"},
		{"[a]: 1", []string{"{}"}, []string{"1:1: key-not-text: a key must be text; found a list or a mapping"}, "YAML that begins with a bracket"},
		{"# {\n{\"a\": 1}", []string{"{a:1}"}, nil, "a comment before JSON makes it YAML"},
		{"--- {\"a\": 1}", []string{"{a:1}"}, nil, "dashes too"},
		{`"a"`, []string{`"a"`}, nil, "a text alone, which is the same in both"},
		{"1", []string{"1"}, nil, "a number alone"},
		{`{"a": 1, "b": &x 2, "a": *x}`, []string{"{a:1 b:2}"}, []string{`1:21: duplicate-key: key "a" is there twice (t:1:2: first here)`},
			"flow YAML with a problem"},

		{`{"a": 1 "b": 2}`, nil, []string{`1:9: json-syntax: expected , or } in an object, found '"'`}, "broken JSON"},
		{"{\n  \"a\": 1,\n  // c\n  \"b\": 2\n}", nil, []string{"3:3: " + key + "'/'"}, "broken JSON whose second token is far"},
		{"[\"a\"\n\"b\"]", nil, []string{`2:1: json-syntax: expected , or ] in a list, found '"'`}, "broken JSON that is a list"},
		{`{"a": 1} x`, []string{"{a:1}"}, []string{"1:10: json-syntax: expected a value, found 'x'"}, "JSON and something behind it: the value is kept"},
		{`{"a": 1, "a": 2, "b"}}`, nil, []string{`1:10: duplicate-key: key "a" is there twice (t:1:2: first here)`,
			"1:21: json-syntax: expected : behind a key, found '}'"}, "what was wrong before the failure"},
		{"{\"a\": \"\x01\"}", nil, []string{`1:8: json-syntax: found the control character '\x01' inside a text; write it as \u0001`},
			"a control character: no YAML either"},

		{`{a: 1 b: 2}`, nil, []string{"1: yaml-syntax: did not find expected ',' or '}'"}, "broken flow YAML: no quote behind the bracket"},
		{`[1, 2`, nil, []string{"1: yaml-syntax: did not find expected ',' or ']'"}, "may be either: read as YAML"},
		{"{}]", []string{"{}"}, []string{"1: yaml-syntax: did not find expected <document start>"}, "may be either; the value is kept"},
		{"[\x01]", nil, []string{`1:2: yaml-syntax: found the control character "\x01", which YAML allows only as an escape in double quotes`},
			"a control character where a value would be"},
		{"a: {\"b\": \"1\" \"c\"}", nil, []string{"1: yaml-syntax: did not find expected ',' or '}'"}, "a bracket that is not the first"},
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

func TestReadNoText(t *testing.T) {
	const empty, utf16 = "t:1: empty-input: the input is empty", "it looks like UTF-16; save it as UTF-8"
	tests := []struct{ text, want, hint, reason string }{
		{"", empty, "", "empty"},
		{"\uFEFF", empty, "", "a byte order mark alone"},
		{" \t\r\n\r\n", empty, "", "blanks"},
		{"\xFF", "t:1:1: not-utf8: the text is not UTF-8: found the byte 0xFF", "", "a byte that no UTF-8 has"},
		{"a: 1\né: \xE9t\xE9\n", "t:2:4: not-utf8: the text is not UTF-8: found the byte 0xE9", "", "Latin-1: the first such byte"},
		{"{\"a\": \"\xC3\"}", "t:1:8: not-utf8: the text is not UTF-8: found the byte 0xC3", "", "half a rune, in JSON"},
		{"a: \xC0\x80", "t:1:4: not-utf8: the text is not UTF-8: found the byte 0xC0", "", "a zero byte made longer"},
		{"a: \xED\xA0\x80", "t:1:4: not-utf8: the text is not UTF-8: found the byte 0xED", "", "a surrogate"},
		{"a: \uFFFD\xFF", "t:1:5: not-utf8: the text is not UTF-8: found the byte 0xFF", "", "behind a replacement character, which is UTF-8"},
		{"\xFF\xFEa\x00:\x00", "t:1:1: not-utf8: the text is not UTF-8: found the byte 0xFF", utf16, "UTF-16, little end first"},
		{"\xFE\xFF\x00a\x00:", "t:1:1: not-utf8: the text is not UTF-8: found the byte 0xFE", utf16, "UTF-16, big end first"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff([]string{test.want}, said(problems)); diff != "" || len(docs) > 0 {
			t.Errorf("%s: %q: %d documents, problems (-want +got):\n%s", test.reason, test.text, len(docs), diff)
		} else if problems[0].Hint != test.hint {
			t.Errorf("%s: %q: hint %q; want %q", test.reason, test.text, problems[0].Hint, test.hint)
		}
	}
}

// A replacement character is what others make of broken text, but it is no broken text itself.
func TestReadReplacementCharacter(t *testing.T) {
	if got := dump(read(t, "a: \uFFFD")); got != `{a:"�"}` {
		t.Error(got)
	}
}
