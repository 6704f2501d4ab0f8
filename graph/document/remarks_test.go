package document

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

func TestRemarks(t *testing.T) {
	for _, row := range []struct {
		reason, text string
		want         []string // job, operator, text
	}{
		{"above everything: the job's", "# udfplan: x\nname: j\noperators: [{id: a}]\n", []string{"j - x"}},
		{"behind a key of the job", "name: j # udfplan: x\noperators: [{id: a}]\n", []string{"j - x"}},
		{"behind the key operators", "name: j\noperators: # udfplan: x\n  - id: a\n", []string{"j - x"}},
		{"behind the first key of an operator", "name: j\noperators:\n  - id: a # udfplan: x\n  - id: b\n", []string{"j a x"}},
		{"behind another key of it", "name: j\noperators:\n  - id: a\n  - id: b\n    python: # udfplan: x\n      env: e\n", []string{"j b x"}},
		{"above an operator", "name: j\noperators:\n  - id: a\n  # udfplan: x\n  - id: b\n", []string{"j b x"}},
		{"above the first operator", "name: j\noperators:\n  # udfplan: x\n\n  # more\n  - id: a\n", []string{"j a x"}},
		{"as deep as the keys of the operator above it", "name: j\noperators:\n  - id: a\n    # udfplan: x\n  - id: b\n", []string{"j a x"}},
		{"between two keys of an operator", "name: j\noperators:\n  - id: a\n# udfplan: x\n    parallelism: 1\n  - id: b\n", []string{"j a x"}},
		{"behind the last operator, as deep", "name: j\noperators:\n  - id: a\n    # udfplan: x\n", []string{"j a x"}},
		{"behind the last operator, not as deep", "name: j\noperators:\n  - id: a\n# udfplan: x\n", []string{"j - x"}},
		{"the id need not come first", "name: j\noperators:\n  - name: n # udfplan: x\n    id: a\n", []string{"j a x"}},
		{"operators first, then the name", "operators:\n  - id: a\nname: j # udfplan: x\n", []string{"j - x"}},
		{"flow style, on one line: the last that begins", "{name: j, operators: [{id: a}, {id: b}]} # udfplan: x\n", []string{"j b x"}},
		{"flow style, one a line", "name: j\noperators: [\n  {id: a}, # udfplan: x\n  # udfplan: y\n  {id: b} ]\n", []string{"j a x", "j b y"}},
		{"several at one operator", "name: j\noperators:\n  # udfplan: x\n  - id: a # udfplan: y\n", []string{"j a x", "j a y"}},
		{"each job its own", "name: j\noperators:\n- id: a # udfplan: x\n---\n# udfplan: y\nname: k\noperators:\n- id: a # udfplan: z\n", []string{"j a x", "k - y", "k a z"}},
		{"at the end of a document", "name: j\noperators:\n- id: a\n# udfplan: x\n---\nname: k\noperators: [{id: a}]\n", []string{"j - x"}},
		{"above the mark of the first document", "# udfplan: x\n---\nname: k\noperators: [{id: a}]\n", []string{"k - x"}},
		{"an operator's name that looks like one", "name: j\noperators:\n  - id: a\n    name: 'n # udfplan: x'\n", nil},
		{"not with a capital letter", "name: j # Udfplan: x\noperators: [{id: a}]\n", nil},
	} {
		jobs, problems := readText(row.text, graph.Options{})
		if problems.HasErrors() {
			t.Fatalf("%s: %v", row.reason, told(problems))
		}
		var got []string
		for _, job := range jobs {
			for _, r := range job.Remarks {
				operator := "-"
				if r.Operator >= 0 {
					operator = job.Operators[r.Operator].ID
				}
				got = append(got, fmt.Sprintf("%s %s %s", job.Name, operator, r.Text))
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", row.reason, diff, row.text)
		}
	}
}
