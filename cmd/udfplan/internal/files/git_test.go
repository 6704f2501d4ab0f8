package files

import (
	"bufio"
	"strings"
	"testing"
)

// TestBlob: the answers of git cat-file --batch, one behind the other.
func TestBlob(t *testing.T) {
	for _, row := range []struct{ reason, answers, want, err string }{
		{"a text", "0123abc blob 5\nhello\n", "hello", ""},
		{"an empty one", "0123abc blob 0\n\n", "", ""},
		{"a path with blanks is asked for by name only: what is missing has no size", "HEAD:a b missing\n", "-", ""},
		{"a folder is no text", "0123abc tree 33\n", "", `git cat-file: "0123abc tree 33"`},
		{"two words, but not that it is missing", "HEAD:a ambiguous\n", "", `git cat-file: "HEAD:a ambiguous"`},
		{"the size is no number", "0123abc blob many\n", "", `git cat-file: "0123abc blob many"`},
		{"git ends inside the text", "0123abc blob 5\nhel", "", "git cat-file ended early: unexpected EOF"},
		{"git ends before", "", "", "git cat-file ended early: EOF"},
	} {
		answers := bufio.NewReader(strings.NewReader(row.answers + "NEXT"))
		if row.err != "" {
			answers = bufio.NewReader(strings.NewReader(row.answers))
		}
		text, err := blob(answers)
		got, said := string(text), ""
		if text == nil && err == nil {
			got = "-"
		}
		if err != nil {
			got, said = "", err.Error()
		}
		if got != row.want || said != row.err {
			t.Errorf("%s: %q, %q; want %q, %q", row.reason, got, said, row.want, row.err)
		}
		if rest, _ := answers.Peek(4); row.err == "" && string(rest) != "NEXT" {
			t.Errorf("%s: the next answer begins with %q", row.reason, rest)
		}
	}
}
