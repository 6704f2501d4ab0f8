package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

// TestHiddenMembers: each kind of Python operator that MultipleInput can have swallowed runs alone.
func TestHiddenMembers(t *testing.T) {
	for _, member := range []string{"PythonCalc", "PythonAsyncCalc", "PythonCorrelate", "PythonGroupAggregate", "PythonGroupWindowAggregate", "PythonOverAggregate"} {
		text := planOf("x", "", "MultipleInput[4]", `[4]:MultipleInput(readOrder=[0,1], members=[\nHashJoin(x)\n+- `+member+`(select=[f(a)])\n])`)
		job, problems := readOne(t, text, graph.Options{Mode: graph.Streaming})
		if p := job.Operators[1].Python; p == nil || !p.Alone {
			t.Errorf("%s: %+v", member, p)
		}
		if diff := cmp.Diff([]string{"1:90 warning hidden-python"}, told(particular(problems))); diff != "" {
			t.Errorf("%s, at the operator (-want +got):\n%s", member, diff)
		}
	}
}
