package document

import (
	"strconv"
	"strings"

	"udfplan/graph/source"
)

// onlyShown is what ExplainDetail adds to a line; it tells no two sub-plans apart.
var onlyShown = source.Pattern(`, changelogMode=\[[A-Z,]*\]|(?:, )?advice=\[[\d, ]*\]|: rowcount = .*$`)

// mergeEqual makes one of equal sub-plans. The physical plan is printed before Flink reuses them, which it does unless
// table.optimizer.reuse-sub-plan-enabled says otherwise; sinks never (SubplanReuser). Relations stand before their inputs.
func mergeEqual(all []relation) []relation {
	first := map[string]int{}
	same := make([]int, len(all)) // which relation stands for each
	for i := len(all) - 1; i >= 0; i-- {
		rel := &all[i]
		key := strings.Builder{}
		key.WriteString(onlyShown().ReplaceAllString(rel.text, ""))
		for k, up := range rel.inputs {
			rel.inputs[k] = same[up]
			key.WriteString("\x00" + strconv.Itoa(same[up]))
		}
		same[i] = i
		if strings.HasSuffix(rel.kind, "Sink") {
			continue
		}
		if earlier, known := first[key.String()]; known {
			same[i] = earlier
		} else {
			first[key.String()] = i
		}
	}
	place := make([]int, len(all))
	var kept []relation
	for i := range all {
		if place[i] = len(kept); same[i] == i {
			kept = append(kept, all[i])
		}
	}
	for i := range kept {
		for k, up := range kept[i].inputs {
			kept[i].inputs[k] = place[up]
		}
	}
	return kept
}
