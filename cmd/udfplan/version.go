package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

func (versionCommand) Run(s *session) error {
	info, _ := debug.ReadBuildInfo()
	return s.writeText("", versionLine(info)+"\n")
}

// versionLine says what the build knows of itself: the module's version, the commit, the Go that built it.
func versionLine(info *debug.BuildInfo) string {
	version, revision, modified := "(devel)", "", ""
	if info == nil {
		return "udfplan " + version
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = ", commit " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " with changes"
		}
	}
	return fmt.Sprintf("udfplan %s (%s%s%s)", version, info.GoVersion, revision, modified)
}
