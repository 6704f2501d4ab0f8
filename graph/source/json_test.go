package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadJSON(t *testing.T) {
	tests := []struct {
		text   string
		want   []string
		reason string
	}{
		{`{}`, []string{`{}`}, "an empty object"},
		{`[]`, []string{`[]`}, "an empty list"},
		{"", nil, "no value at all; Read tells that before"},
		{" \t\r\n[ ] \t\r\n", []string{`[]`}, "the four blanks of JSON"},
		{`{"a" : [ 1 , { "b" : null } ] , "c":true}`, []string{`{a:[1 {b:null}] c:true}`}, "nested, with blanks"},
		{`{"a":[1,{"b":null}],"c":false}`, []string{`{a:[1 {b:null}] c:false}`}, "nested, without"},
		{`[0, -0, 7, -12, 1.50, 1e3, 1E+3, 2.5e-07, 123456789012345678901234567890]`,
			[]string{`[0 -0 7 -12 1.50 1e3 1E+3 2.5e-07 123456789012345678901234567890]`}, "numbers keep their text"},
		{`["", "é漢👩", "a b", "` + "\x7f\u2028\uFFFE" + `"]`,
			[]string{`["" "é漢👩" "a b" "\x7f\u2028\ufffe"]`}, "what JSON allows in a text as it is"},
		{`["\"\\\/\b\f\n\r\t"]`, []string{`["\"\\/\b\f\n\r\t"]`}, "every short escape"},
		{`["x\u00e9\u00E9\u0000\u6f22y"]`, []string{`["xéé\x00漢y"]`}, "long escapes, hexadecimal in both cases"},
		{`["\ud83d\udc69\ud83d\udc67"]`, []string{`["👩👧"]`}, "pairs of surrogates"},
		{`["\ud83d"]`, []string{`["�"]`}, "a lone first surrogate, as encoding/json"},
		{`["\udc69x"]`, []string{`["�x"]`}, "a lone second one"},
		{`["\ud83d\u0041"]`, []string{`["�A"]`}, "a first one before another escape"},
		{`["\ud83d\ud83d\udc69"]`, []string{`["�👩"]`}, "a first one before a pair"},
		{`["\ud83d\\udc69"]`, []string{`["�\\udc69"]`}, "no escape behind: a backslash"},
		{`{"\u0061\"": 1}`, []string{`{a":1}`}, "an escape in a key"},
		{`{"": 1}`, []string{`{:1}`}, "an empty key"},
		{`{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}`, []string{`{a:{a:1} b:[{a:2} {a:3}]}`}, "a key may be again in another object"},
		{`{"a": 1} [2] 3 "x" null`, []string{`{a:1}`, `[2]`, `3`, `"x"`, `null`}, "values with blanks between them"},
		{"{}\n{}\n", []string{`{}`, `{}`}, "a value per line"},
		{`{}[]"a""b"1true`, []string{`{}`, `[]`, `"a"`, `"b"`, `1`, `true`}, "values with nothing between them"},
	}
	for _, test := range tests {
		docs, problems, ok := readJSON(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff(test.want, dumpAll(docs)); diff != "" || len(problems) > 0 || !ok {
			t.Errorf("%s: %s: ok %v, problems %q, (-want +got):\n%s", test.reason, test.text, ok, said(problems), diff)
		}
	}
}

func TestReadJSONRefuses(t *testing.T) {
	const escapes = `found an escape that JSON does not have; allowed are \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits`
	const words = ": texts are quoted, and the only words are true, false and null"
	tests := []struct{ text, place, message, reason string }{
		{`{`, "1:2", "expected a key in double quotes, found the end of the text", "an object that ends"},
		{`[`, "1:2", "expected a value, found the end of the text", "a list that ends"},
		{`[1`, "1:3", "expected , or ] in a list, found the end of the text", "a list that ends behind a value"},
		{"[1,\n\n", "3:1", "expected a value, found the end of the text", "the end is in the last line"},
		{`[1 2]`, "1:4", "expected , or ] in a list, found '2'", "no comma in a list"},
		{`[1}`, "1:3", "expected , or ] in a list, found '}'", "the wrong bracket"},
		{`[1,]`, "1:4", "expected a value, found ']'", "a comma too many in a list"},
		{`[,1]`, "1:2", "expected a value, found ','", "a comma in front"},
		{`{"a": 1 "b": 2}`, "1:9", `expected , or } in an object, found '"'`, "no comma in an object"},
		{`{"a": 1]`, "1:8", "expected , or } in an object, found ']'", "the wrong bracket"},
		{`{"a": 1,}`, "1:9", "expected a key in double quotes, found '}'", "a comma too many in an object"},
		{`{,}`, "1:2", "expected a key in double quotes, found ','", "a comma in front"},
		{`{a: 1}`, "1:2", "expected a key in double quotes, found 'a'", "a key without quotes"},
		{`{'a': 1}`, "1:2", `expected a key in double quotes, found '\''`, "single quotes"},
		{`{1: 1}`, "1:2", "expected a key in double quotes, found '1'", "a number as a key"},
		{`{"a" 1}`, "1:6", "expected : behind a key, found '1'", "no colon"},
		{`{"a"}`, "1:5", "expected : behind a key, found '}'", "a key alone"},
		{`{"a":}`, "1:6", "expected a value, found '}'", "no value"},
		{"{\"é\": 1,\n \"漢\"\t漢}", "2:6", "expected : behind a key, found '漢'", "columns count code points"},
		{`{} x`, "1:4", "expected a value, found 'x'", "something behind the value"},
		{`{} }`, "1:4", "expected a value, found '}'", "a bracket behind the value"},
		{`{} // c`, "1:4", "expected a value, found '/'", "a comment"},
		{"[\u00A0]", "1:2", `expected a value, found '\u00a0'`, "a blank that JSON does not have"},
		{"[\f]", "1:2", `expected a value, found '\f'`, "another"},
		{"[\x00]", "1:2", `expected a value, found '\x00'`, "a zero byte is not the end"},
		{"[1\x00", "1:3", `expected , or ] in a list, found '\x00'`, "a zero byte is not the end"},
		{`[tru]`, "1:2", `expected a value, found "tru"` + words, "a word cut short"},
		{`[truex]`, "1:2", `expected a value, found "truex"` + words, "a word too long"},
		{`[nulL]`, "1:2", `expected a value, found "nul"` + words, "a word in another case"},
		{`[fals`, "1:2", `expected a value, found "fals"` + words, "a word at the end"},
		{`[False]`, "1:2", "expected a value, found 'F'", "a word of Python"},
		{`[NaN]`, "1:2", "expected a value, found 'N'", "not-a-number is no JSON"},
		{`[t` + strings.Repeat("x", 70) + `]`, "1:2", `expected a value, found "t` + strings.Repeat("x", 59) + `…"` + words, "a long word"},
		{`[01]`, "1:2", "a number must not begin with 0; found 01", "a leading zero"},
		{`[-012]`, "1:2", "a number must not begin with 0; found -012", "a leading zero behind a minus"},
		{`[-]`, "1:3", "expected a digit, found ']'", "a minus alone"},
		{`[-`, "1:3", "expected a digit, found the end of the text", "a minus at the end"},
		{`[- 1]`, "1:3", "expected a digit, found ' '", "a minus apart"},
		{`[+1]`, "1:2", "expected a value, found '+'", "a plus"},
		{`[.5]`, "1:2", "expected a value, found '.'", "no digit before the point"},
		{`[1.]`, "1:4", "expected a digit behind the point, found ']'", "no digit behind the point"},
		{`[1.e1]`, "1:4", "expected a digit behind the point, found 'e'", "an exponent behind the point"},
		{`[1e]`, "1:4", "expected a digit in the exponent, found ']'", "no exponent"},
		{`[1e+`, "1:5", "expected a digit in the exponent, found the end of the text", "a sign alone"},
		{`[1.5.5]`, "1:5", "expected , or ] in a list, found '.'", "two points"},
		{`[0x10]`, "1:3", "expected , or ] in a list, found 'x'", "hexadecimal"},
		{`[1_000]`, "1:3", "expected , or ] in a list, found '_'", "an underscore"},
		{`["abc`, "1:2", "this text has no closing quote", "the place is where the text begins"},
		{`["abc\`, "1:6", escapes, "a backslash at the end"},
		{`["a\nbc`, "1:2", "this text has no closing quote", "the same behind an escape"},
		{`["a\"]`, "1:2", "this text has no closing quote", "the quote is escaped"},
		{"[\"a\nb\"]", "1:4", `found the control character '\n' inside a text; write it as \u000a`, "a line break in a text"},
		{"[\"\\t\t\"]", "1:5", `found the control character '\t' inside a text; write it as \u0009`, "a tab behind an escape"},
		{"[\"é\x1f\"]", "1:4", `found the control character '\x1f' inside a text; write it as \u001f`, "the last control character"},
		{"{\"a\x00\": 1}", "1:4", `found the control character '\x00' inside a text; write it as \u0000`, "in a key"},
		{`["x\x41"]`, "1:4", escapes, "an escape of other languages"},
		{`["\'"]`, "1:3", escapes, "a single quote"},
		{`["\u12"]`, "1:3", escapes, "too few digits"},
		{`["\u12`, "1:3", escapes, "too few, at the end"},
		{`["\u12g4"]`, "1:3", escapes, "no hexadecimal digit"},
		{`["\u+123"]`, "1:3", escapes, "what strconv would take"},
		{`["\U0041"]`, "1:3", escapes, "a large U"},
		{`["\ud83d\u12"]`, "1:9", escapes, "a bad escape behind a surrogate"},
	}
	for _, test := range tests {
		_, problems, ok := readJSON(NewFile("t", []byte(test.text)))
		want := []string{"t:" + test.place + ": json-syntax: " + test.message}
		if diff := cmp.Diff(want, said(problems)); diff != "" || ok {
			t.Errorf("%s: %q: ok %v, (-want +got):\n%s", test.reason, test.text, ok, diff)
		}
	}
}

// What was read before the failure is returned with it.
func TestReadJSONBeforeAFailure(t *testing.T) {
	docs, problems, ok := readJSON(NewFile("t", []byte("{\"a\": 1, \"a\": 2}\n[3]\n[4,\n{}")))
	if diff := cmp.Diff([]string{"{a:1}", "[3]"}, dumpAll(docs)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	want := []string{
		`t:1:10: duplicate-key: key "a" is there twice (t:1:2: first here)`,
		"t:4:3: json-syntax: expected , or ] in a list, found the end of the text",
	}
	if diff := cmp.Diff(want, said(problems)); diff != "" || ok {
		t.Errorf("ok %v, problems (-want +got):\n%s", ok, diff)
	}
}

func TestReadJSONPlaces(t *testing.T) {
	const text = "{\n  \"é\": [1, \"b\"], \"c\":\n\t{\"d\\n\": null}\r\n}\r[true]"
	docs, _, _ := readJSON(NewFile("t", []byte(text)))
	want := []string{"1:1 a mapping", `2:3 the text "é"`, "2:8 a list", "2:9 the number 1", `2:12 the text "b"`,
		`2:18 the text "c"`, "3:2 a mapping", `3:3 the text "d\n"`, "3:10 null", "5:1 a list", "5:2 the boolean true"}
	if diff := cmp.Diff(want, placesOf(docs)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadJSONDuplicateKeys(t *testing.T) {
	tests := []struct {
		text, want string
		problems   []string
		reason     string
	}{
		{`{"a": 1, "b": 2, "a": 3}`, "{a:1 b:2}", []string{"1:18 a 1:2"}, "the first one stays"},
		{`{"a": 1, "a": {"b": [2]}, "c": 3}`, "{a:1 c:3}", []string{"1:10 a 1:2"}, "all of the second value goes"},
		{`{"a": 1, "a": 2, "a": 3}`, "{a:1}", []string{"1:10 a 1:2", "1:18 a 1:2"}, "each points at the first"},
		{`{"a": 1, "\u0061": 2}`, "{a:1}", []string{"1:10 a 1:2"}, "they are compared decoded"},
		{`{"": 1, "": 2}`, "{:1}", []string{"1:9  1:2"}, "empty ones"},
		{`{"a": {"b": 1, "b": 2}, "b": 3}`, "{a:{b:1} b:3}", []string{"1:16 b 1:8"}, "each object for itself"},
		{`{"a": 1, "a": {"b": 1, "b": 2}}`, "{a:1}", []string{"1:10 a 1:2", "1:24 b 1:16"}, "also in a value that goes"},
		{`{"a": 1, "A": 2}`, "{a:1 A:2}", nil, "another case is another key"},
		{`{"a": 1} {"a": 2}`, "{a:1} {a:2}", nil, "each document for itself"},
	}
	for _, test := range tests {
		docs, problems, ok := readJSON(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff(test.problems, duplicates(problems)); diff != "" || !ok {
			t.Errorf("%s: %s: ok %v, problems (-want +got):\n%s", test.reason, test.text, ok, diff)
		}
		if got := strings.Join(dumpAll(docs), " "); got != test.want {
			t.Errorf("%s: %s is %s; want %s", test.reason, test.text, got, test.want)
		}
	}
}

// duplicates is "line:column key line:column of the first" of every problem, which must be duplicate keys.
func duplicates(l List) (out []string) {
	for _, d := range l {
		if d.Code != "duplicate-key" || len(d.Related) != 1 {
			out = append(out, fmt.Sprint(d))
			continue
		}
		key := strings.TrimSuffix(strings.TrimPrefix(d.Message, `key "`), `" is there twice`)
		at, first := strings.TrimPrefix(d.Place.String(), "t:"), strings.TrimPrefix(d.Related[0].Place.String(), "t:")
		out = append(out, at+" "+key+" "+first)
	}
	return out
}

// Many keys are looked up in another way than few: from 24 on.
func TestManyKeys(t *testing.T) {
	for n := 1; n <= 60; n++ {
		for _, again := range []int{0, n / 2, n - 1} {
			json, yaml, want := "{", "", ""
			for i := range n {
				json += fmt.Sprintf(`"k%d": {"k0": 1},`+"\n", i)
				yaml += fmt.Sprintf("k%d: {k0: 1}\n", i)
				want += fmt.Sprintf(" k%d:{k0:1}", i)
			}
			json += fmt.Sprintf(`"new": 1, "k%d": 2}`, again)
			yaml += fmt.Sprintf("new: 1\nk%d: 2\n", again)
			want = "{" + want[1:] + " new:1}"
			checkDuplicate(t, json, want, fmt.Sprintf("%d:11 k%d %d:%d", n+1, again, again+1, 1+btoi(again == 0)))
			checkDuplicate(t, yaml, want, fmt.Sprintf("%d:1 k%d %d:1", n+2, again, again+1))
		}
	}
}

// What is remembered of one mapping is forgotten before the next.
func TestManyKeysTwice(t *testing.T) {
	var object []string
	for i := range 30 {
		object = append(object, fmt.Sprintf(`"k%d": {"k1": 1}`, i))
	}
	one := "{" + strings.Join(object, ", ") + "}"
	for _, text := range []string{"[" + one + ", " + one + "]", "- " + one + "\n- " + one} {
		var got []string
		for item := range read(t, text).Items() {
			got = append(got, dump(item))
		}
		want := strings.NewReplacer(`"`, "", ": ", ":", ", ", " ").Replace(one)
		if diff := cmp.Diff([]string{want, want}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func checkDuplicate(t *testing.T, text, want, problem string) {
	t.Helper()
	docs, problems := Read(NewFile("t", []byte(text)))
	if diff := cmp.Diff([]string{problem}, duplicates(problems)); diff != "" {
		t.Errorf("%s: problems (-want +got):\n%s", text, diff)
	}
	if diff := cmp.Diff([]string{want}, dumpAll(docs)); diff != "" {
		t.Errorf("%s: (-want +got):\n%s", text, diff)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestReadJSONDepth(t *testing.T) {
	nest := func(open, inner, close string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(close, n)
	}
	tests := []struct {
		text, place string
		docs        int
		reason      string
	}{
		{nest("[", "1", "]", 1000), "", 1, "the deepest list"},
		{nest("[", "", "]", 1001), "1:1001", 0, "one deeper, though empty"},
		{nest(`{"a":`, "1", "}", 1000), "", 1, "the deepest object"},
		{nest(`{"a":`, "{}", "}", 1000), "1:5001", 0, "one deeper"},
		{"[1]\n" + nest("[", "", "]", 1001) + "\n[2]", "2:1001", 1, "only what comes before is read"},
		{strings.Repeat("[", 1_000_000), "1:1001", 0, "never closed, and never recursed into"},
		{nest("[", "", "]", 1000) + nest("[", "", "]", 1000), "", 2, "each document for itself"},
		{"[" + strings.Repeat("[],", 2000) + "{}]", "", 1, "many beside each other are not deep"},
	}
	for _, test := range tests {
		docs, problems, ok := readJSON(NewFile("t", []byte(test.text)))
		var want []string
		if test.place != "" {
			want = []string{"t:" + test.place + ": too-deep: nested more than 1000 levels deep"}
		}
		if diff := cmp.Diff(want, said(problems)); diff != "" || len(docs) != test.docs || !ok {
			t.Errorf("%s: ok %v, %d documents, problems (-want +got):\n%s", test.reason, ok, len(docs), diff)
		}
	}
}
