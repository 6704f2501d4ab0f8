//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// A cost is what doing something once took.
type cost struct {
	cpu   time.Duration // of all threads, in user and system mode, the garbage collector's included
	wall  time.Duration
	bytes float64 // allocated
}

// leastOf does several things in turn, so many times, and is the least that each took: what else ran on the machine can only add.
func leastOf(rounds int, things ...func()) []cost {
	best := make([]cost, len(things))
	for round := range rounds {
		for i, do := range things {
			c := costOf(do)
			if round == 0 {
				best[i] = c
				continue
			}
			best[i] = cost{min(best[i].cpu, c.cpu), min(best[i].wall, c.wall), min(best[i].bytes, c.bytes)}
		}
	}
	return best
}

func costOf(do func()) cost {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start, cpu := time.Now(), cpuTime()
	do()
	c := cost{cpu: cpuTime() - cpu, wall: time.Since(start)}
	runtime.ReadMemStats(&after)
	c.bytes = float64(after.TotalAlloc - before.TotalAlloc)
	return c
}

// cpuTime is the processor time that this process has taken.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// BenchmarkPromise measures the promises of docs/performance.md, and writes them there with -promises; without, each thing is done once:
//
//	go test ./cmd/udfplan -run '^$' -bench Promise -benchtime 1x -promises ../../docs/performance.md
func BenchmarkPromise(b *testing.B) {
	rounds, starts := 1, 10
	if *promisesPage != "" {
		rounds, starts = 6, 100
	}
	folder := b.TempDir()
	page, _ := filepath.Abs(*promisesPage)
	measured := map[string]float64{}
	worse := func(name string, ratio float64) { measured[name] = max(measured[name], ratio) }
	measured["start-up"] = startUp(b, starts)
	b.Chdir(folder)
	for _, sh := range shapes {
		fromJSON, fromYAML := "json", "yaml"
		if sh.name == "deep" {
			fromJSON, fromYAML = "json-ladder", "yaml-ladder"
		}
		c := leastOf(rounds, parseAndCompile(b, sh)...)
		worse(fromJSON, ratio(c[1].cpu, c[0].cpu))
		worse("json-memory", c[1].bytes/c[0].bytes)
		worse("table", ratio(c[2].cpu, c[1].cpu))
		worse(fromYAML, ratio(c[4].cpu, c[3].cpu))
		worse("yaml-memory", c[4].bytes/c[3].bytes)
	}
	for _, p := range promises {
		b.ReportMetric(measured[p.name], p.name+"/x")
	}
	b.ReportMetric(0, "ns/op")
	if *promisesPage != "" {
		writePromises(b, page, measured)
	}
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// parseAndCompile are: the bare parse of JSON, compile of it as JSON and as a table, the bare parse of YAML, compile of it.
func parseAndCompile(b *testing.B, sh shape) []func() {
	inJSON, inYAML := sh.generate(100_000, true), sh.generate(100_000, false)
	writeJobFor(b, "job.json", string(inJSON))
	writeJobFor(b, "job.yaml", string(inYAML))
	return []func(){
		func() { var v any; _ = json.Unmarshal(inJSON, &v) },
		whole(b, exitWell, "compile", "job.json", "-o", "json"),
		whole(b, exitWell, "compile", "job.json", "-o", "table"),
		func() { var v yaml.Node; _ = yaml.Unmarshal(inYAML, &v) },
		whole(b, exitWell, "compile", "job.yaml", "-o", "json"),
	}
}

// whole runs a command from its arguments to its last byte of output.
func whole(b *testing.B, want exitCode, args ...string) func() {
	return func() {
		if exit := run(args, strings.NewReader(""), io.Discard, io.Discard); exit != want {
			b.Fatalf("%v: exit %d", args, exit)
		}
	}
}

// BenchmarkTwoProcessors says how many times as fast 10,000 files are checked with two processors as with one. It needs a machine
// on which nothing else runs (-benchtime 6x): elsewhere two processors are not to be had.
func BenchmarkTwoProcessors(b *testing.B) {
	b.Chdir(b.TempDir())
	if err := os.Mkdir("jobs", 0o700); err != nil {
		b.Fatal(err)
	}
	for i := range 10_000 {
		writeJobFor(b, fmt.Sprintf("jobs/%05d.yaml", i), "operators:\n- {id: s}\n- {id: p, inputs: [s], python: true}\n- {id: q, inputs: [p], python: true}\n")
	}
	check := whole(b, exitWell, "check", "jobs", "--max-worker-memory", "1gb")
	on := func(processors int) func() {
		return func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			check()
		}
	}
	c := leastOf(b.N, on(1), on(2))
	b.ReportMetric(ratio(c[0].wall, c[1].wall), "times-as-fast")
	b.ReportMetric(ratio(c[1].cpu, c[0].cpu), "cpu/one")
	b.ReportMetric(0, "ns/op")
}
