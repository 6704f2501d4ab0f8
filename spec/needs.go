package spec

import (
	"udfplan/graph/flink"
)

// NeedsFrom says where the size of a worker comes from (design.md 3.2).
type NeedsFrom string

// FromFLIP88 is the proposal's figure, or the option of its name. FromMeasured is what an idle worker of that version was seen to
// take. FromOption is what somebody says it takes: --framework-memory, or an option that says more than what was measured.
// FromMeasurement is what the user's own workers took.
const (
	FromFLIP88      NeedsFrom = "flip-88"
	FromMeasured    NeedsFrom = "measured"
	FromOption      NeedsFrom = "option"
	FromMeasurement NeedsFrom = "measurement"
)

// Needs choose what a worker is taken to need. The zero value leaves it to the version: measured from 1.12 on, where Flink states
// no need; FLIP-88 before, and where no version is stated.
type Needs struct {
	From NeedsFrom
	// Framework is what a worker takes before it does anything, in bytes; for FromOption.
	Framework flink.MemorySize
	// Largest is the largest peak of the user's own workers, with headroom, in bytes: stronger than From. 0: nothing was measured.
	Largest flink.MemorySize
	// Container is the limit of the container that was measured, in bytes; 0: none was.
	Container flink.MemorySize
}

// framework is what an idle worker of a job takes, and where that is from.
func (n Needs) framework(settings *flink.Settings, v flink.Version) (flink.MemorySize, NeedsFrom) {
	from := n.From
	if from == "" {
		from = FromFLIP88
		if v.Stated() && flink.WorkerPerSlot.In(v) {
			from = FromMeasured
		}
	}
	switch from {
	case FromOption:
		return n.Framework, FromOption
	case FromMeasured:
		if idle := MeasuredIn(v).Worker; idle >= settings.Framework {
			return idle, FromMeasured
		}
		return settings.Framework, FromOption // whoever says more is believed
	}
	return settings.Framework, FromFLIP88
}
