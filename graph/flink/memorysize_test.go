package flink

import (
	"math"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"udfplan/testdata/flink/truth"
)

// recorded reads every line of the recorded files that match a pattern into a T.
func recorded[T any](t testing.TB, pattern string) map[string][]T {
	t.Helper()
	all := map[string][]T{}
	for _, file := range truth.Files(t, pattern) {
		all[filepath.Base(file)] = truth.Lines[T](t, file)
	}
	return all
}

type parseLine struct {
	Text  *string
	Bytes MemorySize
	Error struct{ Message string }
}

func TestParseMemorySizeAsRecorded(t *testing.T) {
	for name, lines := range recorded[parseLine](t, "memorysize/parse-*.jsonl") {
		for i, line := range lines {
			if line.Text == nil {
				continue // Java's null: a Go string is always there
			}
			got, err := ParseMemorySize(*line.Text)
			if got != line.Bytes || errorText(err) != line.Error.Message {
				truth.Differ(t, truth.Sizes, "%s:%d: ParseMemorySize(%q) = %d, %q; want %d, %q",
					name, i+1, *line.Text, got, errorText(err), line.Bytes, line.Error.Message)
			}
		}
	}
}

func TestFlinkTextAsRecorded(t *testing.T) {
	type formatLine struct {
		Bytes  MemorySize
		String string
		Error  *struct{}
	}
	for name, lines := range recorded[formatLine](t, "memorysize/format-*.jsonl") {
		for i, line := range lines {
			if line.Error != nil {
				continue // a negative size, which Flink refuses to make
			}
			if got := line.Bytes.FlinkText(); got != line.String {
				truth.Differ(t, truth.Sizes, "%s:%d: %d is %q; want %q", name, i+1, int64(line.Bytes), got, line.String)
			}
		}
	}
}

func TestParseMemorySizeLowerCase(t *testing.T) {
	tests := []struct {
		text, reason string
		want         MemorySize
		err          string
	}{
		{text: "1\u212A", want: 1024, reason: "the Kelvin sign is a k in lower case, in Java too"},
		{text: "1K\u0130BIBYTES", err: "Memory size unit 'ki\u0307bibytes' does not match any of the recognized units: " + allMemoryUnits,
			reason: "Java keeps the dot of a capital i with a dot"},
	}
	for _, test := range tests {
		if got, err := ParseMemorySize(test.text); got != test.want || errorText(err) != test.err {
			t.Errorf("%s: ParseMemorySize(%q) = %d, %q; want %d, %q", test.reason, test.text, got, errorText(err), test.want, test.err)
		}
	}
}

func TestMemorySizeString(t *testing.T) {
	tests := []struct {
		size         MemorySize
		want, reason string
	}{
		{0, "0b", "all units divide it: bytes"},
		{1, "1b", "less than a unit"},
		{1023, "1023b", "just below a unit"},
		{1024, "1kb", "a unit"},
		{1025, "1025b", "one byte more than a unit"},
		{80897 << 10, "80897kb", "a unit, but not the next"},
		{79 << 20, "79mb", "FLIP-88's framework and buffer"},
		{3 << 30, "3gb", "gigabytes"},
		{1 << 40, "1tb", "the largest unit"},
		{5 << 50, "5120tb", "beyond the largest unit"},
		{536870920, "536870920b", "0.4 of the default TaskManager, a fraction that is a float"},
		{math.MaxInt64, "9223372036854775807b", "the largest size"},
	}
	for _, test := range tests {
		if got := test.size.String(); got != test.want {
			t.Errorf("%s: %d is %q; want %q", test.reason, int64(test.size), got, test.want)
		}
		if got := string(test.size.AppendText([]byte("x: "))); got != "x: "+test.want {
			t.Errorf("%s: AppendText gives %q", test.reason, got)
		}
	}
}

func TestMemorySizeStringIsReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		size := MemorySize(random.Int64()>>random.IntN(63)) &^ (1<<random.IntN(63) - 1)
		for _, text := range []string{size.String(), size.FlinkText()} {
			if got, err := ParseMemorySize(text); got != size || err != nil {
				t.Fatalf("%d is written %q and read back as %d, %v", int64(size), text, got, err)
			}
		}
	}
}

func TestAppendTextAllocatesNothing(t *testing.T) {
	buffer := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(100, func() { buffer = MemorySize(79 << 20).AppendText(buffer[:0]) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestMemorySizeSums(t *testing.T) {
	const most = math.MaxInt64
	sums := []struct {
		a, b, want MemorySize
		ok         bool
	}{
		{0, 0, 0, true}, {64, 15, 79, true}, {most, 0, most, true}, {most - 1, 1, most, true}, {most, 1, 0, false}, {most, most, 0, false},
	}
	for _, test := range sums {
		if got, ok := Add(test.a, test.b); got != test.want || ok != test.ok {
			t.Errorf("Add(%d, %d) = %d, %v; want %d, %v", test.a, test.b, got, ok, test.want, test.ok)
		}
	}
	products := []struct {
		a    MemorySize
		n    int
		want MemorySize
		ok   bool
	}{
		{0, most, 0, true}, {most, 0, 0, true}, {most, 1, most, true}, {most, 2, 0, false}, {1 << 62, 2, 0, false},
		{1 << 40, 1 << 40, 0, false}, {79, 4, 316, true}, {1 << 32, 1 << 32, 0, false},
	}
	for _, test := range products {
		if got, ok := Times(test.a, test.n); got != test.want || ok != test.ok {
			t.Errorf("Times(%d, %d) = %d, %v; want %d, %v", test.a, test.n, got, ok, test.want, test.ok)
		}
	}
}

func FuzzParseMemorySize(f *testing.F) {
	for _, lines := range recorded[parseLine](f, "memorysize/parse-*.jsonl") {
		for _, line := range lines {
			if line.Text != nil {
				f.Add(*line.Text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseMemorySize(text)
		want, ok := statedSize(text)
		if ok != (err == nil) || got != want {
			t.Fatalf("ParseMemorySize(%q) = %d, %v; the rule says %d, %v", text, got, err, want, ok)
		}
		if again, err := ParseMemorySize(got.String()); again != got || err != nil {
			t.Fatalf("%q is %d, written %q, read back as %d, %v", text, got, got, again, err)
		}
	})
}

// sizeForm is the rule as a picture; the Kelvin sign is a k in lower case.
var sizeForm = regexp.MustCompile(`^[\x00- ]*([0-9]+)[\x00- ]*(?i:(b|bytes)|(k|kb|kibibytes)|(m|mb|mebibytes)|(g|gb|gibibytes)|(t|tb|tebibytes)|)[\x00- ]*$`)

// statedSize is the rule of MemorySize.parse with numbers that cannot overflow.
func statedSize(text string) (MemorySize, bool) {
	// (?i) folds the long s, which is no s in lower case.
	match := sizeForm.FindStringSubmatch(text)
	if match == nil || strings.Contains(text, "ſ") {
		return 0, false
	}
	value, _ := new(big.Int).SetString(match[1], 10)
	for power, unit := range match[2:] {
		if unit != "" {
			value.Lsh(value, uint(10*power))
		}
	}
	if !value.IsInt64() {
		return 0, false
	}
	return MemorySize(value.Int64()), true
}
