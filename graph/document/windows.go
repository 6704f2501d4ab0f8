package document

import (
	"slices"
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// A window operator is described alike in both languages, `Window(ASSIGNER, TRIGGER, FUNCTION)`: Java's
// WindowOperatorBuilder.generateOperatorDescription (1.15 and later; before, it was the name), PyFlink's
// WindowOperationDescriptor.generate_op_desc (1.16). The two differ in how assigners print themselves (toString there,
// __repr__ in pyflink/datastream/window.py). Both name the operator after the assigner's class.
var (
	windowText = source.Pattern(`^(?:All)?Window\((?:(\w+)\(|<[^ ]*?(\w+) object at 0x)`)
	// pyflinkWindow is what only PyFlink writes: all windows at once, its count assigners, an offset behind the size (Java
	// says the size alone), a session's gap extractor, a class of the user's own.
	pyflinkWindow = source.Pattern(`^(?:AllWindow\(|Window\((?:` +
		`Count(?:Tumbling|Sliding)WindowAssigner\(` +
		`|Tumbling(?:Event|Processing)TimeWindows\(-?\d+, -?\d+\), ` +
		`|Sliding(?:Event|Processing)TimeWindows\(-?\d+, -?\d+, -?\d+\), ` +
		`|Dynamic(?:Event|Processing)TimeSessionWindows\([^)]` +
		`|<[^ ]* object at 0x))`)
	// windowNames are operators' names that a window has by itself: its assigner's class; WINDOW in PyFlink 1.13 to 1.15.
	windowNames = source.Pattern(`^(?:WINDOW|(?:Tumbling|Sliding)(?:Event|Processing)TimeWindows|(?:Dynamic)?(?:Event|Processing)TimeSessionWindows|GlobalWindows)(?:, |$)`)
)

// windowName is the name that a window operator has by its description, unless the user gave it one; empty where the
// text describes no window. PyFlink fuses what follows a window with it, and joins the descriptions too.
func windowName(description string) string {
	m := windowText().FindStringSubmatch(description)
	if m == nil {
		return ""
	}
	_, fused, more := cutOutside(description, separator, balanced(description))
	if more {
		return m[1] + m[2] + separator + fused
	}
	return m[1] + m[2]
}

// keyedBy is the operator that PyFlink puts before every operator on a keyed stream, windows over the whole stream
// included (data_stream.py, key_by). Java has no such operator, so what it feeds is PyFlink's.
const keyedBy = "_stream_key_by_map_operator"

// isKeyedBy also finds it fused with those before it: PyFlink joins their names.
func isKeyedBy(name string) bool {
	return name == keyedBy || strings.HasSuffix(name, separator+keyedBy)
}

// isPyFlinkWindow reports whether an operator is for certain a window of PyFlink: by its description, or where that is
// the same in both languages, by what feeds it.
func (r *flinkReader) isPyFlinkWindow(i int) bool {
	if pyflinkWindow().MatchString(r.contents[i]) {
		return true
	}
	return (windowText().MatchString(r.contents[i]) || windowNames().MatchString(r.job.Operators[i].Name)) && r.isBehindKeyBy(i)
}

// isBehindKeyBy reports whether keyedBy feeds an operator: on a keyed stream all is PyFlink's (data_stream.py, KeyedStream), even a
// sink has an operator of Python in front of it.
func (r *flinkReader) isBehindKeyBy(i int) bool {
	return slices.ContainsFunc(r.job.Operators[i].Inputs, func(in graph.Input) bool { return isKeyedBy(r.job.Operators[in.From].Name) })
}
