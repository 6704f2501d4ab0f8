package conf

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

const deployment = `apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: NAME, namespace: NAMESPACE}
spec:
  flinkVersion: v1_20
  flinkConfiguration: {taskmanager.numberOfTaskSlots: "2"}
  taskManager: {resource: {memory: SIZE}}
`

func deployed(name, namespace, size string) string {
	return strings.NewReplacer("NAMESPACE", namespace, "NAME", name, "SIZE", size).Replace(deployment)
}

const session = `---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: j, namespace: n}
spec:
  deploymentName: d
  job: {parallelism: 3}
  flinkConfiguration: {python.fn-execution.bundle.size: "5"}
`

// shapeRows: what people keep, what it says, and the problems. A row's options are written KEY=VALUE@LINE:COLUMN of the value.
var shapeRows = []struct {
	text, name string
	version    string // of the answer
	want       []string
	problems   []string
	reason     string
}{
	{"kind: Kafka\napiVersion: x/v1\n---\n" + deployed("d", "n", "2g") + "---\nkind: StatefulSet\napiVersion: apps/v1\n", "", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@9:55", "taskmanager.memory.process.size=2 gb@10:36"}, nil, "a FlinkDeployment among others"},
	{deployed("d", "n", "2g") + "---\n" + deployed("e", "n", "3g"), "", "", nil, []string{"9:1 several-clusters"}, "two, and none is chosen"},
	{deployed("d", "n", "2g") + "---\n" + deployed("e", "n", "3g"), "e", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@14:55", "taskmanager.memory.process.size=3 gb@15:36"}, nil, "the one that is chosen"},
	{deployed("d", "n", "2g") + "---\n" + deployed("d", "m", "3g"), "m/d", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@14:55", "taskmanager.memory.process.size=3 gb@15:36"}, nil, "of one name in two namespaces"},
	{deployed("d", "n", "2g"), "x", "", nil, []string{"1:1 unknown-name"}, "a name that is not there"},
	{deployed("d", "n", "2g") + session, "", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36", "python.fn-execution.bundle.size=5@15:57 job", "parallelism.default=3@14:22 job"}, nil,
		"a job and its session cluster"},
	{deployed("d", "n", "2g") + session, "d", "1.20", []string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36"}, nil, "the cluster alone is chosen"},
	{deployed("d", "other", "2g") + session, "", "1.20", []string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36"}, []string{"warning 9:1 unknown-name"}, "the job's cluster is in another namespace: this one is read alone, and said so"},
	{deployed("d", "other", "2g") + session, "j", "", nil, []string{"9:1 unknown-name"}, "a job is chosen whose cluster is not there"},
	{deployed("d", "", "2g") + "---\n" + deployed("d", "n", "3g") + session, "j", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@14:55", "taskmanager.memory.process.size=3 gb@15:36", "python.fn-execution.bundle.size=5@23:57 job", "parallelism.default=3@22:22 job"}, nil,
		"the cluster in the job's own namespace comes first"},
	{deployed("d", "", "2g") + session, "n/j", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36", "python.fn-execution.bundle.size=5@15:57 job", "parallelism.default=3@14:22 job"}, nil,
		"a cluster without a namespace is in any"},
	{deployed("d", "n", "2g") + "---\n" + deployed("d", "m", "3g"), "d", "", nil, []string{"9:1 several-clusters"}, "a name that two have"},
	{deployed("d", "n", "2g") + session, "flinksessionjob/j", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36", "python.fn-execution.bundle.size=5@15:57 job", "parallelism.default=3@14:22 job"}, nil,
		"chosen as kubectl writes it"},
	{"---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\ndata: {1: x}\n---\n" + deployed("d", "n", "2g") + "---\n", "", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@13:55", "taskmanager.memory.process.size=2 gb@14:36"}, nil, "documents that are empty, and what is wrong with others"},
	{strings.Replace(deployed("d", "n", "2g"), "{name", "{1: x, name", 1), "", "1.20", nil, []string{"3:12 key-not-text"}, "what is wrong with it"},
	{deployed("d", "n", "2g") + "  podTemplate: {metadata: {annotations: {a: '{{ with x }}'}}}\n---\napiVersion: x/v1\nkind: Rule\na: '{{ $labels.b }}'\n", "", "1.20",
		[]string{"taskmanager.numberOfTaskSlots=2@6:55", "taskmanager.memory.process.size=2 gb@7:36"}, nil, "braces that are for others"},
	{strings.Replace(deployed("d", "n", "2g"), "2g", "'{{.Values.a}}'", 1), "", "", nil, []string{"7:37 unsupported-document"}, "braces in what is read"},
	{deployed("{{name}}", "n", "2g"), "", "", nil, []string{"3:18 unsupported-document"}, "braces that are no YAML key"},
	{"a: {{slots:1}}-x\n", "", "", nil, []string{"1:4 unsupported-document"}, "braces that are no YAML"},
	{strings.Replace(deployed("d", "n", "2g"), "2g", "'${A}'", 1), "", "1.20", nil, []string{"7:36 bad-option-value"}, "a variable"},
	{"kind: FlinkDeployment\r\nspec:\r\n  taskManager:\r\n    resource:\r\n      memory: 2g\r\n", "", "", []string{"taskmanager.memory.process.size=2 gb@5:15"}, nil, "Windows line ends"},
	{"kind: FlinkDeployment\nspec: {image: 'x/y:1', taskManager: {resource: {memory: 2g}}}\n---\nkind: Pod\napiVersion: v1\nspec: {containers: [{image: 'flink:1.16'}]}\n", "", "1.16",
		[]string{"taskmanager.memory.process.size=2 gb@2:57"}, nil, "an image beside it says the version"},
	{"kind: Pod\napiVersion: v1\nspec: {image: 'flink:1.16'}\n---\nkind: FlinkDeployment\nspec: {image: 'flink:1.20', taskManager: {resource: {memory: 2g}}}\n", "", "1.20",
		[]string{"taskmanager.memory.process.size=2 gb@6:62"}, nil, "its own image says it first"},
	{strings.TrimPrefix(session, "---\n"), "", "", nil, []string{"1:1 unknown-name"}, "a job without its cluster"},
	{"apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  apiVersion: v1\n- apiVersion: flink.apache.org/v1beta1\n  kind: FlinkDeployment\n  spec: {taskManager: {resource: {memory: 2g}}}\n", "", "",
		[]string{"taskmanager.memory.process.size=2 gb@8:43"}, nil, "a list as kubectl prints it"},
	{`{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeploymentList","items":[{"spec":{"taskManager":{"resource":{"memory":"2g"}}}}]}`, "", "",
		[]string{"taskmanager.memory.process.size=2 gb@1:125"}, nil, "a list whose items have no kind"},
	{"kind: FlinkDeployment\nspec: {taskManager: {resource: {memory: 2g}}}\n", "", "", []string{"taskmanager.memory.process.size=2 gb@2:41"}, nil, "without apiVersion"},
	{"kind: FlinkDeployment\nspec: {taskManager: {replicas: 2}}\n", "", "", nil, nil, "no size: the command line may still say one"},
	{"kind: FlinkDeployment\nspec: {flinkConfiguration: {taskmanager.memory.process.size: 2g}}\n", "", "", []string{"taskmanager.memory.process.size=2g@2:62"}, nil, "a size in its configuration"},

	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: |+\n\n    a: 1\n      b: 2 # c\n\n  log4j.properties: |\n    x: y\n", "", "", []string{"a=1@6:8", "b=2@7:10"}, nil, "a file in a ConfigMap"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  config.yaml: |\n    a:\n      b: [1]\n    c: d\n", "", "", []string{"a.b=[1]@6:10", "c=d@7:8"}, nil, "the YAML one"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: |\n    a: 1\n    b:2\n", "", "", []string{"a=1@5:8"}, []string{"warning 6:5 skipped-line"}, "a line that Flink skips, at its place"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: \"a: 1\\nb: 2\\n\"\n", "", "", []string{"a=1@4:24", "b=2@4:30"}, nil, "a text in quotes"},
	{`{"apiVersion":"v1","kind":"ConfigMap","data":{"flink-conf.yaml":"a: 1\nb: 2\n"}}`, "", "", []string{"a=1@1:69", "b=2@1:75"}, nil, "and JSON"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: \"a: 1 \\n\\\n    \\  b:\n    2\\n\n    c: \\u0078\\\"\\n\"\n", "", "", []string{"a=1@4:24", "b=2@6:5", "c=x\"@7:8"}, nil, "in quotes, folded as kubectl prints it"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: 'a: ''1''\n\n    b: 2\n\n\n    c:3'\n", "", "", []string{"a='1'@4:24", "b=2@6:8"}, []string{"warning 9:5 skipped-line"}, "in single quotes"},
	{"apiVersion: v1\nkind: ConfigMap\ndata: {config.yaml: 'a: [1'}\n", "", "", nil, []string{"3 yaml-syntax"}, "broken inside"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  flink-conf.yaml: >\n    a: 1\n\n    b: 2\n", "", "", []string{"a=1@4:20", "b=2@4:20"}, nil, "folded without quotes: one place"},
	{"apiVersion: v1\nkind: ConfigMap\ndata:\n  config.yaml: |\n    a: 2\n  flink-conf.yaml: |\n    a: 1\n", "", "", []string{"a=1@7:8"}, nil, "both files: flink-conf.yaml is stronger"},
	{"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {flink-conf.yaml: 'a: 1'}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\ndata: {flink-conf.yaml: 'a: 2'}\n", "d", "",
		[]string{"a=2@9:29"}, nil, "one of two"},
	{"apiVersion: v1\nkind: ConfigMap\ndata: {x: y}\n", "", "", nil, []string{"1:1 unsupported-document"}, "a ConfigMap of something else"},
	{"apiVersion: v1\nkind: ConfigMap\ndata: {flink-conf.yaml: 'a: 1'}\n---\napiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: 'apache/flink:1.17.2-scala_2.12'}]}}}\n", "", "1.17",
		[]string{"a=1@3:29"}, nil, "the version of the image beside it"},

	{"services:\n  tm:\n    image: flink:1.20\n    command: taskmanager\n    environment:\n      - |\n        FLINK_PROPERTIES=\n        a: 1\n          b: 2\n", "", "1.20", []string{"a=1@8:12", "b=2@9:14"}, nil, "compose, a list"},
	{"services:\n  tm:\n    command: taskmanager\n    environment:\n      - |\n        FLINK_PROPERTIES=a: 1\n        b: 2\n", "", "", []string{"a=1@6:29", "b=2@7:12"}, nil, "the first on the line of the name"},
	{"services:\n  tm:\n    command: taskmanager\n    environment:\n      FLINK_PROPERTIES: |\n        a: 1\n", "", "", []string{"a=1@6:12"}, nil, "compose, a mapping"},
	{"x: &x {environment: {FLINK_PROPERTIES: 'a: 1'}}\nservices:\n  tm: {<<: *x, command: [taskmanager]}\n", "", "", []string{"a=1@1:44"}, nil, "merged"},
	{"services:\n  tm:\n    command: taskmanager -Da=2 -D b=3\n    environment: ['FLINK_PROPERTIES=a: 1', TASK_MANAGER_NUMBER_OF_TASK_SLOTS=4]\n", "", "",
		[]string{"taskmanager.numberOfTaskSlots=4@4:44", "a=1@4:40", "a=2@3:14", "b=3@3:14"}, nil, "slots of their own, options on the command line"},
	{"services:\n  flink-task_manager: {environment: {FLINK_PROPERTIES: 'a: ${A:-1}'}, image: 'apache/flink:${V:-1.18}-java11'}\n", "", "1.18", []string{"a=1@2:60"}, nil, "by its name; variables that have a default"},
	{"services:\n  a: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}}\n  b: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 2'}}\n", "", "", nil, []string{"3:6 several-clusters"}, "two that differ"},
	{"services:\n  a: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}}\n  b: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}}\n", "", "", []string{"a=1@2:65"}, nil, "two that are alike"},
	{"services:\n  a: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}}\n  b: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 2'}}\n", "b", "", []string{"a=2@3:65"}, nil, "the one that is chosen"},
	{"services:\n  a: {image: !reset x}\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}}\n", "", "", []string{"a=1@3:66"}, nil, "tags of compose, in another service"},
	{"services:\n  a: {labels: ['{{ x }}']}\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: 1'}, labels: ['{{.x}}']}\n", "", "", []string{"a=1@3:66"}, nil, "braces that are for others"},
	{"services:\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: 'a: {{ x }}'}}\n", "", "", nil, []string{"2:66 unsupported-document"}, "a template of a compose file"},
	{"services:\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: '${P}'}}\n", "", "", nil, []string{"warning 2:62 configuration-elsewhere"}, "all of it from outside"},
	{"services:\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: }}\n", "", "", nil, []string{"warning 2:62 configuration-elsewhere"}, "handed on"},
	{"services:\n  tm: {command: taskmanager, environment: [FLINK_PROPERTIES]}\n", "", "", nil, []string{"warning 2:44 configuration-elsewhere"}, "handed on, in a list"},
	{"services:\n  tm: {command: taskmanager, environment: ['FLINK_PROPERTIES=']}\n", "", "", nil, nil, "empty"},
	{"services:\n  tm: {command: taskmanager, environment: {FLINK_PROPERTIES: '${P:-a: 1}'}}\n", "", "", []string{"a=1@2:62"}, nil, "from outside, with a default"},
	{"services:\n  tm: {command: taskmanager, environment: [FLINK_PROPERTIES=a: 1]}\n", "", "", nil, []string{"2:44 wrong-type"}, "YAML makes a mapping of it, which compose refuses"},
	{"services:\n  tm:\n    command: taskmanager\n    environment: {FLINK_PROPERTIES: >}\n", "", "", nil, []string{"4 yaml-syntax"}, "broken YAML"},
	{"services:\n  tm:\n    command: taskmanager\n    env_file: .env\n    volumes: ['./conf:/opt/flink/conf:ro', './job.py:/opt/job.py']\n    configs: [{source: c, target: /opt/flink/conf/config.yaml}]\n", "", "", nil,
		[]string{"warning 5:15 configuration-elsewhere", "warning 6:15 configuration-elsewhere", "warning 4:15 configuration-elsewhere"}, "what other files hold"},
	{"services:\n  tm:\n    command: taskmanager\n    environment:\n      FLINK_PROPERTIES: \"a: 1\\nb: 2\"\n      TASK_MANAGER_NUMBER_OF_TASK_SLOTS: 3\n", "", "",
		[]string{"taskmanager.numberOfTaskSlots=3@6:42", "a=1@5:29", "b=2@5:35"}, nil, "quoted, and the number of slots, which is weaker"},
	{"services:\n  jm: {command: jobmanager}\n", "", "", nil, []string{"2:3 unsupported-document"}, "no TaskManager"},

	{`{"id":"t","slotsNumber":2,"hardware":{"managedMemory":5},"memoryConfiguration":{"taskHeap":7,"networkMemory":8,"managedMemory":6}}`, "", "",
		[]string{"taskmanager.numberOfTaskSlots=2@1:25", "taskmanager.memory.task.heap.size=7b@1:92", "taskmanager.memory.network.min=8b@1:110", "taskmanager.memory.network.max=8b@1:110", "taskmanager.memory.managed.size=6b@1:128"}, nil, "REST, one"},
	{`{"taskmanagers":[{"id":"t","slotsNumber":2,"hardware":{}},{"id":"u","slotsNumber":2,"hardware":{}}]}`, "", "", []string{"taskmanager.numberOfTaskSlots=2@1:42"}, nil, "REST, two alike"},
	{`{"taskmanagers":[{"id":"t","slotsNumber":2,"hardware":{}},{"id":"u","slotsNumber":3,"hardware":{}}]}`, "", "", nil, []string{"1:59 several-clusters"}, "REST, two that differ"},
	{`{"taskmanagers":[{"id":"t","slotsNumber":2,"hardware":{}},{"id":"u","slotsNumber":3,"hardware":{}}]}`, "u", "", []string{"taskmanager.numberOfTaskSlots=3@1:83"}, nil, "REST, the one that is chosen"},
	{`{"id":"t","slotsNumber":2,"hardware":{},"memoryConfiguration":{"managedMemory":6,"jvmMetaspace":null}}`, "", "",
		[]string{"taskmanager.numberOfTaskSlots=2@1:25", "taskmanager.memory.managed.size=6b@1:80"}, nil, "a part that it does not know"},
	{`{"taskmanagers":[]}`, "", "", nil, []string{"1:17 unknown-name"}, "REST, none runs"},

	{"apiVersion: v1\nkind: Pod\n", "", "", nil, []string{"1:1 unsupported-document"}, "a Pod"},
	{"apiVersion: flinkoperator.k8s.io/v1beta1\nkind: FlinkCluster\n", "", "", nil, []string{"1:1 unsupported-document"}, "another operator's"},
	{"apiVersion: flink.k8s.io/v1beta1\nkind: FlinkApplication\n", "", "", nil, []string{"1:1 unsupported-document"}, "one more operator's"},
	{"image: {tag: x}\ntaskmanager: {numberOfTaskSlots: 2}\n", "", "", nil, []string{"1:1 unsupported-document"}, "values of a chart that look like config.yaml"},
	{"- hosts: all\n  tasks: []\n", "", "", nil, []string{"1:1 unsupported-document"}, "a list"},
	{"import os\nx = 1\ndef f(a: int):\n", "", "", nil, []string{"1 unsupported-document"}, "a program: most lines are no options"},
	{"image:\n  tag: x\nreplicaCount: 1\n", "", "", nil, []string{"1:1 unsupported-document"}, "values of a chart"},
	{"on: push\njobs:\n  a: {steps: []}\n", "", "", nil, []string{"1:1 unsupported-document"}, "a workflow"},
	{"a:\n  b: 1\n", "", "", nil, []string{"1:1 unsupported-document"}, "any mapping of mappings"},
	{"a: {b: 1}\n", "", "", []string{"a={b: 1}@1:4"}, nil, "a map in one line is an option of flink-conf.yaml"},
	{`{"a": {"b": 1}}`, "", "", nil, []string{"1:1 unsupported-document"}, "JSON of something else"},
	{"taskmanager:\n  memory:\n    process:\n      size: 2g\nx.y: 1\n", "", "", []string{"taskmanager.memory.process.size=2g@4:13", "x.y=1@5:6"}, nil, "config.yaml by another name"},
	{"a: 1\nb: {{ .Values.b }}\n", "", "", nil, []string{"2:4 unsupported-document"}, "a template"},
	{"# {{ .x }}\na: 1 # {{ .y }}\n", "", "", []string{"a=1@2:4"}, nil, "in comments it is none"},
	{"apiVersion: v1\nkind: [\n", "", "", nil, []string{"3 yaml-syntax"}, "broken YAML that was meant to be a manifest"},
	{"operators: []\n", "", "", nil, []string{"1:1 unsupported-document"}, "a job"},
	{"a: 1\nb:\n- {c: 2}\n", "", "", nil, []string{"1:1 unsupported-document"}, "nested in a list"},
}

func TestShapes(t *testing.T) {
	for _, row := range shapeRows {
		c, problems := Read(source.NewFile("f", []byte(row.text)), Options{Name: row.name})
		var got []string
		for _, e := range c.Config {
			place := strings.TrimPrefix(e.ValuePlace.String(), "f:")
			text := fmt.Sprintf("%s=%s@%s", e.Key, e.Value, place)
			if e.Origin == flink.FromJob {
				text += " job"
			}
			got = append(got, text)
		}
		if problems.HasErrors() {
			got = nil
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%v", row.reason, diff, told(problems))
		}
		var said []string
		for _, d := range problems {
			text := strings.TrimPrefix(d.Place.String(), "f:") + " " + d.Code
			if d.Severity != source.Error {
				text = d.Severity.String() + " " + text
			}
			said = append(said, text)
			if d.Code == source.CodeUnsupportedDocument && d.Hint == "" {
				t.Errorf("%s: no hint", row.reason)
			}
		}
		if diff := cmp.Diff(row.problems, said); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", row.reason, diff)
		}
		if version := c.Version.String(); c.Version.Stated() && version != row.version || !c.Version.Stated() && row.version != "" {
			t.Errorf("%s: version %s, want %s", row.reason, version, row.version)
		}
	}
}

// TestRecordedTaskManagers: answers of real clusters; what they say of their managed memory is what is set.
func TestRecordedTaskManagers(t *testing.T) {
	for _, name := range []string{"1.20.5/rest/taskmanager_idle", "1.20.5/rest/taskmanagers_running", "2.3.0/rest/taskmanager_idle", "1.10.3/rest/taskmanager-batch_two_p2_s2_512"} {
		text, err := os.ReadFile("../../../testdata/flink/formats/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			TaskManagers        []json.RawMessage
			Hardware            struct{ ManagedMemory int64 }
			MemoryConfiguration struct{ ManagedMemory int64 }
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatal(err)
		}
		if len(answer.TaskManagers) > 0 {
			_ = json.Unmarshal(answer.TaskManagers[0], &answer)
		}
		want := max(answer.MemoryConfiguration.ManagedMemory, answer.Hardware.ManagedMemory)
		c, problems := Read(source.NewFile("f", text), Options{})
		if e, _ := c.Config.Get(flink.KeyManagedSize); problems != nil || want == 0 || e.Value != fmt.Sprintf("%db", want) {
			t.Errorf("%s: %q, want %d; %v", name, e.Value, want, told(problems))
		}
	}
}
