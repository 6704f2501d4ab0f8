package flink_test

import (
	"fmt"

	"udfplan/graph/flink"
)

// Sizes are read as Flink reads them, and written so that it reads them back.
func ExampleParseMemorySize() {
	size, err := flink.ParseMemorySize(" 64 MB ")
	fmt.Println(int64(size), size, err)
	_, err = flink.ParseMemorySize("1.5g")
	fmt.Println(err)

	// Output:
	// 67108864 64mb <nil>
	// Memory size unit '.5g' does not match any of the recognized units: (b | bytes) / (k | kb | kibibytes) / (m | mb | mebibytes) / (g | gb | gibibytes) / (t | tb | tebibytes)
}

// An option has another default, or is gone, by version. Of a configuration the last entry of a key counts.
func Example() {
	option, _ := flink.LookupOption("python.fn-execution.memory.managed")
	for _, text := range []string{"1.10", "1.11", "1.20"} {
		version, _ := flink.ParseVersion(text)
		fmt.Println(version, option.In(version), option.DefaultIn(version))
	}
	cluster := flink.Config{{Key: option.Key, Value: "false"}}
	commandLine := flink.Config{{Key: option.Key, Value: "true"}}
	entry, _ := flink.Effective(cluster, nil, commandLine).Get(option.Key)
	fmt.Println(entry.Key, entry.Value)

	// Output:
	// 1.10 false false
	// 1.11 true false
	// 1.20 true true
	// python.fn-execution.memory.managed true
}
