package source

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewFile(t *testing.T) {
	tests := []struct{ src, want, reason string }{
		{"a: 1", "a: 1", "as it is"},
		{"", "", "empty"},
		{"\xEF\xBB\xBFa: 1", "a: 1", "a byte order mark is no text"},
		{"\xEF\xBB\xBF", "", "nothing but a byte order mark"},
		{"\xEF\xBB\xBF\xEF\xBB\xBFa", "\uFEFFa", "a second one is text"},
		{"a\uFEFFb", "a\uFEFFb", "not at the start"},
		{"\xEF\xBBa", "\xEF\xBBa", "half a byte order mark"},
		{"\xFE\xFF\x00a", "\xFE\xFF\x00a", "that of UTF-16, which Read refuses"},
	}
	for _, test := range tests {
		want := &File{Name: "job.yaml", Text: test.want}
		if diff := cmp.Diff(want, NewFile("job.yaml", []byte(test.src)), cmp.AllowUnexported(File{}, lineIndex{})); diff != "" {
			t.Errorf("%s: NewFile(%q) (-want +got):\n%s", test.reason, test.src, diff)
		}
	}
}

// TestByteColumn: as Position, but bytes count.
func TestByteColumn(t *testing.T) {
	for _, test := range []struct {
		text   string
		pos    Pos
		column int
		reason string
	}{
		{"ab\ncd", At(1), 2, "ASCII"},
		{"ab\ncd", At(3), 1, "the start of a line"},
		{"é\né x", At(6), 4, "only those of its own line"},
		{"漢字x", At(6), 7, "wide runes have three bytes each"},
		{"ab\ncd", At(99), 3, "beyond the end is the end"},
		{"ab\ncd", Pos(0), 0, "unknown"},
		{"ab\ncd", AtLine(2), 0, "only the line is known"},
	} {
		if got := NewFile("f", []byte(test.text)).ByteColumn(test.pos); got != test.column {
			t.Errorf("%s: ByteColumn(%q, %d) = %d, want %d", test.reason, test.text, test.pos, got, test.column)
		}
	}
}

// TestEditRange: the old word, bare or in quotes; nothing where another text stands there.
func TestEditRange(t *testing.T) {
	for _, test := range []struct {
		text   string
		pos    Pos
		want   string
		reason string
	}{
		{"a: {old.key: 1}", At(4), "old.key", "bare"},
		{`{"old.key": 1}`, At(1), "old.key", "in quotes"},
		{"'old.key': 1", At(0), "old.key", "in other quotes"},
		{`"old\u002ekey": 1`, At(0), "", "with an escape"},
		{"old: {key: 1}", At(6), "", "nested"},
		{`x"`, At(1), "", "a quote that ends the text"},
		{"old.key: 1", Pos(0), "", "an unknown place"},
		{"old.key: 1", AtLine(1), "", "only the line is known"},
		{"old.key", At(99), "", "beyond the end"},
	} {
		f := NewFile("f", []byte(test.text))
		start, end, is := (&Edit{Old: "old.key", New: "new.key"}).Range(Place{f, test.pos})
		from, _ := start.Offset()
		to, _ := end.Offset()
		if is != (test.want != "") || is && f.Text[from:to] != test.want {
			t.Errorf("%s: %d to %d, %v; want %q", test.reason, start, end, is, test.want)
		}
	}
	if _, _, is := (&Edit{}).Range(Place{}); is {
		t.Error("no file has a word")
	}
}

