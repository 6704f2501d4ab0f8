package conf

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

func readDoc(t *testing.T, text string) source.Node {
	t.Helper()
	docs, problems := source.Read(source.NewFile("d", []byte(text)))
	if len(docs) != 1 || problems != nil {
		t.Fatalf("%s: %v", text, problems)
	}
	return docs[0]
}

// told is a list as people read it.
func told(problems source.List) (out []string) {
	for _, d := range problems {
		out = append(out, fmt.Sprintf("%s: %s: %s: %s", d.Place, d.Severity, d.Code, d.Message))
	}
	return out
}

// placed are options with their places.
func placed(c flink.Config) (out []string) {
	for _, e := range c {
		out = append(out, fmt.Sprintf("%s=%s at %s, %s", e.Key, e.Value, e.Place, e.ValuePlace))
	}
	return out
}

const deploymentHead = "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: shop}\nspec:\n"

func TestReadDeployment(t *testing.T) {
	tests := []struct {
		spec        string
		version     string
		parallelism int32
		config      []string
		problems    []string
		reason      string
	}{
		{"  flinkVersion: v1_20\n  flinkConfiguration:\n    taskmanager.numberOfTaskSlots: \"2\"\n  taskManager: {resource: {memory: 2048m, cpu: 1}}\n  job: {parallelism: 4}",
			"1.20", 4, []string{"taskmanager.numberOfTaskSlots=2 at d:7:5, d:7:36", "taskmanager.memory.process.size=2 gb at d:8:28, d:8:36",
				"kubernetes.taskmanager.cpu.amount=1.0 at d:8:43, d:8:48", "parallelism.default=4 at d:9:9, d:9:22"}, nil, "the whole"},
		{"  flinkVersion: v1_16\n  taskManager: {resource: {cpu: 0.5}}", "1.16", 0, []string{"kubernetes.taskmanager.cpu=0.5 at d:6:28, d:6:33"}, nil, "the older key of the CPU"},
		{"  flinkVersion: v2_3\n  flinkConfiguration:\n    taskmanager: {memory: {managed: {fraction: 0.50, size: 1e3}}, x: [a, {b: TRUE}]}", "2.3", 0,
			[]string{"taskmanager.memory.managed.fraction=0.5 at d:7:38, d:7:48", "taskmanager.memory.managed.size=1000.0 at d:7:54, d:7:60",
				"taskmanager.x[0]=a at d:7:67, d:7:71", "taskmanager.x[1].b=true at d:7:75, d:7:78"}, nil, "nested, as newer operators allow"},
		{"  taskManager: {replicas: 3}\n  flinkConfiguration: {taskmanager.numberOfTaskSlots: 4}\n  job: {parallelism: 5}", "", 12,
			[]string{"taskmanager.numberOfTaskSlots=4 at d:6:24, d:6:55", "parallelism.default=12 at d:5:17, d:5:27"},
			[]string{"d:7:22: warning: unused-parallelism: spec.job.parallelism has no effect: with spec.taskManager.replicas it is replicas times slots, 12"},
			"replicas are over the parallelism"},
		{"  taskManager: {replicas: 3}", "", 0, nil, nil, "a session cluster"},
		{"  taskManager: {replicas: 2000000000}\n  flinkConfiguration: {taskmanager.numberOfTaskSlots: 4}\n  job: {}", "", 0,
			[]string{"taskmanager.numberOfTaskSlots=4 at d:6:24, d:6:55"},
			[]string{"d:5:27: error: out-of-range: 2000000000 replicas of 4 slots are more than a parallelism can be"}, "too many"},
		{"  flinkVersion: \"1.20\"\n  taskManager: {resource: {memory: 2048, cpu: x}}\n  job: {parallelism: 0}\n  flinkConfiguration: {a: 010, b: ~}", "", 0, nil,
			[]string{`d:5:17: error: unknown-version: flinkVersion must be like v1_20; found the text "1.20"`,
				"d:8:27: error: wrong-type: the value of a must be text; found the number 010",
				"d:8:35: error: wrong-type: the value of b must be text; found null",
				"d:6:36: error: wrong-type: spec.taskManager.resource.memory must be a text; found the number 2048",
				`d:6:47: error: wrong-type: spec.taskManager.resource.cpu must be a number above 0; found the text "x"`,
				"d:7:22: error: out-of-range: spec.job.parallelism must be a whole number between 1 and 2147483647; found the number 0"}, "all at once"},
		{"  flinkVersion: v1_21\n  job: [1]\n  taskManager: ~", "", 0, nil,
			[]string{`d:5:17: error: unknown-version: flinkVersion: "1.21" was never released; allowed are 1.10 to 1.20 and 2.0 to 2.3, with or without a patch such as 1.10.3`,
				"d:6:8: error: wrong-type: job must be a mapping; found a list"}, "a version that never was; null is nothing"},
		{"  taskManager: {resource: {memory: 1.5Gi}}", "", 0, nil,
			[]string{`d:5:36: error: bad-option-value: spec.taskManager.resource.memory: the operator refuses "1.5Gi": Memory size unit '.0' does not match any of the recognized units: ` + allMemoryUnits},
			"what Kubernetes would take and the operator does not"},
	}
	for _, test := range tests {
		got, problems := readDeployment(readDoc(t, deploymentHead+test.spec))
		if got.Name != "shop" || got.Version.String() != test.version || got.Parallelism != test.parallelism {
			t.Errorf("%s: %s, %s, %d", test.reason, got.Name, got.Version, got.Parallelism)
		}
		if diff := cmp.Diff(test.config, placed(got.Config)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", test.reason, diff)
		}
	}
}

