package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

// growing are inputs of n parts, of every shape, well and broken; each takes time by some power of n. The text is that of the
// files, or of standard input.
var growing = []struct {
	name, args, files string
	text              func(n int) string
}{
	{"job-yaml", "compile f", "f", list("operators:\n", "- {id: o%d, python: true}\n", "")},
	{"job-yaml-errors", "compile f", "f", list("operators:\n", "- {id: o%d, nope: 1}\n", "")},
	{"job-one-line", "compile f", "f", list(`{"operators":[{"id":"x"}`, `,{"id":"o%d","python":true}`, "]}")},
	{"job-one-line-errors", "compile f", "f", list(`{"operators":[{"id":"x"}`, `,{"id":"o%d","nope":1}`, "]}")},
	{"job-one-line-unicode", "compile f", "f", list(`{"operators":[{"id":"ä"}`, `,{"id":"ö%d","nope":1}`, "]}")},
	{"job-flow-yaml-errors", "compile f", "f", list("{operators: [{id: x}", ", {id: o%d, nope: 1}", "]}\n")},
	{"job-same-id", "compile f", "f", list("operators:\n", "- {id: a, x%d: 1}\n", "")},
	{"job-inputs-unknown", "compile f", "f", list("operators:\n", "- {id: o%d, inputs: [nobody]}\n", "")},
	{"job-many-inputs", "compile f", "f", list("operators:\n- {id: a}\n- id: b\n  inputs:\n", "  - {from: a, port: %d}\n", "")},
	{"job-chain", "compile f", "f", func(n int) string {
		return list("operators:\n- {id: o-1}\n", "- {id: o%[1]d, inputs: [o%[2]d], python: true}\n", "")(n)
	}},
	{"job-named-workers", "compile f", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", "")},
	{"job-groups", "compile f", "f", list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: true}\n", "")},
	{"job-cycle", "compile f", "f", list("operators:\n- {id: o-1, inputs: [o0]}\n", "- {id: o%[1]d, inputs: [o%[2]d]}\n", "")},
	{"job-options", "compile f", "f", list("operators: [{id: a}]\nconfig:\n", "  a.b%d: c\n", "")},
	{"job-options-errors", "compile f", "f", list("operators: [{id: a}]\nconfig:\n", "  a.b%d: []\n", "")},
	{"job-secrets", "compile f", "f", list("operators: [{id: a}]\nconfig:\n", "  a.password%d: [x]\n", "")},
	{"job-waivers", "check f --max-worker-memory 1mb", "f", list("operators: [{id: a, python: true}]\n", "# udfplan: ignore nope%d -- x\n", "")},
	{"job-waivers-that-waive", "check f --max-worker-memory 1mb", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}} # udfplan: ignore worker-memory -- x\n", "")},
	{"job-merges", "compile f", "f", list("x: &x {python: true}\noperators: [{id: y}", ", {id: o%d, <<: [*x,*x,*x,*x,*x,*x,*x,*x]}", "]\n")},
	{"job-merges-errors", "compile f", "f", list("x: &x {python: true}\noperators: [{id: y}", ", {<<: [*x,*x,*x,*x,*x,*x,*x,*x], z%d: 1}", "]\n")},
	{"jobs", "compile f", "f", list("", "---\nname: j%d\noperators: [{id: a, python: true}]\n", "")},
	{"findings-text", "check f --max-worker-memory 1mb", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", "")},
	{"findings-sarif", "check f --max-worker-memory 1mb -o sarif", "f", list(`{"operators":[{"id":"x"}`, `,{"id":"o%d","python":{"worker":"w%[1]d"}}`, "]}")},
	{"findings-junit", "check f --max-worker-memory 1mb -o junit", "f", list("", "---\nname: j%d\noperators: [{id: a, python: true}]\n", "")},
	{"findings-gitlab", "check f --max-worker-memory 1mb -o gitlab", "f", list(`{"operators":[{"id":"x"}`, `,{"id":"o%d","python":{"worker":"w%[1]d"}}`, "]}")},
	{"findings-rdjson", "check f --max-worker-memory 1mb -o rdjson", "f", list(`{"operators":[{"id":"ä"}`, `,{"id":"ö%d","python":{"worker":"w%[1]d"}}`, "]}")},
	{"findings-tap", "check f --max-worker-memory 1mb -o tap", "f", list("", "---\nname: j%d\noperators: [{id: a, python: true}]\n", "")},
	{"findings-unix", "check f --max-worker-memory 1mb -o unix", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", "")},
	{"baseline-renamed", "check g --max-worker-memory 1mb --baseline f", "g f", both(
		list("", "---\nname: j%d\noperators: [{id: a%[1]d, python: true}, {id: b}]\n", ""),
		list("", "---\nname: k%d\noperators: [{id: a%[1]d, python: true}, {id: b}]\n", ""))},
	{"baseline", "check f --max-worker-memory 1mb --baseline f", "f", list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: {worker: w%[1]d}}\n", "")},
	{"diff", "diff f f", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", "")},
	{"diff-renamed", "diff g f", "g f", both(
		list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: {worker: w%[1]d}}\n", ""),
		list("operators:\n", "- {id: p%d, slotSharingGroup: h%[1]d, python: {worker: v%[1]d, userMemory: 1mb}}\n", ""))},
	{"explain", "explain f", "f", list("operators:\n", "- {id: o%d, python: true}\n", "")},
	{"graph-svg", "graph f --no-collapse", "f", list("operators:\n- {id: o-1}\n", "- {id: o%[1]d, inputs: [{from: o%[2]d, shipStrategy: hash}, {from: o-1, shipStrategy: hash}], python: {worker: w%[1]d}}\n", "")},
	{"graph-collapsed", "graph f", "f", list("operators:\n- {id: o-1}\n", "- {id: o%[1]d, inputs: [o%[2]d], python: {worker: w%[1]d}}\n", "")},
	{"graph-groups", "graph f --no-collapse", "f", list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: true}\n", "")},
	{"graph-dot", "graph f --no-collapse -o dot", "f", list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: true}\n", "")},
	{"graph-mermaid", "graph f --no-collapse -o mermaid", "f", list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: true}\n", "")},
	{"graph-limits", "graph f --no-collapse --limits l", "f l", both(list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", ""), func(int) string { return "limits: {worker: {memory: 1mb}}\n" })},
	{"tree", "compile f -o tree", "f", list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", "")},
	{"diff-graph", "diff g f -o markdown --graph", "g f", both(
		list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: {worker: w%[1]d}}\n", ""),
		list("operators:\n", "- {id: o%d, slotSharingGroup: g%[1]d, python: {worker: w%[1]d, userMemory: 1mb}}\n", ""))},
	{"import", "import f", "f", list("operators:\n", "- {id: o%d, python: true}\n", "")},
	{"execution-plan", "compile f", "f", list(`{"nodes":[{"id":1,"type":"Source: s","pact":"x","parallelism":1}`, `,{"id":1%[1]d,"type":"Map","pact":"x","parallelism":1,"predecessors":[{"id":1,"ship_strategy":"FORWARD"}]}`, "]}")},
	{"job-graph", "compile f", "f", list(`{"plan":{"jid":"1","name":"n","nodes":[{"id":"x","parallelism":1,"description":"Source: s"}`, `,{"id":"%d","parallelism":1,"description":"Map","inputs":[{"num":0,"id":"x","ship_strategy":"HASH","exchange":"pipelined"}]}`, "]}}")},
	{"job-graph-long-chain", "compile f", "f", list(`{"plan":{"jid":"1","name":"n","nodes":[{"id":"x","parallelism":1,"description":"Source: s`, ` -> m%d`, `"}]}}`)},
	{"compiled-plan", "compile f", "f", list(`{"flinkVersion":"1.20","nodes":[{"id":0,"type":"stream-exec-table-source-scan_1"}`, `,{"id":1%d,"type":"stream-exec-python-calc_1"}`, `],"edges":[]}`)},
	{"explain-text", "compile f", "f", list("== Optimized Execution Plan ==\n", "Sink(table=[a.b.t%d])\n+- Values()\n\n", "")},
	{"explain-physical", "compile f", "f", list("== Optimized Physical Plan ==\n", "Sink(table=[a.b.t%d])\n+- Values()\n\n", "")},
	{"explain-many", "compile f", "f", list("", "== Optimized Execution Plan ==\nPythonCalc(a%d)\n", "")},
	{"flink-conf", "capacity --flink-conf flink-conf.yaml", "flink-conf.yaml", list("taskmanager.memory.process.size: 2g\n", "a.b%d: c\n", "")},
	{"flink-conf-skipped", "capacity --flink-conf flink-conf.yaml", "flink-conf.yaml", list("taskmanager.memory.process.size: 2g\n", "a.b%d:c\n", "")},
	{"flink-conf-secrets", "capacity --flink-conf flink-conf.yaml", "flink-conf.yaml", list("taskmanager.memory.process.size: 2g\n", "password%d:c\n", "")},
	{"config", "capacity --flink-conf config.yaml", "config.yaml", list("taskmanager.memory.process.size: 2g\n", "a%d: {b: c}\n", "")},
	{"config-map", "capacity --flink-conf f", "f", list("apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: |\n    taskmanager.memory.process.size: 2g\n", "    a.b%d: c\n", "")},
	{"manifests", "capacity --flink-conf f", "f", list("", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: d%d}\n---\n", "")},
	{"config-maps", "capacity --flink-conf f#d0", "f", list("", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d%d}\ndata:\n  flink-conf.yaml: |\n    taskmanager.memory.process.size: 2g\n---\n", "")},
	{"compose", "capacity --flink-conf f", "f", list("services:\n", "  tm%d:\n    command: taskmanager\n    environment:\n      FLINK_PROPERTIES: |\n        taskmanager.memory.process.size: 2g\n", "")},
	{"rest", "capacity --flink-conf f", "f", list(`[{"key":"taskmanager.memory.process.size","value":"2g"}`, `,{"key":"a%d","value":"b"}`, "]")},
	{"limits", "check job.yaml --limits f", "f", list("limits: {worker: {memory: 1gb}}\nwaivers:\n", "- {rule: worker-memory, job: j%d, reason: x}\n", "")},
	{"limits-waivers-worker", "check g --limits f", "g f", both(
		list("operators:\n", "- {id: o%d, python: {worker: w%[1]d}}\n", ""),
		list("limits: {worker: {memory: 1mb}}\nwaivers:\n", "- {rule: worker-memory, worker: w%d, reason: x}\n", ""))},
	{"limits-waivers-job", "check g --limits f", "g f", both(
		list("", "---\nname: j%d\noperators: [{id: a, python: true}]\n", ""),
		list("limits: {worker: {memory: 1mb}}\nwaivers:\n", "- {rule: worker-memory, job: j%d, reason: x}\n", ""))},
	{"limits-overrides", "check g --limits f", "g f", both(
		list("", "---\nname: j%d\noperators: [{id: a, python: true}]\n", ""),
		list("limits: {worker: {memory: 1mb}}\noverrides:\n", "- {job: j%d, limits: {worker: {memory: 2gb}}}\n", ""))},
	{"limits-errors", "check job.yaml --limits f", "f", list("limits: {worker: {memory: 1gb}}\nwaivers:\n", "- {rule: nope%d}\n", "")},
	{"measurements", "measure -", "", list("", "---\nkind: Measurement\nworkers: [{pid: 5, peak: 5mb, seconds: 1%d}]\n", "")},
	{"looks", "measure -", "", list("udfplan measure 1\n", "look %d\nworker 5 1 VmHWM 7\n", "")},
}

// list is a text of n parts; a part is given its number, from 0, and the one before.
func list(head, part, tail string) func(n int) string {
	return func(n int) string {
		var out strings.Builder
		out.WriteString(head)
		for i := range n {
			text := fmt.Sprintf(part, i, i-1)
			text, _, _ = strings.Cut(text, "%!(EXTRA")
			out.WriteString(text)
		}
		return out.String() + tail
	}
}

// both are the texts of two files.
func both(first, second func(n int) string) func(n int) string {
	return func(n int) string { return first(n) + "\x00" + second(n) }
}

// BenchmarkGrowth prints, for whole commands, by which power of its length the time of an input grows: 1 is linear, 2 the
// square. Four sizes, each twice the one before; the exponent is that of the last three.
func BenchmarkGrowth(b *testing.B) {
	b.Chdir(b.TempDir())
	writeJobFor(b, "job.yaml", "operators: [{id: a, python: true}]\n")
	for _, g := range growing {
		b.Run(g.name, func(b *testing.B) {
			var times []float64
			for _, n := range []int{500, 1_000, 2_000, 4_000} {
				text := g.text(n)
				for i, name := range strings.Fields(g.files) {
					writeJobFor(b, name, strings.Split(text, "\x00")[i])
				}
				best := math.Inf(1)
				for range max(b.N, 2) {
					start := time.Now()
					run(strings.Fields(g.args), strings.NewReader(text), io.Discard, io.Discard)
					best = min(best, time.Since(start).Seconds())
				}
				times = append(times, best)
			}
			b.ReportMetric(math.Log2(times[3]/times[1])/2, "exponent")
			b.ReportMetric(times[3]*1000, "ms/4000")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func writeJobFor(b *testing.B, name, text string) {
	b.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
