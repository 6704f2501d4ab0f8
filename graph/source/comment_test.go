package source

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComments(t *testing.T) {
	for _, row := range []struct {
		reason, text string
		want         []string
	}{
		{"alone on a line", "# me: a\na: 1\n", []string{`1:1 "a" alone`}},
		{"behind a value, blanks around it", "a: 1  #  me:  b c \nb: 2", []string{`1:7 "b c"`}},
		{"without a blank, at the end of the text", "a: 1 #me:b", []string{`1:6 "b"`}},
		{"nothing follows the word", "a: 1 # me:", []string{`1:6 ""`}},
		{"the column counts code points", "ä: ö # me: x", []string{`1:6 "x"`}},
		{"lines that end otherwise", "a: 1 # me: x\r\nb: 2 # me: y\r", []string{`1:6 "x"`, `2:6 "y"`}},
		{"indented by a tab", "a:\n\t# me: x\n  1\n", []string{`2:2 "x" alone`}},
		{"another word", "a: 1 # you: x\nb: 1 # me x\n", nil},
		{"not at its beginning", "a: 1 # see me: x\n", nil},
		{"a # inside a word begins no comment", "a: b#me: x\n", nil},
		{"inside double quotes, and one behind", `a: "x # me: y" # me: z`, []string{`1:16 "z"`}},
		{"a quote inside the quotes", `a: "\" # me: y" # me: z`, []string{`1:17 "z"`}},
		{"inside single quotes, and one behind", `a: 'it''s # me: y' # me: z`, []string{`1:20 "z"`}},
		{"a quoted key", `"x # me: y": 1 # me: z`, []string{`1:16 "z"`}},
		{"behind an anchor", `a: &b "x # me: y" # me: z`, []string{`1:19 "z"`}},
		{"inside a block, its header, and behind", "a: | # me: h\n  # me: in\n\n  # me: in\n# me: out\nb: 1\n", []string{`1:6 "h"`, `5:1 "out" alone`}},
		{"a folded block at the end", "a:\n  b: >-\n    # me: in\n", nil},
		{"the second document", "a: 1\n---\nb: 'x # me: y' # me: z\n", []string{`3:16 "z"`}},
		{"JSON has no comments", `{"a": "# me: x"}`, nil},
	} {
		f := NewFile("f", []byte(row.text))
		docs, _ := Read(f)
		var got []string
		for _, c := range Comments(f, docs, "me:") {
			line, column := f.Position(c.Pos)
			alone := ""
			if c.Alone {
				alone = " alone"
			}
			got = append(got, fmt.Sprintf("%d:%d %q%s", line, column, c.Text, alone))
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", row.reason, diff, row.text)
		}
	}
}
