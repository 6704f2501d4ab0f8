package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYAMLKinds(t *testing.T) {
	tests := []struct {
		text   string
		kind   Kind
		want   string // the same as text where it is empty
		reason string
	}{
		{"0", Number, "", "zero"},
		{"-12", Number, "", "a minus"},
		{"+12", Number, "", "a plus"},
		{"1.5", Number, "", "a fraction"},
		{"1.10", Number, "", "a version keeps its text"},
		{"5.", Number, "", "a point behind"},
		{".5", Number, "", "a point in front"},
		{"-.5e-3", Number, "", "all of them"},
		{"1e3", Number, "", "an exponent"},
		{"1E+3", Number, "", "an exponent with a plus"},
		{"010", Number, "", "octal to YAML 1.1, ten to 1.2"},
		{"0o17", Number, "", "octal to YAML 1.2"},
		{"0x1F", Number, "", "hexadecimal"},
		{"-0x1f", Number, "", "hexadecimal with a minus"},
		{"0b11", Number, "", "binary to YAML 1.1"},
		{"1_000", Number, "", "underscores, to YAML 1.1"},
		{".inf", Number, "", "infinite"},
		{"-.INF", Number, "", "infinite, with a minus"},
		{".NaN", Number, "", "not-a-number"},
		{"99999999999999999999999999", Number, "", "a number of any size"},
		{"true", Bool, "", "true"},
		{"TRUE", Bool, "", "in capitals"},
		{"False", Bool, "", "with a capital"},
		{"tRUE", Text, "", "in no case that YAML has"},
		{"yes", Text, "", "a boolean to YAML 1.1 alone"},
		{"off", Text, "", "a boolean to YAML 1.1 alone"},
		{"n", Text, "", "a boolean to YAML 1.1 alone"},
		{"~", Null, "", "null"},
		{"null", Null, "", "null"},
		{"NULL", Null, "", "in capitals"},
		{"nULL", Text, "", "in no case that YAML has"},
		{"2020-01-02", Text, "", "a date to YAML 1.1 alone"},
		{"2020-01-02 03:04:05", Text, "", "a time to YAML 1.1 alone"},
		{"1.10.3", Text, "", "two points"},
		{"64mb", Text, "", "a size"},
		{"1 2", Text, "", "a blank"},
		{"1e", Text, "", "no exponent"},
		{"e3", Text, "", "nothing before the exponent"},
		{"0x", Text, "", "no hexadecimal digit"},
		{"0x1g", Text, "", "a wrong hexadecimal digit"},
		{"0o8", Text, "", "a wrong octal digit"},
		{"0o", Text, "", "no octal digit"},
		{"--1", Text, "", "two signs"},
		{"1-", Text, "", "a sign behind"},
		{"+", Text, "", "a sign alone"},
		{".", Text, "", "a point alone"},
		{"-_", Text, "", "nothing but a sign and an underscore"},
		{"infinity", Text, "", "a word"},
		{"<<", Text, "", "a merge is one only as a key"},
		{`"1"`, Text, "1", "in double quotes"},
		{`'true'`, Text, "true", "in single quotes"},
		{`""`, Text, "\x00", "an empty text is no null"},
		{`"a\u00e9\x41\n"`, Text, "aéA\n", "escapes"},
		{`'it''s'`, Text, "it's", "a quote in single quotes"},
		{"|\n  1\n  2\n", Text, "1\n2\n", "a block"},
		{">-\n  1\n  2\n", Text, "1 2", "a folded block"},
		{"|-\n  1\n", Text, "1", "a block that looks like a number"},
		{">-\n  true\n", Text, "true", "a folded block that looks like a boolean"},
		{"1\n 2", Text, "1 2", "over two lines"},
		{"!!str 1", Text, "1", "a tag makes it text"},
		{"!<tag:yaml.org,2002:str> 1", Text, "1", "the same tag, spelled out"},
		{`!!int "1"`, Number, "1", "a tag makes it a number"},
		{"!!float 1", Number, "1", "a tag that changes nothing"},
		{`!!bool "true"`, Bool, "true", "a tag makes it a boolean"},
		{`!!null "null"`, Null, "null", "a tag makes it null"},
	}
	for _, test := range tests {
		want := test.text
		if test.want != "" {
			want = strings.Trim(test.want, "\x00")
		}
		item := read(t, "v: "+test.text).Field("v")
		if item.Kind() != test.kind || item.Text() != want {
			t.Errorf("%s: %q is %s, kind %d; want %q, kind %d", test.reason, test.text, item.Describe(), item.Kind(), want, test.kind)
		}
	}
}

