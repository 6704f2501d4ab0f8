package conf

import (
	"encoding/json"
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

// disagreeing are the recorded cases that this reader answers otherwise, and why.
var disagreeing = map[string]string{}

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
		if diff := cmp.Diff(c.Log, logged(problems)); diff != "" {
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

func TestRecordedStandardConf(t *testing.T) {
	recordedConfs(t, "yaml-*.jsonl", func(t *testing.T, c recordedConf) {
		got, problems := readStandard(&source.File{Name: "config.yaml", Text: c.Text})
		refused := problems.HasErrors()
		agrees := refused == (c.Error != nil) && (refused || cmp.Equal(c.Expect, effective(got)))
		if why, known := disagreeing[c.ID]; agrees == known {
			truth.Differ(t, truth.Configuration, "%s: refused %v, Flink %s (known: %s)\n%v\n%s", c.Rule, refused, c.Error, why,
				problems, cmp.Diff(c.Expect, effective(got)))
		}
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
