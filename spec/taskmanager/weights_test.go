package taskmanager

import (
	"strconv"
	"strings"
	"testing"

	"udfplan/graph/flink"
)

// weightsText shows the weights that are set as O=70 S=70 P=30, and a refusal as its messages.
func weightsText(w Weights, refusal *flink.Refusal) string {
	var parts []string
	if refusal != nil {
		for r := refusal; r != nil; r = r.Cause {
			parts = append(parts, r.Message)
		}
		return strings.Join(parts, " | ")
	}
	for u := range useCases {
		if weight, set := w.Of(u); set {
			parts = append(parts, u.String()[:1]+"="+strconv.Itoa(int(weight)))
		}
	}
	return strings.Join(parts, " ")
}

// TestWeightForms has the forms of the option. Where a reason says "run", a recorded case has the same form;
// the others follow the reference's statement of the rules, not a run.
func TestWeightForms(t *testing.T) {
	const could = "Could not parse value '%' for key 'taskmanager.memory.managed.consumer-weights'. | "
	for _, c := range []struct{ versions, value, want, reason string }{
		{"1.12 1.18 1.20", "DATAPROC:70,PYTHON:30", "O=70 S=70 P=30", "the older name stands for both (run)"},
		{"2.0 2.3", "DATAPROC:70,PYTHON:30", "P=30", "but not in 2.x (run)"},
		{"1.13 1.20", "DATAPROC:50,OPERATOR:10,PYTHON:30", "O=10 S=50 P=30", "it stands in only where the newer is missing (run)"},
		{"1.12", "OPERATOR:70,PYTHON:30", "Unknown managed memory consumer: OPERATOR", "1.12 has no such name (run)"},
		{"1.12", "python:30", "Unknown managed memory consumer: python", "names are not lower case (run)"},
		{"1.13 2.3", "python:30", "", "and from 1.13 on nobody says so (run)"},
		{"1.13 2.3", "FOO:x,PYTHON:30", "P=30", "an unknown name's weight is not looked at (run)"},
		{"1.12", "FOO:x,PYTHON:30", `For input string: "x"`, "except in 1.12 (run)"},
		{"1.12", "PYTHON:-1,FOO:1", "Unknown managed memory consumer: FOO", "1.12 walks a HashMap: FOO comes before PYTHON"},
		{"1.12", "a:1,P:1,Q:1,R:1,S:1,T:1,U:1,V:1,W:1,X:1,Y:1,Z:1", "Unknown managed memory consumer: P", "12 names lie in 16 buckets, P in the first"},
		{"1.12", "a:1,P:1,Q:1,R:1,S:1,T:1,U:1,V:1,W:1,X:1,Y:1,Z:1,r:1", "Unknown managed memory consumer: a", "13 in 32, and P is behind a"},
		{"1.12", "PYTHON:x,DATAPROC:-3", "Managed memory weight should not be negative. Configured weight for DATAPROC is -3.", "and so does DATAPROC"},
		{"1.13 1.20", "DATAPROC:-3,PYTHON:30", "Managed memory weight should not be negative. Configured weight for OPERATOR is -3.", "named as what it stands in for (run)"},

		{"1.12 2.3", " PYTHON : 30 ", "P=30", "blanks around (run)"},
		{"1.12 2.3", "PYTHON:+30", "P=30", "a plus sign (run)"},
		{"1.12 2.3", "PYTHON:３０", "P=30", "digits of any script (run)"},
		{"1.12 2.3", "PYTHON:3 0", `For input string: "3 0"`, "a blank inside (run)"},
		{"1.12 2.3", "PYTHON:2147483648", `For input string: "2147483648"`, "more than an int (run)"},
		{"1.13 2.3", "", "", "empty (run)"},
		{"1.13 2.3", ",PYTHON:30,", "P=30", "nothing before the first and behind the last comma (run)"},
		{"1.12 1.16", "PYTHON:30,,", could + "Could not parse pair in the map []", "but between two (run)"},
		{"1.12 1.16", "PYTHON:3:0", could + "Could not parse pair in the map [PYTHON, 3, 0]", "two colons (run)"},
		{"1.17 2.3", "PYTHON:3:0", could + "Map item is not a key-value pair (missing ':'?)", "the words of 1.17 (run)"},
		{"1.12 2.3", "PYTHON:30,PYTHON:30", could + "Duplicate key PYTHON (attempted merging values 30 and 30)", "twice (run)"},
		{"1.12 2.3", "PYTHON:'30'", "P=30", "quotes around a weight (run)"},
		{"1.12 2.3", "'PYTHON:30'", "P=30", "quotes around a pair (run)"},
		{"1.12 2.3", `PYTHON:"'3''0'"`, "For input string: \"'3''0'\"", "quotes are taken off once"},
		{"1.12 1.18", "\t'PYTHON:30'", "P=30", "a tab before a quote is a blank"},
		{"1.12 1.18", "\x1c\x1f'PYTHON:30'", "P=30", "so are the separators of ASCII"},
		{"1.12 1.18", "\r'PYTHON:30'", "P=30", "and a carriage return"},
		{"1.12 2.3", "'PYTHON:30", could + "Could not split string. Quoting was not closed properly.", "an open quote (run)"},
		{"1.12 2.3", "'PYTHON':30x,'A'b:1", could + "Could not split string. Illegal quoting at position: 7", "text behind a quote (run)"},
		{"1.12", "\u00A0PYTHON:30", "Unknown managed memory consumer: \u00A0PYTHON", "a blank that forbids a line break is none"},
		{"1.12 2.3", "\u2003PYTHON:30", "P=30", "a broad blank is one"},

		{"1.18", "{PYTHON: 30}", "", "no YAML yet: the name is {PYTHON"},
		{"1.19 2.3", "{PYTHON: 30}", "P=30", "flow YAML (run)"},
		{"1.19 2.3", "OPERATOR: 70\nPYTHON: 30", "O=70 P=30", "block YAML (run)"},
		{"1.19 2.3", "PYTHON: 30 # most", "P=30", "a comment"},
		{"1.19 2.3", `{"PYTHON":30}`, "P=30", "JSON"},
		{"1.19 2.3", "{PYTHON:30}", "", "without the blank it is a key of no value, so pairs (run)"},
		{"1.19 2.3", "PYTHON:\t30", "P=30", "a tab is no blank in Flink's YAML, so pairs (run)"},
		{"1.19", "DATAPROC: 70, PYTHON: 30", "O=70 S=70 P=30", "no YAML, so pairs (run)"},
		{"1.19 2.3", "{PYTHON: 1, PYTHON: 2}", `For input string: "2}"`, "twice is no YAML, so pairs of other names (run)"},
		{"1.19 2.3", "{PYTHON: ~, OPERATOR: 3}", `For input string: "3}"`, "null is refused, so pairs"},
		{"1.19 2.3", "{PYTHON: 30.0}", `For input string: "30.0"`, "a float (run)"},
		{"1.19 2.3", "{PYTHON: 3e1}", `For input string: "30.0"`, "in Java's spelling"},
		{"1.19 2.3", "{PYTHON: 0x1e}", "P=30", "hexadecimal (run)"},
		{"1.19 2.3", "{PYTHON: 0o36}", "P=30", "octal"},
		{"1.19 2.3", "{PYTHON: 030}", "P=30", "a leading zero is not octal (run)"},
		{"1.19 2.3", "{PYTHON: 0X1E}", `For input string: "0X1E"`, "no number in YAML 1.2"},
		{"1.19 2.3", "{PYTHON: 1_0}", `For input string: "1_0"`, "no number in YAML 1.2"},
		{"1.19 2.3", "{PYTHON: +.inf, OPERATOR: 1}", `For input string: "1}"`, "Flink's YAML fails on it, so pairs"},
		{"1.19 2.3", "{PYTHON: 1e400}", `For input string: ".inf"`, "beyond a double"},
		{"1.19 2.3", "{PYTHON: True}", `For input string: "true"`, "a boolean"},
		{"1.19 2.3", "{PYTHON: [1, '2', {a: ~}]}", `For input string: "[1, '2', {a: null}]"`, "a list in flow form"},
		{"1.19 2.3", "{<<: {OPERATOR: 5}, PYTHON: 30}", "P=30", "<< merges nothing"},
		{"1.19 2.3", "PYTHON: 3\u2028", "For input string: \"3\u2028\"", "ends no line in YAML 1.2"},
		{"1.19 2.3", "PYTHON: 30\n---\nPYTHON: 40", could + "Map item is not a key-value pair (missing ':'?)", "two documents are no YAML here; no pairs either"},
	} {
		want := strings.Replace(c.want, "%", c.value, 1)
		config := flink.Config{{Key: flink.KeyConsumerWeights, Value: c.value}}
		for _, version := range strings.Fields(c.versions) {
			if got := weightsText(ReadWeights(config, versionOf(t, version))); got != want {
				t.Errorf("%s %q: %s:\n got %s\nwant %s", version, c.value, c.reason, got, want)
			}
		}
	}
}

