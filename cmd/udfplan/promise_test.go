package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var promisesPage = flag.String("promises", "", "the page that BenchmarkPromise writes its table to")

const promisesFile = "../../docs/performance.md"

// A promise bounds what udfplan costs, as a ratio to what the same machine needs for something plain: no time is asserted anywhere.
type promise struct {
	name, says string
	wanted     float64 // what was set out for
	bound      float64 // what is kept: at most so much
}

var promises = []promise{
	{"json", "`compile -o json` of 100,000 operators in JSON (a chain, a star, a hundred chains), beside the bare `encoding/json` parse", 1, 1},
	{"json-ladder", "the same of a ladder, in which nothing chains", 1, 1.5},
	{"json-memory", "bytes allocated by it, all shapes", 1.5, 1.5},
	{"table", "`compile -o table` of them, beside `-o json`, all shapes", 5, 5},
	{"yaml", "`compile -o json` of them in YAML, beside the bare parse into a `yaml.Node`", 1.3, 1.4},
	{"yaml-ladder", "the same of a ladder", 1.3, 1.6},
	{"yaml-memory", "bytes allocated by it, all shapes", 1.5, 1.5},
	{"start-up", "`udfplan version`, beside an empty Go program", 2, 3.5},
}

// row is the promise as the page has it, up to its measured figure.
func (p promise) row() string {
	return fmt.Sprintf("| %s | %v | at most %v |", p.says, p.wanted, p.bound)
}

const promisesHead = "| what | wanted | kept | measured |\n| --- | --- | --- | --- |\n"

// writePromises puts the table with what was measured in place of the one on the page.
func writePromises(t testing.TB, path string, measured map[string]float64) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(page), promisesHead)
	if !found {
		t.Fatalf("%s has no table of promises", path)
	}
	_, after, _ := strings.Cut(rest, "\n\n")
	var rows strings.Builder
	for _, p := range promises {
		fmt.Fprintf(&rows, "%s %.2f |\n", p.row(), measured[p.name])
	}
	if err := os.WriteFile(path, []byte(before+promisesHead+rows.String()+"\n"+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPromises holds that the page says what is promised, and that what was measured keeps it.
func TestPromises(t *testing.T) {
	page, err := os.ReadFile(promisesFile)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), promisesHead)
	if !found {
		t.Fatal("the page has no table of promises")
	}
	table, _, _ := strings.Cut(rest, "\n\n")
	rows := strings.Split(table, "\n")
	if len(rows) != len(promises) {
		t.Fatalf("%d rows of %d promises", len(rows), len(promises))
	}
	for i, p := range promises {
		figure, is := strings.CutPrefix(rows[i], p.row())
		measured, err := strconv.ParseFloat(strings.Trim(figure, " |"), 64)
		if !is || err != nil {
			t.Errorf("the page has\n%s\nand not\n%s FIGURE |", rows[i], p.row())
		} else if measured <= 0 || measured > p.bound {
			t.Errorf("%s: measured %v, which is not %v", p.name, measured, p.bound)
		}
	}
}
