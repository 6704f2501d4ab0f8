package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

type startProgram struct {
	name, program string // its text; "" is udfplan
	args          []string
}

// startUps are programs that are started: nothing at all, the modules that udfplan needs and nothing else, and udfplan.
var startUps = []startProgram{
	{"empty", "package main\n\nfunc main() {}\n", nil},
	{"modules", "package main\n\nimport (\n\t_ \"github.com/alecthomas/kong\"\n\t_ \"github.com/olekukonko/tablewriter\"\n\t_ \"gopkg.in/yaml.v3\"\n)\n\nfunc main() {}\n", nil},
	{"version", "", []string{"version"}},
	{"compile", "", []string{"compile", "job.yaml"}},
}

// BenchmarkStartUp starts whole processes, in turn, and says how many times as long as an empty program each takes. What runs
// before main of the modules is the least that udfplan can take.
func BenchmarkStartUp(b *testing.B) {
	for i, took := range startTimes(b, max(b.N, 30)) {
		b.ReportMetric(took, startUps[i].name+"/empty")
	}
	b.ReportMetric(0, "ns/op")
}

// startUp is how many times as long as an empty program `udfplan version` takes.
func startUp(b *testing.B, rounds int) float64 {
	at := slices.IndexFunc(startUps, func(p startProgram) bool { return p.name == "version" })
	return startTimes(b, rounds)[at]
}

// startTimes starts every program so many times, and is how many times as long as the empty one each takes, by the medians.
func startTimes(b *testing.B, rounds int) (ratios []float64) {
	folder := b.TempDir()
	binaries := make([]string, len(startUps))
	for i, p := range startUps {
		binaries[i] = filepath.Join(folder, p.name)
		source := "."
		if p.program != "" {
			source = p.name + "_startup_main.go"
			if err := os.WriteFile(source, []byte("//go:build ignore\n\n"+p.program), 0o600); err != nil {
				b.Fatal(err)
			}
		}
		build := exec.Command("go", "build", "-buildvcs=false", "-o", binaries[i], source)
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as README installs it: the C library takes half as long to load as an empty program runs
		out, err := build.CombinedOutput()
		if p.program != "" {
			_ = os.Remove(source)
		}
		if err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	b.Chdir(folder)
	writeJobFor(b, "job.yaml", "operators: [{id: a}, {id: b, inputs: [a], python: true}]\n")
	times := make([][]time.Duration, len(startUps))
	for range rounds {
		for i, p := range startUps {
			start := time.Now()
			if err := exec.Command(binaries[i], p.args...).Run(); err != nil {
				b.Fatal(err)
			}
			times[i] = append(times[i], time.Since(start))
		}
	}
	for i := range startUps {
		slices.Sort(times[i])
		ratios = append(ratios, float64(times[i][rounds/2])/float64(times[0][rounds/2]))
	}
	return ratios
}
