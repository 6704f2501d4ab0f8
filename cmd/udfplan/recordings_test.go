package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const recordingsFolder = "../../testdata/flink"

// recordings are the columns of versions.tsv, and the files or folders that a version's own recordings of each are.
var recordings = map[string][]string{
	"chains":      {"chains/%.jsonl"},
	"adaptive":    {"adaptive/%.jsonl"},
	"taskmanager": {"taskmanager/%.jsonl"},
	"weights":     {"weights/%.jsonl"},
	"memorysize":  {"memorysize/parse-%.jsonl", "memorysize/format-%.jsonl"},
	"conf-legacy": {"conf/legacy-%.jsonl"},
	"conf-yaml":   {"conf/yaml-%.jsonl"},
	"graphs":      {"finegrained/graphs/%.jsonl"},
	"clusters":    {"finegrained/clusters/%.jsonl"},
	"fill":        {"finegrained/fill/%.jsonl"},
	"formats":     {"formats/%"},
	"pyflink":     {"pyflink/%.jsonl"},
	"rest":        {"rest/%.json"},
}

// versionsTable is versions.tsv: its columns, and its rows by version.
func versionsTable(t *testing.T) (columns []string, rows map[string]map[string]string) {
	t.Helper()
	text := readText(t, recordingsFolder+"/record/versions.tsv")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	columns, rows = strings.Split(lines[0], "\t"), map[string]map[string]string{}
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(columns) {
			t.Fatalf("%d cells in the row of %s", len(cells), cells[0])
		}
		row := map[string]string{}
		for i, cell := range cells {
			row[columns[i]] = cell
		}
		rows[cells[0]] = row
	}
	return columns, rows
}

// TestVersionsTable: the table says which version has recordings of which kind; there are these and no others, and what a version has none of its
// own of has its reason in the README beside the table.
func TestVersionsTable(t *testing.T) {
	columns, rows := versionsTable(t)
	var named []string
	for version, row := range rows {
		for kind, files := range recordings {
			switch cell := row[kind]; {
			case !slices.Contains(columns, kind):
				t.Fatalf("no column %s", kind)
			case cell == "own":
				for _, file := range files {
					named = append(named, strings.ReplaceAll(file, "%", version))
				}
			case cell != "-" && rows[cell][kind] != "own":
				t.Errorf("%s of %s are those of %q, which has none", kind, version, cell)
			}
		}
	}
	slices.Sort(named)
	var there []string
	for _, files := range recordings {
		for _, file := range files {
			found, err := filepath.Glob(filepath.Join(recordingsFolder, strings.ReplaceAll(file, "%", "*")))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range found {
				name, _ := filepath.Rel(recordingsFolder, path)
				there = append(there, filepath.ToSlash(name))
			}
		}
	}
	slices.Sort(there)
	for _, name := range there {
		if !slices.Contains(named, name) {
			t.Errorf("%s is there, and no row has it", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(there, name) {
			t.Errorf("a row has %s, and it is not there", name)
		}
	}
}

// TestVersionsWithoutRecordings: every minor version has a row, and every kind of which some version has no recordings of its own has a reason.
func TestVersionsWithoutRecordings(t *testing.T) {
	_, rows := versionsTable(t)
	var minors []string
	for version := range rows {
		minors = append(minors, version[:strings.LastIndex(version, ".")])
	}
	for _, minor := range strings.Fields("1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18 1.19 1.20 2.0 2.1 2.2 2.3") {
		if !slices.Contains(minors, minor) {
			t.Errorf("no row of %s", minor)
		}
	}
	_, table, _ := strings.Cut(readText(t, recordingsFolder+"/record/README.md"), "\n| kind | versions | reason |\n")
	explained := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([a-z, -]+) \|`).FindAllStringSubmatch(table, -1) {
		for _, kind := range strings.Split(row[1], ", ") {
			explained[kind] = true
		}
	}
	for kind := range recordings {
		missing := false
		for _, row := range rows {
			missing = missing || row[kind] != "own"
		}
		if missing != explained[kind] {
			t.Errorf("%s: some version has none of its own: %v; the README says why: %v", kind, missing, explained[kind])
		}
	}
}
