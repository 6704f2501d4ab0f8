package flink

import "testing"

// TestBehaviourIn: a behaviour holds from its first version on, and no more in the first that is without it.
func TestBehaviourIn(t *testing.T) {
	v := func(minor int) Version { return Version{1, minor} }
	for _, row := range []struct {
		b       Behaviour
		version Version
		want    bool
		reason  string
	}{
		{Behaviour{Since: v(12)}, v(11), false, "before the first"},
		{Behaviour{Since: v(12)}, v(12), true, "the first"},
		{Behaviour{Since: v(12)}, v(20), true, "no end"},
		{Behaviour{Before: v(12)}, v(10), true, "no beginning"},
		{Behaviour{Before: v(12)}, v(12), false, "the end is not in it"},
		{Behaviour{Since: v(12), Before: v(14)}, v(13), true, "between"},
		{Behaviour{Since: v(12), Before: v(14)}, v(11), false, "before both"},
		{Behaviour{Since: v(12), Before: v(14)}, v(14), false, "behind both"},
		{Behaviour{Before: v(11)}, Version{}, true, "no version is planned as 1.10"},
	} {
		if got := row.b.In(row.version); got != row.want {
			t.Errorf("%s: %v", row.reason, got)
		}
	}
}

// TestBehaviourCite: the source, with the versions as far as they are bounded.
func TestBehaviourCite(t *testing.T) {
	for _, row := range []struct {
		b            Behaviour
		want, reason string
	}{
		{Behaviour{Source: "X", Since: Version{1, 12}}, "X; from Flink 1.12", "from"},
		{Behaviour{Source: "X", Before: Version{1, 14}}, "X; before Flink 1.14", "before"},
		{Behaviour{Source: "X", Since: Version{1, 12}, Before: Version{1, 14}}, "X; from Flink 1.12, before 1.14", "both"},
	} {
		if got := row.b.Cite(); got != row.want {
			t.Errorf("%s: %s", row.reason, got)
		}
	}
}

// TestWeight: KiB in a Java int up to 1.13, MiB from 1.14 on, never less than 1 (ManagedMemoryUtils).
func TestWeight(t *testing.T) {
	for _, row := range []struct {
		minor    int
		declared MemorySize
		want     int64
		reason   string
	}{
		{12, 0, 1, "at least 1"},
		{12, 1 << 10, 1, "1 KiB"},
		{13, 5 << 10, 5, "KiB up to 1.13"},
		{13, 1 << 41, 1, "2^31 KiB are negative in a Java int"},
		{14, 1 << 20, 1, "1 MiB"},
		{14, 1<<20 - 1, 1, "at least 1 here too"},
		{14, 1 << 41, 1 << 21, "MiB from 1.14 on"},
	} {
		s := Settings{Version: Version{1, row.minor}}
		if got := s.Weight(row.declared); got != row.want {
			t.Errorf("%s: %d, want %d", row.reason, got, row.want)
		}
	}
}

// TestTableShuffleMode: 1.10 knows two words; from 1.11 on they stand beside those of GlobalDataExchangeMode.
func TestTableShuffleMode(t *testing.T) {
	for _, row := range []struct {
		version Version
		value   string
		want    ShuffleMode
		refused bool
		reason  string
	}{
		{Version{1, 10}, "batch", AllBlocking, false, "1.10"},
		{Version{1, 10}, "Pipelined", AllPipelined, false, "1.10, in any case"},
		{Version{1, 10}, "ALL_EDGES_PIPELINED", AllBlocking, true, "not yet"},
		{Version{1, 11}, "pipelined", AllPipelined, false, "1.11, the old word"},
		{Version{1, 11}, "FORWARD_EDGES_PIPELINED", ForwardPipelined, false, "1.11, a new one"},
		{Version{1, 13}, "POINTWISE_EDGES_PIPELINED", PointwisePipelined, false, "1.13"},
		{Version{1, 13}, "neither", AllBlocking, true, "none of them"},
	} {
		s, problems := ReadSettings(row.version, true, true, Config{{Key: KeyTableShuffleMode, Value: row.value}})
		if s.Shuffle != row.want || problems.HasErrors() != row.refused {
			t.Errorf("%s: %v, %v", row.reason, s.Shuffle, problems)
		}
	}
}
