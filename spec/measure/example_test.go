package measure_test

import (
	"fmt"

	"udfplan/graph/source"
	"udfplan/spec/measure"
)

// What a worker and its container took, by the lines of the shell program.
func ExampleRead() {
	const looks = "udfplan measure 1\nlook 0\nworker 812 1 VmHWM 171008 share 268435460\ncontainer limit 4294967296 peak 3900000000\n"
	all, _ := measure.Read(source.NewFile("looks.txt", []byte(looks)))
	fmt.Println(all[0].Workers[0].Peak, all[0].Container.Limit, measure.Largest(all))

	// Output:
	// 167mb 4gb 167mb
}
