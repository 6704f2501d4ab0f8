package document

import "testing"

// groupErrors are what is refused of slotSharingGroups; where Flink refuses it too, in its words (testdata/flink/finegrained/graphs).
var groupErrors = []errorRow{
	{"slotSharingGroups: {name: a}\noperators: [{id: a}]", []string{"1:20 wrong-type"}, "slotSharingGroups must be a list; found a mapping", "one without its dash"},
	{"slotSharingGroups: ~\noperators: [{id: a}]", []string{"1:20 wrong-type"}, "found null", "null"},
	{"slotSharingGroups: [default, ~, [a]]\noperators: [{id: a}]", []string{"1:21 wrong-type", "1:30 wrong-type", "1:33 wrong-type"}, "a slot sharing group must be a mapping", "names alone"},
	{"slotSharingGroups: [{cpuCores: 1, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:21 missing-key"}, "a slot sharing group has no name", "no name"},
	{"slotSharingGroups: [{name: 7}]\noperators: [{id: a}]", []string{"1:28 wrong-type"}, `quote it: "7"`, "a number is no name"},
	{"slotSharingGroups: [{name: default#a}]\noperators: [{id: a}]", []string{"1:28 bad-group"}, "name must not hold #", "kept for regions"},
	{"slotSharingGroups: [{name: default, cpu: 1}]\noperators: [{id: a}]", []string{"1:37 unknown-key"}, "allowed: name, cpuCores, taskHeap, taskOffHeap, managed", "another key"},
	{"slotSharingGroups: [{name: default, managd: 1mb}]\noperators: [{id: a}]", []string{"1:37 unknown-key"}, "did you mean managed?", "the nearest"},
	{"slotSharingGroups: [{name: default, cpuCores: 1}]\noperators: [{id: a}]", []string{"1:21 missing-key"},
		"Flink: The cpu cores and task heap memory are required when specifying the resource of a slot sharing group. You need to explicitly configure them with positive value.", "case cpu-only"},
	{"slotSharingGroups: [{name: default, managed: 0b}]\noperators: [{id: a}]", []string{"1:21 missing-key"}, "needs cpuCores and taskHeap", "case managed-only-zero"},
	{"slotSharingGroups: [{name: default, cpuCores: 0, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "Flink: The cpu cores should be positive.", "case cpu-zero"},
	{"slotSharingGroups: [{name: default, cpuCores: -1, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "Flink: The cpu cores should be positive.", "case cpu-negative"},
	{"slotSharingGroups: [{name: default, cpuCores: 0.000000001, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "at least 0.00000001", "case cpu-tiny: Flink cuts it off to 0"},
	{"slotSharingGroups: [{name: default, cpuCores: 1000000001, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "at most 1000000000 CPU cores", "more than can be counted"},
	{"slotSharingGroups: [{name: default, cpuCores: 1e3, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "a number of CPU cores such as 1 or 0.5; found the number 1e3", "an exponent"},
	{"slotSharingGroups: [{name: default, cpuCores: .nan, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 out-of-range"}, "a number of CPU cores", "case cpu-nan"},
	{"slotSharingGroups: [{name: default, cpuCores: '1', taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:47 wrong-type"}, "found the text", "a text"},
	{"slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 0}]\noperators: [{id: a}]", []string{"1:60 out-of-range"}, "Flink: The task heap memory should be positive.", "case heap-zero"},
	{"slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: x, managed: -1}]\noperators: [{id: a}]", []string{"1:60 bad-size", "1:72 bad-size"}, "", "no sizes, all at once"},
	{"slotSharingGroups: [{name: default}, {name: default}]\noperators: [{id: a}]", []string{"1:45 duplicate-group"}, `slot sharing group "default" is there twice [first here: job.yaml:1:28]`, "even if they agree"},
	{"slotSharingGroups: [{name: default, cpuCores: 1, taskHeap: 1mb}, {name: default, cpuCores: 2, taskHeap: 1mb}]\noperators: [{id: a}]", []string{"1:73 duplicate-group"},
		"Flink: The slot sharing group default has been configured with two different resource spec.", "case conflict"},
}

func TestGroupErrors(t *testing.T) {
	for _, row := range groupErrors {
		row.check(t)
	}
}
