package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shape writes a chain so that every operator can be told: {A {B} {C {D}}}, chained sources with a <.
func (c *chained) shape() string {
	out := "{" + c.name
	for _, s := range c.sources {
		out += " <" + s
	}
	for _, next := range c.outs {
		out += " " + next.shape()
	}
	return out + "}"
}

func TestParseChain(t *testing.T) {
	for _, row := range []struct{ text, want, reason string }{
		{"A", "{A}", "one operator"},
		{"", "{}", "no name"},
		{"A -> B -> C", "{A {B {C}}}", "a line"},
		{"A -> (B, C -> D)", "{A {B} {C {D}}}", "createChainedName's fan-out"},
		{"A -> (B -> (C, D), E)", "{A {B {C} {D}} {E}}", "a fan-out inside a fan-out"},
		{"[vertex-3]A -> B", "{A {B}}", "pipeline.vertex-name-include-index-prefix"},
		{"Calc(select=[a, b -> c], where=[(a -> b)]) -> Map", "{Calc(select=[a, b -> c], where=[(a -> b)]) {Map}}", "brackets belong to names"},
		{"A -> f(x -> B", "{A {f(x {B}}}", "brackets without their other half mean nothing"},
		{"A -> (B, C) -> D", "{A {(B, C) {D}}}", "a list that something follows is a name"},
		{"A -> (B", "{A {(B}}", "no list without an end"},
		{"Join [Source: x, Source: y, z] -> B", "{Join <Source: x <Source: y, z {B}}", "sources chained in front of a head (1.12+)"},
		{"A [b]", "{A [b]}", "brackets that hold no source"},
		{"A\n", "{A}", "a tree of one"},
		{"A\n+- B\n   +- C\n", "{A {B {C}}}", "a line, as a tree"},
		{"A\n:- B\n:  :- C\n:  +- D\n+- E\n", "{A {B {C} {D}} {E}}", "fan-outs, as a tree"},
		{"+- A\n+- +- B\n", "{+- A {+- B}}", "names that look like a tree's lines"},
		{"A\nmore of A\n+- B\nmore of B\n", "{A\nmore of A {B\nmore of B}}", "names with line breaks"},
		{"A\n      +- B\n", "{A\n      +- B}", "too deep for a child: it belongs to the name"},
		{"A -> B\n+- C, D\n", "{A -> B {C, D}}", "separators inside a tree's names"},
		{"[1]:Join(x) [[2]:TableSourceScan(table=[[c, d, s]]), Source: y]\n+- C\n", "{[1]:Join(x) <[2]:TableSourceScan(table=[[c, d, s]]) <Source: y {C}}", "descriptions of chained sources"},
	} {
		if got := parseChain(row.text).shape(); got != row.want {
			t.Errorf("%q (%s): %s, want %s", row.text, row.reason, got, row.want)
		}
	}
}

func TestUnescapeDescription(t *testing.T) {
	for _, row := range []struct{ text, want, reason string }{
		{"A -&gt; B", "A -> B", "1.10 to 1.14"},
		{"A<br/>+- B<br/>", "A\n+- B\n", "1.15 and later"},
		{"&lt;br/&gt;", "<br/>", "a name that holds one"},
		{"members=[&#92;nHashJoin", `members=[\nHashJoin`, "the two characters, no line break"},
		{"na&iuml;ve &quot;q&quot; &amp;amp;", `naïve "q" &amp;`, "entities of Latin-1 letters; an ampersand once"},
	} {
		if got := unescapeDescription(row.text); got != row.want {
			t.Errorf("%q (%s): %q, want %q", row.text, row.reason, got, row.want)
		}
	}
}

func TestChainNames(t *testing.T) {
	for _, row := range []struct {
		tree, name string
		want       []string
		sure       bool
		reason     string
	}{
		{"a\n+- b\n", "a -> b", []string{"a", "b"}, true, "descriptions that are the names"},
		{"a -> b\n+- c, d\n", "a -> b -> c, d", []string{"a -> b", "c, d"}, true, "names that hold separators"},
		{"r\n:- a, b\n:  +- s\n+- c\n", "r -> (a, b -> s, c)", []string{"r", "a, b", "s", "c"}, true, "fused names in a fan-out"},
		{"[1]:TableSourceScan(table=[[c, d, s]])\n+- [2]:LocalHashAggregate(x)\n   +- o[3]: Writer\n", "Source: s[1] -> HashAggregate[2] -> o[3]: Writer",
			[]string{"Source: s[1]", "HashAggregate[2]", "o[3]: Writer"}, true, "SQL: only the number is the same"},
		{"[5]:Join(x) [[1]:TableSourceScan(table=[[c, d, s]]), Source: y]\n+- m\n", "[vertex-1]Join[5] [Source: s[1], Source: y] -> m",
			[]string{"Join[5]", "m", "Source: s[1]", "Source: y"}, true, "chained sources come last in a chain"},
		{"[1]:TableSourceScan(table=[[c, d, s]], fields=[a])\n:- [2]:Calc(x)\n+- [3]:Sink(table=[c.d.o], fields=[a])\n", "",
			[]string{"Source: s[1]", "Calc[2]", "Sink: o[3]"}, true, "no name, as in a JobGraph plan alone"},
		{"a\n+- b\n", "something -> else -> here", []string{"a", "b"}, false, "a name that is another chain's"},
		{"[1]:Calc(x)\n", strings.Repeat("x", 200_001), []string{"Calc[1]"}, false, "too long to look for names in it"},
	} {
		names, sure := chainNames(parseChain(row.tree), row.name)
		if diff := cmp.Diff(row.want, names); diff != "" || sure != row.sure {
			t.Errorf("%s: sure %v (-want +got):\n%s", row.reason, sure, diff)
		}
	}
}

// TestLongChains: neither a long chain nor a deep fan-out takes the stack or the patience of anybody.
func TestLongChains(t *testing.T) {
	const n = 200_000
	long := strings.Repeat("A -> ", n) + "B"
	if list, _ := parseChain(long).all(); len(list) != n+1 {
		t.Errorf("%d operators", len(list))
	}
	deep := strings.Repeat("A -> (B, ", n) + "C" + strings.Repeat(")", n)
	if list, _ := parseChain(deep).all(); len(list) < deepestFanOut {
		t.Errorf("%d operators", len(list))
	}
	var tree strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&tree, "%s%s\n", strings.Repeat("   ", max(0, i-1)), []string{"A", "+- B"}[min(i, 1)])
	}
	if list, _ := parseChain(tree.String()).all(); len(list) != 2000 {
		t.Errorf("%d operators of a deep tree", len(list))
	}
}
