package flink

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestBehavioursHoldTheVersions: what changes between versions stands in the table and nowhere else, and every row
// of it is asked for.
func TestBehavioursHoldTheVersions(t *testing.T) {
	table, err := os.ReadFile("behaviours.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	rows := regexp.MustCompile(`(?m)^\t(\w+) += Behaviour\{"([a-z0-9-]+)"`).FindAllStringSubmatch(string(table), -1)
	names := map[string]bool{}
	for _, row := range rows {
		asked[row[1]] = false
		if names[row[2]] {
			t.Errorf("the name %s is there twice", row[2])
		}
		names[row[2]] = true
	}
	if len(rows) < 40 {
		t.Fatalf("%d behaviours", len(rows))
	}
	comparison := regexp.MustCompile(`\.(?:Before|atLeast)\((?:flink\.)?Version\{|\.(?:Minor|Major) *(?:[<>]|==|!=)`)
	behaviour := regexp.MustCompile(`\b(\w+)\.(?:In|Cite)\(|&?(?:flink\.)?(\w+)\b`)
	err = filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		base := filepath.Base(path)
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || base == "behaviours.go" {
			return err
		}
		text, err := os.ReadFile(path)
		if found := comparison.FindString(string(text)); found != "" && base != "version.go" {
			t.Errorf("%s compares versions (%s): give it a row in behaviours.go", path, found)
		}
		for _, found := range behaviour.FindAllStringSubmatch(string(text), -1) {
			for _, name := range found[1:] {
				if _, known := asked[name]; known {
					asked[name] = true
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, yes := range asked {
		if !yes {
			t.Errorf("nobody asks for %s", name)
		}
	}
}
