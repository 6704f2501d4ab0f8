package render

import (
	"strings"
	"testing"

	"udfplan/spec"
)

// FuzzTree: whatever a name is, a tree is at most 80 columns wide, and in ASCII nothing else.
func FuzzTree(f *testing.F) {
	for _, name := range []string{"a", "日本語の演算子名前はとても長いのですどうしようもない", "\x00\x1b\u2028", "😀\xff", strings.Repeat("long ", 40)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if s := specOf(named(name)); s != nil {
			checkTree(t, s)
		}
	})
}

func checkTree(t *testing.T, s *spec.Spec) {
	t.Helper()
	for _, ascii := range []bool{false, true} {
		var out strings.Builder
		if err := writeTree(&out, []*spec.Spec{s}, Options{ASCII: ascii}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if width(line) > textColumns {
				t.Errorf("%d columns: %s", width(line), line)
			}
			if ascii && strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
				t.Errorf("not plain ASCII: %q", line)
			}
		}
	}
}