func TestReadDeploymentWithoutSpec(t *testing.T) {
	for text, want := range map[string]string{
		"{kind: FlinkDeployment}": "d:1:1: error: missing-key: the FlinkDeployment has no spec",
		"{spec: [1]}":             "d:1:8: error: wrong-type: spec must be a mapping; found a list",
		"[1]":                     "d:1:1: error: missing-key: the FlinkDeployment has no spec",
	} {
		if _, problems := readDeployment(readDoc(t, text)); strings.Join(told(problems), "\n") != want {
			t.Errorf("%s: %q; want %q", text, told(problems), want)
		}
	}
}

func TestIsDeployment(t *testing.T) {
	tests := []struct {
		text   string
		want   bool
		reason string
	}{
		{deploymentHead + "  {}", true, "one"},
		{"{apiVersion: flink.apache.org/v1alpha1, kind: FlinkDeployment}", true, "an older version"},
		{"{apiVersion: flink.apache.org/v1beta1, kind: FlinkSessionJob}", false, "another kind"},
		{"{apiVersion: udfplan/v1, kind: Job}", false, "ours"},
		{"{kind: FlinkDeployment}", true, "whose is left out: there is no other of that name"},
		{"{apiVersion: example.com/v1, kind: FlinkDeployment}", false, "somebody else's"},
		{"{apiVersion: [flink.apache.org/v1], kind: {}}", false, "no texts"},
		{"[1]", false, "a list"},
	}
	for _, test := range tests {
		all := resources([]source.Node{readDoc(t, test.text)})
		if got := len(all) == 1 && all[0].isDeployment(); got != test.want {
			t.Errorf("%s: %v", test.reason, got)
		}
	}
}

func TestDeployedMemory(t *testing.T) {
	tests := []struct{ text, want, reason string }{
		{"2048m", "2 gb", "Flink's units first: m is mebi, not milli"},
		{"2g", "2 gb", "and g is gibi"},
		{"2G", "2 gb", "in any case"},
		{"1000000", "1000000 bytes", "bytes"},
		{"2Gi", "2147483648", "Kubernetes' binary units"},
		{"1728Mi", "1811939328", "the usual one"},
		{"1GiB", "1073741824", "with a B"},
		{" 3 ki ", "3072", "the operator does not mind case and blanks"},
		{"1Ti", "1099511627776", "tebi"},
		{"2P", "2000000000000000", "a unit that Flink does not have is decimal"},
		{"1E", "1000000000000000000", "exa"},
		{"2e9", "2000000000", "an exponent"},
		{"1.5e3", "", "leaves a fraction: 1500.0"},
		{"1.5Gi", "", "leaves a fraction: 1610612736.0"},
		{"1.5g", "", "1500000000.0"},
		{"100n", "", "nano, which the operator's capitals make nothing of"},
		{"-1Gi", "", "negative"},
		{"9Ei", "", "more than 2^63-1"},
		{"1e99", "", "far more"},
		{"", "", "empty"},
		{"Gi", "", "no number"},
		{"5e-3", "", "a part of a byte"},
		{"lots", "", "words"},
	}
	for _, test := range tests {
		got, err := deployedMemory(test.text)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q is %q (%v); want %q", test.reason, test.text, got, err, test.want)
		}
	}
}

