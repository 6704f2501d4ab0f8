package source

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dump writes a value as JSON would, but numbers, booleans and null with their own text.
func dump(n Node) string {
	var parts []string
	switch n.Kind() {
	case Sequence:
		for item := range n.Items() {
			parts = append(parts, dump(item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case Mapping:
		for key, value := range n.Fields() {
			parts = append(parts, key.Text()+":"+dump(value))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case Text:
		return strconv.Quote(n.Text())
	}
	return n.Text()
}

func dumpAll(docs []Node) (out []string) {
	for _, doc := range docs {
		out = append(out, dump(doc))
	}
	return out
}

// said is what a list tells, with its places but without hints.
func said(l List) (out []string) {
	for _, d := range l {
		line := fmt.Sprintf("%s: %s: %s", d.Place, d.Code, d.Message)
		for _, r := range d.Related {
			line += fmt.Sprintf(" (%s: %s)", r.Place, r.Message)
		}
		out = append(out, line)
	}
	return out
}

// walk visits a value, and all keys and values below it, in the order of the tree.
func walk(n Node, visit func(Node)) {
	visit(n)
	for item := range n.Items() {
		walk(item, visit)
	}
	for key, value := range n.Fields() {
		visit(key)
		walk(value, visit)
	}
}

// placesOf is where every key and value stands, and what it is.
func placesOf(docs []Node) (out []string) {
	for _, doc := range docs {
		walk(doc, func(n Node) {
			out = append(out, strings.TrimPrefix(n.Place().String(), "t:")+" "+n.Describe())
		})
	}
	return out
}

// read is the only document of a text without problems. Its file is called "t", as in every test here.
func read(t *testing.T, text string) Node {
	t.Helper()
	docs, problems := Read(NewFile("t", []byte(text)))
	if len(docs) != 1 || len(problems) > 0 {
		t.Fatalf("%q has %d documents and problems %q", text, len(docs), said(problems))
	}
	return docs[0]
}

func TestNodeInt(t *testing.T) {
	tests := []struct {
		text   string
		want   int64
		ok     bool
		reason string
	}{
		{"0", 0, true, "zero"},
		{"7", 7, true, "one digit"},
		{"10", 10, true, "a zero behind"},
		{"-12", -12, true, "a minus"},
		{"9223372036854775807", math.MaxInt64, true, "the largest"},
		{"-9223372036854775808", math.MinInt64, true, "the smallest"},
		{"9223372036854775808", 0, false, "one more than the largest"},
		{"-9223372036854775809", 0, false, "one less than the smallest"},
		{"010", 0, false, "octal to some readers"},
		{"00", 0, false, "a leading zero"},
		{"-01", 0, false, "a leading zero behind a minus"},
		{"-0", 0, false, "nobody writes it and means it"},
		{"0x10", 0, false, "hexadecimal"},
		{"0o17", 0, false, "octal"},
		{"0b11", 0, false, "binary"},
		{"1_000", 0, false, "an underscore"},
		{"1e3", 0, false, "an exponent"},
		{"1.5", 0, false, "a fraction"},
		{"1.0", 0, false, "a fraction of nothing"},
		{"1.", 0, false, "a point"},
		{".5", 0, false, "a point in front"},
		{"+1", 0, false, "a plus"},
		{".inf", 0, false, "infinite"},
		{"-.inf", 0, false, "infinite, with a minus"},
		{".nan", 0, false, "no number"},
		{`"1"`, 0, false, "a text"},
		{"true", 0, false, "a boolean"},
		{"~", 0, false, "null"},
		{"[1]", 0, false, "a list"},
		{"{a: 1}", 0, false, "a mapping"},
	}
	for _, test := range tests {
		got, ok := read(t, test.text).Int()
		if ok != test.ok || ok && got != test.want {
			t.Errorf("%s: Int of %s = %d, %v; want %d, %v", test.reason, test.text, got, ok, test.want, test.ok)
		}
	}
}

func TestDescribe(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"~", "null", "whatever it is written as"},
		{"a: ", "a mapping", "a mapping"},
		{"[]", "a list", "a list"},
		{"1.50", "the number 1.50", "as it is written"},
		{"True", "the boolean True", "as it is written"},
		{"yes", `the text "yes"`, "a text"},
		{`"a\tb\u001b\""`, `the text "a\tb\x1b\""`, "what a terminal would obey is escaped"},
		{`""`, `the text ""`, "an empty text"},
		{strings.Repeat("x", 61), `the text "` + strings.Repeat("x", 60) + `…"`, "a long text"},
		{strings.Repeat("9", 61), "the number " + strings.Repeat("9", 60) + "…", "a long number"},
	}
	for _, test := range tests {
		if got := read(t, test.text).Describe(); got != test.want {
			t.Errorf("%s: %s is %s; want %s", test.reason, test.text, got, test.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	x59, x60 := strings.Repeat("x", 59), strings.Repeat("x", 60)
	tests := []struct{ text, want, reason string }{
		{"", "", "empty"},
		{x60, x60, "as long as may be"},
		{x60 + "y", x60 + "…", "one too long"},
		{strings.Repeat("漢", 60), strings.Repeat("漢", 60), "runes count, not bytes"},
		{x59 + "漢字", x59 + "漢…", "never cut within a rune"},
	}
	for _, test := range tests {
		if got := Excerpt(test.text); got != test.want {
			t.Errorf("%s: Excerpt(%q) = %q; want %q", test.reason, test.text, got, test.want)
		}
	}
}

func TestField(t *testing.T) {
	doc := read(t, `{"a": {"b": 1, "x": 2}, "": 3, "b": [4, {"c": 5}], "n": null}`)
	tests := []struct {
		key, want string
		reason    string
	}{
		{"a", "{b:1 x:2}", "the first"},
		{"b", "[4 {c:5}]", "its own, not the one of a value below"},
		{"n", "null", "a null is a value"},
		{"", "3", "an empty key is one"},
		{"x", "", "only below"},
		{"c", "", "only below, in a list"},
		{"A", "", "another case"},
	}
	for _, test := range tests {
		field := doc.Field(test.key)
		got := ""
		if field.Valid() {
			got = dump(field)
		}
		if got != test.want {
			t.Errorf("%s: Field(%q) = %q; want %q", test.reason, test.key, got, test.want)
		}
	}
}

func TestTextOf(t *testing.T) {
	doc := read(t, `{"a": "x", "e": "", "n": 1, "b": true, "l": ["x"], "m": {"a": "y"}, "z": null}`)
	for _, row := range []struct {
		reason string
		of     Node
		key    string
		want   string
	}{
		{"a text", doc, "a", "x"},
		{"an empty text", doc, "e", ""},
		{"a number is no text", doc, "n", ""},
		{"nor is a boolean", doc, "b", ""},
		{"nor a list", doc, "l", ""},
		{"nor null", doc, "z", ""},
		{"no such key", doc, "x", ""},
		{"of a value below", doc.Field("m"), "a", "y"},
		{"of what is no mapping", doc.Field("a"), "a", ""},
		{"of nothing", doc.Field("x"), "a", ""},
	} {
		if got := row.of.TextOf(row.key); got != row.want {
			t.Errorf("%s: TextOf(%q) = %q; want %q", row.reason, row.key, got, row.want)
		}
	}
}

// Only mappings have fields and only sequences items; asking another kind is no mistake.
func TestChildrenOfOtherKinds(t *testing.T) {
	tests := []struct {
		text          string
		items, fields int
		reason        string
	}{
		{"[1, [2, 3], {}]", 3, 0, "a list"},
		{"{a: [1], b: {c: 2}}", 0, 2, "a mapping"},
		{"[]", 0, 0, "an empty list"},
		{"{}", 0, 0, "an empty mapping"},
		{"a", 0, 0, "a text"},
		{"~", 0, 0, "null"},
	}
	for _, test := range tests {
		doc := read(t, test.text)
		items, orNone, fields := 0, 0, 0
		for range doc.Items() {
			items++
		}
		for range doc.ItemsOrNone() {
			orNone++
		}
		for range doc.Fields() {
			fields++
		}
		if items != test.items || orNone != test.items || fields != test.fields {
			t.Errorf("%s: %s has %d items, %d with none allowed, and %d fields; want %d and %d",
				test.reason, test.text, items, orNone, fields, test.items, test.fields)
		}
	}
	for range (Node{}).ItemsOrNone() {
		t.Error("no value has an item")
	}
	if (Node{}).Valid() {
		t.Error("the zero Node is valid")
	}
}

// Iterating can end early: what is behind is not visited, and nothing panics.
func TestChildrenEndEarly(t *testing.T) {
	var got []string
	doc := read(t, "{a: [1, 2, 3], b: [4]}")
	for key, value := range doc.Fields() {
		for item := range value.Items() {
			got = append(got, key.Text()+item.Text())
			if item.Text() == "2" {
				break
			}
		}
		break
	}
	if diff := cmp.Diff([]string{"a1", "a2"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNodePlace(t *testing.T) {
	file := NewFile("t", []byte("a:\n  - b\n"))
	docs, _ := Read(file)
	for item := range docs[0].Field("a").Items() {
		if item.File() != file || item.Place() != (Place{file, At(7)}) || item.Pos() != At(7) {
			t.Errorf("%s at %s, %d", item.Describe(), item.Place(), item.Pos())
		}
		return
	}
	t.Error("there is no item")
}