func TestPosition(t *testing.T) {
	tests := []struct {
		text         string
		pos          Pos
		line, column int
		reason       string
	}{
		{"ab\ncd", At(0), 1, 1, "the start"},
		{"ab\ncd", At(1), 1, 2, "within a line"},
		{"ab\ncd", At(2), 1, 3, "a line break belongs to the line it ends"},
		{"ab\ncd", At(3), 2, 1, "the start of a line"},
		{"ab\ncd", At(5), 2, 3, "the end of the text"},
		{"ab\ncd\n", At(6), 3, 1, "the end behind a line break"},
		{"ab\ncd", At(99), 2, 3, "beyond the end is the end"},
		{"", At(0), 1, 1, "empty"},
		{"\n\nx", At(1), 2, 1, "an empty line"},
		{"ab\r\ncd", At(2), 1, 3, "CR LF is one line break: its first byte"},
		{"ab\r\ncd", At(3), 1, 4, "its second byte"},
		{"ab\r\ncd", At(4), 2, 1, "behind it"},
		{"ab\rcd", At(3), 2, 1, "a lone CR"},
		{"\r\r\n\n\rx", At(5), 5, 1, "CR, CR LF, LF, CR"},
		{"ab\r", At(3), 2, 1, "a CR that ends the text"},
		{"\ta\tb", At(3), 1, 4, "a tab is one code point"},
		{"漢字x", At(6), 1, 3, "wide runes count once"},
		{"e\u0301x", At(3), 1, 3, "a combining rune counts too"},
		{"👩\u200d👧x", At(11), 1, 4, "every code point of an emoji counts"},
		{"é\né x", At(6), 2, 3, "only those of its own line"},
		{"a\u0085b\u2028c\u2029d\ve\ff", At(13), 1, 9, "what editors do not take for line breaks"},
		{"ab\ncd", Pos(0), 0, 0, "unknown"},
		{"ab\ncd", AtLine(2), 2, 0, "only the line is known"},
	}
	for _, test := range tests {
		file := NewFile("t", []byte(test.text))
		if line, column := file.Position(test.pos); line != test.line || column != test.column {
			t.Errorf("%s: Position(%d) of %q = %d, %d; want %d, %d",
				test.reason, test.pos, test.text, line, column, test.line, test.column)
		}
	}
}

// Every line is searched for, and from every side of the middle.
func TestPositionOfEveryLine(t *testing.T) {
	for lines := 1; lines <= 9; lines++ {
		text := ""
		for range lines {
			text += "é\n"
		}
		file := NewFile("t", []byte(text))
		for i := range lines {
			if line, column := file.Position(At(3*i + 2)); line != i+1 || column != 2 {
				t.Errorf("of %d lines: Position(%d) = %d, %d; want %d, 2", lines, 3*i+2, line, column, i+1)
			}
		}
	}
}

func TestPosOffset(t *testing.T) {
	tests := []struct {
		pos    Pos
		offset int
		known  bool
		reason string
	}{
		{At(0), 0, true, "the start is not unknown"},
		{At(7), 7, true, "any offset"},
		{Pos(0), 0, false, "the zero value is unknown"},
		{AtLine(1), 0, false, "a line has no offset"},
	}
	for _, test := range tests {
		offset, known := test.pos.Offset()
		if known != test.known || known && offset != test.offset {
			t.Errorf("%s: Pos(%d).Offset() = %d, %v; want %d, %v",
				test.reason, test.pos, offset, known, test.offset, test.known)
		}
	}
}

func TestLine(t *testing.T) {
	const text = "one\ntwo\r\nthree\r\rfünf\t "
	tests := []struct {
		text   string
		n      int
		want   string
		reason string
	}{
		{text, 1, "one", "the first"},
		{text, 2, "two", "without CR LF"},
		{text, 3, "three", "without a lone CR"},
		{text, 4, "", "an empty line"},
		{text, 5, "fünf\t ", "the last; blanks are kept"},
		{text, 6, "", "there is none"},
		{text, 0, "", "lines count from 1"},
		{text, -1, "", "lines count from 1"},
		{"one\n", 1, "one", "the last line break ends the line before"},
		{"one\n", 2, "", "and begins an empty one"},
		{"", 1, "", "an empty text"},
	}
	for _, test := range tests {
		if got := NewFile("t", []byte(test.text)).Line(test.n); got != test.want {
			t.Errorf("%s: Line(%d) of %q = %q; want %q", test.reason, test.n, test.text, got, test.want)
		}
	}
}

func TestPlaceString(t *testing.T) {
	file := NewFile("dir/job.yaml", []byte("a: 1\nbé: 2\n"))
	tests := []struct {
		place        Place
		want, reason string
	}{
		{Place{}, "", "unknown"},
		{Place{Pos: At(3)}, "", "a place in no file"},
		{Place{File: file}, "dir/job.yaml", "only the file is known"},
		{Place{file, AtLine(2)}, "dir/job.yaml:2", "only the line is known"},
		{Place{file, At(0)}, "dir/job.yaml:1:1", "the start"},
		{Place{file, At(8)}, "dir/job.yaml:2:3", "columns count code points"},
		{Place{NewFile("<stdin>", nil), At(0)}, "<stdin>:1:1", "the name as it was given"},
	}
	for _, test := range tests {
		if got := test.place.String(); got != test.want {
			t.Errorf("%s: got %q; want %q", test.reason, got, test.want)
		}
	}
}