func TestReadREST(t *testing.T) {
	tests := []struct {
		text           string
		want, problems []string
		reason         string
	}{
		{`[{"key": "a", "value": "1"}, {"value": "", "key": "b"}]`, []string{"a=1 at d:1:10, d:1:24", "b= at d:1:51, d:1:40"}, nil, "in either order"},
		{`[]`, nil, nil, "nothing set"},
		{`{"refresh-interval": 3000}`, nil, []string{"d:1:1: error: wrong-type: the answer of /jobmanager/config must be a list; found a mapping"}, "the answer of /config"},
		{`[1, {"key": "a"}, {"key": 5, "value": "x"}, {"key": "c", "value": "3"}]`, []string{"c=3 at d:1:53, d:1:67"},
			[]string{"d:1:2: error: wrong-type: an option must be a mapping with key and value; found the number 1",
				"d:1:5: error: missing-key: an option has no value",
				"d:1:27: error: wrong-type: key must be a text; found the number 5"}, "all at once"},
	}
	for _, test := range tests {
		got, problems := readREST([]source.Node{readDoc(t, test.text)}, Options{})
		if diff := cmp.Diff(test.want, placed(got.Config)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", test.reason, diff)
		}
	}
}

// The answers of three real clusters; the values are cut to what is planned with.
func TestReadRealRESTConfig(t *testing.T) {
	tests := []struct{ text, key, want, reason string }{
		{`[{"key":"taskmanager.memory.process.size","value":"1728m"},{"key":"taskmanager.bind-host","value":"127.0.0.1"},{"key":"jobmanager.rpc.address","value":"127.0.0.1"}]`,
			"taskmanager.memory.process.size", "1728m", "1.10.3"},
		{`[{"key":"blob.server.port","value":"37339"},{"key":"taskmanager.memory.jvm-metaspace.size","value":"1200m"},{"key":"jobmanager.memory.jvm-overhead.min","value":"201326592b"}]`,
			"jobmanager.memory.jvm-overhead.min", "201326592b", "1.20.5"},
		{`[{"key":"blob.server.port","value":"38611"},{"key":"restart-strategy.type","value":"none"},{"key":"taskmanager.memory.jvm-metaspace.size","value":"1200m"}]`,
			"taskmanager.memory.jvm-metaspace.size", "1200m", "2.3.0"},
	}
	for _, test := range tests {
		c, problems := readREST([]source.Node{readDoc(t, test.text)}, Options{})
		if e, _ := c.Config.Get(test.key); e.Value != test.want || problems != nil || len(c.Config) != 3 {
			t.Errorf("%s: %v, %v", test.reason, c, problems)
		}
	}
}

// TestReadRecordedRESTConfig reads whole answers of real clusters.
func TestReadRecordedRESTConfig(t *testing.T) {
	for _, name := range []string{"1.10.3/rest/jobmanager-config", "1.20.5/rest/jobmanager_config", "2.3.0/rest/jobmanager_config"} {
		text, err := os.ReadFile("../../../testdata/flink/formats/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if c, problems := readREST([]source.Node{readDoc(t, string(text))}, Options{}); len(c.Config) < 15 || problems != nil {
			t.Errorf("%s: %d options, %v", name, len(c.Config), problems)
		}
	}
}

// allMemoryUnits is how Flink lists the units that it reads.
var allMemoryUnits = func() string {
	_, err := flink.ParseMemorySize("1x")
	_, units, _ := strings.Cut(err.Error(), "recognized units: ")
	return units
}()
