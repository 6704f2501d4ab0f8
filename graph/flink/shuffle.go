package flink

import (
	"strings"

	"udfplan/graph/source"
)

// The names of the shuffle modes, in the order in which an error lists them.
var (
	tableShuffleModes = []struct {
		name string
		mode ShuffleMode
	}{
		{"ALL_EDGES_BLOCKING", AllBlocking},
		{"FORWARD_EDGES_PIPELINED", ForwardPipelined},
		{"POINTWISE_EDGES_PIPELINED", PointwisePipelined},
		{"ALL_EDGES_PIPELINED", AllPipelined},
		{"ALL_EDGES_PIPELINED_APPROXIMATE", AllPipelinedApproximate},
		{"batch", AllBlocking},
		{"pipelined", AllPipelined},
	}
	batchShuffleModes = map[string]ShuffleMode{
		"ALL_EXCHANGES_BLOCKING":         AllBlocking,
		"ALL_EXCHANGES_PIPELINED":        AllPipelined,
		"ALL_EXCHANGES_HYBRID_FULL":      AllHybridFull,
		"ALL_EXCHANGES_HYBRID_SELECTIVE": AllHybridSelective,
	}
)

// shuffle finds what an edge without a mode of its own becomes (flink-rules.md A2, C).
func (r *settingsReader) shuffle(s *Settings) {
	if s.Batch && BatchShuffleMode.In(r.version) || BatchShuffleModeInStreaming.In(r.version) {
		s.Shuffle = r.batchShuffle()
	}
	switch {
	case !s.Batch:
		s.Shuffle = AllPipelined
	case BatchShuffleMode.In(r.version):
	case s.SQLBatch || OldShuffleModes.In(r.version): // 1.10 has no other batch
		s.Shuffle = r.tableShuffle()
	default:
		s.Shuffle = ForwardPipelined
	}
}

func (r *settingsReader) batchShuffle() ShuffleMode {
	known := []string{"ALL_EXCHANGES_BLOCKING", "ALL_EXCHANGES_PIPELINED"}
	if HybridShuffle.In(r.version) {
		known = append(known, "ALL_EXCHANGES_HYBRID_FULL", "ALL_EXCHANGES_HYBRID_SELECTIVE")
	}
	return batchShuffleModes[r.enum(KeyBatchShuffleMode, "ALL_EXCHANGES_BLOCKING", known)]
}

// tableShuffle reads table.exec.shuffle-mode: two words in 1.10, GlobalDataExchangeMode from 1.11 on, where
// the two words still work.
func (r *settingsReader) tableShuffle() ShuffleMode {
	e, set := r.config.Get(KeyTableShuffleMode)
	if !set {
		return AllBlocking
	}
	var allowed []string
	for _, row := range tableShuffleModes {
		old := row.name == strings.ToLower(row.name)
		if OldShuffleModes.In(r.version) && !old {
			continue
		}
		allowed = append(allowed, row.name)
		if strings.EqualFold(e.Value, row.name) {
			return row.mode
		}
	}
	message := "Unsupported value " + e.Value + " for config " + KeyTableShuffleMode + "."
	if OldShuffleModes.In(r.version) {
		message = KeyTableShuffleMode + " can only be set to BATCH or PIPELINED"
	}
	r.problems.Errorf(e.ValuePlace, source.CodeBadOptionValue, "%s is %q; Flink: %s", KeyTableShuffleMode, e.Value, message).
		Hint = "allowed: " + strings.Join(allowed, ", ")
	return AllBlocking
}
