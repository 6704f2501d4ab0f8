package python

import (
	"fmt"
	"regexp"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// failure is a way in which a run fails, and what to do about it; $1 is what the pattern found, {python} the interpreter,
// {java} which Java that Flink runs on.
type failure struct {
	pattern func() *regexp.Regexp
	advice  string
	isClass bool // $1 is a Java class, perhaps with slashes
	ofJVM   bool // the JVM says it, before Python tells of a failure
}

// failures are those whose cause can be told from what was said, the surest first.
var failures = []failure{
	{source.Pattern(`No module named 'pkg_resources'`), "this PyFlink's Beam needs pkg_resources, which setuptools 81 has removed: {python} -m pip install 'setuptools<81'", false, false},
	{source.Pattern(`Could not find any factory for identifier '([^']+)'`), "the jar of the connector or format '$1' is missing: give it with --jar (as flink run does), such as the flink-sql-connector of that name from Maven Central", false, false},
	{source.Pattern(`Could not f(?:ou|i)nd the Java class '([^']+)'`), "a jar that holds $1 is missing: give it with --jar", true, false},
	{source.Pattern(`Py4JError: ([\w.$]+) does not exist in the JVM`), "a jar that holds $1 is missing: give it with --jar", true, false},
	{source.Pattern(`(?:java\.lang\.ClassNotFoundException|NoClassDefFoundError): ([\w.$/]+)`), "a jar that holds $1 is missing: give it with --jar", true, false},
	{source.Pattern(`TypeError: 'JavaPackage' object is not callable`), "a jar that the program uses is missing: give it with --jar", false, false},
	{source.Pattern(`No such file or directory: '(?:[^']*/)?java'|java: (?:command )?not found`), "Java was not found: set JAVA_HOME to one; {java}", false, false},
	{source.Pattern(`UnsupportedClassVersionError`), "this Java is too old: {java}", false, true},
	{source.Pattern(`InaccessibleObjectException|getSubject is (?:supported|not supported)|Unsupported class file major version|The Security Manager is deprecated|Could not find or load main class org\.apache\.flink\.client\.python\.PythonGatewayServer`), "this Java may be too new: {java}", false, true},
	{source.Pattern(`EOFError: EOF when reading a line`), "the program reads its standard input, which was at its end: pipe into udfplan export what it is to read", false, false},
	{source.Pattern(`ModuleNotFoundError: No module named '([^']+)'`), "the program needs the module $1, which {python} does not have: install it there, or give it with --pyfiles", false, false},
	{source.Pattern(`FileNotFoundError: .*'([^']+)'`), "the program reads $1: run udfplan export in the folder in which the program runs", false, false},
}

// javas are the versions of Java that Flink runs on, from a version of Flink on (Flink's documents, "Java compatibility").
var javas = []struct {
	since flink.Version
	java  string
}{
	{flink.Version{Major: 1, Minor: 10}, "8 or 11"},
	{flink.Version{Major: 1, Minor: 18}, "8, 11 or 17"},
	{flink.Version{Major: 1, Minor: 19}, "8, 11, 17 or 21"},
	{flink.Version{Major: 2, Minor: 0}, "11, 17 or 21"},
}

// javaFor says which Java a version of PyFlink runs on.
func javaFor(version string) string {
	v, err := flink.ParseVersion(version)
	if err != nil {
		return "Flink runs on Java 11 or 17"
	}
	java := ""
	for i := range javas {
		if !v.Planned().Before(javas[i].since) {
			java = javas[i].java
		}
	}
	return fmt.Sprintf("Flink %s runs on Java %s", version, java)
}

// Advice is what to do about a run that failed; empty where nothing is known.
func (i Interpreter) Advice(said string) string {
	for k := range failures {
		f := &failures[k]
		text := said
		if at := strings.Index(said, "Traceback (most recent call last)"); at >= 0 && !f.ofJVM {
			text = said[at:] // what the program printed before is its own business
		}
		found := f.pattern().FindStringSubmatch(text)
		if found == nil {
			continue
		}
		what := ""
		if len(found) > 1 {
			if what = found[1]; f.isClass {
				what = strings.ReplaceAll(what, "/", ".")
			}
		}
		return strings.NewReplacer("$1", source.Excerpt(what), "{python}", i.Path, "{java}", javaFor(i.PyFlink)).Replace(f.advice)
	}
	return ""
}
