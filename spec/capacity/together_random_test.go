package capacity_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// cluster is a random cluster with the jobs on it.
type cluster struct {
	capacity.Cluster
	jobs []*spec.Spec
	text string // for a failing test
	// rocksDB takes managed memory.
	rocksDB bool
}

var randomVersions = []string{"", "1.10", "1.11", "1.12", "1.13", "1.14", "1.17", "1.18", "1.20", "2.0", "2.3"}

// randomCluster: versions of every kind, each way to say a size, weights of all kinds, up to three jobs with groups of different use
// cases. Three use cases in one cluster are rare, as all their weights are a million.
func randomCluster(t *testing.T, r *rand.Rand) cluster {
	t.Helper()
	version := randomVersions[r.IntN(len(randomVersions))]
	c := cluster{rocksDB: r.IntN(4) == 0 && version != "" && version != "1.10" && version != "1.11"}
	words := append(randomSize(r, version), fmt.Sprintf("taskmanager.numberOfTaskSlots: %d", 1+r.IntN(6)))
	words = append(words, randomWeights(r, version)...)
	if c.rocksDB {
		words = append(words, "state.backend: rocksdb", "state.backend.type: rocksdb")
	}
	if r.IntN(5) == 0 {
		words = append(words, "taskmanager.memory.task.off-heap.size: 100m")
	}
	if r.IntN(6) == 0 && version != "" && version != "1.10" {
		words = append(words, "python.fn-execution.memory.managed: false")
	} else if version == "1.11" {
		words = append(words, "python.fn-execution.memory.managed: true")
	}
	c.Config, c.Shared = config(words...), r.IntN(3) == 0
	c.text = strings.Join(words, "\n")
	operators := !c.rocksDB || r.IntN(20) == 0
	for range 1 + r.IntN(3) {
		text := randomJob(r, version, c.rocksDB, operators)
		c.text += "\n---\n" + text
		jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{Base: c.Config})
		if len(jobs) != 1 || problems.HasErrors() {
			t.Fatal(problems, c.text)
		}
		c.Version = jobs[0].Version
		c.jobs = append(c.jobs, specOf(jobs[0]))
	}
	return c
}

func randomSize(r *rand.Rand, version string) (words []string) {
	switch r.IntN(12) {
	case 0, 1:
		words = []string{fmt.Sprintf("taskmanager.memory.flink.size: %dm", 900+r.IntN(1000))}
	case 2:
		words = []string{fmt.Sprintf("taskmanager.memory.task.heap.size: %dm", 100+r.IntN(300)), fmt.Sprintf("taskmanager.memory.managed.size: %dm", 50+r.IntN(300))}
		if more := r.IntN(3); more == 1 {
			words = append(words, "taskmanager.memory.flink.size: 1100m")
		} else if more == 2 {
			words = append(words, "taskmanager.memory.process.size: 1728m")
		}
		return words
	case 3:
		if version != "2.0" && version != "2.3" {
			words = []string{"taskmanager.heap.size: 1200m"}
			break
		}
		fallthrough
	case 4:
		words = []string{fmt.Sprintf("taskmanager.memory.process.size: %dk", (1100+r.IntN(1000))*1024+r.IntN(1024))}
	default:
		words = []string{fmt.Sprintf("taskmanager.memory.process.size: %dm", 1000+r.IntN(1500))}
	}
	switch r.IntN(5) {
	case 0:
		words = append(words, fmt.Sprintf("taskmanager.memory.managed.size: %dm", 20+r.IntN(300)))
	case 1:
		words = append(words, fmt.Sprintf("taskmanager.memory.managed.fraction: 0.%d", 1+r.IntN(5)))
	}
	return words
}

func randomWeights(r *rand.Rand, version string) []string {
	weight := func() int { return []int{0, 1, 10, 30, 70, 100, 1000, r.IntN(101)}[r.IntN(8)] }
	switch {
	case version == "" || version == "1.10" || version == "1.11" || r.IntN(3) == 0:
		return nil
	case version == "1.12":
		return []string{fmt.Sprintf("taskmanager.memory.managed.consumer-weights: DATAPROC:%d,PYTHON:%d", weight(), weight())}
	case r.IntN(4) == 0:
		return []string{fmt.Sprintf("taskmanager.memory.managed.consumer-weights: PYTHON:%d", weight())}
	}
	return []string{fmt.Sprintf("taskmanager.memory.managed.consumer-weights: OPERATOR:%d,STATE_BACKEND:%d,PYTHON:%d", weight(), weight(), weight())}
}

// randomJob is a streaming job in up to two named groups, or without RocksDB a batch one; some have sorts and keyed operators.
func randomJob(r *rand.Rand, version string, rocksDB, operators bool) string {
	mode := "streaming"
	if !rocksDB && r.IntN(2) == 0 {
		mode = "batch"
	}
	text := fmt.Sprintf("mode: %s\nparallelism: %d\noperators:\n- {id: s}\n", mode, 1+r.IntN(8))
	if version != "" {
		text = fmt.Sprintf("flinkVersion: %q\n", version) + text
	}
	before := "s"
	for i := range 1 + r.IntN(5) {
		what := "{id: p%d, inputs: [%s], python: {userMemory: " + fmt.Sprint(r.IntN(400)) + "mb}"
		switch kind := r.IntN(6); {
		case kind == 5 && r.IntN(3) == 0: // Python that declares nothing, and runs beside the share
			what = "{id: a%d, inputs: [{from: %s, shipStrategy: rebalance}], name: 'MultipleInput(members=[x])', python: {userMemory: " + fmt.Sprint(r.IntN(100)) + "mb}"
		case kind == 0 && operators:
			what = "{id: m%d, inputs: [%s], managedMemory: " + fmt.Sprint(1+r.IntN(300)) + "mb"
		case kind == 1 && mode == "streaming":
			what = "{id: k%d, inputs: [{from: %s, shipStrategy: hash}], keyed: true"
		}
		if r.IntN(4) == 0 {
			what += ", slotSharingGroup: other"
		}
		text += "- " + fmt.Sprintf(what, i, before) + "}\n"
		before = fmt.Sprintf("%s%d", what[5:6], i)
	}
	return text
}

// set is a configuration with a recommendation made.
func (c *cluster) set(rec *capacity.Recommendation) cluster {
	out := *c
	out.Config = nil
	for _, e := range c.Config {
		removed := false
		for _, key := range rec.Remove {
			removed = removed || e.Key == key
		}
		if !removed {
			out.Config = append(out.Config, e)
		}
	}
	out.Config = out.Config.With(rec.Set)
	return out
}

// total is the option that says the size, and what it says in bytes; "" where the tasks' sizes do.
func (c *cluster) total() (key string, size flink.MemorySize) {
	for _, key := range []string{flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyHeapSize} {
		if e, set := c.Config.Get(key); set {
			size, _ := flink.ParseMemorySize(e.Value)
			return key, size
		}
	}
	return "", 0
}
