package source

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestYAMLSlips: mistakes that a review of this reader found, each by its smallest text.
func TestYAMLSlips(t *testing.T) {
	for _, row := range []struct {
		text   string
		want   []string
		reason string
	}{
		{"a: 1\nb: \"\\xZZ\"\nc: 3\n", []string{"t:2: yaml-syntax"}, "the scanner counts lines from 1"},
		{"a: 1\nb: |x\n", []string{"t:2: yaml-syntax"}, "likewise, though it begins as the parser's do"},
		{"a: [1\nb: 2\n", []string{"t:2: yaml-syntax"}, "the parser counts from 0"},
		{"x: 1\na: *nope", []string{"t:2:4: yaml-syntax"}, "the library names the anchor and no line"},
		{"a: \u0080", []string{"t:1:4: yaml-syntax"}, "a control character of two bytes"},
		{"a: !!null foo", []string{"t:1:4: bad-tag"}, "a text that would be lost"},
		{"a: !!int abc", []string{"t:1:4: bad-tag"}, "no number"},
		{"a: !!bool no", []string{"t:1:4: bad-tag"}, "a boolean of YAML 1.1"},
		{"a: !!float 1e3\nb: !!str 5\nc: !!null ~\nd: !!bool true", nil, "tags that fit"},
		{"a: {<<: !foo {x: 1}}", []string{"t:1:9: unknown-tag"}, "a tag on what is merged in"},
		{"a: {<<: }", []string{"t:1:9: bad-merge"}, "nothing to merge"},
	} {
		_, problems := Read(NewFile("t", []byte(row.text)))
		var got []string
		for _, d := range problems {
			got = append(got, d.Place.String()+": "+d.Code)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%q (%s) (-want +got):\n%s%v", row.text, row.reason, diff, problems)
		}
	}
}

// TestMergedOwnFirst: the own fields of a mapping that is merged in are stronger than those merged into it.
func TestMergedOwnFirst(t *testing.T) {
	docs, problems := Read(NewFile("t", []byte("base: &b {x: 1}\na: &a {<<: *b, x: 3}\nc: {<<: *a}")))
	if len(docs) != 1 || len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := docs[0].Field("c").Field("x").Text(); got != "3" {
		t.Errorf("c.x is %s", got)
	}
}

func TestPlainNumbers(t *testing.T) {
	for text, want := range map[string]Kind{"1e+-5": Text, "0b7": Text, "0b12": Text, "0b11": Number, "1e-5": Number, "1e+5": Number, "0o17": Number} {
		if got := plainKind(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if near, _ := Nearest("größe", []string{"grösse", "große"}); !slices.Contains([]string{"große"}, near) {
		t.Errorf("nearest to größe: %s", near)
	}
}
