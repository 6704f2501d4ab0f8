package plan

import (
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/source"
)

// TestCoLocationByPhase: what Flink compares in one phase surely is refused; elsewhere it depends on what finishes first.
func TestCoLocationByPhase(t *testing.T) {
	const batch = "mode: batch\nflinkVersion: '2.3'\n"
	for _, row := range []struct {
		head, second string
		want         source.Severity
		reason       string
	}{
		{batch, "{from: s, shipStrategy: hash}", source.Error, "both wait for s"},
		{batch, "{from: a, shipStrategy: hash}", source.Warning, "one waits for the other"},
		{batch + "config: {jobmanager.scheduler: Default}\n", "{from: a, shipStrategy: hash}", source.Error, "the whole graph at once"},
		{"mode: batch\nflinkVersion: '1.20'\n", "{from: a, shipStrategy: hash}", source.Error, "1.20 has no phases"},
	} {
		text := row.head + "operators: [{id: s}, {id: a, coLocation: k, inputs: [{from: s, shipStrategy: hash}]}, {id: b, coLocation: k, inputs: [" + row.second + "]}]"
		jobs, _ := document.Read(source.NewFile("job", []byte(text)), graph.Options{})
		_, problems := Make(jobs[0], Options{})
		if len(problems) != 1 || problems[0].Severity != row.want || problems[0].Code != source.CodeCoLocation {
			t.Errorf("%s: %v", row.reason, problems)
		}
	}
}
