package source_test

import (
	"fmt"

	"udfplan/graph/source"
)

// A text is read into a tree. A Decoder takes values out of it, and goes on after a mistake.
func Example() {
	file := source.NewFile("workers.yaml", []byte("name: score\ninstances: 010\n"))
	documents, problems := source.Read(file)
	decoder := source.Decoder{Problems: problems}
	name := decoder.Text(documents[0].Field("name"), "name")
	instances, ok := decoder.Int(documents[0].Field("instances"), "instances", 1, 100)
	fmt.Println(name, instances, ok)
	for _, problem := range decoder.Problems {
		fmt.Printf("%s: %s: %s\n", problem.Place, problem.Severity, problem.Message)
	}

	// Output:
	// score 0 false
	// workers.yaml:2:12: error: instances must be a plain decimal integer such as 4; found the number 010
}
