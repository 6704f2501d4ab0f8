package policy

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
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

// allows tells whether growth from old to now is allowed. A job that was not there has no percentage.
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

// Judge finds the jobs that grew by more than any of the increases allows.
func (d *Diff) Judge(allowed []Increase) {
	rule, _ := Lookup("memory-increase")
	for j, s := range d.now {
		was, before := flink.MemorySize(0), &Snapshot{}
		isNew := d.pairs[j] < 0
		if !isNew {
			before = d.old[d.pairs[j]]
			was = before.Total.PythonMemory
		}
		is := s.Total.PythonMemory
		for k := range allowed {
			if allowed[k].allows(was, is, isNew) {
				continue
			}
			field := Field{Old: size(was), New: size(is)}
			text := fmt.Sprintf("the Python memory of job %q grew by %s, from %s to %s", source.Excerpt(s.Job), is-was, was, is)
			if percent, ok := field.Percent(); ok {
				text = fmt.Sprintf("the Python memory of job %q grew by %s (%.1f%%), from %s to %s", source.Excerpt(s.Job), is-was, percent, was, is)
			}
			beforeQuantity := Bytes(was)
			d.Findings = append(d.Findings, Finding{Rule: rule, Severity: rule.Severity, Message: text + "; allowed is " + allowed[k].Text,
				Fix: "take less, or --max-increase " + (is - was).String(), Place: grownMost(before, s), Job: j, JobName: s.Job,
				Subject: Subject{AboutJob, s.Job}, Measured: true, Found: Bytes(is - was), Limit: Bytes(allowed[k].of(was)), Before: &beforeQuantity})
		}
	}
	d.Findings = sorted(d.Findings)
}

// grownMost is the operator that launches the worker which grew most.
func grownMost(old, now *Snapshot) source.Place {
	best, most := -1, flink.MemorySize(0)
	for j, i := range match(workerNames(old), workerNames(now)).of {
		grown := total(&now.Workers[j])
		if i >= 0 {
			grown -= total(&old.Workers[i])
		}
		if grown > most {
			best, most = j, grown
		}
	}
	if best < 0 {
		return now.Place
	}
	id := grownOperator(old, now, &now.Workers[best])
	if i := slices.IndexFunc(now.Operators, func(o OperatorShot) bool { return o.ID == id }); i >= 0 {
		return now.Operators[i].Place
	}
	return now.Place
}

// grownOperator is the operator of a worker that reserves most more than before, as far as that is known; else the first that is new;
// else the one that launches it.
func grownOperator(old, now *Snapshot, w *WorkerShot) string {
	before := map[string]*OperatorShot{}
	for i := range old.Operators {
		before[old.Operators[i].ID] = &old.Operators[i]
	}
	best, most := "", flink.MemorySize(0)
	for i := range now.Operators {
		o := &now.Operators[i]
		was := before[o.ID]
		if o.Worker != w.ID {
			continue
		}
		if was == nil && best == "" {
			best = o.ID
		}
		if was != nil && was.Known && o.Known && o.ManagedOffHeap-was.ManagedOffHeap > most {
			best, most = o.ID, o.ManagedOffHeap-was.ManagedOffHeap
		}
	}
	if best == "" {
		return w.LaunchedBy
	}
	return best
}

// total is the memory of all processes of a worker, or the most that can be counted.
func total(w *WorkerShot) flink.MemorySize {
	product, ok := flink.Times(w.Memory, int(min(w.Instances, 1<<31)))
	if !ok {
		return 1<<63 - 1
	}
	return product
}
