package document_test

import (
	"fmt"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// Flink's execution plan says nothing of Python. The names of the operators do, and Read tells what it took from where.
func ExampleRead() {
	text := `{"nodes": [
  {"id": 1, "type": "Source: clicks", "pact": "Data Source", "contents": "Source: clicks", "parallelism": 2},
  {"id": 2, "type": "PythonCalc[3]", "pact": "Operator", "contents": "PythonCalc[3]", "parallelism": 2,
   "predecessors": [{"id": 1, "ship_strategy": "FORWARD", "side": "second"}]}
]}`
	jobs, problems := document.Read(source.NewFile("plan.json", []byte(text)), graph.Options{})
	for _, operator := range jobs[0].Operators {
		fmt.Println(operator.ID, operator.Name, operator.Parallelism, operator.Python != nil)
	}
	for _, problem := range problems {
		fmt.Printf("%s [%s]\n", problem.Severity, problem.Code)
	}

	// Output:
	// 1 Source: clicks 2 false
	// 2 PythonCalc[3] 2 true
	// note [not-in-document]
	// note [python-by-name]
}
