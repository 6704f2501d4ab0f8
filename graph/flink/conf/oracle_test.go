package conf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// asked are texts that GlobalConfiguration of Flink 1.20.4 was asked about, on JDK 17: keys and values in
// turn, nil where it refuses the file. Those with a reason are answered otherwise here.
var asked = []struct {
	text   string
	want   []string
	reason string
}{
	{"a: 1\t\nb: 2", []string{"a", "1", "b", "2"}, ""},
	{"a:\t1", nil, ""},
	{"a: \"x\"\t\nb: 1", nil, ""},
	{"a: [x,\ty]", nil, ""},
	{"a: x\ty", []string{"a", "x\ty"}, ""},
	{"a: 1\t# c", []string{"a", "1"}, ""},
	{"a: \"x\"\t# c", nil, ""},
	{"\ta: 1", nil, ""},
	{"a: 1\n\t\nb: 2", nil, ""},
	{"a: 1\n\t# c\nb: 2", nil, ""},
	{"-\tx", nil, ""},
	{"a: [\n\tx]", nil, ""},
	{"a: &x\ty", nil, ""},
	{"a: ! 5", []string{"a", "5"}, ""},
	{"a: !!int -0x10", []string{"a", "-16"}, ""},
	{"a: !!int \"\"", nil, ""},
	{"a: !!bool yes", nil, ""},
	{"a: !!float 1f", []string{"a", "1.0"}, ""},
	{"a: !!float NaN", nil, ""},
	{"a: !!float -.INF", []string{"a", "-.inf"}, ""},
	{"a: !!float +5", []string{"a", "5.0"}, ""},
	{"a: !!binary aGVsbG8=", []string{"a", "!!binary |-\n  aGVsbG8="}, ""},
	{"a: [!!binary aGVsbG8=]", []string{"a", "[!!binary \"aGVsbG8=\"]"}, ""},
	{"a: [!!bool yes]", []string{"a", "[null]"}, ""},
	{"a: !!omap [a: 1]", nil, ""},
	{"a: !!seq [1]", []string{"a", "[1]"}, ""},
	{"a: !!seq {x: 1}", nil, ""},
	{"a: !!map {x: 1}", []string{"a.x", "1"}, ""},
	{"a: !foo [1]", nil, ""},
	{"a: [\"\\u2028\", \"\\x01\", \"a\\tb\", \"é😀\", \"\\x7f\", \"\\u00a0\"]", []string{"a", "[\"\\L\", \"\\x01\", \"a\\tb\", é😀, \"\\x7f\", \u00a0]"}, ""},
	{"a: [\"x\\ny\"]", []string{"a", "[\"x\\ny\"]"}, ""},
	{"a: [{1: x, ? [a]: y, '': z}]", []string{"a", "[{1: x, ? [a] : y, ? '' : z}]"}, ""},
	{"a: [{1: x, 01: y}]", nil, ""},
	{"a: [{[a]: x, [a]: y}]", nil, ""},
	{"a: &x [1]\nb: [*x, *x]\nc: [*x, *x]", []string{"a", "[1]", "b", "[&id001 [1], *id001]", "c", "[&id002 [1], *id002]"}, ""},
	{"~: 1\nnull: 2", nil, ""},
	{"%YAML 1.2\n---\na: 1", []string{"a", "1"}, ""},
	{"%YAML 1.3\n---\na: 1", []string{"a", "1"}, ""},
	{"%FOO\n--- {a: 1}", []string{"a", "1"}, ""},
	{"a: 1\n...\n%YAML 1.2\n---\n", nil, ""},
	{"a: 1\n---\n", nil, ""},
	{"---\n---\n", nil, ""},
	{"--- a: 1", nil, ""},
	{"\ufeffa: 1", []string{"a", "1"}, ""},
	{"a: 1\u2028b: 2", nil, ""},
	{"a: x\u0085y", []string{"a", "x\u0085y"}, ""},
	{"a: \"x\u2028 y\"", []string{"a", "x\u2028 y"}, ""},
	{"a: !!null x", nil, ""},
	{"a: !!str", []string{"a", ""}, ""},
	{"a: !!str ~", []string{"a", "~"}, ""},
	{"a: !!set {x, 1}", []string{"a", "!!set {x: null, 1: null}"}, ""},
	{"a: !!set [x]", nil, ""},
	{"- 1", nil, ""},
	{"!!set {x}", nil, ""},
	{"a: 1.", []string{"a", "1.0"}, ""},
	{"a: -.5", []string{"a", "-0.5"}, ""},
	{"a: 1e", []string{"a", "1e"}, ""},
	{"a: .", []string{"a", "."}, ""},
	{"a: -", nil, ""},
	{"a: +", []string{"a", "+"}, ""},
	{"a: 0x", []string{"a", "0x"}, ""},
	{"a: 0b11", []string{"a", "0b11"}, ""},
	{"a: 99999999999999999999", []string{"a", "99999999999999999999"}, ""},
	{"a: -0", []string{"a", "0"}, ""},
	{"a: 1e-400", []string{"a", "0.0"}, ""},
	{"a: 12345678.9", []string{"a", "1.23456789E7"}, ""},
	{"a: 1.0e7", []string{"a", "1.0E7"}, ""},
	{"a: 2e-3", []string{"a", "0.002"}, ""},
	{"a: 1e23", []string{"a", "9.999999999999999E22"}, "JavaDouble: JDK 17 does not find the shortest digits"},
	{"a: 2.2250738585072014E-308", []string{"a", "2.2250738585072014E-308"}, ""},
	{"a: 4.9e-324", []string{"a", "4.9E-324"}, ""},
	{"a.b: ~\na: {b: 1}", []string{"a.b", "1"}, ""},
	{"a: {b: 1}\na.b: ~", nil, ""},
	{"a: *x", nil, ""},
	{"a: &x 1\n*x : 2", nil, ""},
	{"a: &a b\n*a : 2\n", []string{"a", "b", "b", "2"}, ""},
	{"? [a, b]\n: 1", nil, ""},
	{"a: 'x\n  y'\nb: \"x \\\n   y\"", []string{"a", "x y", "b", "x y"}, ""},
	{"a: >-\n  x\n  y\nb: |2\n    x\n", []string{"a", "x y", "b", "  x\n"}, ""},
	{"a: 0o8", []string{"a", "0o8"}, ""},
	{"a: [0o17, 0x1F, 010, 1e3, .inf, -.inf, .nan, +5, 5.]", []string{"a", "[15, 31, 10, 1000.0, .inf, -.inf, .nan, 5, 5.0]"}, ""},
	{"a: [[1], {}, [], {a: {b: 1}}]", []string{"a", "[[1], {}, [], {a: {b: 1}}]"}, ""},
	{"a: {}\nb: []", []string{"b", "[]"}, ""},
	{"a: !<tag:yaml.org,2002:int> 5", []string{"a", "5"}, ""},
	{"a: !!java.lang.Integer 5", nil, ""},
	{"%TAG ! tag:yaml.org,2002:\n---\na: !int 5", []string{"a", "5"}, ""},
	{"%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '5'", []string{"a", "5"}, ""},
	{"a: !!int '5'", []string{"a", "5"}, ""},
	{"a: !!float '5'", []string{"a", "5.0"}, ""},
	{"a: !!str [x]", nil, ""},
	{"? a\n? b\n", nil, ""},
	{"\"a\": 1\n'b': 2", []string{"a", "1", "b", "2"}, ""},
	{"a: 1\n b: 2", nil, ""},
	{"a: x # c\n  y", nil, ""},
	{"a: \"\\/\"", []string{"a", "/"}, ""},
	{"a: \"\\u12\"", nil, ""},
	{"a: \"\\ud83d\\ude00\"", []string{"a", "😀"}, "yaml.v3 refuses a pair of surrogates as escapes"},
	{"a: 'é'", []string{"a", "é"}, ""},
	{"a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", []string{"a", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"}, ""},
	{"a: {x: 1}\na: 2", nil, ""},
	{"a: {b c: 1}", []string{"a.b c", "1"}, ""},
	{"a:\n- x\n-\n- y", []string{"a", "[x, null, y]"}, ""},
	{"a: [x, ]", []string{"a", "[x]"}, ""},
	{"a:\n  - b: 1\n    c: 2", []string{"a", "[{b: 1, c: 2}]"}, ""},
	{"{a: 1}", []string{"a", "1"}, ""},
	{"{a: 1, \"b\":2}", []string{"a", "1", "b", "2"}, ""},
	{"[a]", nil, ""},
	{"a: '😀'", []string{"a", "😀"}, ""},
	{"a: b\n\n\n", []string{"a", "b"}, ""},
	{"#c", []string{}, ""},
	{"---", []string{}, ""},
	{"--- # c", []string{}, ""},
	{"...", nil, ""},
	{"a: 1 #", []string{"a", "1"}, ""},
	{"a: #c", nil, ""},
	{"a: '#c'", []string{"a", "#c"}, ""},
}

func TestStandardConfAsFlink(t *testing.T) {
	for _, test := range asked {
		got, problems := readStandard(&source.File{Name: "config.yaml", Text: test.text})
		want := effective(configOf(test.want))
		refused := problems.HasErrors()
		agrees := refused == (test.want == nil) && (refused || cmp.Equal(want, effective(got)))
		if agrees == (test.reason != "") {
			t.Errorf("%q: refused %v %v\n%s", test.text, refused, problems, cmp.Diff(want, effective(got)))
		}
	}
}

// Lists that share a value have anchors, whose numbers go on from list to list.
func TestStandardConfAnchors(t *testing.T) {
	text := "a: &x [1]\nb: [*x, *x]\nc: &y [&z {k: *x}, *z]\n"
	got, problems := readStandard(source.NewFile("config.yaml", []byte(text)))
	want := map[string]string{"a": "[1]", "b": "[&id001 [1], *id001]", "c": "[&id002 {k: [1]}, *id002]"}
	if diff := cmp.Diff(want, effective(got)); diff != "" || problems != nil {
		t.Errorf("%v (-want +got):\n%s", problems, diff)
	}
	for count, refused := range map[int]bool{50: false, 51: true} {
		text := "a: &x [1]\nb:\n" + strings.Repeat("- *x\n", count)
		if _, problems := readStandard(source.NewFile("config.yaml", []byte(text))); problems.HasErrors() != refused {
			t.Errorf("%d aliases of a list: %v", count, problems)
		}
	}
}

// configOf makes a configuration of keys and values in turn.
func configOf(words []string) (c flink.Config) {
	for i := 0; i+1 < len(words); i += 2 {
		c = append(c, flink.Entry{Key: words[i], Value: words[i+1]})
	}
	return c
}
