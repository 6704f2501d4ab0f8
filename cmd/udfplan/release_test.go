package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestGoreleaser: a release has a program for each system, without the C library, that knows its commit; and what it copies is there.
func TestGoreleaser(t *testing.T) {
	var config struct {
		Version int
		Builds  []struct {
			Main         string
			Env, Flags   []string
			Goos, Goarch []string
		}
		Archives []struct {
			Files []struct{ Src string }
		}
		Sboms []struct{ Args []string }
	}
	if err := yaml.Unmarshal([]byte(readText(t, "../../.goreleaser.yaml")), &config); err != nil {
		t.Fatal(err)
	}
	if config.Version != 2 || len(config.Builds) != 1 || len(config.Archives) != 1 || len(config.Sboms) != 1 {
		t.Fatalf("reads as %+v", config)
	}
	b := config.Builds[0]
	if _, err := os.Stat("../../" + b.Main + "/main.go"); err != nil {
		t.Error(err)
	}
	for _, want := range []struct {
		have []string
		word string
	}{{b.Env, "CGO_ENABLED=0"}, {b.Flags, "-trimpath"}, {b.Flags, "-buildvcs=true"}, {b.Goos, "linux"}, {b.Goos, "darwin"}, {b.Goos, "windows"}, {b.Goarch, "amd64"}, {b.Goarch, "arm64"},
		{config.Sboms[0].Args, "-noserial"}, {config.Sboms[0].Args, "-notimestamp"}, {config.Sboms[0].Args, "-std"}} {
		if !slices.Contains(want.have, want.word) {
			t.Errorf("no %s in %v", want.word, want.have)
		}
	}
	for _, file := range config.Archives[0].Files {
		if !strings.HasPrefix(file.Src, ".release/") { // what the hooks before it make
			glob(t, "../../"+file.Src)
		}
	}
}

// TestDockerfile: the program alone, of the Go that go.mod asks for, as a user that is a number and not root.
func TestDockerfile(t *testing.T) {
	text := readText(t, "../../Dockerfile")
	asked := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(readText(t, "../../go.mod"))[1]
	built := regexp.MustCompile(`(?m)^FROM golang:(\d+\.\d+)\.\d+-\w+ AS build$`).FindStringSubmatch(text)
	if built == nil || built[1] != asked {
		t.Errorf("built with %q; go.mod asks for %s", built, asked)
	}
	_, last, _ := strings.Cut(text, "\nFROM scratch\n")
	user := regexp.MustCompile(`(?m)^USER (\d+):(\d+)$`).FindStringSubmatch(last)
	if user == nil || user[1] == "0" || user[2] == "0" || strings.Contains(last, "\nFROM ") || strings.Contains(last, "\nRUN ") {
		t.Errorf("the last stage is\n%s", last)
	}
	for _, copied := range regexp.MustCompile(`(?m)^COPY ([^-].*) \S+$`).FindAllStringSubmatch(text, -1) {
		for _, file := range strings.Fields(copied[1]) {
			if _, err := os.Stat("../../" + file); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestPinned: no workflow takes the newest of anything: a release is made by what its commit says.
func TestPinned(t *testing.T) {
	pinned := 0
	for _, path := range glob(t, "../../.github/workflows/*.yml") {
		text := readText(t, path)
		for _, use := range regexp.MustCompile(`uses: \S+|go (?:run|install) \S+`).FindAllString(text, -1) {
			pinned++
			if !regexp.MustCompile(`@v\d+`).MatchString(use) {
				t.Errorf("%s: %s names no version", path, use)
			}
		}
		if !strings.Contains(text, "\npermissions: {contents: read}\n") {
			t.Errorf("%s may do more than it has to", path)
		}
	}
	if pinned < 5 {
		t.Errorf("only %d", pinned)
	}
}
