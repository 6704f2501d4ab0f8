package capacity

import (
	"fmt"
	"strings"
	"testing"

	"udfplan/graph/source"
)

// TestReadFleet: what it says, with places, and everything that is wrong with it at once.
func TestReadFleet(t *testing.T) {
	const head = "apiVersion: udfplan/v1\nkind: Fleet\nclusters:\n"
	for _, row := range []struct{ reason, text, want, problems string }{
		{"everything", head + "- {name: a, flinkConf: conf/a.yaml, flinkVersion: 1.20, jobs: [x, http://h]}\n- {name: b, jobs: [y]}\n", "a 1.20 conf/a.yaml [x http://h]; b   [y]", ""},
		{"a version as people write it", head + "- {name: a, flinkVersion: \"1.10\", jobs: [y]}\n", "a 1.10  [y]", ""},
		{"no clusters", "apiVersion: udfplan/v1\nkind: Fleet\n", "", "f:1:1: a fleet has no clusters"},
		{"none of them", "apiVersion: udfplan/v1\nkind: Fleet\nclusters: []\n", "", "f:3:11: clusters must not be empty"},
		{"two documents", head + "- {name: a, jobs: [y]}\n---\na: 1\n", "a   [y]", "f:6:1: a fleet is one document; found another"},
		{"several things", "kind: Fleets\nclusters:\n- {nam: a}\n- {name: \"\", jobs: [1]}\n", "", "f:1:7: kind must be Fleet; found the text \"Fleets\"|f:3:4: unknown key \"nam\" of a cluster; did you mean name?|f:3:3: a cluster has no name|f:4:10: name must not be empty|f:4:21: an entry of jobs must be text; found the number 1|f:1:1: a fleet has no apiVersion"},
		{"a name twice", head + "- {name: a, jobs: [y]}\n- {name: a, jobs: [y]}\n", "", "f:5:10: a cluster of the name \"a\" is there already"},
		{"nothing of a cluster", head + "- {name: a}\n", "", "f:4:3: a cluster has neither flinkConf nor jobs"},
	} {
		fleet, problems := ReadFleet(source.NewFile("f", []byte(row.text)))
		var got, said []string
		for _, c := range fleet.Clusters {
			version := ""
			if c.Version.Stated() {
				version = c.Version.String()
			}
			got = append(got, fmt.Sprintf("%s %s %s %v", c.Name, version, c.FlinkConf, c.Jobs))
		}
		for i := range problems {
			said = append(said, fmt.Sprintf("%s: %s", problems[i].Place, problems[i].Message))
		}
		if row.want != "" && strings.Join(got, "; ") != row.want || strings.Join(said, "|") != row.problems {
			t.Errorf("%s: %s\n%s", row.reason, strings.Join(got, "; "), strings.Join(said, "|"))
		}
	}
}

// FuzzReadFleet: whatever a text is, it is read or refused, and what is read has names.
func FuzzReadFleet(f *testing.F) {
	f.Add([]byte("apiVersion: udfplan/v1\nkind: Fleet\nclusters: [{name: a, flinkConf: c, flinkVersion: 1.20, jobs: [x]}]\n"))
	f.Add([]byte(`{"kind":"Fleet","clusters":[{"name":1},[]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("f", text)
		_ = SaysFleet(file)
		fleet, problems := ReadFleet(file)
		if problems.HasErrors() {
			return
		}
		for _, c := range fleet.Clusters {
			if c.Name == "" || c.FlinkConf == "" && len(c.Jobs) == 0 {
				t.Errorf("%+v", c)
			}
		}
	})
}
