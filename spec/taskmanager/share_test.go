package taskmanager

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"udfplan/graph/flink"
)

func TestSlotFraction(t *testing.T) {
	full, refusal := ReadWeights(nil, flink.Version{Major: 1, Minor: 20})
	if refusal != nil {
		t.Fatal(refusal)
	}
	huge := Weights{}
	huge.put(OperatorUse, math.MaxInt32)
	huge.put(PythonUse, 30)
	for _, c := range []struct {
		use          UseCase
		fraction     float64
		present      []UseCase
		weights      Weights
		stateBackend bool
		want         float64
		reason       string
	}{
		{PythonUse, 1, []UseCase{PythonUse}, full, true, 1, "use cases that nobody has do not count"},
		{PythonUse, 1, []UseCase{PythonUse, PythonUse, PythonUse}, full, true, 1, "a use case counts once, however many operators have it"},
		{PythonUse, 1, []UseCase{OperatorUse, StateBackendUse, PythonUse}, full, true, 0.1764705882352941, "30 of 170, cut off and not rounded"},
		{PythonUse, 1, []UseCase{StateBackendUse, PythonUse}, full, false, 1, "a state backend on the heap does not count"},
		{StateBackendUse, 1, []UseCase{StateBackendUse, PythonUse}, full, false, 0, "and gets nothing"},
		{OperatorUse, 0.3333333333333333, []UseCase{OperatorUse, PythonUse}, full, true, 0.2333333333333333, "the product of the doubles is not cut off again"},
		{OperatorUse, 1, []UseCase{StateBackendUse, PythonUse}, full, true, 0.7, "Flink does not ask whether the use case itself is present"},
		{PythonUse, 1, []UseCase{PythonUse}, Weights{}, true, 0, "without a weight there is no share"},
		{PythonUse, 1, []UseCase{OperatorUse, PythonUse}, huge, true, 0, "the sum wraps around below 0"},
		{PythonUse, 1, nil, full, true, 0, "nobody has anything"},
	} {
		if got := SlotFraction(c.use, c.fraction, c.present, c.weights, c.stateBackend); got != c.want {
			t.Errorf("%s: got %v, want %v", c.reason, got, c.want)
		}
	}
}

func TestOperatorFractions(t *testing.T) {
	for _, c := range []struct {
		weights []int64
		want    []float64
		refused string
		reason  string
	}{
		{nil, []float64{}, "", "an empty group"},
		{[]int64{0, 0}, []float64{0, 0}, "", "no operator states memory"},
		{[]int64{80896, 1, 1}, []float64{0.9999752775099509, 0.0000123612450245, 0.0000123612450245}, "", "a lone Python calc of SQL with Map and Sink"},
		{[]int64{math.MaxInt32, 1}, []float64{0, 0}, "", "the sum wraps around below 0"},
		{[]int64{math.MaxInt32, math.MaxInt32, 12}, []float64{214748364.7, 214748364.7, 1.2}, "managedMemFraction should be in range [0.0, 1.0], but was: 2.147483647E8", "and on to 10"},
	} {
		got, refused := OperatorFractions(c.weights)
		if why := cmp.Or(refused, &flink.Refusal{}).Message; !slices.Equal(got, c.want) || why != c.refused {
			t.Errorf("%s: got %v, %q; want %v, %q", c.reason, got, why, c.want, c.refused)
		}
	}
}

func TestBytes(t *testing.T) {
	const mostPages = (math.MaxInt32 + 1) * pageSize
	for _, c := range []struct {
		managed  flink.MemorySize
		fraction float64
		version  string
		want     flink.MemorySize
		message  string
		reason   string
	}{
		{248512512, 0.3333333333333333, "1.10", 82837504, "", "three Python operators in 237 MiB: just enough"},
		{mostPages - 1, 1, "2.3", mostPages - 1, "", "the most that a slot can have"},
		{mostPages, 1, "2.3", 0, "The given number of memory bytes (%d) corresponds to more than MAX_INT pages (%d > %d). [70368744177664, 2147483648, 2147483647]",
			"one byte more; the %d are Flink's"},
		{1, 0, "1.11", 0, "The fraction of memory to allocate must within (0, 1], was: 0.0", "no dot before 1.12"},
		{1, math.NaN(), "1.12", 0, "The fraction of memory to allocate must within (0, 1], was: NaN.", "with a dot from 1.12 on"},
		{1, 1.5, "", 0, "The fraction of memory to allocate must within (0, 1], was: 1.5", "a version that is not stated counts as 1.10"},
	} {
		got, refusal := Bytes(c.managed, c.fraction, versionOf(t, c.version))
		message := ""
		if refusal != nil {
			message = refusal.Message
		}
		if got != c.want || message != c.message {
			t.Errorf("%s: got %d, %q", c.reason, got, message)
		}
	}
}

// TestSharesOf: before 1.12 no slot is shared out.
func TestSharesOf(t *testing.T) {
	for _, row := range []struct {
		version, weights string
		want             *Shares
		reason           string
	}{
		{"", "PYTHON:30", nil, "no version is stated"},
		{"1.11", "PYTHON:30", nil, "each operator has its own share"},
		{"1.20", "OPERATOR:10,STATE_BACKEND:20,PYTHON:10", &Shares{400, 200, 133, 100}, "10 of 10, 20, 30, 40"},
		{"1.20", "OPERATOR:10", &Shares{}, "Python has no weight"},
	} {
		got, refusal := SharesOf(flink.Config{{Key: flink.KeyConsumerWeights, Value: row.weights}}, versionOf(t, row.version), 400)
		if refusal != nil || (got == nil) != (row.want == nil) || got != nil && *got != *row.want {
			t.Errorf("%s: %+v, %v, want %+v", row.reason, got, refusal, row.want)
		}
	}
}

