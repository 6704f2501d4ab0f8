package document

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"udfplan/graph"
	"udfplan/graph/source"
)

// largestSeed keeps the fuzzer quick: larger recordings show nothing that smaller ones do not.
const largestSeed = 4000

// fuzzSeeds adds the files of a pattern, at least so many of them.
func fuzzSeeds(f *testing.F, pattern string, least int) {
	files, _ := filepath.Glob(pattern)
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) <= largestSeed {
			f.Add(text)
			n++
		}
	}
	if n < least {
		f.Fatalf("%d seeds of %s, want %d", n, pattern, least)
	}
}

// A target for each reader: what it is given first decides where the fuzzer looks.

func FuzzJobFile(f *testing.F) {
	fuzzSeeds(f, "../../testdata/golden/*/job.yaml", 100)
	fuzzSeeds(f, "../../testdata/golden/*/job.json", 4)
	for _, row := range groupErrors {
		f.Add([]byte(row.text))
	}
	f.Add([]byte("# udfplan: a\nname: j # udfplan: b\noperators:\n  # udfplan: c\n  - {id: a, name: '# udfplan: d'} # udfplan: e\n  -"))
	fuzzRead(f)
}

func FuzzExecutionPlan(f *testing.F) {
	fuzzSeeds(f, "../../testdata/golden/*/plan*.json", 2)
	fuzzSeeds(f, formatsFolder+"*/*.A.*", 50)
	fuzzRead(f)
}

func FuzzJobGraphPlan(f *testing.F) {
	fuzzSeeds(f, formatsFolder+"*/*.B*.json", 50)
	fuzzRead(f)
}

func FuzzJobDetails(f *testing.F) {
	fuzzSeeds(f, formatsFolder+"*/*.C.json", 8)
	f.Add([]byte(`{"archive": [{"path": "/jobs/` + idA + `", "json": "{\"jid\": \"x\", \"vertices\": [], \"plan\": {\"nodes\": []}}"}]}`))
	fuzzRead(f)
}

func FuzzStreamGraph(f *testing.F) {
	fuzzSeeds(f, formatsFolder+"*/*.D.json", 1)
	fuzzRead(f)
}

func FuzzCompiledPlan(f *testing.F) {
	for _, row := range flinkErrors {
		f.Add([]byte(row.text))
	}
	f.Add([]byte(`{"flinkVersion": "1.20", "nodes": [{"id": 1, "type": "stream-exec-table-source-scan_1", "inputProperties": []}, {"id": 2, "type": "stream-exec-exchange_1",
"inputProperties": [{"requiredDistribution": {"type": "HASH", "keys": [0]}}]}, {"id": 3, "type": "stream-exec-python-calc_1"}], "edges": [{"source": 1, "target": 2}, {"source": 2, "target": 3}]}`))
	fuzzRead(f)
}

func FuzzExplain(f *testing.F) {
	fuzzSeeds(f, formatsFolder+"*/*.F.explain.txt", 8)
	fuzzRead(f)
}

// FuzzExplainPage: the same, as people have it.
func FuzzExplainPage(f *testing.F) {
	const text = "== Abstract Syntax Tree ==\nLogicalValues()\n\n== Optimized Physical Plan ==\nSink(table=[a.b.o])\n+- PythonCalc(select=[f(a)])\n   +- Values(tuples=[])\n\n" +
		"Sink(table=[a.b.p])\n+- PythonCalc(select=[f(a)])\n   +- Values(tuples=[])\n\n== Optimized Execution Plan ==\nValues(tuples=[])(reuse_id=[1])\n\nSink(table=[a.b.o])\n+- Reused(reference_id=[1])\n"
	for _, d := range dressings {
		f.Add([]byte(d.dress(text)))
		f.Add([]byte(d.dress(text + "\n== Physical Execution Plan ==\n{\"nodes\": [{\"id\": 1, \"type\": \"a\", \"pact\": \"x\", \"parallelism\": 1}]}\n")))
	}
	fuzzRead(f)
}

