package main

import (
	"encoding/json"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"udfplan/graph"
	"udfplan/spec/render"
)

type versionCommand struct {
	Output string `short:"o" enum:"${formats}" default:"text" placeholder:"FORMAT" help:"text or json."`
}

func (c *versionCommand) Run(s *session) error {
	return writeAs(s, versionFormats, c.Output, "", builtOf(debug.ReadBuildInfo()), render.Options{})
}

// versionFormats are all formats of `version`.
var versionFormats = []render.Format[build]{
	{Name: "text", Doc: "a line", Write: writeVersionText},
	{Name: "json", Doc: "what is known, each under a key of its own", Write: writeVersionJSON},
}

// build is what a program knows of how it was built. Go puts all of it there where it builds from a git checkout, the module's version too where
// the commit has a tag; `go install udfplan@VERSION` knows the version only.
type build struct {
	version, commit, goVersion string
	date                       time.Time // of the commit; zero where it is not known
	changed                    bool      // the checkout was not that commit
}

func builtOf(info *debug.BuildInfo, known bool) build {
	b := build{version: "(devel)"}
	if !known || info == nil {
		return b
	}
	b.goVersion = info.GoVersion
	if info.Main.Version != "" {
		b.version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.time":
			b.date, _ = time.Parse(time.RFC3339, s.Value)
		case "vcs.modified":
			b.changed = s.Value == "true"
		}
	}
	return b
}

// String is one line: the version, and what is known of the commit and of the Go that built it.
func (b build) String() string {
	var of []string
	if b.commit != "" {
		commit := "commit " + b.commit[:min(12, len(b.commit))]
		if !b.date.IsZero() {
			commit += " of " + b.date.UTC().Format(time.DateOnly)
		}
		if b.changed {
			commit += " with changes"
		}
		of = append(of, commit)
	}
	if b.goVersion != "" {
		of = append(of, b.goVersion)
	}
	line := "udfplan " + b.version
	if len(of) > 0 {
		line += " (" + strings.Join(of, ", ") + ")"
	}
	return line
}

func writeVersionText(w io.Writer, b build, _ render.Options) error {
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

// writeVersionJSON leaves out what is not known. The commit is whole, its date to the second, in UTC.
func writeVersionJSON(w io.Writer, b build, _ render.Options) error {
	document := struct {
		APIVersion string     `json:"apiVersion"`
		Kind       string     `json:"kind"`
		Version    string     `json:"version"`
		Commit     string     `json:"commit,omitempty"`
		Date       *time.Time `json:"date,omitempty"`
		Changed    bool       `json:"changed,omitempty"`
		Go         string     `json:"go,omitempty"`
		Platform   string     `json:"platform"`
	}{graph.APIVersion, "Version", b.version, b.commit, nil, b.changed, b.goVersion, runtime.GOOS + "/" + runtime.GOARCH}
	if day := b.date.UTC(); !day.IsZero() {
		document.Date = &day
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(document)
}
