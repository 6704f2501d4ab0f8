package main

import (
	"fmt"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/measure"
)

// needsFlag is where the size of a worker comes from, or a size.
type needsFlag spec.Needs

func (f *needsFlag) UnmarshalText(text []byte) error {
	switch word := string(text); word {
	case string(spec.FromFLIP88), string(spec.FromMeasured):
		f.From = spec.NeedsFrom(word)
		return nil
	}
	size, err := flink.ParseMemorySize(string(text))
	if err != nil {
		return fmt.Errorf("must be flip-88, measured or a memory size such as 160mb; found %q", source.Excerpt(string(text)))
	}
	f.From, f.Framework = spec.FromOption, size
	return nil
}

// headroomFlag is a percentage, from 0 to 1000.
type headroomFlag float64

func (f *headroomFlag) UnmarshalText(text []byte) error {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(string(text), "%"), 64)
	if err != nil || !(percent >= 0 && percent <= 1000) {
		return fmt.Errorf("must be a percentage from 0%% to 1000%%; found %q", source.Excerpt(string(text)))
	}
	*f = headroomFlag(percent)
	return nil
}

// readNeeds reads the Measurements, and says what workers are taken to need.
func (s *session) readNeeds(f *planFlags) {
	f.needs = spec.Needs(f.FrameworkMemory)
	var all []*measure.Measurement
	for _, path := range f.Measured {
		if file := s.read(path, f.MaxSize); file != nil {
			measured, problems := measure.Read(file)
			s.add(problems)
			all = append(all, measured...)
		}
	}
	for _, m := range all {
		if c := m.Container; c != nil && (f.needs.Container == 0 || c.Limit < f.needs.Container) {
			f.needs.Container = c.Limit
		}
	}
	if largest := measure.Largest(all); largest > 0 {
		f.needs.Largest = withHeadroom(largest, float64(f.Headroom))
	}
}

// withHeadroom is a size and so many percent more, in whole kibibytes.
func withHeadroom(size flink.MemorySize, percent float64) flink.MemorySize {
	const most = 1 << 62
	more := float64(size) * (1 + percent/100)
	if more >= most {
		return most
	}
	const kb = 1 << 10
	return (flink.MemorySize(more) + kb - 1) / kb * kb
}
