package document

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// unseenCodes are codes without a row, and why.
var unseenCodes = map[string]string{}

// TestEveryCodeHasARow: what this package tells people stands in a table of its tests, with a place.
func TestEveryCodeHasARow(t *testing.T) {
	call := regexp.MustCompile(`(?:Errorf|Warnf|Notef)\([^"]+, "([a-z0-9-]+)"`)
	files, _ := filepath.Glob("*.go")
	var sources, tests strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			tests.Write(text)
		} else {
			sources.Write(text)
		}
	}
	calls := call.FindAllStringSubmatch(sources.String(), -1)
	if len(calls) < 30 {
		t.Fatalf("only %d diagnostics found in the sources", len(calls))
	}
	said := tests.String()
	for _, match := range calls {
		code := match[1]
		_, unseen := unseenCodes[code]
		if shown := regexp.MustCompile(`[" ]` + code + `"`).MatchString(said); shown == unseen {
			t.Errorf("%s: in a row: %v, known to be without: %v", code, shown, unseen)
		}
	}
}
