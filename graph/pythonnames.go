package graph

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// certainty is how surely a name tells a Python operator.
type certainty uint8

const (
	noPython certainty = iota
	undecided
	likely
	certain
)

// sqlPython is the name of a Python operator of the Table API or SQL (flink-formats.md 5.1), 1.10 to 2.3.
var sqlPython = regexp.MustCompile(`^(?:(?:Stream|Batch)Exec)?Python(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupTableAggregate|GroupWindowAggregate|OverAggregate)(?:\[\d+\]|\(|$)`)

// hiddenPython finds such an operator among the members of a MultipleInput; line breaks in there are the
// two characters \ and n (pyflink-facts.md 4.4).
var hiddenPython = regexp.MustCompile(`members=\[(?s:.*)\bPython(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupWindowAggregate|OverAggregate)\(`)

// multipleInput begins the name of an operator that has swallowed others. A Python operator among them
// declares no managed memory, so its worker is shared with nobody (pyflink-facts.md 2.1, 4.4).
const multipleInput = "MultipleInput"

// pyflinkNames are the default names of PyFlink's DataStream operators (flink-formats.md 5.3). Undecided
// ones are the Java API's names too.
var pyflinkNames = map[string]certainty{
	"_stream_key_by_map_operator":       certain,
	"_partition_custom_map_operator":    certain,
	"_keyed_stream_values_operator":     certain,
	"_timestamp_and_watermark_operator": certain,
	"PROCESS":                           certain,
	"KEYED PROCESS":                     certain,
	"FLAT_MAP":                          certain,
	"Keyed Co-Process":                  certain,
	"Keyed-Co-Process-Broadcast":        certain,
	"Extract-Timestamp":                 certain,
	"FlatMap":                           likely,
	"Reduce":                            undecided,
	"Keyed Reduce":                      undecided,
	"WINDOW":                            undecided,
	"Map":                               undecided,
	"Filter":                            undecided,
	"Co-Map":                            undecided,
	"Co-Flat Map":                       undecided,
	"Co-Process":                        undecided,
	"Co-Process-Broadcast":              undecided,
	"async wait operator":               undecided,
	"TumblingEventTimeWindows":          undecided,
	"TumblingProcessingTimeWindows":     undecided,
	"SlidingEventTimeWindows":           undecided,
	"SlidingProcessingTimeWindows":      undecided,
	"EventTimeSessionWindows":           undecided,
	"ProcessingTimeSessionWindows":      undecided,
	"GlobalWindows":                     undecided,
}

// pythonByName judges an operator's name. PyFlink fuses operators and joins their names with ", ", which
// Java never does: a fused name with a part that PyFlink gives is a Python operator's.
func pythonByName(name string) certainty {
	if sqlPython.MatchString(name) {
		return certain
	}
	if c, known := pyflinkNames[name]; known {
		return c
	}
	parts := strings.Split(name, ", ")
	if len(parts) == 1 || strings.ContainsAny(name, "([") {
		return noPython // commas inside an SQL operator's brackets are its own
	}
	best := noPython
	for _, part := range parts {
		best = max(best, pyflinkNames[part])
	}
	if best == undecided {
		return likely
	}
	return best
}

// recognisePython finds the Python operators of a Flink document by name, and says once how sure it is.
func (r *reader) recognisePython(nodes []planNode) {
	found := map[certainty][]string{}
	for i := range r.job.Operators {
		op := &r.job.Operators[i]
		c := pythonByName(op.Name)
		if c == noPython && strings.HasPrefix(op.Name, multipleInput) && hiddenPython.MatchString(nodes[i].contents) {
			op.Python = &Python{Pos: op.Pos, Alone: true}
			r.problems.Warnf(r.at(op.Pos), "hidden-python", "Python functions inside %q run in a worker of their own, outside Flink's managed memory", source.Excerpt(op.Name)).
				Hint = "table.optimizer.multiple-input-enabled: false keeps them apart"
			continue
		}
		if c >= likely {
			op.Python = &Python{Pos: op.Pos}
		}
		if c == undecided && r.namedByGlob(op) {
			continue
		}
		name := source.Excerpt(op.Name)
		if c != noPython && !slices.Contains(found[c], name) {
			found[c] = append(found[c], name)
		}
	}
	r.tellPython(found)
}

func (r *reader) namedByGlob(op *Operator) bool {
	return slices.ContainsFunc(r.options.PythonOperators, func(glob string) bool {
		pattern := globPattern(glob)
		return pattern.MatchString(op.ID) || pattern.MatchString(op.Name)
	})
}

func (r *reader) tellPython(found map[certainty][]string) {
	var said []string
	if names := found[certain]; len(names) > 0 {
		said = append(said, "certain: "+listNames(names))
	}
	if names := found[likely]; len(names) > 0 {
		said = append(said, "likely: "+listNames(names))
	}
	if len(said) == 0 && !r.problems.Has("hidden-python") {
		said = append(said, "none")
	}
	if len(said) > 0 {
		r.problems.Notef(r.job.Place, "python-by-name", "Python operators found by name: %s", strings.Join(said, "; "))
	}
	if names := found[undecided]; len(names) > 0 {
		r.problems.Notef(r.job.Place, "python-undecided", "may be Python, planned as Java: %s", listNames(names)).
			Hint = "name those that are with --python-operator GLOB"
	}
}

func listNames(names []string) string {
	const most = 8
	rest := ""
	if len(names) > most {
		names, rest = names[:most], fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ") + rest
}
