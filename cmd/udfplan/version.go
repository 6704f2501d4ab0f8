package main

import (
	"runtime/debug"
	"strings"
	"time"
)

type versionCommand struct{}

func (versionCommand) Run(s *session) error {
	return s.writeText("", builtOf(debug.ReadBuildInfo()).String()+"\n")
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
			b.commit = s.Value[:min(12, len(s.Value))]
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
		commit := "commit " + b.commit
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
