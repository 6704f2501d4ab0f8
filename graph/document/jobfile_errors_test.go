package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
)

// errorRow is a text, what is told of it ("line:column code" each), and a part of what that says to people.
type errorRow struct {
	text   string
	want   []string
	says   string
	reason string
}

func (row errorRow) check(t *testing.T) {
	t.Helper()
	_, problems := readText(row.text, graph.Options{})
	if diff := cmp.Diff(row.want, told(particular(problems))); diff != "" {
		t.Errorf("%s:\n%s\n(-want +got):\n%s", row.reason, row.text, diff)
	}
	if !strings.Contains(allSaid(problems), row.says) {
		t.Errorf("%s:\n%s\nwant %q in what is said:\n%s", row.reason, row.text, row.says, allSaid(problems))
	}
}

// jobErrors are what is refused of a job's own keys.
var jobErrors = []errorRow{
	{"flinkVersion: ''\noperators: [{id: a}]", []string{"1:15 unknown-version"}, "flinkVersion", "no version is none"},
	{"parallelism: !!int\noperators: [{id: a}]", []string{"1:14 bad-tag"}, `"" is no int`, "a number without digits"},
	{"parallelism: -99999999999999999999\noperators: [{id: a}]", []string{"1:14 out-of-range"}, "between 1 and 32768", "too small for 64 bits"},
	{"operators: [{id: a, keyed: !!bool yes}]", []string{"1:28 bad-tag"}, `"yes" is no bool`, "a boolean of YAML 1.1"},
	{"operators: [{id: a, managedMemory: false}]", []string{"1:36 wrong-type"}, "a memory size such as 79mb; found the boolean false", "a size that is none"},
	{"nam: x\noperators: [{id: a}]", []string{"1:1 unknown-key"}, `unknown key "nam" of a job; did you mean name?`, "the nearest key"},
	{"  configuration: {}\n  operators: [{id: a}]", []string{"1:3 unknown-key"}, "allowed: apiVersion, kind, name, mode,", "none is near: all of them"},
	{"Name: x\noperators: [{id: a}]", []string{"1:1 unknown-key"}, "did you mean name?", "case counts"},
	{"apiVersion: v2\noperators: [{id: a}]", []string{"1:13 unknown-word"}, `must be udfplan/v1; found the text "v2"`, "another version"},
	{"apiVersion: 1\noperators: [{id: a}]", []string{"1:13 unknown-word"}, "found the number 1", "a version of another type"},
	{"kind: job\noperators: [{id: a}]", []string{"1:7 unknown-word"}, `must be Job; found the text "job"`, "another kind"},
	{"kind: [Job]\noperators: [{id: a}]", []string{"1:7 unknown-word"}, "found a list", "a kind of another type"},
	{"name: 7\noperators: [{id: a}]", []string{"1:7 wrong-type"}, `name must be text; found the number 7 (quote it: "7")`, "a number is no text"},
	{"name: true\noperators: [{id: a}]", []string{"1:7 wrong-type"}, `quote it: "true"`, "nor is a boolean"},
	{"name:\noperators: [{id: a}]", []string{"1:6 wrong-type"}, "name must be text; found null", "nor is nothing"},
	{"name: ''\noperators: [{id: a}]", []string{"1:7 empty-value"}, "name must not be empty", "an empty text"},
	{"mode: bach\noperators: [{id: a}]", []string{"1:7 unknown-word"}, "one of batch, streaming; found the text \"bach\" (did you mean batch?)", "the nearest word"},
	{"mode: Batch\noperators: [{id: a}]", []string{"1:7 unknown-word"}, "did you mean batch?", "case counts"},
	{"mode: ''\noperators: [{id: a}]", []string{"1:7 unknown-word"}, `found the text ""`, "the word of what is not said is none"},
	{"mode: [batch]\noperators: [{id: a}]", []string{"1:7 wrong-type"}, "one of batch, streaming; found a list", "a list of one word"},
	{"sharing: all\noperators: [{id: a}]", []string{"1:10 unknown-word"}, "one of none, chain, slot", "no such scope"},
	{"sharing: null\noperators: [{id: a}]", []string{"1:10 wrong-type"}, "found null", "null is not none"},
	{"api: table\noperators: [{id: a}]", []string{"1:6 unknown-word"}, "one of sql, datastream", "no such API"},
	{"consumerOrder: listed\noperators: [{id: a}]", []string{"1:16 unknown-word"}, "one of as-listed, from-sinks", "no such order"},
	{"flinkVersion: 1.9\noperators: [{id: a}]", []string{"1:15 unknown-version"}, `"1.9" is too early; allowed are 1.10 to 1.20 and 2.0 to 2.3`, "too early"},
	{"flinkVersion: 1.1\noperators: [{id: a}]", []string{"1:15 unknown-version"}, `"1.1" is too early`, "1.1 is not 1.10"},
	{"flinkVersion: 1.21\noperators: [{id: a}]", []string{"1:15 unknown-version"}, "was never released", "between 1.20 and 2.0"},
	{"flinkVersion: '2.9'\noperators: [{id: a}]", []string{"1:1 warning unknown-version"}, "Flink 2.9 is not known; planned as 2.3", "later than all known"},
	{"flinkVersion: latest\noperators: [{id: a}]", []string{"1:15 unknown-version"}, "is no version of Flink", "a word"},
	{"flinkVersion: [1.10]\noperators: [{id: a}]", []string{"1:15 wrong-type"}, "flinkVersion must be a version such as 1.20; found a list", "a list"},
	{"flinkVersion: ~\noperators: [{id: a}]", []string{"1:15 wrong-type"}, "found null", "null"},
	{"parallelism: 0\noperators: [{id: a}]", []string{"1:14 out-of-range"}, "between 1 and 32768; found 0", "below the least"},
	{"parallelism: 32769\noperators: [{id: a}]", []string{"1:14 out-of-range"}, "found 32769", "above the most"},
	{"maxParallelism: 32769\noperators: [{id: a}]", []string{"1:17 out-of-range"},
		"Flink: Maximum parallelism must be between 1 and 32768. Found: 32769", "in Flink's words"},
	{"maxParallelism: 0\noperators: [{id: a}]", []string{"1:17 out-of-range"}, "Flink: The maximum parallelism must be greater than 0.", "in Flink's other words"},
	{"maxParallelism: -1\noperators: [{id: a}]", []string{"1:17 out-of-range"}, "greater than 0.", "Flink's own -1 is written by leaving it out"},
	{"config: [a]\noperators: [{id: a}]", []string{"1:9 wrong-type"}, "config must be a mapping; found a list", "a list of options"},
	{"config: ~\noperators: [{id: a}]", []string{"1:9 wrong-type"}, "found null", "null for the whole"},
	{"config: {a: ~, b: , c: [1], d: {e: f}}\noperators: [{id: a}]",
		[]string{"1:13 wrong-type", "1:19 wrong-type", "1:24 wrong-type", "1:32 wrong-type"},
		`option "d" must be text, a number or a boolean; found a mapping (write keys flat`, "null and nesting"},
	{"name: x", []string{"1:1 missing-key"}, "No operators defined in streaming topology", "no operators at all"},
	{"\noperators: []", []string{"2:12 missing-key"}, "No operators defined in streaming topology", "an empty list"},
	{"operators: {id: a}", []string{"1:12 wrong-type"}, "operators must be a list; found a mapping", "one operator without its dash"},
	{"operators: ~", []string{"1:12 wrong-type"}, "operators must be a list; found null", "null"},
	{"name: x\nname: y\noperators: [{id: a}]", []string{"2:1 duplicate-key"}, `key "name" is there twice [first here: job.yaml:1:1]`, "told by the reader below"},
}

