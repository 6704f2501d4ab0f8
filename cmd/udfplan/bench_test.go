package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/render"
)

// A shape is a family of job graphs that grow with n.
type shape struct {
	name   string
	inputs func(i int) []int
}

var shapes = []shape{
	{"chain", func(i int) []int { return []int{i - 1} }},
	{"star", func(int) []int { return []int{0} }},
	{"deep", func(i int) []int { // a ladder: two inputs, so that nothing chains
		if i == 1 {
			return []int{0}
		}
		return []int{i - 1, i - 2}
	}},
	{"wide", func(i int) []int { // a hundred chains side by side
		return []int{max(0, i-100)}
	}},
}

var sizes = []int{30, 1000, 100_000}

// generate writes a job as a person would: every third operator is Python, some have a name or a group.
func (s shape) generate(n int, asJSON bool) []byte {
	var out bytes.Buffer
	open, sep, end := "name: bench\nmode: batch\nparallelism: 4\noperators:\n", "", ""
	if asJSON {
		open, sep, end = `{"name": "bench", "mode": "batch", "parallelism": 4, "operators": [`+"\n", ",\n", "\n]}\n"
	}
	out.WriteString(open)
	for i := range n {
		if i > 0 {
			out.WriteString(sep)
		}
		s.operator(&out, i, asJSON)
	}
	out.WriteString(end)
	return out.Bytes()
}

func (s shape) operator(out *bytes.Buffer, i int, asJSON bool) {
	var ids []string
	if i > 0 {
		for _, in := range s.inputs(i) {
			ids = append(ids, fmt.Sprintf("operator-%d", in))
		}
	}
	if asJSON {
		fmt.Fprintf(out, `  {"id": "operator-%d", "name": "Calc(select=[a, b], where=[k%d])"`, i, i)
		if len(ids) > 0 {
			fmt.Fprintf(out, `, "inputs": ["%s"]`, strings.Join(ids, `", "`))
		}
		if i%3 == 1 {
			out.WriteString(`, "python": {"userMemory": "300mb"}`)
		}
		out.WriteString("}")
		return
	}
	fmt.Fprintf(out, "  - id: operator-%d\n    name: Calc(select=[a, b], where=[k%d])\n", i, i)
	if len(ids) > 0 {
		fmt.Fprintf(out, "    inputs: [%s]\n", strings.Join(ids, ", "))
	}
	if i%3 == 1 {
		out.WriteString("    python: {userMemory: 300mb}\n")
	}
}

// stages are what compile does with one job, one after the other.
type stages struct {
	text  []byte
	jobs  []*graph.Job
	plans []*plan.Plan
	specs []*spec.Spec
}

func (s *stages) read() {
	s.jobs, _ = document.Read(source.NewFile("job", s.text), graph.Options{})
}

func (s *stages) plan() {
	s.plans = s.plans[:0]
	for _, job := range s.jobs {
		p, _ := plan.Make(job, plan.Options{})
		s.plans = append(s.plans, p)
	}
}

func (s *stages) compute() {
	s.specs = s.specs[:0]
	for _, p := range s.plans {
		sp, _ := spec.Compute(p)
		s.specs = append(s.specs, sp)
	}
}

func (s *stages) render(format string) {
	for _, f := range render.Formats {
		if f.Name == format {
			_ = f.Write(io.Discard, s.specs, render.Options{})
		}
	}
}

// BenchmarkStages shows each stage beside the bare library's parse of the same bytes.
func BenchmarkStages(b *testing.B) {
	for _, n := range sizes {
		for _, sh := range shapes {
			if n < 100_000 && sh.name != "chain" {
				continue
			}
			benchmarkStages(b, fmt.Sprintf("%d/%s", n, sh.name), sh, n)
		}
	}
}

