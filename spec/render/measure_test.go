package render

import (
	"encoding/json"
	"strings"
	"testing"

	"udfplan/spec/measure"
)

// TestMeasuredVersions: what a process says of itself is a text in the document, whatever bytes it has.
func TestMeasuredVersions(t *testing.T) {
	for _, row := range []struct{ reason, version string }{
		{"a version", "3.12.3"},
		{"two numbers, which must not become one", "3.10"},
		{"a control character that Go would write in a way of its own", "3.1\a2"},
		{"quotes and backslashes", `3"\1`},
		{"not ASCII", "3.é"},
	} {
		var out strings.Builder
		if err := writeMeasurements(&out, []*measure.Measurement{{Python: row.version}}, true); err != nil {
			t.Fatal(err)
		}
		var got struct{ Python string }
		if err := json.Unmarshal([]byte(out.String()), &got); err != nil || got.Python != row.version {
			t.Errorf("%s: %v, %q from %s; want %q", row.reason, err, got.Python, out.String(), row.version)
		}
	}
}
