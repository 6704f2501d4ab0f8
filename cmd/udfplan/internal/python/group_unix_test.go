//go:build unix

package python

import (
	"io"
	"os"
	"strings"
	"testing"
)

// TestIsTerminal: only somebody at a terminal keeps a program in udfplan's own group.
func TestIsTerminal(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	zero, err := os.Open("/dev/zero")
	if err != nil {
		t.Skip(err)
	}
	defer zero.Close()
	for _, row := range []struct {
		reason string
		stdin  io.Reader
		want   bool
	}{
		{"no file", strings.NewReader(""), false},
		{"/dev/null is a character device too", null, false},
		{"any other character device", zero, true},
		{"nothing", nil, false},
	} {
		if isTerminal(row.stdin) != row.want {
			t.Errorf("%s: %v", row.reason, !row.want)
		}
	}
}
