package graph

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

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
var sqlPython = regexp.MustCompile(`^(?:(?:Stream|Batch)Exec)?Python(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupTableAggregate|GroupWindowAggregate|OverAggregate)(?:\[\d+\]|\(|$)`)

// aggregatesPython is the name of one that runs aggregate functions.
var aggregatesPython = regexp.MustCompile(`^(?:(?:Stream|Batch)Exec)?Python(?:GroupAggregate|GroupTableAggregate|GroupWindowAggregate|OverAggregate)(?:\[\d+\]|\(|$)`)

// Aggregates tells an operator that runs Python aggregate functions, general or Pandas: thread mode has none of them, and falls
// back to a process (Flink's documentation, "Execution Mode", supported cases; 1.15 to 2.x).
func (o *Operator) Aggregates() bool { return o.Python != nil && aggregatesPython.MatchString(o.Name) }

// hiddenPython finds such an operator among the members of a MultipleInput; line breaks in there are the
// two characters \ and n (pyflink-facts.md 4.4).
var hiddenPython = regexp.MustCompile(`members=\[(?s:.*)(?:\\n|\W)Python(?:Async)?(?:Calc|Correlate|GroupAggregate|GroupWindowAggregate|OverAggregate)\(`)

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

// javaName are the names that only Java operators have: sources, sinks, operators of the Table API and SQL
// (`Calc[3]`, `Calc(select=[...])`, `BatchExecSort`), what Flink and PyFlink put in by themselves, and the Java
// API's default names where PyFlink has others.
var javaName = regexp.MustCompile(`^(?:Source: |Sink: |[A-Z]\w*\[\d+\]$|[A-Z]\w*\(\w+(?:=| fields:)|(?:Stream|Batch)Exec\w+$|SinkConversionTo\w+$|SourceConversion$|Timestamps/Watermarks$|Remove-Timestamp$|Process$|KeyedProcess$|Flat Map$|Co-Keyed-Process$|Co-Process-Broadcast-Keyed$)|: (?:Writer|Committer|Global Committer)$`)

// pythonByName judges an operator's name. PyFlink fuses operators and joins their names with ", ", which
// Java never does. Any other name may be one that the user gave to either kind.
func pythonByName(name string) certainty {
	if sqlPython.MatchString(name) {
		return certain
	}
	if c, known := pyflinkNames[name]; known {
		return c
	}
	switch {
	case name == "" || javaName.MatchString(name):
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
func (r *reader) pythonByName(name string) certainty {
	c := pythonByName(name)
	if v := r.options.Version; v.Stated() && !flink.PyFlinkDataStream.In(v) && c != certain && !strings.Contains(name, oldCalc) {
		return noPython
	}
	return c
}

// oldCalc is in the name of a calc of the old planner of 1.10, which tells nothing of Python.
const oldCalc = "select: ("

// runsAlone: Python inside a MultipleInput.
func runsAlone(op *Operator) bool { return strings.HasPrefix(op.Name, multipleInput) }

// recognisePython finds the Python operators of a Flink document, by name where the document does not say
// which they are, and says once how sure it is.
func (r *reader) recognisePython() {
	r.found = map[certainty][]string{}
	said := map[string]bool{}
	for i := range r.job.Operators {
		op := &r.job.Operators[i]
		c := certain
		if op.Python == nil {
			c = r.pythonByName(op.Name)
		}
		switch {
		case runsAlone(op) && hiddenPython.MatchString(r.contents[i]):
			op.Python = &Python{Pos: op.Pos, Alone: true}
			continue
		case c == undecided && r.namedByGlob(op):
			continue
		case c == undecided:
			r.guess(int32(i), "python", "may be Python: its name does not tell")
		case c == likely:
			r.guess(int32(i), "python", "likely, by its name")
		}
		if c >= likely && op.Python == nil {
			op.Python = &Python{Pos: op.Pos}
		}
		name := source.Excerpt(op.Name)
		if c != noPython && !said[name] {
			said[name] = true
			r.found[c] = append(r.found[c], name)
		}
	}
}

// tellAlone warns of Python that runs outside Flink's books.
func (r *reader) tellAlone() {
	for i := range r.job.Operators {
		if op := &r.job.Operators[i]; op.Python != nil && op.Python.Alone {
			r.Problems.Warnf(r.at(op.Pos), "hidden-python", "Python functions inside %q run in a worker of their own, outside Flink's managed memory", source.Excerpt(op.Name)).
				Hint = "table.optimizer.multiple-input-enabled: false keeps them apart"
		}
	}
}

func (r *reader) namedByGlob(op *Operator) bool {
	return slices.ContainsFunc(r.options.PythonOperators, func(glob string) bool {
		pattern := GlobPattern(glob)
		return pattern.MatchString(op.ID) || pattern.MatchString(op.Name)
	})
}

// tellPython says how surely the Python operators were found.
func (r *reader) tellPython() {
	if r.found == nil {
		return
	}
	var said []string
	if names := r.found[certain]; len(names) > 0 {
		said = append(said, "certain: "+listNames(names))
	}
	if names := r.found[likely]; len(names) > 0 {
		said = append(said, "likely: "+listNames(names))
	}
	if len(said) == 0 && !r.Problems.Has("hidden-python") {
		said = append(said, "none")
	}
	if len(said) > 0 {
		r.tellFound(strings.Join(said, "; "))
	}
	names := r.found[undecided]
	if len(names) == 0 {
		return
	}
	tell := r.Problems.Notef
	if !slices.ContainsFunc(r.job.Operators, func(op Operator) bool { return op.Python != nil }) {
		tell = r.Problems.Warnf // a plan without any worker, which may be quite wrong
	}
	tell(r.job.Place, "python-undecided", "may be Python, planned as Java: %s", listNames(names)).
		Hint = "name those that are with --python-operator GLOB"
}

func (r *reader) tellFound(names string) {
	by := "name"
	if r.pythonByType {
		by = "type"
	}
	r.Problems.Notef(r.job.Place, "python-by-name", "Python operators found by %s: %s", by, names)
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