// operatorErrors are what is refused of an operator's keys.
var operatorErrors = []errorRow{
	{"operators:\n- id: a\n- ~\n- b\n- [c]", []string{"3:3 wrong-type", "4:3 wrong-type", "5:3 wrong-type"}, "an operator must be a mapping; found null", "no mappings"},
	{"operators: [{name: x}]", []string{"1:13 missing-key"}, "an operator has no id", "no id"},
	{"operators: [{id: 1}]", []string{"1:18 wrong-type"}, `id must be text; found the number 1 (quote it: "1")`, "an id is no number"},
	{"operators: [{id: ~}]", []string{"1:18 wrong-type"}, "id must be text; found null", "nor null"},
	{"operators: [{id: ''}]", []string{"1:18 empty-value"}, "id must not be empty", "nor empty"},
	{"operators: [{id: 2020-01-01}, {id: on}, {id: 1}]", []string{"1:46 wrong-type"}, `"1"`, "dates and YAML 1.1's booleans are text"},
	{"operators:\n- id: a\n- {id: b, inputs: [a]}\n- id: a\n- id: a", []string{"4:7 duplicate-id", "5:7 duplicate-id"},
		`id "a" is there twice [first here: job.yaml:2:7]`, "both against the first"},
	{"operators: [{id: a, input: []}]", []string{"1:21 unknown-key"}, `unknown key "input" of an operator; did you mean inputs?`, "the nearest key"},
	{"operators: [{id: a, cpu: 1}]", []string{"1:21 unknown-key"}, "allowed: id, name, inputs,", "none is near"},
	{"operators: [{id: a, parallelism: 1.5}]", []string{"1:34 wrong-type"}, "a plain decimal integer such as 4; found the number 1.5", "a fraction"},
	{"operators: [{id: a, parallelism: 4.0}]", []string{"1:34 wrong-type"}, "found the number 4.0", "a whole number in floating point"},
	{"operators: [{id: a, parallelism: 010}]", []string{"1:34 wrong-type"}, "found the number 010", "eight or ten?"},
	{"operators: [{id: a, parallelism: 0x10}]", []string{"1:34 wrong-type"}, "found the number 0x10", "hexadecimal"},
	{"operators: [{id: a, parallelism: 1_000}]", []string{"1:34 wrong-type"}, "found the number 1_000", "underscores"},
	{"operators: [{id: a, parallelism: 1e3}]", []string{"1:34 wrong-type"}, "found the number 1e3", "an exponent"},
	{"operators: [{id: a, parallelism: +4}]", []string{"1:34 wrong-type"}, "found the number +4", "a plus"},
	{"operators: [{id: a, parallelism: -0}]", []string{"1:34 wrong-type"}, "found the number -0", "a zero with a sign"},
	{"operators: [{id: a, parallelism: .inf}]", []string{"1:34 wrong-type"}, "found the number .inf", "no end"},
	{"operators: [{id: a, parallelism: '4'}]", []string{"1:34 wrong-type"}, `must be an integer; found the text "4"`, "text"},
	{"operators: [{id: a, parallelism: ~}]", []string{"1:34 wrong-type"}, "must be an integer; found null", "null"},
	{"operators: [{id: a, parallelism: -3}]", []string{"1:34 out-of-range"}, "found -3", "negative"},
	{"operators: [{id: a, parallelism: 4294967297}]", []string{"1:34 out-of-range"}, "found 4294967297", "1 in 32 bits"},
	{"operators: [{id: a, parallelism: 18446744073709551617}]", []string{"1:34 out-of-range"}, "found 18446744073709551617", "1 in 64 bits"},
	{"operators: [{id: a, maxParallelism: 18446744073709551617}]", []string{"1:37 out-of-range"}, "Found: 18446744073709551617", "and in Flink's words"},
	{"operators: [{id: a, parallelism: 1_000_000_000_000_000_000}]", []string{"1:34 wrong-type"}, "a plain decimal integer", "long, but not plain"},
	{"operators: [{id: a, parallelism: 0000000000000000000001}]", []string{"1:34 wrong-type"}, "a plain decimal integer", "long by its zeros"},
	{"operators: [{id: a, slotSharingGroup: 'default#1'}]", []string{"1:39 bad-group"}, `must not hold #; found the text "default#1"`, "kept for Flink's batch groups"},
	{"operators: [{id: a, slotSharingGroup: ''}]", []string{"1:39 empty-value"}, "slotSharingGroup must not be empty", "empty is not inherited"},
	{"operators: [{id: a, chainingStrategy: alway}]", []string{"1:39 unknown-word"}, "always, head, never, head-with-sources; found the text \"alway\" (did you mean always?)", "the nearest"},
	{"operators: [{id: a, api: 1}]", []string{"1:26 wrong-type"}, "one of sql, datastream; found the number 1", "of an operator"},
	{"operators: [{id: a, keyed: 1}]", []string{"1:28 wrong-type"}, "keyed must be true or false; found the number 1", "a number"},
	{"operators: [{id: a, async: ~}]", []string{"1:28 wrong-type"}, "async must be true or false; found null", "null"},
	{"operators: [{id: a, stateBackend: yes}]", []string{"1:35 wrong-type"}, `found the text "yes"`, "YAML 1.2 has no yes"},
	{"operators: [{id: a, legacySource: 'true'}]", []string{"1:35 wrong-type"}, `found the text "true"`, "quoted"},
	{"operators: [{id: a, coLocation: [x]}]", []string{"1:33 wrong-type"}, "coLocation must be text; found a list", "a list"},
	{"operators: [{id: a, name: 1}]", []string{"1:27 wrong-type"}, "name must be text", "a number"},
	{"operators: [{id: a, managedMemory: 10mx}]", []string{"1:36 bad-size"}, "managedMemory is no memory size: Memory size unit 'mx' does not match", "a unit that Flink does not have"},
	{"operators: [{id: a, managedMemory: 1.5g}]", []string{"1:36 bad-size"}, "unit '.5g'", "Flink knows no fractions"},
	{"operators: [{id: a, managedMemory: -1}]", []string{"1:36 bad-size"}, "text does not start with a number", "negative"},
	{"operators: [{id: a, managedMemory: ''}]", []string{"1:36 bad-size"}, "empty- or whitespace-only", "empty"},
	{"operators: [{id: a, managedMemory: 9223372036854775808}]", []string{"1:36 bad-size"}, "numeric overflow", "2^63 bytes"},
	{"operators: [{id: a, managedMemory: [1]}]", []string{"1:36 wrong-type"}, "a memory size such as 79mb; found a list", "a list"},
	{"operators: [{id: a, resources: 5mb}]", []string{"1:32 wrong-type"}, "resources must be a mapping; found the text", "one size"},
	{"operators: [{id: a, resources: ~}]", []string{"1:32 wrong-type"}, "resources must be a mapping; found null", "null"},
	{"mode: batch\noperators: [{id: a, resources: {heap: 1, taskheap: 1}}]", []string{"2:33 unknown-key", "2:42 unknown-key"},
		"did you mean taskHeap?", "one near, one not"},
	{"mode: batch\noperators: [{id: a, resources: {taskHeap: 1q, managedOffHeap: x}}]", []string{"2:43 bad-size", "2:63 bad-size"},
		"taskHeap is no memory size", "both sizes"},
	{"operators: [{id: a, python: 1}]", []string{"1:29 wrong-type"}, "python must be true, false or a mapping; found the number 1", "neither"},
	{"operators: [{id: a, python: ~}]", []string{"1:29 wrong-type"}, "found null", "null"},
	{"operators: [{id: a, python: {envs: x}}]", []string{"1:30 unknown-key"}, `unknown key "envs" of python; did you mean env?`, "the nearest key"},
	{"operators: [{id: a, python: {env: 3.11}}]", []string{"1:35 wrong-type"}, `env must be text; found the number 3.11 (quote it: "3.11")`, "an environment is text"},
	{"operators: [{id: a, python: {worker: true}}]", []string{"1:38 wrong-type"}, "worker must be text; found the boolean true", "so is a worker"},
	{"operators: [{id: a, python: {worker: '', env: ''}}]", []string{"1:38 empty-value", "1:47 empty-value"}, "worker must not be empty", "and not empty"},
	{"operators: [{id: a, python: {mode: proces}}]", []string{"1:36 unknown-word"}, "one of process, thread; found the text \"proces\" (did you mean process?)", "the nearest"},
	{"operators: [{id: a, python: {functions: f}}]", []string{"1:41 wrong-type"}, "functions must be a list of texts; found the text", "one function"},
	{"operators: [{id: a, python: {functions: [f, 2, '']}}]", []string{"1:45 wrong-type", "1:48 empty-value"}, "an entry of functions must be text", "each is text"},
	{"operators: [{id: a, python: {userMemory: lots}}]", []string{"1:42 bad-size"}, "write it as Flink does: 79mb", "a word"},
}

