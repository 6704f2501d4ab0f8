package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
)

// specOf plans one job; nil if it is refused.
func specOf(job []byte) *spec.Spec {
	jobs, problems := document.Read(source.NewFile("job", job), graph.Options{})
	if len(jobs) != 1 || problems.HasErrors() {
		return nil
	}
	p, problems := plan.Make(jobs[0], plan.Options{})
	s, more := spec.Compute(p)
	if problems.HasErrors() || more.HasErrors() {
		return nil
	}
	return s
}

// named is a job whose name, id, group and worker are text of one's choice.
func named(text string) []byte {
	quoted, _ := json.Marshal(text)
	return fmt.Appendf(nil, `{"name": %[1]s, "mode": "batch", "operators": [{"id": %[1]s, "slotSharingGroup": %[1]s, "python": {"worker": %[1]s}},
		{"id": "other", "inputs": [%[1]s], "parallelism": 2}]}`, quoted)
}

// FuzzDocument: both forms of the plan are read back, by the libraries that people use, as the same values.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{"a", "yes", "~", "1.5", "0x10", "-", "- a", "a: b", "a #b", "#", "&a", "*a", "!a", "|", ">", "'", `"`, `\`, "%", "@", "`",
		"{", "}", "[", "]", ",", "?", "? a", ":", "::", "=", "<<", "...", "---", " a", "a ", "\t", "\n", "\r\n", "\u0085", "\u2028", "\ufeff", "\x7f", "é", "表",
		"\U0001F600", "a\u0301", "\u202e", "2026-11-24", "12:30:45", "1_000", ".inf", "null", "on", "N", strings.Repeat("x", 200)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := specOf(named(text))
		if s == nil {
			t.Skip()
		}
		var inYAML, inJSON bytes.Buffer
		if err := WriteYAML(&inYAML, []*spec.Spec{s}, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := WriteJSON(&inJSON, []*spec.Spec{s}, Options{}); err != nil {
			t.Fatal(err)
		}
		var fromYAML, fromJSON any
		if err := yaml.Unmarshal(inYAML.Bytes(), &fromYAML); err != nil {
			t.Fatalf("%v\n%s", err, inYAML.String())
		}
		if err := json.Unmarshal(inJSON.Bytes(), &fromJSON); err != nil {
			t.Fatalf("%v\n%s", err, inJSON.String())
		}
		if diff := cmp.Diff(wholeNumbers(fromJSON), fromYAML); diff != "" {
			t.Errorf("JSON (-) and YAML (+) say different things:\n%s", diff)
		}
		if name := fromJSON.(map[string]any)["job"]; name != s.Plan.Job.Name {
			t.Errorf("the name is %q, was %q", name, s.Plan.Job.Name)
		}
		// udfplan's own strict reader takes them too.
		for _, out := range []*bytes.Buffer{&inYAML, &inJSON} {
			if _, problems := source.Read(source.NewFile("plan", out.Bytes())); len(problems) > 0 {
				t.Errorf("%v\n%s", problems, out.String())
			}
		}
	})
}

// wholeNumbers makes the float64 of encoding/json the int of yaml.v3.
func wholeNumbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = wholeNumbers(value)
		}
	case []any:
		for i, value := range v {
			v[i] = wholeNumbers(value)
		}
	case float64:
		return int(v)
	}
	return v
}

// FuzzForPeople: no format for people lets a control character of a stranger's through, and each keeps its lines.
func FuzzForPeople(f *testing.F) {
	for _, text := range []string{"a", "a\nb", "a|b", "\x1b[31mred", "\u009b31m", "表表表", "a\u0301\u0302", "\u202egnp", "<script>", "`", "*a*", "\r", ",", `"`, "=1+1", "\U0001F468\u200D\U0001F469"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, plain := specOf(named(text)), specOf(named("plain"))
		if s == nil {
			t.Skip()
		}
		for _, format := range Formats {
			if format.Name == "yaml" || format.Name == "json" {
				continue
			}
			var out, want bytes.Buffer
			if err := format.Write(&out, []*spec.Spec{s}, Options{}); err != nil {
				t.Fatal(err)
			}
			if err := format.Write(&want, []*spec.Spec{plain}, Options{}); err != nil {
				t.Fatal(err)
			}
			if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && unsafe(r) }); i >= 0 {
				t.Errorf("%s: %q", format.Name, out.String()[i:])
			}
			if got, want := strings.Count(out.String(), "\n"), strings.Count(want.String(), "\n"); got != want {
				t.Errorf("%s has %d lines, not %d:\n%s", format.Name, got, want, out.String())
			}
		}
	})
}

// TestLargeDocument: a document of many flushes is whole. (One that lost a line break at each was printed once.)
func TestLargeDocument(t *testing.T) {
	s := longChain(5000)
	for _, format := range []string{"yaml", "json"} {
		for _, f := range Formats {
			if f.Name != format {
				continue
			}
			var out bytes.Buffer
			if err := f.Write(&out, []*spec.Spec{s, s}, Options{}); err != nil {
				t.Fatal(err)
			}
			documents, problems := source.Read(source.NewFile("plan", out.Bytes()))
			if len(documents) != 2 || len(problems) > 0 {
				t.Fatalf("%s: %d documents, %v", format, len(documents), problems)
			}
			for _, list := range []string{"edges", "operators"} {
				n := 0
				for range documents[1].Field(list).Items() {
					n++
				}
				if n < 5000 {
					t.Errorf("%s: %d %s", format, n, list)
				}
			}
		}
	}
}

// longChain is a chain of n Python operators behind a source.
func longChain(n int) *spec.Spec {
	var job strings.Builder
	job.WriteString("mode: batch\noperators:\n- id: o0\n")
	for i := range n {
		fmt.Fprintf(&job, "- id: o%d\n  inputs: [o%d]\n  python: true\n", i+1, i)
	}
	return specOf([]byte(job.String()))
}

// BenchmarkWriteYAML has the emitter beside yaml.v3's encoder for the same document of 10,000 operators.
func BenchmarkWriteYAML(b *testing.B) {
	s := longChain(10_000)
	var text bytes.Buffer
	if err := WriteYAML(&text, []*spec.Spec{s}, Options{}); err != nil {
		b.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text.Bytes(), &document); err != nil {
		b.Fatal(err)
	}
	b.Run("emitter", func(b *testing.B) {
		for b.Loop() {
			_ = WriteYAML(io.Discard, []*spec.Spec{s}, Options{})
		}
	})
	b.Run("yaml.v3", func(b *testing.B) {
		for b.Loop() {
			_ = yaml.NewEncoder(io.Discard).Encode(&document)
		}
	})
}
