package conf

import "testing"

// TestDeploymentParallelism: replicas times slots where there are replicas (one slot unless set), else the job's own number.
func TestDeploymentParallelism(t *testing.T) {
	for _, row := range []struct {
		spec    string
		want    int32
		refused bool
		reason  string
	}{
		{"  job: {parallelism: 1}\n", 1, false, "the job's own, from 1 on"},
		{"  job: {parallelism: 0}\n", 0, true, "0 is none"},
		{"  job: {parallelism: 2147483647}\n", 2147483647, false, "as many as an int holds"},
		{"  job: {parallelism: 2147483648}\n", 0, true, "one more"},
		{"  job: {}\n  taskManager: {replicas: 3}\n", 3, false, "replicas of one slot each"},
		{"  job: {}\n  taskManager: {replicas: 2147483647}\n", 2147483647, false, "as many as an int holds, here too"},
		{"  job: {}\n  taskManager: {replicas: 1073741824}\n  flinkConfiguration: {taskmanager.numberOfTaskSlots: \"2\"}\n", 0, true, "one more"},
		{"  job: {parallelism: 7}\n  taskManager: {replicas: 3}\n  flinkConfiguration: {taskmanager.numberOfTaskSlots: \"2\"}\n", 6, false, "replicas are stronger than the job"},
	} {
		d, problems := readDeployment(readDoc(t, deploymentHead+row.spec))
		if d.Parallelism != row.want || problems.HasErrors() != row.refused {
			t.Errorf("%s: %d, %v; want %d", row.reason, d.Parallelism, problems, row.want)
		}
	}
}