func TestSeverityString(t *testing.T) {
	got := fmt.Sprint(Error, Warning, Note, Diagnostic{}.Severity)
	if want := "error warning note error"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestListAdd(t *testing.T) {
	file := NewFile("t", []byte("a: 1"))
	var list List
	list.Errorf(Place{file, At(0)}, "one", "%d of %s", 1, "two").Hint = "a hint"
	list.Warnf(Place{file, AtLine(1)}, "two", "plain").Related = []Related{{Place{file, At(3)}, "here"}}
	list.Notef(Place{}, "three", "100%%")
	want := List{
		{Severity: Error, Code: "one", Message: "1 of two", Hint: "a hint", Place: Place{file, At(0)}},
		{Severity: Warning, Code: "two", Message: "plain", Place: Place{file, AtLine(1)},
			Related: []Related{{Place{file, At(3)}, "here"}}},
		{Severity: Note, Code: "three", Message: "100%"},
	}
	if diff := cmp.Diff(want, list, cmp.AllowUnexported(File{}, lineIndex{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestListSorted(t *testing.T) {
	a, b := NewFile("a", []byte("x\ny\nzz\n")), NewFile("b", []byte("x"))
	otherA := NewFile("a", []byte("x\ny\nzz\n"))
	first := Diagnostic{Code: "c", Message: "twice", Place: Place{a, At(2)}, Hint: "the first one"}
	ordered := List{
		{Code: "c", Message: "of no file"},
		{Code: "c", Message: "of the file", Place: Place{File: a}},
		{Code: "c", Message: "a line and no column", Place: Place{a, AtLine(2)}},
		first,
		{Severity: Warning, Code: "b", Message: "a warning behind the errors of its place", Place: Place{a, At(2)}},
		{Severity: Note, Code: "a", Message: "a note behind the warnings", Place: Place{a, At(2)}},
		{Code: "c", Message: "a later line", Place: Place{a, At(4)}},
		{Code: "b", Message: "with the lesser code: a later column", Place: Place{a, At(5)}},
		{Code: "c", Message: "by message: 1", Place: Place{a, At(5)}},
		{Code: "c", Message: "by message: 2", Place: Place{a, At(5)}},
		{Code: "c", Message: "another file", Place: Place{b, At(0)}},
	}
	same := Diagnostic{Code: "c", Message: "twice", Place: Place{otherA, At(2)}, Hint: "another hint"}
	for shift := range ordered {
		mixed := append(append(List{}, ordered[shift:]...), ordered[:shift]...)
		mixed = append(mixed, same)
		before := append(List{}, mixed...)
		if diff := cmp.Diff(ordered, mixed.Sorted(), cmp.AllowUnexported(File{}, lineIndex{})); diff != "" {
			t.Errorf("rotated by %d (-want +got):\n%s", shift, diff)
		}
		if diff := cmp.Diff(before, mixed, cmp.AllowUnexported(File{}, lineIndex{})); diff != "" {
			t.Errorf("the list itself was changed (-before +after):\n%s", diff)
		}
	}
	if got := List(nil).Sorted(); len(got) != 0 {
		t.Errorf("sorting nothing gives %v", got)
	}
}

func TestListAsks(t *testing.T) {
	tests := []struct {
		list           List
		errors, hasTwo bool
		reason         string
	}{
		{nil, false, false, "nothing"},
		{List{{Severity: Note, Code: "one"}, {Severity: Warning, Code: "two"}}, false, true, "no error"},
		{List{{Severity: Warning, Code: "one"}, {Severity: Error, Code: "three"}}, true, false, "an error that is not the first"},
		{List{{Code: "two"}}, true, true, "the zero severity is an error"},
		{List{{Code: "twofold", Message: "two", Hint: "two"}}, true, false, "only the whole code counts"},
	}
	for _, test := range tests {
		if test.list.HasErrors() != test.errors || test.list.Has("two") != test.hasTwo {
			t.Errorf("%s: HasErrors %v, Has %v; want %v, %v", test.reason,
				test.list.HasErrors(), test.list.Has("two"), test.errors, test.hasTwo)
		}
	}
}
