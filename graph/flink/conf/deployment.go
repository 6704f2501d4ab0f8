package conf

import (
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// readDeployment reads of a FlinkDeployment what decides about memory and slots, as the operator does
// (FlinkConfigBuilder): the task manager's memory is over flinkConfiguration, replicas are over the job's
// parallelism. Everything else of the document is left alone.
func readDeployment(doc source.Node) (Configuration, source.List) {
	r := deploymentReader{out: Configuration{IsDeployment: true}}
	r.out.Name = r.mapping(doc, "metadata").TextOf("name")
	spec := r.mapping(doc, "spec")
	if !spec.Valid() {
		if doc.Kind() != source.Mapping || !doc.Field("spec").Valid() {
			r.problems.Errorf(doc.Place(), source.CodeMissingKey, "the FlinkDeployment has no spec")
		}
		return r.out, r.problems
	}
	r.out.Spec = spec.Place()
	r.version(spec.field("flinkVersion"))
	r.options("", r.mapping(spec.Node, "flinkConfiguration").Node)
	taskManager := r.mapping(spec.Node, "taskManager")
	resource := r.mapping(taskManager.Node, "resource")
	r.memory(resource)
	r.cpu(resource)
	r.replicas = r.count(taskManager.field("replicas"), "spec.taskManager.replicas")
	job := r.mapping(spec.Node, "job")
	r.out.Session = !job.Valid()
	r.job(job, taskManager)
	return r.out, r.problems
}

// readSession adds what a FlinkSessionJob says: the options and the parallelism of its job.
func (c *Configuration) readSession(doc source.Node) source.List {
	r := deploymentReader{}
	spec := r.mapping(doc, "spec")
	if !spec.Valid() {
		return r.problems
	}
	r.options("", r.mapping(spec.Node, "flinkConfiguration").Node)
	r.job(r.mapping(spec.Node, "job"), part{})
	c.Parallelism = r.out.Parallelism
	c.Config = c.Config.From(flink.FromCluster).With(r.out.Config.From(flink.FromJob))
	if name := r.mapping(doc, "metadata").TextOf("name"); name != "" {
		c.Name = name
	}
	return r.problems
}

type deploymentReader struct {
	out      Configuration
	replicas int32 // spec.taskManager.replicas; 0 where it is not set
	problems source.List
}

// part is a mapping of the document, or nothing.
type part struct{ source.Node }

func (p part) field(key string) source.Node {
	if !p.Valid() {
		return source.Node{}
	}
	return p.Field(key)
}

// keyPlace is where a key of the mapping stands.
func (p part) keyPlace(key string) source.Place {
	for k := range p.Fields() {
		if k.Text() == key {
			return k.Place()
		}
	}
	return source.Place{}
}

// mapping is the mapping of a key; null is as good as nothing.
func (r *deploymentReader) mapping(in source.Node, key string) part {
	n := part{in}.field(key)
	switch {
	case !n.Valid() || n.Kind() == source.Null:
		return part{}
	case n.Kind() != source.Mapping:
		r.problems.Errorf(n.Place(), source.CodeWrongType, "%s must be a mapping; found %s", key, n.Describe())
		return part{}
	}
	return part{n}
}

func (r *deploymentReader) set(key, value string, keyPlace, valuePlace source.Place) {
	r.out.Config = append(r.out.Config, flink.Entry{Key: key, Value: value, Place: keyPlace, ValuePlace: valuePlace})
}

// version reads v1_20.
func (r *deploymentReader) version(n source.Node) {
	if !n.Valid() || n.Kind() == source.Null {
		return
	}
	const form = "flinkVersion must be like v1_20; found %s"
	text, isVersion := strings.CutPrefix(n.Text(), "v")
	if n.Kind() != source.Text || !isVersion || strings.Count(text, "_") != 1 {
		r.problems.Errorf(n.Place(), source.CodeUnknownVersion, form, n.Describe())
		return
	}
	v, err := flink.ParseVersion(strings.Replace(text, "_", ".", 1))
	if err != nil {
		r.problems.Errorf(n.Place(), source.CodeUnknownVersion, "flinkVersion: %s", err)
	}
	r.out.Version = v
}

// options flattens as ConfigObjectNode does: nested keys joined with dots, items of lists as key[0].
func (r *deploymentReader) options(prefix string, m source.Node) {
	if !m.Valid() {
		return
	}
	for key, value := range m.Fields() {
		r.option(prefix+key.Text(), key, value)
	}
}

func (r *deploymentReader) option(name string, key, value source.Node) {
	switch value.Kind() {
	case source.Mapping:
		r.options(name+".", value)
	case source.Sequence:
		i := 0
		for item := range value.Items() {
			r.option(name+"["+strconv.Itoa(i)+"]", key, item)
			i++
		}
	default:
		text, ok := jacksonText(value)
		if !ok {
			r.problems.Errorf(value.Place(), source.CodeWrongType, "the value of %s must be text; found %s", name, value.Describe()).
				Hint = "quote it"
			return
		}
		r.set(name, text, key.Place(), value.Place())
	}
}

var jsonNumber = source.Pattern(`^-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// jacksonText is JsonNode.asText. Kubernetes gets the document as JSON: of a number that JSON cannot write,
// such as 010, YAML readers make different ones.
func jacksonText(n source.Node) (string, bool) {
	switch n.Kind() {
	case source.Text:
		return n.Text(), true
	case source.Bool:
		return strings.ToLower(n.Text()), true
	case source.Number:
		parts := jsonNumber().FindStringSubmatch(n.Text())
		if parts == nil {
			return "", false
		}
		if parts[1] == "" && parts[2] == "" {
			return n.Text(), true
		}
		number, refusal := flink.ParseJavaDouble(n.Text())
		return flink.JavaDouble(number), refusal == nil
	}
	return "", false
}

const processSizeKey = flink.KeyProcessSize

// memory reads a size of Flink or of Kubernetes; the operator refuses what is neither.
func (r *deploymentReader) memory(resource part) {
	n := resource.field("memory")
	if !n.Valid() || n.Kind() == source.Null {
		return
	}
	if n.Kind() != source.Text {
		r.problems.Errorf(n.Place(), source.CodeWrongType, "spec.taskManager.resource.memory must be a text; found %s", n.Describe()).
			Hint = `quote it, with a unit: "2048m"`
		return
	}
	value, err := deployedMemory(n.Text())
	if err != nil {
		d := r.problems.Errorf(n.Place(), source.CodeBadOptionValue, "spec.taskManager.resource.memory: the operator refuses %q: %s",
			source.Excerpt(n.Text()), err)
		if d.Hint = "write it as 2048m or 2Gi"; strings.Contains(n.Text(), "${") {
			d.Hint = "replace the variables first, as envsubst does"
		}
		return
	}
	r.set(processSizeKey, value, resource.keyPlace("memory"), n.Place())
}

func (r *deploymentReader) cpu(resource part) {
	n := resource.field("cpu")
	if !n.Valid() || n.Kind() == source.Null {
		return
	}
	number, refusal := flink.ParseJavaDouble(n.Text())
	if n.Kind() != source.Number || refusal != nil || !(number > 0) {
		r.problems.Errorf(n.Place(), source.CodeWrongType, "spec.taskManager.resource.cpu must be a number above 0; found %s", n.Describe())
		return
	}
	key := "kubernetes.taskmanager.cpu.amount"
	if r.out.Version.Stated() && !flink.KubernetesCPUAmount.In(r.out.Version) {
		key = "kubernetes.taskmanager.cpu"
	}
	r.set(key, flink.JavaDouble(number), resource.keyPlace("cpu"), n.Place())
}

// count reads a whole number from 1 to 2^31-1; 0 if there is none.
func (r *deploymentReader) count(n source.Node, name string) int32 {
	if !n.Valid() || n.Kind() == source.Null {
		return 0
	}
	value, ok := n.Int()
	if !ok || value < 1 || value > 1<<31-1 {
		r.problems.Errorf(n.Place(), source.CodeOutOfRange, "%s must be a whole number between 1 and 2147483647; found %s", name, n.Describe())
		return 0
	}
	return int32(value)
}

// job takes the parallelism: replicas times slots where there are replicas, else the job's own.
func (r *deploymentReader) job(job, taskManager part) {
	if !job.Valid() {
		return
	}
	own := job.field("parallelism")
	r.out.Parallelism = r.count(own, "spec.job.parallelism")
	from, key := job, "parallelism"
	if r.replicas > 0 {
		from, key = taskManager, "replicas"
		r.replicate(own, taskManager.field(key))
	}
	if r.out.Parallelism > 0 {
		r.set(flink.KeyParallelism, strconv.Itoa(int(r.out.Parallelism)), from.keyPlace(key), from.field(key).Place())
	}
}

// replicate makes the parallelism replicas times slots.
func (r *deploymentReader) replicate(own, replicas source.Node) {
	slots, set, _ := r.out.Config.PositiveInt(flink.KeySlots, 1<<31-1) // its problems are told where it is used
	if !set {
		slots = 1
	}
	product := int64(r.replicas) * int64(slots)
	if product > 1<<31-1 {
		r.problems.Errorf(replicas.Place(), source.CodeOutOfRange, "%d replicas of %d slots are more than a parallelism can be", r.replicas, slots)
		product = 0
	} else if r.out.Parallelism > 0 {
		r.problems.Warnf(own.Place(), source.CodeUnusedParallelism, "spec.job.parallelism has no effect: with spec.taskManager.replicas it is replicas times slots, %d", product)
	}
	r.out.Parallelism = int32(product)
}