func versionOf(t *testing.T, text string) flink.Version {
	t.Helper()
	if text == "" {
		return flink.Version{}
	}
	v, err := flink.ParseVersion(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestStateBackendUsesManaged(t *testing.T) {
	for _, c := range []struct {
		version, key, value string
		directory           string
		want                bool
		reason              string
	}{
		{"1.12", "", "", "", false, "the default is the heap"},
		{"1.20", "state.backend", "RocksDB", "", true, "names in any case"},
		{"1.12", "state.backend", "hashmap", "", true, "1.12 does not know it, and reserves"},
		{"1.13", "state.backend", "HashMap", "", false, "1.13 does"},
		{"1.16", "state.backend.type", "rocksdb", "", false, "1.16 does not know the key"},
		{"1.17", "state.backend.type", "rocksdb", "", true, "1.17 does"},
		{"1.12", "state.backend", "filesystem", "", true, "cannot be loaded without a directory"},
		{"1.12", "state.backend", "filesystem", "state.backend.fs.checkpointdir", false, "with one it can"},
		{"1.13", "state.backend", "filesystem", "", false, "1.13 needs none by that name"},
		{"1.13", "state.backend", fsFactory, "", true, "but does by the class's"},
		{"1.13", "state.backend", fsFactory, "state.checkpoints.dir", false, "and has it"},
		{"2.0", "state.backend.type", "filesystem", "state.checkpoints.dir", true, "removed in 2.0"},
		{"2.0", "state.backend.type", "jobmanager", "", true, "removed in 2.0"},
		{"1.20", "state.backend.type", strings.ToLower(hashMapFactory), "", true, "a class is not found in lower case"},
		{"1.20", "state.backend.type", "", "", true, "an empty name cannot be loaded"},
	} {
		var config flink.Config
		if c.key != "" {
			config = append(config, flink.Entry{Key: c.key, Value: c.value})
		}
		if c.directory != "" {
			config = append(config, flink.Entry{Key: c.directory, Value: "file:///checkpoints"})
		}
		if got := StateBackendUsesManaged(config, versionOf(t, c.version)); got != c.want {
			t.Errorf("%s, %s: %s: got %v", c.version, c.value, c.reason, got)
		}
	}
}

// TestRocksDBTakesManaged: as 1.11 decides it (CommonPythonBase).
func TestRocksDBTakesManaged(t *testing.T) {
	const backend, managed, perSlot = flink.KeyStateBackend, flink.KeyRocksDBManaged, flink.KeyRocksDBPerSlot
	for _, row := range []struct {
		options []string
		want    bool
		reason  string
	}{
		{nil, false, "the heap"},
		{[]string{backend, "rocksdb"}, true, "managed by default"},
		{[]string{backend, "RocksDB"}, true, "StateBackendLoader lowers the name"},
		{[]string{backend, "org.apache.flink.contrib.streaming.state.RocksDBStateBackendFactory"}, true, "the class that the name stands for"},
		{[]string{backend, "org.apache.flink.contrib.streaming.state.rocksdbstatebackendfactory"}, false, "a class name is taken as it is"},
		{[]string{backend, "filesystem"}, false, "another backend"},
		{[]string{backend, "rocksdb", managed, "TRUE"}, true, "a boolean of any case"},
		{[]string{backend, "rocksdb", managed, "False"}, false, "not managed"},
		{[]string{backend, "rocksdb", perSlot, "64mb"}, false, "a fixed size instead"},
		{[]string{backend, "rocksdb", perSlot, "64mb", managed, "true"}, false, "the fixed size is the stronger one"},
	} {
		var config flink.Config
		for i := 0; i < len(row.options); i += 2 {
			config = append(config, flink.Entry{Key: row.options[i], Value: row.options[i+1]})
		}
		if got := RocksDBTakesManaged(config); got != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
}

// TestLeastFor: the slot that is found gives enough, and one that is a byte smaller does not; Bytes says so.
func TestLeastFor(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 4))
	v := flink.Version{Major: 1, Minor: 20}
	for range 20_000 {
		sum := 1 + r.Int64N(300)
		fraction := RoundedDown(1+r.Int64N(sum), sum) * RoundedDown(1+r.Int64N(sum), sum)
		bytes := flink.MemorySize(r.Int64N(1 << (1 + r.IntN(28))))
		slot, possible := LeastFor(bytes, fraction)
		if !possible {
			t.Fatalf("no slot gives %d by %v", bytes, fraction)
		}
		if enough, _ := Bytes(slot, fraction, v); bytes > 0 && enough < bytes {
			t.Errorf("%d by %v gives %d, less than %d", slot, fraction, enough, bytes)
		}
		if less, _ := Bytes(slot-1, fraction, v); bytes > 0 && less >= bytes {
			t.Errorf("%d by %v gives %d too", slot-1, fraction, bytes)
		}
	}
	for _, row := range []struct {
		bytes    flink.MemorySize
		fraction float64
		possible bool
		reason   string
	}{
		{0, 0, true, "nothing is wanted"}, {1, 0, false, "Flink gives nothing"}, {1, 1.5, false, "Flink refuses more than all"},
		{1, math.NaN(), false, "no fraction at all"}, {1 << 40, 1e-10, false, "beyond what a slot can have"}, {1<<46 - 1, 1, true, "the largest slot"}, {1 << 46, 1, false, "a page more than MAX_INT"},
	} {
		if _, possible := LeastFor(row.bytes, row.fraction); possible != row.possible {
			t.Errorf("%s: %v", row.reason, possible)
		}
	}
}