// inputErrors are what is refused of an operator's inputs.
var inputErrors = []errorRow{
	{"operators: [{id: a, inputs: b}, {id: b}]", []string{"1:29 wrong-type"}, "inputs must be a list; found the text \"b\"", "one id"},
	{"operators: [{id: a, inputs: ~}]", []string{"1:29 wrong-type"}, "inputs must be a list; found null", "null"},
	{"operators: [{id: a, inputs: [3, ~, [b]]}, {id: b}]", []string{"1:30 wrong-type", "1:33 wrong-type", "1:36 wrong-type"},
		"an input must be an operator's id, or a mapping with the key from; found the number 3", "neither id nor mapping"},
	{"operators: [{id: a, inputs: [{form: b}]}, {id: b}]", []string{"1:30 missing-key", "1:31 unknown-key"}, "did you mean from?", "no from"},
	{"operators: [{id: a, inputs: [{from: 1}, {from: ~}]}]", []string{"1:37 wrong-type", "1:48 wrong-type"}, "from must be text; found the number 1", "an id is text"},
	{"operators: [{id: a, inputs: [{from: b, port: -1}]}, {id: b}]", []string{"1:46 out-of-range"}, "port must be between 0 and 32767; found -1", "negative"},
	{"operators: [{id: a, inputs: [{from: b, port: 32768}]}, {id: b}]", []string{"1:46 out-of-range"}, "found 32768", "too large"},
	{"operators: [{id: a, inputs: [{from: b, port: 1.0}]}, {id: b}]", []string{"1:46 wrong-type"}, "port must be a plain decimal", "not plain"},
	{"operators: [{id: a, inputs: [{from: b, shipStrategy: FORWARD}]}, {id: b}]", []string{"1:54 unknown-word"},
		"forward, rebalance, rescale, shuffle, hash, broadcast, global, custom, forward-consecutive-hash; found the text \"FORWARD\" (did you mean forward?)", "case counts"},
	{"operators: [{id: a, inputs: [{from: b, exchange: blocked}]}, {id: b}]", []string{"1:50 unknown-word"}, "one of pipelined, blocking, undefined", "no such mode"},

	{"operators: [{id: a, inputs: [bb]}, {id: b}]", []string{"1:30 unknown-input"}, `input "bb" of "a" is no operator of this job (did you mean b?)`, "the nearest id"},
	{"operators: [{id: a, inputs: [{port: 0, from: nowhere}]}]", []string{"1:46 unknown-input"}, `input "nowhere" of "a" is no operator of this job`, "at its from; none is near"},
	{"operators: [{id: a, inputs: [B, '', {from: ''}]}, {id: b}]", []string{"1:30 unknown-input", "1:33 unknown-input", "1:44 unknown-input"},
		`input "" of "a"`, "ids are compared as they are"},
	{"operators: [{id: src, name: Map}, {id: a, inputs: [Map]}]", []string{"1:52 unknown-input"}, `input "Map" of "a"`, "a name is no id"},
	{"operators:\n- b\n- {id: a, inputs: [b]}", []string{"2:3 wrong-type", "3:20 unknown-input"}, "an operator must be a mapping", "input of one that was dropped"},
	{"operators:\n- id: 1\n- {id: a, inputs: ['1']}", []string{"2:7 wrong-type"}, "", "input of one whose id is refused"},
	{"operators: [{id: a}]\n---\noperators: [{id: b, inputs: [a]}]", []string{"3:30 unknown-input"}, `"a" of "b"`, "an operator of another job"},
}

func TestJobErrors(t *testing.T) {
	for _, rows := range [][]errorRow{jobErrors, operatorErrors, inputErrors} {
		for _, row := range rows {
			row.check(t)
		}
	}
}
