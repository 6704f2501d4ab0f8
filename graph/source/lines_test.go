package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestAround: what stands beside a place is that of the line, masked, cut at whole characters.
func TestAround(t *testing.T) {
	for _, row := range []struct {
		text          string
		offset, most  int
		before, after string
		more          bool
		reason        string
	}{
		{"a: 1\nbcd: 2\r\ne", 7, 10, "bc", "d: 2", false, "its line, without the break"},
		{"a: 1\nbcdefgh\n", 9, 2, "de", "fg", true, "cut on both sides"},
		{"äöü", 4, 3, "ö", "ü", true, "at whole characters"},
		{"token: xyz # a", 11, 20, "token: *** ", "* *", false, "masked"},
		{"ä: 1\ntoken: äöü, b", 6, 20, "", "token: **** *", false, "a mask is shorter in bytes, and as long in columns"},
		{"tokenä: äöü\n", 13, 20, "tokenä: **", "*", false, "behind characters of two bytes"},
		{"a\n\n\nb", 2, 5, "", "", false, "an empty line"},
		{"abc", 3, 5, "abc", "", false, "behind the end"},
	} {
		f := NewFile("f", []byte(row.text))
		before, after, more := f.Around(At(row.offset), row.most)
		if before != row.before || after != row.after || more != row.more {
			t.Errorf("%s: %q, %q, %v", row.reason, before, after, more)
		}
	}
	if before, after, _ := NewFile("f", []byte("abc")).Around(AtLine(1), 5); before+after != "" {
		t.Error("a line alone is no place to look at")
	}
}

// FuzzPosition: lines and columns are those that counting gives.
func FuzzPosition(f *testing.F) {
	f.Add(strings.Repeat("a", 3000)+"ä\n\r\r\n", 3001)
	f.Add(strings.Repeat("ä€😀", 500), 2048)
	f.Add(strings.Repeat("x", 1023)+"ä", 1024)
	f.Add("\xff\xfe"+strings.Repeat("ä", 600), 1000)
	f.Add("token: "+strings.Repeat("ä", 600)+"\n", 1000)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		file := &File{Name: "f", Text: text}
		offset = min(max(offset, 0), len(text))
		line, column := file.Position(At(offset))
		wantLine, start := 1, 0
		for i := 0; i < offset; i++ {
			if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i+1:], "\n") {
				wantLine, start = wantLine+1, i+1
			}
		}
		want := utf8.RuneCountInString(text[start:offset]) + 1
		if whole := utf8.ValidString(text) && (offset == len(text) || utf8.RuneStart(text[offset])); line != wantLine || whole && column != want {
			t.Errorf("%d:%d, want %d:%d", line, column, wantLine, want)
		}
		before, after, _ := file.Around(At(offset), 1<<20)
		if utf8.ValidString(text) && before+after != file.Line(line) {
			t.Errorf("%q and %q of %q", before, after, file.Line(line))
		}
		if utf8.ValidString(text) && utf8.RuneCountInString(before) != min(column-1, utf8.RuneCountInString(file.Line(line))) {
			t.Errorf("column %d behind %q", column, before)
		}
	})
}
