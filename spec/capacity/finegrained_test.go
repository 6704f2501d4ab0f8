package capacity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/plan"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// randomGroups is a job of several slot sharing groups, with Python, state and weights.
func randomGroups(r *rand.Rand) string {
	version, mode := []string{"1.14", "1.17", "1.20", "2.3"}[r.IntN(4)], []string{"batch", "streaming"}[r.IntN(2)]
	options := fmt.Sprintf("python.fn-execution.memory.managed: %v, fine-grained.shuffle-mode.all-blocking: true, jobmanager.scheduler: Default, state.backend: %s", r.IntN(5) > 0, []string{"rocksdb", "hashmap"}[r.IntN(2)])
	text := fmt.Sprintf("flinkVersion: %q\nmode: %s\nconfig: {%s}\noperators:\n- {id: s}\n", version, mode, options)
	before := "s"
	for i := range 1 + r.IntN(5) {
		id := fmt.Sprintf("o%d", i)
		text += fmt.Sprintf("- {id: %s, parallelism: %d, inputs: [{from: %s, shipStrategy: rebalance}], slotSharingGroup: %s", id, 1+r.IntN(4), before, []string{"default", "heavy", "light"}[r.IntN(3)])
		if r.IntN(2) == 0 {
			text += fmt.Sprintf(", python: {userMemory: %dmb}", r.IntN(300))
		}
		text += []string{"", ", stateBackend: true", ", managedMemory: 64mb", ", stateBackend: true, managedMemory: 10mb"}[r.IntN(4)] + "}\n"
		before = id
	}
	return text
}

// TestFineGrainedFitsAndIsMinimal: of random jobs on random clusters: with the profiles that are found everything fits, nobody gets less of
// managed memory than before, and with one byte less in any group that is not so.
func TestFineGrainedFitsAndIsMinimal(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	lowered := 0
	for range 600 {
		text := randomGroups(r)
		words := []string{fmt.Sprintf("taskmanager.memory.process.size: %dm", 1000+r.IntN(2000)), fmt.Sprintf("taskmanager.numberOfTaskSlots: %d", 1+r.IntN(4)),
			fmt.Sprintf("taskmanager.memory.managed.consumer-weights: 'OPERATOR:%d,STATE_BACKEND:%d,PYTHON:%d'", 1+r.IntN(99), 1+r.IntN(99), 1+r.IntN(99)),
			"cluster.fine-grained-resource-management.enabled: true"}
		words[2] = strings.ReplaceAll(words[2], "'", "")
		cluster := capacity.Cluster{Config: config(words...)}
		jobs, problems := document.Read(source.NewFile("job", []byte(text)), graph.Options{Base: cluster.Config})
		if len(jobs) != 1 || problems.HasErrors() {
			t.Fatal(problems, text)
		}
		cluster.Version = jobs[0].Version
		before, _, refused := cluster.Assess([]*spec.Spec{specOf(jobs[0])})
		if refused != nil {
			continue
		}
		found, problems := cluster.FineGrained(before)
		if len(found) != 1 || problems.HasErrors() {
			t.Fatal(problems, text)
		}
		groups := found[0].Groups
		if why := withProfiles(&cluster, jobs[0], groups, before.Jobs[0]); why != "" {
			t.Errorf("%s\n%v\n%s", why, words, text)
		}
		for i := range groups {
			if groups[i].Profile.Managed == 0 {
				continue
			}
			lowered++
			less := slices.Clone(groups)
			p := *groups[i].Profile
			p.Managed--
			less[i].Profile = &p
			if withProfiles(&cluster, jobs[0], less, before.Jobs[0]) == "" {
				t.Errorf("%s: a byte less than %s does too\n%v\n%s", groups[i].Name, groups[i].Profile, words, text)
			}
		}
	}
	if lowered < 500 {
		t.Errorf("%d profiles with managed memory", lowered)
	}
}

// withProfiles plans the job with profiles, and says what is less than before or too little.
func withProfiles(cluster *capacity.Cluster, job *graph.Job, groups []graph.SlotSharingGroup, before *capacity.Fit) string {
	with := *job
	with.SlotSharingGroups = groups
	p, _ := plan.Make(&with, plan.Options{})
	s, _ := spec.ComputeWith(p, spec.Needs{From: spec.FromFLIP88})
	after, _, refused := cluster.Assess([]*spec.Spec{s})
	if refused != nil || len(after.Jobs) != 1 {
		return fmt.Sprint("refused: ", refused)
	}
	f := after.Jobs[0]
	for g := range f.Groups {
		if !f.Groups[g].Fits {
			return fmt.Sprintf("%s: %d of %d", p.Groups[g].Name, f.Groups[g].Gets, f.Groups[g].Needs)
		}
	}
	bytes := func(f *capacity.Fit, k int, share float64) flink.MemorySize {
		return flink.MemorySize(float64(f.Groups[f.Spec.Plan.Operators[f.Operators[k].Operator].Group].Size.Managed) * share)
	}
	for k := range f.Operators {
		was, is := before.Operators[k].Fractions, f.Operators[k].Fractions
		if bytes(f, k, is.OfOperator) < bytes(before, k, was.OfOperator) || bytes(f, k, is.OfState) < bytes(before, k, was.OfState) {
			return fmt.Sprintf("%s gets less than before", job.Operators[f.Operators[k].Operator].ID)
		}
	}
	return ""
}