// TestWeightKeys has the default, and the keys below the option's own.
func TestWeightKeys(t *testing.T) {
	const own = flink.KeyConsumerWeights
	python := flink.Entry{Key: own + ".PYTHON", Value: "40"}
	for _, c := range []struct {
		version, want string
		config        flink.Config
		reason        string
	}{
		{"", "", nil, "before 1.12 there are none; a version that is not stated counts as 1.10"},
		{"1.11", "", flink.Config{{Key: own, Value: "x"}}, "and the option is none"},
		{"1.12", "O=70 S=70 P=30", nil, "the default"},
		{"2.3", "O=70 S=70 P=30", nil, "the default by its newer names"},
		{"9.0", "P=5", flink.Config{{Key: own, Value: "DATAPROC:1,PYTHON:5"}}, "a version that is not known counts as 2.3"},
		{"1.13", "O=70 S=70 P=30", flink.Config{python}, "1.13 ignores keys below"},
		{"1.14", "P=40", flink.Config{python}, "from 1.14 on they replace the default"},
		{"1.14", "P=40", flink.Config{{Key: flink.KeySlots, Value: "1"}, python}, "wherever among other options they stand"},
		{"1.20", "P=5", flink.Config{{Key: own, Value: "PYTHON:5"}, python}, "the own key is stronger"},
		{"1.20", "P=41", flink.Config{python, {Key: own + ".PYTHON", Value: "41"}}, "the last counts"},
		{"1.20", "", flink.Config{{Key: own + ".python", Value: "x"}}, "an unknown name is ignored, the default gone all the same"},
	} {
		if got := weightsText(ReadWeights(c.config, versionOf(t, c.version))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.reason, got, c.want)
		}
	}
}

// TestWeightRefusalKey: whoever shows a refusal can point at the option.
func TestWeightRefusalKey(t *testing.T) {
	for _, value := range []string{"PYTHON", "PYTHON:x", "PYTHON:-1", "'", "FOO:1", "A:1,A:2"} {
		_, refusal := ReadWeights(flink.Config{{Key: flink.KeyConsumerWeights, Value: value}}, flink.Version{Major: 1, Minor: 12})
		if refusal == nil || refusal.Key != flink.KeyConsumerWeights {
			t.Errorf("%q: %+v", value, refusal)
		}
	}
}
