package policy

import (
	"fmt"
	"math/big"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/change"
)

// Increase is how much the Python memory of a job may grow: bytes, or percent of what it was.
type Increase struct {
	Text    string
	bytes   flink.MemorySize
	percent *big.Rat // nil: bytes
}

// ParseIncrease reads a memory size, or a number with a percent sign.
func ParseIncrease(text string) (Increase, error) {
	if number, is := strings.CutSuffix(text, "%"); is {
		percent, ok := new(big.Rat).SetString(number)
		if !ok || percent.Sign() < 0 || len(number) > 20 || strings.Trim(number, "0123456789.") != "" {
			return Increase{}, fmt.Errorf("must be a memory size or a percentage, such as 64mb or 10%%; found %q", source.Excerpt(text))
		}
		return Increase{Text: text, percent: percent}, nil
	}
	bytes, err := flink.ParseMemorySize(text)
	if err != nil {
		return Increase{}, fmt.Errorf("must be a memory size or a percentage, such as 64mb or 10%%: %w", err)
	}
	return Increase{Text: text, bytes: bytes}, nil
}

// allows reports whether growth from old to now is allowed. A job that was not there has no percentage.
func (i *Increase) allows(old, now flink.MemorySize, isNew bool) bool {
	growth := int64(now - old)
	switch {
	case growth <= 0, i.percent != nil && isNew:
		return true
	}
	return growth <= int64(i.of(old))
}

// of is how much a job of that size may grow, in bytes; rounded down, as growth is in whole bytes.
func (i *Increase) of(old flink.MemorySize) flink.MemorySize {
	if i.percent == nil {
		return i.bytes
	}
	allowed := new(big.Rat).Mul(i.percent, big.NewRat(int64(old), 100))
	whole := new(big.Int).Quo(allowed.Num(), allowed.Denom())
	if !whole.IsInt64() {
		return 1<<63 - 1
	}
	return flink.MemorySize(whole.Int64())
}

// Diff is what changed, and what of that is not allowed.
type Diff struct {
	*change.Diff
	Findings []Finding // of growth
}

// JudgeDiff finds the jobs that grew by more than any of the increases allows.
func JudgeDiff(d *change.Diff, allowed []Increase) *Diff { return &Diff{d, growth(d, allowed)} }

func growth(d *change.Diff, allowed []Increase) (found []Finding) {
	for j, pair := range d.Pairs {
		before := pair.Old
		if before == nil {
			before = &change.Snapshot{}
		}
		was, is := before.Total.PythonMemory, pair.New.Total.PythonMemory
		for k := range allowed {
			if allowed[k].allows(was, is, pair.Old == nil) {
				continue
			}
			grew := fmt.Sprintf("by %s", is-was)
			if percent, ok := change.Grown(was, is).Percent(); ok {
				grew += fmt.Sprintf(" (%.1f%%)", percent)
			}
			quantity := spec.Bytes(was)
			found = append(found, Finding{Rule: memoryIncrease, Severity: memoryIncrease.Severity,
				Message: fmt.Sprintf("the Python memory of job %q grew %s, from %s to %s; allowed is %s", source.Excerpt(pair.New.Job), grew, was, is, allowed[k].Text),
				Fix:     "take less, or --max-increase " + (is - was).String(), Place: pair.New.GrownMost(before), Job: j, JobName: pair.New.Job,
				Subject: Subject{AboutJob, pair.New.Job}, Measured: true, Found: spec.Bytes(is - was), Limit: spec.Bytes(allowed[k].of(was)), Before: &quantity})
		}
	}
	return sorted(found)
}
