package schema_test

import (
	"fmt"

	"udfplan/graph/schema"
)

// A reader lists the keys that it takes, and asks for those that have to be there.
func Example() {
	input := schema.Mapping{
		Doc: "An edge.",
		Keys: []schema.Key{
			{Name: "from", Required: true, Doc: "The id of the operator that it comes from."},
			{Name: "port", Value: schema.Value{Kind: schema.Integer, High: 32767}, Doc: "Which input it is."},
		},
	}
	fmt.Println(input.Names(), input.Required())
	// Output: [from port] [from]
}
