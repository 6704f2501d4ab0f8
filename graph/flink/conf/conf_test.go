package conf

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/testdata/flink/truth"
)

// recordedConf is a case recorded from Flink's GlobalConfiguration.
type recordedConf struct {
	ID, Flink, Rule, Text string
	Expect                map[string]string
	Error                 json.RawMessage
	Log                   []string
}

// beforeBracket is a colon right before a comma or bracket.
var beforeBracket = regexp.MustCompile(`:[,\[\]{}]`)

// javaDoubles are the doubles in a text, with exponents.
var javaDoubles = regexp.MustCompile(`-?[0-9]\.[0-9]+E-?[0-9]+`)

// sameDoubles compares texts but for how many digits their doubles have.
func sameDoubles(a, b string) bool {
	shortest := func(text string) string {
		number, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return text
		}
		return flink.JavaDouble(number)
	}
	return javaDoubles.ReplaceAllStringFunc(a, shortest) == javaDoubles.ReplaceAllStringFunc(b, shortest)
}

// marked says why this reader refuses a file on purpose that Flink takes; record/README.md has the list.
func (c *recordedConf) marked(got flink.Config, problems source.List) string {
	switch {
	case c.Error != nil:
		return ""
	case !problems.HasErrors() && cmp.Equal(c.Expect, effective(got), cmp.Comparer(sameDoubles)):
		return "up to JDK 18 a double may have a digit too many"
	case problems.Has(source.CodeAliasCycle):
		return "a list inside itself: the text that Flink makes of it counts anchors over the life of its process"
	case problems.Has(source.CodeYAMLSyntax) && beforeBracket.MatchString(c.Text):
		return "a colon right before a comma or bracket"
	}
	return ""
}

// recordedConfs checks each case of the files of a pattern.
func recordedConfs(t *testing.T, pattern string, check func(*testing.T, recordedConf)) {
	t.Helper()
	for _, file := range truth.Files(t, "conf/"+pattern) {
		for _, c := range truth.Lines[recordedConf](t, file) {
			t.Run(truth.Version(file)+"/"+c.ID, func(t *testing.T) { check(t, c) })
		}
	}
}

// effective is what counts of a configuration.
func effective(c flink.Config) map[string]string {
	out := map[string]string{}
	for _, e := range c {
		out[e.Key] = e.Value
	}
	return out
}

func TestRecordedLegacyConf(t *testing.T) {
	recordedConfs(t, "legacy-*.jsonl", func(t *testing.T, c recordedConf) {
		v, err := flink.ParseVersion(c.Flink)
		if err != nil {
			t.Fatal(err)
		}
		got, problems := readLegacy(&source.File{Name: "flink-conf.yaml", Text: c.Text}, v)
		if diff := cmp.Diff(c.Expect, effective(got)); diff != "" {
			truth.Differ(t, truth.Configuration, "%s (-Flink +own):\n%s", c.Rule, diff)
		}
		own := logged(problems)
		if diff := cmp.Diff(withoutSecrets(c.Log, own), own); diff != "" {
			truth.Differ(t, truth.Configuration, "%s: warnings (-Flink +own):\n%s", c.Rule, diff)
		}
	})
}

// logged are the warnings as Flink writes them into its log.
func logged(problems source.List) (out []string) {
	for _, d := range problems {
		what, why, _ := strings.Cut(d.Message, ": ")
		line, _ := d.Place.File.Position(d.Place.Pos)
		out = append(out, "WARN "+what+" in configuration file <DIR>/flink-conf.yaml:"+strconv.Itoa(line)+": "+why)
	}
	return out
}

// withoutSecrets are Flink's warnings, up to 1.16 with the whole line, without the text of those of which udfplan hides it.
func withoutSecrets(log, own []string) []string {
	out := slices.Clone(log)
	for i := range min(len(out), len(own)) {
		if what, hidden := strings.CutSuffix(own[i], `: "******"`); hidden && strings.HasPrefix(out[i], what+`: "`) {
			out[i] = own[i]
		}
	}
	return out
}

func TestRecordedStandardConf(t *testing.T) {
	recordedConfs(t, "yaml-*.jsonl", func(t *testing.T, c recordedConf) {
		got, problems := readStandard(&source.File{Name: "config.yaml", Text: c.Text})
		refused := problems.HasErrors()
		agrees := refused == (c.Error != nil) && (refused || cmp.Equal(c.Expect, effective(got)))
		if agrees {
			return
		}
		if why := c.marked(got, problems); why != "" {
			t.Skip(why)
		}
		truth.Differ(t, truth.Configuration, "%s: refused %v, Flink %s\n%v\n%s", c.Rule, refused, c.Error, problems, cmp.Diff(c.Expect, effective(got)))
	})
}

