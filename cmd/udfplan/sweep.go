package main

import (
	"fmt"
	"strconv"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/render"
)

// mostSwept bounds the cells of a sweep: people read it.
const mostSwept = 10_000

// axis reads KEY=1..8 or KEY=1g,2g; where values hold commas, ; separates them.
func axis(text string) (capacity.Axis, error) {
	key, values, found := strings.Cut(text, "=")
	if !found || key == "" || values == "" {
		return capacity.Axis{}, fmt.Errorf("--sweep: must be KEY=VALUES; found %q", source.Excerpt(text))
	}
	a := capacity.Axis{Key: key}
	if from, to, isRange := strings.Cut(values, ".."); isRange {
		low, errLow := strconv.Atoi(from)
		high, errHigh := strconv.Atoi(to)
		if errLow != nil || errHigh != nil || high < low || high-low >= mostSwept {
			return a, fmt.Errorf("--sweep: must be a range such as 1..8; found %q", source.Excerpt(values))
		}
		for n := low; n <= high; n++ {
			a.Values = append(a.Values, strconv.Itoa(n))
		}
		return a, nil
	}
	separator := ","
	if strings.Contains(values, ";") {
		separator = ";"
	}
	a.Values = strings.Split(values, separator)
	return a, nil
}

// axes are those of --sweep: at most two, of a bounded number of cells.
func (c *capacityCommand) axes() (axes []capacity.Axis, err error) {
	cells := 1
	for _, text := range c.Sweep {
		a, err := axis(text)
		if err != nil {
			return nil, err
		}
		if cells *= len(a.Values); len(axes) == 2 || cells > mostSwept {
			return nil, fmt.Errorf("--sweep: at most two, with at most %d configurations", mostSwept)
		}
		axes = append(axes, a)
	}
	return axes, nil
}

func (c *capacityCommand) sweep(s *session, cluster *capacity.Cluster, jobs []*spec.Spec) exitCode {
	axes, err := c.axes()
	if err != nil {
		return s.wrongUsage(err.Error(), "")
	}
	swept := cluster.Sweep(axes, jobs)
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.SweepFormats, c.Output, c.OutputFile, swept, render.Options{})
}
