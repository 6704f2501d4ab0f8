package main

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/spec/render"
)

// TestVersion: what is known of each way to build the program, as a line and as a document.
func TestVersion(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for _, row := range []struct {
		reason string
		info   *debug.BuildInfo
		line   string
		keys   map[string]any
	}{
		{"no build info at all", nil, "udfplan (devel)", map[string]any{"version": "(devel)"}},
		{"go install of a release", &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.0"}},
			"udfplan v1.2.0 (go1.26.8)", map[string]any{"version": "v1.2.0", "go": "go1.26.8"}},
		{"go build of a tag, east of Greenwich", &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.0"},
			Settings: []debug.BuildSetting{setting("vcs.revision", "0123456789abcdef0123"), setting("vcs.time", "2026-11-28T00:59:59+01:00"), setting("vcs.modified", "false")}},
			"udfplan v1.2.0 (commit 0123456789ab of 2026-11-27, go1.26.8)",
			map[string]any{"version": "v1.2.0", "commit": "0123456789abcdef0123", "date": "2026-11-27T23:59:59Z", "go": "go1.26.8"}},
		{"go build with changes, and a time that is none", &debug.BuildInfo{GoVersion: "go1.26.8",
			Settings: []debug.BuildSetting{setting("vcs.revision", "0123"), setting("vcs.time", "today"), setting("vcs.modified", "true")}},
			"udfplan (devel) (commit 0123 with changes, go1.26.8)",
			map[string]any{"version": "(devel)", "commit": "0123", "changed": true, "go": "go1.26.8"}},
	} {
		b := builtOf(row.info, row.info != nil)
		var text, document strings.Builder
		if err := writeVersionText(&text, b, render.Options{}); err != nil || text.String() != row.line+"\n" {
			t.Errorf("%s: %q (%v), want %q", row.reason, text.String(), err, row.line)
		}
		var got map[string]any
		if err := writeVersionJSON(&document, b, render.Options{}); err != nil || json.Unmarshal([]byte(document.String()), &got) != nil {
			t.Errorf("%s: %q (%v)", row.reason, document.String(), err)
		}
		row.keys["apiVersion"], row.keys["kind"], row.keys["platform"] = "udfplan/v1", "Version", runtime.GOOS+"/"+runtime.GOARCH
		if diff := cmp.Diff(row.keys, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestVersionPrinted: the line is of the program that runs, and the document holds the same version.
func TestVersionPrinted(t *testing.T) {
	line, stderr := udfplan(t, exitWell, "", "version")
	if !strings.HasPrefix(line, "udfplan ") || strings.Count(line, "\n") != 1 || stderr != "" {
		t.Errorf("version prints %q and %q", line, stderr)
	}
	text, _ := udfplan(t, exitWell, "", "version", "-o", "json")
	var document struct{ Version string }
	if err := json.Unmarshal([]byte(text), &document); err != nil || !strings.HasPrefix(line, "udfplan "+document.Version+" ") {
		t.Errorf("%s (%v)", text, err)
	}
}