func TestReadLegacy(t *testing.T) {
	pair, empty := "Error while trying to split key and value: ", "Error after splitting key and value: "
	tests := []struct {
		text           string
		v              flink.Version
		want, problems []string
		reason         string
	}{
		{"# c\n  a.b :  1 x  # c\r\nc: 2", flink.Version{Major: 1, Minor: 20}, []string{"a.b=1 x at f:2:3, f:2:10", "c=2 at f:3:1, f:3:4"}, nil, "places"},
		{"a: 1\ra: 2\r\r\nb: 3\r\n", flink.Version{Major: 1, Minor: 20}, []string{"a=1 at f:1:1, f:1:4", "a=2 at f:2:1, f:2:4", "b=3 at f:4:1, f:4:4"}, nil, "all line ends; both spellings stay, the last counts"},
		{"\uFEFFa: 1", flink.Version{Major: 1, Minor: 20}, []string{"\uFEFFa=1 at f:1:1, f:1:5"}, nil, "a byte order mark stays in the key"},
		{"a: \xE9t\xE9 \xE2\x82x\xED\xA0\x80\nb: \xF0\x9F", flink.Version{Major: 1, Minor: 20}, []string{"a=\uFFFDt\uFFFD \uFFFDx\uFFFD at f:1:1, f:1:4", "b=\uFFFD at f:2:1, f:2:4"}, nil, "what is no UTF-8, as Java reads it"},
		{"a:1\n : 2", flink.Version{Major: 1, Minor: 20}, nil, []string{"f:1:1: warning: skipped-line: " + pair + noPair, "f:2:2: warning: skipped-line: " + empty + "Key or value was empty"}, "a reason from 1.17 on"},
		{"x\n a:1 # c\n", flink.Version{Major: 1, Minor: 16}, nil, []string{"f:1:1: warning: skipped-line: " + pair + `"x"`, "f:2:2: warning: skipped-line: " + pair + `" a:1 # c"`}, "the line up to 1.16"},
		{"s3.secret-key:abc\n", flink.Version{Major: 1, Minor: 10}, nil, []string{"f:1:1: warning: skipped-line: " + pair + `"******"`}, "but no password, where Flink shows it"},
		{"", flink.Version{Major: 1, Minor: 10}, nil, nil, "empty"},
	}
	for _, test := range tests {
		got, problems := readLegacy(&source.File{Name: "f", Text: test.text}, test.v)
		if diff := cmp.Diff(test.want, placed(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", test.reason, diff)
		}
	}
}

func TestReadStandard(t *testing.T) {
	tests := []struct {
		text           string
		want, problems []string
		reason         string
	}{
		{"a:\n  b: 1\na.b: &x 2\nc: *x\n", []string{"a.b=1 at f:2:3, f:2:6", "a.b=2 at f:3:1, f:3:6", "c=2 at f:4:1, f:4:4"}, nil, "places; an alias's own"},
		{"\uFEFFa: [é, \"\u2028\"]\nb: x\u0085y", []string{"a=[é, \"\\L\"] at f:1:2, f:1:5", "b=x\u0085y at f:2:1, f:2:4"}, nil, "places behind a byte order mark and odd breaks"},
		{"\xFF\xFEa\x00:\x00\n\x00 \x00b\x00:\x00 \x001\x00", []string{"a.b=1 at f:2, f:2"}, nil, "UTF-16, by the line"},
		{"a: 1\n1: x\na: 2\n[b]: 3\nc: ~\nd: !foo x\ne: !!int x\n", []string{"a=1 at f:1:1, f:1:4", "d= at f:6:1, f:6:4", "e= at f:7:1, f:7:4"},
			[]string{"f:3:1: error: duplicate-key: key \"a\" is there twice", "f:6:4: error: bad-yaml-value: Flink refuses this value: could not determine a constructor for the tag !foo",
				"f:7:4: error: bad-yaml-value: Flink refuses this value: For input string: \"x\"",
				"f:2:1: error: key-not-text: a key must be text; found the number 1", "f:4:1: error: key-not-text: a key must be text; found a list",
				"f:5:4: error: null-value: c has no value; Flink refuses the file: Value must not be null."}, "all at once"},
		{"a:1", nil, []string{"f:1:1: error: wrong-type: a configuration must be a mapping; found the text"}, "no blank behind the colon"},
		{"a: 1\n---\nb: 2", nil, []string{"f:3:1: error: second-document: a configuration is one document; found another"}, "two documents"},
		{"a: &x {b: *x}", nil, []string{"f:1:11: error: alias-cycle: alias *x stands inside its own anchor"}, "a value inside itself"},
		{"a: \xFF", nil, []string{"f:1:4: error: not-utf8: the text is not UTF-8: found the byte 0xFF"}, "no UTF-8"},
		{"a:\t1", nil, []string{"f:1:3: error: yaml-syntax: found a tab between values, which Flink's YAML reader refuses"}, "a tab"},
		{"a: \"x\\\"\ty\"\nb: 'i''\tj'\nc: |\n  k\tl\nd: m\tn # \to\n", []string{"a=x\"\ty at f:1:1, f:1:4", "b=i'\tj at f:2:1, f:2:4", "c=k\tl\n at f:3:1, f:3:4", "d=m\tn at f:5:1, f:5:4"}, nil, "tabs inside texts"},
		{"a: 'x'\t", nil, []string{"f:1:7: error: yaml-syntax: found a tab between values, which Flink's YAML reader refuses"}, "a tab behind quotes"},
		{"%x y\n%-\n# c\n--- # d\na: 1", []string{"a=1 at f:5:1, f:5:4"}, nil, "directives that nobody knows"},
		{"%YAML 1.7\r\n---\r\na: 1", []string{"a=1 at f:3:1, f:3:4"}, nil, "a version that is not out yet"},
		{"%a: 1\n", nil, []string{"f:1:1: error: yaml-syntax: a line that begins with % is a directive, and this is none"}, "a key with a percent sign is a directive"},
		{"%x\n%,\n---\na: 1", nil, []string{"f:2:1: error: yaml-syntax: a line that begins with % is a directive, and this is none"}, "no name"},
		{"# c\n%x\n\na: 1", nil, []string{"f:4:1: error: yaml-syntax: a line that begins with % is a directive, behind which a document begins with ---"}, "no document begins"},
		{"%x\n", nil, []string{"f:1:3: error: yaml-syntax: behind a directive there is no document"}, "nothing but a directive"},
		{"a: 50%\nb: \"%\"\n", []string{"a=50% at f:1:1, f:1:4", "b=% at f:2:1, f:2:4"}, nil, "percent signs elsewhere"},
		{"a:\n  b: |\nc: 1", nil, []string{"f:2:6: error: yaml-syntax: the text's first line is indented by 0 blanks; Flink's YAML reader wants 3 here"}, "an empty text in lines, then a line further out"},
		{"b: |\nc: 1", []string{"b= at f:1:1, f:1:4", "c=1 at f:2:1, f:2:4"}, nil, "then a line of the same mapping"},
		{"a:\n- |\n- ? |\n  : x\nb: >2\n\n  t\n", []string{"a=['', {? '' : x}] at f:1:1, f:2:1", "b=\nt\n at f:5:1, f:5:4"}, nil, "dashes and question marks are indents too"},
		{"a: |\n    \n  t\n", nil, []string{"f:3: error: yaml-syntax: did not find expected key"}, "an empty line has more blanks"},
		{"a: |+#c\n  t\n", nil, []string{"f:1:6: error: yaml-syntax: a comment needs a blank before it, which Flink's YAML reader insists on here"}, "a comment behind an indicator"},
		{"a: [?x, y?z, -]\n", nil, []string{"f:1:14: error: yaml-syntax: a dash alone is no text inside brackets"}, "a dash in brackets"},
		{"a: [?x, y?z, \"\\_\"]\n", []string{"a=['?x', 'y?z', \u00A0] at f:1:1, f:1:4"}, nil, "question marks in brackets begin a text, or go on with it"},
		{"a: [\"\\_\\0\"]\n", []string{"a=[\"\\_\\0\"] at f:1:1, f:1:4"}, nil, "a no-break space in double quotes"},
		{"a:\n  b:\n    |\nc: 1", nil, []string{"f:3:5: error: yaml-syntax: the text's first line is indented by 0 blanks; Flink's YAML reader wants 3 here"}, "indicators on a line of their own"},
		{"a:\n  - |\n", nil, []string{"f:2:5: error: yaml-syntax: the text's first line is indented by 0 blanks; Flink's YAML reader wants 3 here"}, "an empty text at the end"},
		{"a:\n  - |\r", []string{"a=[''] at f:1:1, f:2:3"}, nil, "behind a carriage return at the end no line begins"},
		{"a: |1\nb: 1\n", []string{"a= at f:1:1, f:1:4", "b=1 at f:2:1, f:2:4"}, nil, "an indicator of blanks"},
		{"a:\n  - ? |\n    : |\nb: 1", nil, []string{"f:3:7: error: yaml-syntax: the text's first line is indented by 0 blanks; Flink's YAML reader wants 5 here"}, "the value of a key with a question mark"},
		{"a: &: 1\nb: &x:%é 2\nc: *x:%é\nd: 'Q &y: Z'\n", []string{"a=1 at f:1:1, f:1:4", "b=2 at f:2:1, f:2:4", "c=2 at f:3:1, f:3:4", "d=Q &y: Z at f:4:1, f:4:4"}, nil, "what names an anchor"},
		{"a: [{b:: , c: 1}]\n", []string{"a=[{'b:': null, c: 1}] at f:1:1, f:1:4"}, nil, "two colons"},
		{"a: [{? [" + strings.Repeat("x", 71) + "] : 1, ? [y] : 2, ? [" + strings.Repeat("z", 80) + "] : 3}]", []string{
			"a=[{? [" + strings.Repeat("x", 71) + "] : 1, ? [y]\n    : 2, ? [" + strings.Repeat("z", 80) + "]\n    : 3}] at f:1:1, f:1:4"}, nil, "80 characters are no full line, and more are one"},
		{"a: {b:}\n", nil, []string{"f:1:5: error: yaml-syntax: a colon right before a comma or a bracket: Flink's YAML reader takes b for a key without a value"}, "a key to Flink, a text to yaml.v3"},
		{"a: [", nil, []string{"f:1: error: yaml-syntax: did not find expected node content"}, "broken"},
		{"", nil, nil, "empty"},
		{"~", nil, nil, "null"},
	}
	for _, test := range tests {
		got, problems := readStandard(&source.File{Name: "f", Text: test.text})
		if diff := cmp.Diff(test.want, placed(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", test.reason, diff)
		}
	}
}

// Mappings that aliases put into each other are bounded, however small the file.
func TestStandardConfAliasBomb(t *testing.T) {
	var text strings.Builder
	text.WriteString("a0: &a0 {x: 1, y: 2}\n")
	for i := 1; i < 25; i++ {
		text.WriteString("a" + strconv.Itoa(i) + ": &a" + strconv.Itoa(i) + " {x: *a" + strconv.Itoa(i-1) + ", y: *a" + strconv.Itoa(i-1) + "}\n")
	}
	if _, problems := readStandard(source.NewFile("f", []byte(text.String()))); !problems.Has("alias-bomb") || len(problems) != 1 {
		t.Error(told(problems))
	}
}

// TestRead: the text decides, then the name, then the version.
func TestRead(t *testing.T) {
	const options = "a: [1]\n"
	late, early := flink.Version{Major: 2, Minor: 0}, flink.Version{Major: 1, Minor: 20}
	for _, row := range []struct {
		name, text string
		o          Options
		want       string
		reason     string
	}{
		{"flink-conf.yaml", options, Options{}, "a=[1]", "a line an option: the value is its text"},
		{"conf/config.yaml", "a: {b: 1}", Options{}, "a.b=1", "YAML"},
		{"my.yaml", "a: {b: 1}", Options{Version: late}, "a.b=1", "no name: from 2.0 on there is only config.yaml"},
		{"my.yaml", "a: {b: 1}", Options{Version: early}, "a={b: 1}", "no name: up to 1.20 flink-conf.yaml is the stronger one"},
		{"my.yaml", "a: {b: 1}", Options{}, "a={b: 1}", "neither name nor version"},
		{"flink-conf.yaml", "a: {b: 1}", Options{Syntax: Standard}, "a.b=1", "the syntax that is asked for is stronger than the name"},
		{"flink-conf.yaml", `[{"key": "a", "value": "1"}]`, Options{}, "a=1", "a list is an answer of REST, whatever the name"},
		{"config.yaml", deploymentHead + "  flinkConfiguration: {a: 1}", Options{}, "a=1", "a FlinkDeployment, whatever the name"},
		{"config.yaml", `["a", "b"]`, Options{Syntax: Legacy}, "", "a syntax that is asked for is not second-guessed"},
	} {
		got, _ := Read(source.NewFile(row.name, []byte(row.text)), row.o)
		var said []string
		for _, e := range got.Config {
			said = append(said, e.Key+"="+e.Value)
			if e.Origin != flink.FromCluster {
				t.Errorf("%s: %s is of origin %d", row.reason, e.Key, e.Origin)
			}
		}
		if strings.Join(said, " ") != row.want {
			t.Errorf("%s: %q; want %q", row.reason, said, row.want)
		}
	}
}
