package document

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
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
var sqlPython = source.Pattern(`^(?:(?:Stream|Batch)Exec)?Python(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupTableAggregate|GroupWindowAggregate|OverAggregate)(?:\[\d+\]|\(|$)`)

// hiddenPython finds such an operator among the members of a MultipleInput; line breaks in there are the
// two characters \ and n (pyflink-facts.md 4.4).
var hiddenPython = source.Pattern(`members=\[(?s:.*)(?:\\n|\W)Python(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupWindowAggregate|OverAggregate)\(`)

// pyflinkNames are the default names of PyFlink's DataStream operators (flink-formats.md 5.3). Undecided
// ones are the Java API's names too.
var pyflinkNames = map[string]certainty{
	keyedBy:                             certain,
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
	"CountTumblingWindowAssigner":       certain,
	"CountSlidingWindowAssigner":        certain,
}

// javaName are the names that only Java operators have: sources, sinks, operators of the Table API and SQL
// (`Calc[3]`, `Calc(select=[...])`, `BatchExecSort`), what Flink and PyFlink put in by themselves, and the Java
// API's default names where PyFlink has others.
var javaName = source.Pattern(`^(?:Source: |Sink: |[A-Z]\w*\[\d+\]$|[A-Z]\w*\(\w+(?:=| fields:)|(?:Stream|Batch)Exec\w+$|SinkConversionTo\w+$|SourceConversion$|Timestamps/Watermarks$|Remove-Timestamp$|Process$|KeyedProcess$|Flat Map$|Co-Keyed-Process$|Co-Process-Broadcast-Keyed$)|: (?:Writer|Committer|Global Committer)$`)

// pythonByName judges an operator's name. PyFlink fuses operators and joins their names with ", ", which
// Java never does. Any other name may be one that the user gave to either kind.
func pythonByName(name string) certainty {
	if sqlPython().MatchString(name) {
		return certain
	}
	if c, known := pyflinkNames[name]; known {
		return c
	}
	switch {
	case name == "" || javaName().MatchString(name):
		return noPython
	case strings.Contains(name, oldCalc):
		return undecided
	}
	best, brackets := undecided, balanced(name)
	for rest, more := name, true; more; {
		var part string
		part, rest, more = cutOutside(rest, separator, brackets)
		if best = max(best, pyflinkNames[part]); more {
			best = max(best, likely)
		}
	}
	return best
}

// pythonByName knows the version: before 1.12 PyFlink had no DataStream API, so only SQL operators are Python.
func (r *flinkReader) pythonByName(name string) certainty {
	c := pythonByName(name)
	if v := r.options.Version; v.Stated() && !flink.PyFlinkDataStream.In(v) && c != certain && !strings.Contains(name, oldCalc) {
		return noPython
	}
	return c
}

// oldCalc is in the name of a calc of the old planner of 1.10, which tells nothing of Python.
const oldCalc = "select: ("

// recognisePython finds the Python operators of a Flink document, by name where the document does not say
// which they are, and says once how sure it is.
func (r *flinkReader) recognisePython() {
	r.open.python = map[certainty][]string{}
	said := map[string]bool{}
	for i := range r.job.Operators {
		op := &r.job.Operators[i]
		c := certain
		if op.Python == nil {
			c = r.pythonByName(op.Name)
		}
		if r.isPyFlinkWindow(i) {
			c = certain
		} else if c == undecided && r.isBehindKeyBy(i) {
			c = likely
		}
		switch {
		case op.IsMultipleInput() && hiddenPython().MatchString(r.contents[i]):
			op.Python = &graph.Python{Pos: op.Pos, Alone: true}
			continue
		case c == undecided && r.namedByGlob(op):
			continue
		case c == undecided:
			r.guess(int32(i), "python", "may be Python: its name does not tell")
		case c == likely:
			r.guess(int32(i), "python", "likely, by its name")
		}
		if c >= likely && op.Python == nil {
			op.Python = &graph.Python{Pos: op.Pos}
		}
		name := source.Excerpt(op.Name)
		if c != noPython && !said[name] {
			said[name] = true
			r.open.python[c] = append(r.open.python[c], name)
		}
	}
}

func (r *flinkReader) namedByGlob(op *graph.Operator) bool {
	return slices.ContainsFunc(r.options.PythonOperators, func(glob string) bool {
		pattern := graph.GlobPattern(glob)
		return pattern.MatchString(op.ID) || pattern.MatchString(op.Name)
	})
}

func listNames(names []string) string {
	const most = 8
	rest := ""
	if len(names) > most {
		names, rest = names[:most], fmt.Sprintf(" and %d more", len(names)-most)
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = name
		if strings.Contains(name, separator) {
			quoted[i] = `"` + name + `"` // else nobody sees where it ends
		}
	}
	return strings.Join(quoted, separator) + rest
}