func TestYAMLShapes(t *testing.T) {
	tests := []struct {
		text   string
		want   []string
		reason string
	}{
		{"a: 1\nb:\n  - 2\n  - c: 3\n    d: 4\n", []string{"{a:1 b:[2 {c:3 d:4}]}"}, "blocks"},
		{"a:\n- 1\n- 2\n", []string{"{a:[1 2]}"}, "a list as far left as its key"},
		{"{a: [1, {b: 2}], c: }", []string{"{a:[1 {b:2}] c:}"}, "flow"},
		{"a: {b: 1, c: 2}\nb: {c: 3}\nc: 4\n", []string{"{a:{b:1 c:2} b:{c:3} c:4}"}, "a key may be again in another mapping"},
		{"? a\n: 1\n? b\n", []string{"{a:1 b:}"}, "keys with question marks"},
		{"a:\nb:\n", []string{"{a: b:}"}, "no values"},
		{"# c\n\na: 1 # d\n# e\n", []string{"{a:1}"}, "comments"},
		{"%YAML 1.1\n---\na: 1\n", []string{"{a:1}"}, "a directive"},
		{"%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1\n", []string{`"1"`}, "a short name for the tags that are allowed"},
		{"!!map {a: !!seq [1]}", []string{"{a:[1]}"}, "tags that change nothing"},
		{"a\n", []string{`"a"`}, "a text alone"},
		{"--- a\n--- b\n", []string{`"a"`, `"b"`}, "documents"},
		{"a: 1\n---\nb: 2\n...\n---\nc: 3\n", []string{"{a:1}", "{b:2}", "{c:3}"}, "documents, one of them ended"},
		{"a: 1\n---\n", []string{"{a:1}"}, "nothing behind the last line of dashes"},
		{"a: 1\n---\n# the end\n", []string{"{a:1}"}, "nothing but a comment behind it"},
		{"a: &x 1\n---\nb: &x 2\nc: *x\n", []string{"{a:1}", "{b:2 c:2}"}, "anchors of two documents"},
		{"--- ~\n--- \"\"\n", []string{"~", `""`}, "null and an empty text are no empty documents"},
		{"\"a\": 1\n'b': 2\n? |\n  c\n: 3\n", []string{"{a:1 b:2 c\n:3}"}, "quoted keys"},
		{"'<<': {a: 1}\n", []string{"{<<:{a:1}}"}, "a quoted merge key is a key"},
		{"1x: 1\nyes: 2\n2020-01-01: 3\n", []string{"{1x:1 yes:2 2020-01-01:3}"}, "keys that look like no other kind"},
		{"!!str 1: a\n", []string{`{1:"a"}`}, "a tag makes the key text"},
		{"a: 1\r\nb: 2\rc: 3\u0085d: 4\n", []string{"{a:1 b:2 c:3 d:4}"}, "every line break of YAML 1.1"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff(test.want, dumpAll(docs)); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %q: problems %q, (-want +got):\n%s", test.reason, test.text, said(problems), diff)
		}
	}
}

func TestYAMLPlaces(t *testing.T) {
	tests := []struct {
		text   string
		want   []string
		reason string
	}{
		{"a: 1\nb:\n  - x\n", []string{"1:1 a mapping", `1:1 the text "a"`, "1:4 the number 1", `2:1 the text "b"`,
			"3:3 a list", `3:5 the text "x"`}, "blocks"},
		{"[漢, 'é', e\u0301, 👩, b]", []string{"1:1 a list", `1:2 the text "漢"`, `1:5 the text "é"`,
			"1:10 the text \"e\u0301\"", `1:14 the text "👩"`, `1:17 the text "b"`}, "behind wide and combining runes"},
		{"é: 1\n漢: b\n", []string{"1:1 a mapping", `1:1 the text "é"`, "1:4 the number 1", `2:1 the text "漢"`,
			`2:4 the text "b"`}, "each line from its start"},
		{"a: x\u0085b: 1\nc: 2", []string{"1:1 a mapping", `1:1 the text "a"`, `1:4 the text "x"`, `1:6 the text "b"`,
			"1:9 the number 1", `2:1 the text "c"`, "2:4 the number 2"}, "NEL is a line break to YAML 1.1 and none to editors"},
		{"[\"x\u2028\", \"\u2029\", b]\n", []string{"1:1 a list", `1:2 the text "x\u2028"`, `1:8 the text "\u2029"`,
			`1:13 the text "b"`}, "LS and PS too"},
		{"a:\t1\nb\t:\t[\t2]", []string{"1:1 a mapping", `1:1 the text "a"`, "1:4 the number 1", `2:1 the text "b"`,
			"2:5 a list", "2:7 the number 2"}, "a tab is one column"},
		{"a: 1\r\nb: 2\rc: 3\r\n\r\nd: 4", []string{"1:1 a mapping", `1:1 the text "a"`, "1:4 the number 1",
			`2:1 the text "b"`, "2:4 the number 2", `3:1 the text "c"`, "3:4 the number 3", `5:1 the text "d"`,
			"5:4 the number 4"}, "CR LF and a lone CR"},
		{"\uFEFFa: 1", []string{"1:1 a mapping", `1:1 the text "a"`, "1:4 the number 1"}, "behind a byte order mark"},
		{"# é\n\n--- # 漢\n{a: 1}\n--- b", []string{"4:1 a mapping", `4:2 the text "a"`, "4:5 the number 1", `5:5 the text "b"`},
			"behind comments, in documents"},
		{"a: |\n  é\n  漢\nb: 'x\n  y' # z\nc: 1", []string{"1:1 a mapping", `1:1 the text "a"`, `1:4 the text "é\n漢\n"`,
			`4:1 the text "b"`, `4:4 the text "x y"`, `6:1 the text "c"`, "6:4 the number 1"}, "behind texts of several lines"},
		{"a: !!str 1\nb: &x 2", []string{"1:1 a mapping", `1:1 the text "a"`, `1:4 the text "1"`, `2:1 the text "b"`,
			"2:4 the number 2"}, "a tag and an anchor belong to the value"},
		{"a:\nb: ", []string{"1:1 a mapping", `1:1 the text "a"`, "1:3 null", `2:1 the text "b"`, "2:3 null"},
			"no value stands behind the colon"},
	}
	for _, test := range tests {
		docs, problems := Read(NewFile("t", []byte(test.text)))
		if diff := cmp.Diff(test.want, placesOf(docs)); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %q: problems %q, (-want +got):\n%s", test.reason, test.text, said(problems), diff)
		}
	}
}
