package conf_test

import (
	"fmt"

	"udfplan/graph/flink/conf"
	"udfplan/graph/source"
)

// The shape of a configuration is told by its text, whatever the file is called.
func ExampleRead() {
	cluster, problems := conf.Read(source.NewFile("shop.yaml", []byte(`
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: shop}
spec:
  flinkVersion: v1_20
  flinkConfiguration: {taskmanager.numberOfTaskSlots: "4"}
  taskManager: {resource: {memory: 2048m}}
`)), conf.Options{})
	fmt.Println(cluster.Name, cluster.Version, problems)
	for _, entry := range cluster.Config {
		fmt.Printf("%s: %s: %s\n", entry.Place, entry.Key, entry.Value)
	}

	// Output:
	// shop 1.20 []
	// shop.yaml:7:24: taskmanager.numberOfTaskSlots: 4
	// shop.yaml:8:28: taskmanager.memory.process.size: 2 gb
}
