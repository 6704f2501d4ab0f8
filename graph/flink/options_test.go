package flink

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/testdata/flink/truth"
)

// recordedOption is an option as read from the classes of a real Flink.
type recordedOption struct {
	Key      string
	Type     OptionType
	Default  json.RawMessage
	Fallback []struct{ Key string }
}

type recordedOptions struct {
	Flink                        string
	Python, TaskManager, Network []recordedOption
}

func readRecordedOptions(t *testing.T) []recordedOptions {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "testdata", "flink", "options.json"))
	if err != nil {
		t.Fatal(err)
	}
	var versions []recordedOptions
	if err := json.Unmarshal(src, &versions); err != nil || len(versions) == 0 {
		t.Fatal(len(versions), err)
	}
	return versions
}

// defaultText writes a recorded default as the table does.
func (o recordedOption) defaultText(t *testing.T) string {
	t.Helper()
	var text string
	switch o.Default[0] {
	case 'n':
		return ""
	case '"':
		if err := json.Unmarshal(o.Default, &text); err != nil {
			t.Fatal(err)
		}
		return text
	case '{':
		weights := map[string]string{}
		if err := json.Unmarshal(o.Default, &weights); err != nil {
			t.Fatal(err)
		}
		var parts []string
		for key, value := range weights {
			parts = append(parts, key+":"+value)
		}
		return sortedParts(strings.Join(parts, ","))
	}
	return string(o.Default)
}

// sortedParts brings a map's text in one order; the recorded ones have none.
func sortedParts(text string) string {
	parts := strings.Split(text, ",")
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

// TestOptionsAreFlinks compares the table with the real classes: what there is, there with that type,
// default and fallback keys; and nothing else of the same families.
func TestOptionsAreFlinks(t *testing.T) {
	for _, release := range readRecordedOptions(t) {
		v, err := ParseVersion(release.Flink)
		if err != nil {
			t.Fatal(err)
		}
		there := map[string]bool{}
		for _, want := range slices.Concat(release.Python, release.TaskManager, release.Network) {
			there[want.Key] = true
			var fallback []string
			for _, f := range want.Fallback {
				there[f.Key] = true
				fallback = append(fallback, f.Key)
			}
			got, known := LookupOption(want.Key)
			if !known || !got.In(v) {
				t.Errorf("%s: %s is missing", release.Flink, want.Key)
				continue
			}
			text := got.DefaultIn(v)
			if got.Type == MapOption && text != "" {
				text = sortedParts(text)
			}
			if text != want.defaultText(t) || got.Type != want.Type {
				t.Errorf("%s: %s is %s %q; want %s %q", release.Flink, want.Key, got.Type, text, want.Type, want.defaultText(t))
			}
			if diff := cmp.Diff(fallback, got.Fallback); diff != "" {
				t.Errorf("%s: fallback keys of %s (-want +got):\n%s", release.Flink, want.Key, diff)
			}
		}
		for _, o := range slices.Concat(pythonOptions, taskManagerOptions) {
			if o.In(v) && !there[o.Key] {
				t.Errorf("%s: there is no %s", release.Flink, o.Key)
			}
		}
	}
}

// TestRecordedConfigurationsAreKnown: no recorded job sets an option that the table lacks.
func TestRecordedConfigurationsAreKnown(t *testing.T) {
	type line struct {
		Job struct{ Config map[string]any }
	}
	keys := map[string]bool{}
	for _, pattern := range []string{"chains/*.jsonl", "adaptive/*.jsonl", "pyflink/*.jsonl"} {
		for name, lines := range recorded[line](t, pattern) {
			for i, line := range lines {
				for key := range line.Job.Config {
					if _, known := LookupOption(key); !known {
						t.Errorf("%s:%d: %s is not known", name, i+1, key)
					}
					keys[key] = true
				}
			}
		}
	}
	if len(keys) < 20 && !truth.Fresh() {
		t.Errorf("only %d keys were seen", len(keys))
	}
}

// TestOptionTable holds what every row must be.
func TestOptionTable(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range Options() {
		if seen[o.Key] {
			t.Errorf("%s is there twice", o.Key)
		}
		seen[o.Key] = true
		if o.Doc == "" || strings.HasSuffix(o.Doc, ".") {
			t.Errorf("%s: doc %q", o.Key, o.Doc)
		}
		if o.Before.Stated() && o.Since.compare(o.Before) >= 0 || o.Gone != "" && !o.Before.Stated() {
			t.Errorf("%s: since %v, before %v, gone %q", o.Key, o.Since, o.Before, o.Gone)
		}
		if o.DeprecatedSince.Stated() && o.ReplacedBy == "" {
			t.Errorf("%s is deprecated in favour of nothing", o.Key)
		}
		for _, other := range append(slices.Clone(o.Fallback), o.ReplacedBy) {
			if _, known := LookupOption(other); !known && other != "" {
				t.Errorf("%s names %s, which is not known", o.Key, other)
			}
		}
		if !slices.IsSortedFunc(o.Changes, func(a, b DefaultChange) int { return a.Since.compare(b.Since) }) {
			t.Errorf("%s: changes are out of order", o.Key)
		}
		if _, err := ParseMemorySize(o.Default); o.Type == MemorySizeOption && o.Default != "" && err != nil {
			t.Errorf("%s: default %q: %v", o.Key, o.Default, err)
		}
	}
}

func TestSettingsDefaultsAreTheOptions(t *testing.T) {
	for key, want := range map[string]MemorySize{KeyFrameworkMemory: DefaultFramework, KeyBufferMemory: DefaultBuffer} {
		o, _ := LookupOption(key)
		if got, err := ParseMemorySize(o.DefaultIn(Version{})); got != want || err != nil {
			t.Errorf("%s: default %s, %v; want %s", key, got, err, want)
		}
	}
}

// A key that stands twice can be mistyped once. Keys that the code acts on are constants in keys.go; the table of
// options names each of the others once.
func TestKeysStandOnce(t *testing.T) {
	key := regexp.MustCompile(`"((?:taskmanager|state|python|parallelism|pipeline|execution|table|jobmanager)\.[a-zA-Z0-9.-]+)"`)
	first := map[string]string{}
	walked := 0
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		walked++
		text, err := os.ReadFile(path)
		for _, found := range key.FindAllStringSubmatch(string(text), -1) {
			if before, twice := first[found[1]]; twice {
				t.Errorf("%s stands in %s and in %s; it is a constant of keys.go", found[1], before, path)
			}
			first[found[1]] = path
		}
		return err
	})
	if err != nil || walked < 100 {
		t.Fatalf("%d files read (%v)", walked, err)
	}
}