// BenchmarkCapacity assesses many jobs against one configuration: a tenth of them takes a tenth of the time.
func BenchmarkCapacity(b *testing.B) {
	var text bytes.Buffer
	for i := range 10_000 {
		fmt.Fprintf(&text, "---\nname: job-%d\nflinkVersion: \"1.20\"\nparallelism: 4\noperators:\n- {id: s}\n- {id: p, inputs: [s], python: true}\n- {id: q, inputs: [p], python: true}\n", i)
	}
	s := stages{text: text.Bytes()}
	s.read()
	s.plan()
	s.compute()
	conf := flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}}
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				cluster := capacity.Cluster{Config: conf, Version: s.jobs[0].Version}
				_, _, _ = cluster.Assess(s.specs[:n])
			}
		})
	}
}

// BenchmarkShortJob: advice for one large job that does not fit, beside compile of the same bytes. Every lever is
// tried many times; the job is planned once. The ratio is to stay below 3.
func BenchmarkShortJob(b *testing.B) {
	for _, row := range []struct{ name, head, ship string }{
		{"1.20", "flinkVersion: \"1.20\"\n", "forward"},
		{"1.20-batch-a-group-each", "flinkVersion: \"1.20\"\nmode: batch\n", "rebalance"},
		{"1.20-without-share", "flinkVersion: \"1.20\"\nconfig: {python.fn-execution.memory.managed: false}\n", "forward"},
		{"1.10", "flinkVersion: \"1.10\"\n", "forward"},
	} {
		var text bytes.Buffer
		text.WriteString(row.head + "operators:\n- {id: o0}\n")
		for i := 1; i < 20_000; i++ {
			fmt.Fprintf(&text, "- {id: o%d, inputs: [{from: o%d, shipStrategy: %s}], python: %v}\n", i, i-1, row.ship, i%2 == 0)
		}
		benchmarkShortJob(b, row.name, text.Bytes())
	}
}

func benchmarkShortJob(b *testing.B, name string, text []byte) {
	conf := flink.Config{{Key: flink.KeyProcessSize, Value: "1728m"}, {Key: flink.KeySlots, Value: "8"}}
	s := stages{text: text}
	whole := func(b *testing.B, last func()) time.Duration {
		for b.Loop() {
			s.read()
			s.plan()
			s.compute()
			last()
		}
		return b.Elapsed() / time.Duration(b.N)
	}
	var compile time.Duration
	b.Run(name+"/compile", func(b *testing.B) { compile = whole(b, func() { s.render("yaml") }) })
	b.Run(name+"/capacity", func(b *testing.B) {
		took := whole(b, func() {
			cluster := capacity.Cluster{Config: conf, Version: s.jobs[0].Version}
			r, _, _ := cluster.Assess(s.specs)
			r.Recommendations = cluster.Recommend(r, capacity.Bound{})
			_ = render.Pick(render.CapacityFormats, "yaml").Write(io.Discard, r, render.Options{})
		})
		if compile > 0 {
			b.ReportMetric(float64(took)/float64(compile), "times-compile")
		}
	})
}

func benchmarkStages(b *testing.B, name string, sh shape, n int) {
	inYAML, inJSON := sh.generate(n, false), sh.generate(n, true)
	s := stages{text: inJSON}
	all := func(text []byte, format string) func() {
		return func() {
			all := stages{text: text}
			all.read()
			all.plan()
			all.compute()
			all.render(format)
		}
	}
	s.read()
	s.plan()
	s.compute()
	for _, row := range []struct {
		name string
		do   func()
	}{
		{"bare-json", func() { var v any; _ = json.Unmarshal(inJSON, &v) }},
		{"read-json", s.read},
		{"plan", s.plan},
		{"spec", s.compute},
		{"render-json", func() { s.render("json") }},
		{"render-yaml", func() { s.render("yaml") }},
		{"render-table", func() { s.render("table") }},
		{"whole-json", all(inJSON, "json")},
		{"whole-table", all(inJSON, "table")},
		{"bare-yaml", func() { var v yaml.Node; _ = yaml.Unmarshal(inYAML, &v) }},
		{"whole-yaml", all(inYAML, "json")},
	} {
		b.Run(name+"/"+row.name, func(b *testing.B) {
			for b.Loop() {
				row.do()
			}
		})
	}
}
