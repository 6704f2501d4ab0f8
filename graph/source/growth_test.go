package source

import (
	"math"
	"strings"
	"testing"
	"time"
)

// growing are texts that once took the square of their length, or could: n parts each, read and told about.
var growing = []struct {
	name string
	text func(n int) string
	read func(f *File)
}{
	{"errors on one line of JSON", onOneLine(`{"a":1,"a":1}`), readAndTell},
	{"errors on one line of YAML", onOneLine(`{a: 1, a: 1}`), readAndTell},
	{"errors on one line that is not ASCII", onOneLine(`{"ä":1,"ä":1}`), readAndTell},
	{"merges on one line", func(n int) string {
		return "x: &x {a: 1, b: 2}\nl: " + onOneLine("{<<: [*x,*x,*x,*x,*x,*x,*x,*x]}")(n)
	}, readAndTell},
	{"merged anchors on one line", func(n int) string {
		return onOneLine("&x {a: 1, b: {c: 2}},{<<: *x}")(n)
	}, readAndTell},
	{"alias keys that are no text", func(n int) string {
		return "x: &x [1]\n" + strings.Repeat("*x : 1\n", n)
	}, readAndTell},
	{"comments", func(n int) string { return "a: 1\n" + strings.Repeat("# udfplan: ignore x\n", n) }, findComments},
	{"comments beside texts", func(n int) string {
		return strings.Repeat("- 'udfplan: x' # udfplan: ignore x\n", n)
	}, findComments},
	{"comments beside blocks", func(n int) string {
		return strings.Repeat("- |\n  # udfplan: x\n", n)
	}, findComments},
	{"secrets on one line", func(n int) string { return "a: " + strings.Repeat("token ", n) }, show},
	{"secrets as keys on one line", func(n int) string { return "{" + strings.Repeat("token: x, ", n) + "}" }, show},
	{"secrets on one line of JSON", onOneLine(`{"name":"token","value":"x"}`), show},
	{"open secrets on one line", onOneLine(`{"name":"token","value":["x"`), show},
	{"secrets a line", func(n int) string { return strings.Repeat("token: x\n", n) }, show},
	{"names of secrets a line", func(n int) string { return strings.Repeat("- token\n", n) }, show},
	{"secrets without an end", func(n int) string { return strings.Repeat("- token: 'x\n", n) }, show},
	{"config.yaml with tabs", func(n int) string { return strings.Repeat("a: b\t# c\n", n) }, readConfig},
	{"config.yaml with a long name of an anchor", func(n int) string { return "a: &" + strings.Repeat("x:", n) + " 1" }, readConfig},
	{"config.yaml with empty texts in lines", func(n int) string { return strings.Repeat("a: |\n\n", n) }, readConfig},
	{"config.yaml with question marks on one line", onOneLine(`?x`), readConfig},
	{"config.yaml on one line", onOneLine(`{a: "b\/c", d: 'e'}`), readConfig},
}

func onOneLine(part string) func(int) string {
	return func(n int) string { return "[" + strings.Repeat(part+",", n-1) + part + "]" }
}

func readAndTell(f *File) {
	_, problems := Read(f)
	for _, d := range problems.Sorted() {
		_ = d.Place.String()
	}
}

func findComments(f *File) {
	docs, _ := Read(f)
	Comments(f, docs, "udfplan:")
}

func show(f *File) { f.Line(1) }

func readConfig(f *File) { ReadConfigYAML(f) }

// BenchmarkGrowth prints by which power of its length the time of a text grows: 1 is linear, 2 the square.
func BenchmarkGrowth(b *testing.B) {
	const small, large = 500, 4_000
	for _, g := range growing {
		b.Run(strings.ReplaceAll(g.name, " ", "-"), func(b *testing.B) {
			times := map[int]time.Duration{}
			for _, n := range []int{small, large} {
				text := []byte(g.text(n))
				times[n] = math.MaxInt64
				for range max(b.N, 2) {
					f := NewFile("f", text)
					start := time.Now()
					g.read(f)
					times[n] = min(times[n], time.Since(start))
				}
			}
			b.ReportMetric(math.Log(float64(times[large])/float64(times[small]))/math.Log(float64(large)/small), "exponent")
			b.ReportMetric(float64(times[large])/1e6, "ms/large")
			b.ReportMetric(0, "ns/op")
		})
	}
}
