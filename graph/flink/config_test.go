package flink

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/source"
)

// newConfig makes a configuration of keys and values in turn, each at a place of its own.
func newConfig(file *source.File, words ...string) Config {
	var c Config
	for i := 0; i+1 < len(words); i += 2 {
		c = append(c, Entry{Key: words[i], Value: words[i+1],
			Place: source.Place{File: file, Pos: source.At(i)}, ValuePlace: source.Place{File: file, Pos: source.At(i + 1)}})
	}
	return c
}

func TestConfigGet(t *testing.T) {
	c := newConfig(nil, "a", "1", "b", "2", "a", "3")
	for key, want := range map[string]string{"a": "3", "b": "2", "c": ""} {
		if e, set := c.Get(key); e.Value != want || set != (want != "") {
			t.Errorf("Get(%s) = %q, %v; want %q", key, e.Value, set, want)
		}
	}
}

func TestConfigWith(t *testing.T) {
	base := append(make(Config, 0, 8), newConfig(nil, "a", "1", "b", "2")...)
	strong, other := base.With(newConfig(nil, "b", "3")), base.With(newConfig(nil, "b", "4"))
	for _, test := range []struct {
		config       Config
		want, reason string
	}{
		{strong, "3", "the stronger one wins"},
		{other, "4", "and is not lost in a second one of the same base"},
		{base, "2", "the base stays as it was"},
	} {
		if e, _ := test.config.Get("b"); e.Value != test.want {
			t.Errorf("%s: b is %s; want %s", test.reason, e.Value, test.want)
		}
	}
}

func TestConfigSize(t *testing.T) {
	file := source.NewFile("job.yaml", []byte("0123456789"))
	c := newConfig(file, "good", "1 gb", "bad", "1.5g")
	if got, problems := c.Size("good", 7); got != 1<<30 || problems != nil {
		t.Errorf("good: %d, %v", got, problems)
	}
	if got, problems := c.Size("unset", 7); got != 7 || problems != nil {
		t.Errorf("unset: %d, %v", got, problems)
	}
	got, problems := c.Size("bad", 7)
	want := source.List{{
		Severity: source.Error, Code: "bad-option-value",
		Message: "Could not parse value '1.5g' for key 'bad'. Memory size unit '.5g' does not match any of the recognized units: " + allMemoryUnits,
		Hint:    "write it as Flink does: 79mb, 1gb, 512kb, or a number of bytes",
		Place:   c[1].ValuePlace,
	}}
	if diff := cmp.Diff(want, problems, samePlace); diff != "" || got != 7 {
		t.Errorf("bad: %d (-want +got):\n%s", got, diff)
	}
}

// samePlace compares places by what people see of them.
var samePlace = cmp.Comparer(func(a, b source.Place) bool { return a.String() == b.String() })

func TestConfigPositiveInt(t *testing.T) {
	const key = KeyParallelism
	refused := func(text string) string {
		return "Could not parse value '" + text + "' for key '" + key + `'. For input string: "` + text + `"`
	}
	tests := []struct {
		text          string
		want          int
		message, note string
	}{
		{"1", 1, "", "the least"},
		{"32768", 32768, "", "the most"},
		{"+4", 4, "", "Java takes one sign"},
		{"007", 7, "", "and leading zeros"},
		{"\uff14", 4, "", "and digits of any script"},
		{"\U0001D7DC", 4, "", "also beyond 16 bits"},
		{"0", 0, key + " must be between 1 and 32768; found 0", "too small"},
		{"-0", 0, key + " must be between 1 and 32768; found 0", "a signed zero"},
		{"32769", 0, key + " must be between 1 and 32768; found 32769", "too large"},
		{"-2147483648", 0, key + " must be between 1 and 32768; found -2147483648", "the least int"},
		{"2147483648", 0, refused("2147483648"), "no int"},
		{"99999999999999999999", 0, refused("99999999999999999999"), "no long"},
		{"4.0", 0, refused("4.0"), "no whole number"},
		{" 4", 0, refused(" 4"), "a blank"},
		{"", 0, refused(""), "empty"},
		{"-", 0, refused("-"), "only a sign"},
		{"four", 0, refused("four"), "a word"},
	}
	for _, test := range tests {
		c := newConfig(nil, key, test.text)
		got, set, problems := c.PositiveInt(key, 32768)
		message := ""
		if len(problems) == 1 && problems[0].Code == "bad-option-value" {
			message = problems[0].Message
		}
		if got != test.want || set != (test.message == "") || message != test.message {
			t.Errorf("%s: %q is %d, %v, %q; want %d, %q", test.note, test.text, got, set, message, test.want, test.message)
		}
	}
	if got, set, problems := (Config)(nil).PositiveInt(key, 32768); got != 0 || set || problems != nil {
		t.Errorf("unset: %d, %v, %v", got, set, problems)
	}
}

func TestConfigCheck(t *testing.T) {
	file := source.NewFile("job.yaml", []byte("0123456789"))
	c := newConfig(file, KeyName, "x", KeyBufferMemory, "15mb", KeyStateBackend, "rocksdb")
	want := source.List{
		{Severity: source.Warning, Code: CodeOptionWithoutEffect, Place: c[1].Place,
			Message: "python.fn-execution.buffer.memory.size has no effect since Flink 1.12: it only steers the estimate"},
		{Severity: source.Warning, Code: CodeOptionDeprecated, Place: c[2].Place,
			Message: "state.backend is deprecated since Flink 1.17", Hint: "use state.backend.type",
			Edit: &source.Edit{Old: KeyStateBackend, New: KeyStateBackendType}},
	}
	if diff := cmp.Diff(want, c.Check(Version{1, 20}), samePlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	both := newConfig(file, KeyStateBackend, "rocksdb", KeyStateBackendType, "hashmap").Check(Version{1, 20})
	if len(both) != 1 || both[0].Edit != nil {
		t.Errorf("the newer option is set too, and there would be two of it: %v", both)
	}
}

func TestEffective(t *testing.T) {
	cluster, job, line := newConfig(nil, "a", "cluster", "b", "cluster", "c", "cluster"), newConfig(nil, "b", "job", "c", "job"), newConfig(nil, "c", "line")
	shared := Config{{Key: "d", Value: "session", Origin: FromCluster}}
	effective := Effective(cluster, job.With(shared), line)
	for _, row := range []struct {
		key, want string
		origin    Origin
		reason    string
	}{
		{"a", "cluster", FromCluster, "nobody else sets it"},
		{"b", "job", FromJob, "the job's is stronger than the cluster's"},
		{"c", "line", FromCommandLine, "the command line is stronger than both"},
		{"d", "session", FromCluster, "a reader that knows the origin keeps it: a job and its cluster may lie in one file"},
	} {
		if e, _ := effective.Get(row.key); e.Value != row.want || e.Origin != row.origin {
			t.Errorf("%s is %s of origin %d; want %s of %d (%s)", row.key, e.Value, e.Origin, row.want, row.origin, row.reason)
		}
	}
	if cluster[0].Origin != OriginUnknown {
		t.Error("the cluster's own configuration was changed: other jobs use it too")
	}
}