// fuzzRead: never a panic, every place inside the text, the same twice, and what Job promises.
func fuzzRead(f *testing.F) {
	samePos := cmp.Options{cmp.Comparer(func(a, b source.Place) bool { return a.Pos == b.Pos && a.File.Name == b.File.Name }), cmpopts.IgnoreUnexported(graph.Job{})}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("job.yaml", text)
		jobs, problems := Read(file, graph.Options{})
		if len(jobs) == 0 && !problems.HasErrors() {
			t.Error("no job and no error")
		}
		for _, d := range problems {
			checkPlace(t, file, d.Place, d.Code)
			for _, r := range d.Related {
				checkPlace(t, file, r.Place, d.Code)
			}
		}
		for _, job := range jobs {
			checkRead(t, job)
			if !problems.HasErrors() {
				checkValid(t, job)
			}
		}
		jobsAgain, problemsAgain := Read(source.NewFile("job.yaml", text), graph.Options{})
		if !cmp.Equal(problems, problemsAgain, samePos) || !cmp.Equal(jobs, jobsAgain, samePos) {
			t.Errorf("read twice, it differs:\n%s\n%s", cmp.Diff(problems, problemsAgain, samePos), cmp.Diff(jobs, jobsAgain, samePos))
		}
	})
}

// checkPlace wants a place inside the file.
func checkPlace(t *testing.T, file *source.File, at source.Place, what string) {
	t.Helper()
	if at.File == nil || !strings.HasPrefix(at.File.Name, file.Name) {
		t.Fatalf("%s is told of another file", what)
	}
	if strings.Contains(at.File.Name, "#") {
		file = at.File // a text inside an archive
	} else if len(at.File.Text) != len(file.Text) {
		t.Fatalf("%s is told of another text", what)
	}
	line, _ := file.Position(at.Pos)
	last, _ := file.Position(source.At(len(file.Text)))
	if offset, known := at.Pos.Offset(); known && offset > len(file.Text) || line < 1 || line > last {
		t.Errorf("%s is told of offset %d, line %d; the file has %d bytes, %d lines", what, offset, line, len(file.Text), last)
	}
}

// checkRead wants what holds of every job, also of one with errors.
func checkRead(t *testing.T, job *graph.Job) {
	t.Helper()
	n := len(job.Operators)
	for i := range job.Operators {
		for _, in := range job.Operators[i].Inputs {
			if in.From < 0 || int(in.From) >= n {
				t.Fatalf("operator %d: an input from %d of %d operators", i, in.From, n)
			}
		}
	}
	for _, g := range job.Guesses {
		if g.Operator < -1 || int(g.Operator) >= n || g.Key == "" || g.Why == "" {
			t.Fatalf("a guess %v, of %d operators", g, n)
		}
	}
}

// checkValid wants what Job promises after reading without errors.
func checkValid(t *testing.T, job *graph.Job) {
	t.Helper()
	ids := map[string]bool{}
	for i := range job.Operators {
		op := &job.Operators[i]
		if ids[op.ID] && op.ID != "" {
			t.Errorf("id %q is there twice", op.ID)
		}
		ids[op.ID] = true
		if op.Parallelism < 1 || op.Parallelism > graph.MaxParallelismBound || op.MaxParallelism > 0 && op.Parallelism > op.MaxParallelism {
			t.Errorf("parallelism %d of %d", op.Parallelism, op.MaxParallelism)
		}
		if op.Python != nil && (op.Python.Mode == graph.PythonModeUnset || op.Resources != nil) {
			t.Errorf("Python operator %q: mode %v, resources %v", op.ID, op.Python.Mode, op.Resources)
		}
		if !slices.IsSortedFunc(op.Inputs, func(a, b graph.Input) int { return int(a.Port - b.Port) }) {
			t.Errorf("inputs of %q are not in the order of their ports", op.ID)
		}
	}
	if len(job.Operators) == 0 || job.Name == "" || job.Mode == graph.ModeUnset || !acyclic(job.Operators) {
		t.Errorf("%d operators, name %q, mode %v, acyclic %v", len(job.Operators), job.Name, job.Mode, acyclic(job.Operators))
	}
}

// acyclic takes operators whose inputs are all taken, until none is left or none can be taken.
func acyclic(ops []graph.Operator) bool {
	taken := make([]bool, len(ops))
	for left, before := len(ops), -1; left > 0; {
		if left == before {
			return false
		}
		before = left
		for i := range ops {
			if !taken[i] && !slices.ContainsFunc(ops[i].Inputs, func(in graph.Input) bool { return !taken[in.From] }) {
				taken[i] = true
				left--
			}
		}
	}
	return true
}
