package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -0, 2.50, 1e3, 1E-07], "b": {"c": null, "d": true, "e": false}, "": ""}`,
		`{"a": 1, "b": {"x": 1, "x": 2}, "a": {"y": 1, "y": [2]}}`,
		`["\"\\\/\b\f\n\r\t\u00e9\ud83d\udc69\ud83d\u0041\udc69", "é漢👩` + "\x7f\u2028" + `"]`,
		"{} [] 1 \"a\" null\n{\"a\": 1}\r\n", `{}[]"a""b"1true2`, `[truefalse]`, `truefalse`, `00`, `-01`, `1-2`, `1.5.5`,
		`[1,]`, `{"a": 1,}`, `{"a" 1}`, `[01]`, `[1.]`, `[1e]`, `[-]`, `["\x"]`, `["\u12"]`, "[\"a\tb\"]", `["a`, `{`, "[\x00]",
		"{" + strings.Repeat(`"a": 1, "b": 2, `, 20) + `"c": 3}`, "\uFEFF[1]", "\uFEFF\uFEFF[1]", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // Read refuses it before
		}
		file := NewFile("t", []byte(text))
		docs, problems, ok := readJSON(file)
		if problems.Has(CodeTooDeep) {
			return // encoding/json nests deeper; TestReadJSONDepth has these
		}
		want := bareJSON(file.Text)
		if ok != want.ok || ok == problems.Has(CodeJSONSyntax) {
			t.Errorf("ok %v, encoding/json %v; problems %q", ok, want.ok, said(problems))
		}
		var got []string
		for _, doc := range docs {
			got = append(got, flat(doc)...)
			walk(doc, func(n Node) { checkJSONPlace(t, n) })
		}
		if !slices.Equal(want.flat, got) { // go-cmp alone takes random ways, which the fuzzer follows for nothing
			t.Errorf("(-encoding/json +own):\n%s", cmp.Diff(want.flat, got))
		}
		if twice := len(duplicates(problems)); ok && twice != want.twice {
			t.Errorf("%d duplicate keys, want %d: %q", twice, want.twice, said(problems))
		}
	})
}

// checkJSONPlace compares a value with the text at its place.
func checkJSONPlace(t *testing.T, n Node) {
	t.Helper()
	begin := map[Kind]string{Text: `"`, Sequence: "[", Mapping: "{"}[n.Kind()]
	if begin == "" {
		begin = n.Text()
	}
	offset, known := n.Pos().Offset()
	if !known || offset > len(n.File().Text) || !strings.HasPrefix(n.File().Text[offset:], begin) {
		t.Errorf("%s does not stand at %s", n.Describe(), n.Place())
	}
}

// flat is a value as bareJSON has it: one text for each bracket, key and scalar. (go-cmp's time doubles with
// every level of nesting.)
func flat(n Node) (out []string) {
	switch n.Kind() {
	case Sequence:
		out = append(out, "[")
		for item := range n.Items() {
			out = append(out, flat(item)...)
		}
		return append(out, "]")
	case Mapping:
		out = append(out, "{")
		for key, value := range n.Fields() {
			out = append(append(out, flat(key)...), flat(value)...)
		}
		return append(out, "}")
	case Text:
		return []string{"string " + n.Text()}
	case Number:
		return []string{"json.Number " + n.Text()}
	case Bool:
		return []string{"bool " + n.Text()}
	}
	return []string{"<nil> <nil>"}
}

// bare is a stream of values as encoding/json reads it.
type bare struct {
	flat  []string // up to the first failure
	ok    bool
	twice int // how many keys were in their object before
}

func bareJSON(text string) (out bare) {
	decoder := json.NewDecoder(strings.NewReader(text))
	for {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			out.ok = errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
			return out
		}
		if runsOn(raw, text[decoder.InputOffset():]) {
			return out
		}
		tokens := json.NewDecoder(bytes.NewReader(raw))
		tokens.UseNumber()
		out.value(tokens)
	}
}

// runsOn tells two values without anything between them that encoding/json takes apart and we do not: the
// words of truefalse and the numbers of 01.
func runsOn(value json.RawMessage, rest string) bool {
	if rest == "" {
		return false
	}
	isLower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	word := isLower(value[len(value)-1]) && isLower(rest[0])
	zero := (string(value) == "0" || string(value) == "-0") && rest[0] >= '0' && rest[0] <= '9'
	return word || zero
}

// value adds one value. Of a key that is there twice the first value stays.
func (b *bare) value(tokens *json.Decoder) {
	token, err := tokens.Token()
	if err != nil {
		panic(err) // Decode has accepted it
	}
	delim, nested := token.(json.Delim)
	if !nested {
		b.flat = append(b.flat, fmt.Sprintf("%T %v", token, token))
		return
	}
	b.flat = append(b.flat, delim.String())
	seen := map[string]bool{}
	for tokens.More() {
		before := len(b.flat)
		b.value(tokens)
		if delim == '[' {
			continue
		}
		key := b.flat[before]
		b.value(tokens)
		if seen[key] {
			b.flat = b.flat[:before]
			b.twice++
		}
		seen[key] = true
	}
	end, _ := tokens.Token()
	b.flat = append(b.flat, fmt.Sprint(end))
}
