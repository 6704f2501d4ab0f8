package main

import (
	"fmt"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/render"
	"udfplan/spec"
	"udfplan/spec/capacity"
)

// mostSwept bounds a sweep: people read it.
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

func (s *session) sweep(c *capacityCommand, conf clusterConfig, jobs []*spec.Spec) exitCode {
	var axes []capacity.Axis
	cells := 1
	for _, text := range c.Sweep {
		a, err := axis(text)
		if cells *= max(1, len(a.Values)); err == nil && (len(axes) == 2 || cells > mostSwept) {
			err = fmt.Errorf("--sweep: at most two, with at most %d configurations", mostSwept)
		}
		if err != nil {
			fmt.Fprintf(s.stderr, "error: %s\n", render.Sanitize(err.Error()))
			return exitUsage
		}
		axes = append(axes, a)
	}
	swept := s.sweepOver(c, conf, jobs, axes)
	if exit := s.tell(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.SweepFormats, c.Output, c.OutputFile, swept, render.Options{})
}

func (s *session) sweepOver(c *capacityCommand, conf clusterConfig, jobs []*spec.Spec, axes []capacity.Axis) *capacity.Sweep {
	cluster := conf.cluster(jobs)
	with := func(config flink.Config, key, value string) flink.Config {
		return config.With(flink.Config{{Key: key, Value: value}})
	}
	if len(axes) == 1 && len(jobs) == 0 {
		return capacity.SweepShares(axes[0], func(value string) flink.Config { return with(conf.Config, axes[0].Key, value) }, cluster.Version, conf.Deployment)
	}
	swept := &capacity.Sweep{Axes: axes}
	columns := []string{""}
	if len(axes) == 2 {
		columns = axes[1].Values
	}
	for _, value := range axes[0].Values {
		var row []capacity.Cell
		for _, column := range columns {
			config := with(conf.Config, axes[0].Key, value)
			if len(axes) == 2 {
				config = with(config, axes[1].Key, column)
			}
			cell := *cluster
			cell.Config = config
			r, _, refused := cell.Assess(jobs) // what it tells is the same for each cell; what does not fit is marked
			if refused != nil {
				row = append(row, capacity.Cell{Config: config, Refused: refused})
				continue
			}
			row = append(row, capacity.CellOf(config, r))
		}
		swept.Cells = append(swept.Cells, row)
	}
	return swept
}
