package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/flink"
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
	if "--"+key == sweptFramework {
		key = sweptFramework
	}
	a := capacity.Axis{Key: key, OfJobs: !strings.HasPrefix(key, "taskmanager.")}
	_, userMemory := strings.CutPrefix(key, sweptUserMemory)
	a.OfJobsOnly = userMemory || key == sweptFramework
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

// What is swept of jobs and is no option of Flink: the flag's name, and what an operator's functions take.
const (
	sweptFramework  = "--framework-memory" // kong takes it as a value only behind --sweep=; without the dashes always
	sweptUserMemory = "userMemory."
)

func (c *capacityCommand) sweep(s *session, conf clusterConfig, jobs []*spec.Spec) exitCode {
	axes, err := c.axes()
	if err == nil {
		err = sweepable(axes, jobs)
	}
	if err != nil {
		return s.wrongUsage(err.Error(), "")
	}
	swept := conf.cluster(jobs).Sweep(axes, c.planner(s, axes, conf, jobs))
	if exit := s.printProblems(); exit != exitWell {
		return exit
	}
	return writeAs(s, render.SweepFormats, c.Output, c.OutputFile, swept, render.Options{})
}

// sweepable says what is wrong with axes that are no options: nothing is there to change, or a value is no size.
func sweepable(axes []capacity.Axis, jobs []*spec.Spec) error {
	for _, a := range axes {
		if !a.OfJobsOnly {
			continue
		}
		if len(jobs) == 0 {
			return fmt.Errorf("--sweep %s: needs a job", source.Excerpt(a.Key))
		}
		operator, isUser := strings.CutPrefix(a.Key, sweptUserMemory)
		if isUser && !slices.ContainsFunc(jobs, func(s *spec.Spec) bool { return len(pythonCalled(s.Plan.Job, operator)) > 0 }) {
			return fmt.Errorf("--sweep: no job has a Python operator %q", source.Excerpt(operator))
		}
		for _, value := range a.Values {
			var needs needsFlag
			if err := needs.UnmarshalText([]byte(value)); !isUser && err != nil {
				return fmt.Errorf("--sweep %s: %w", a.Key, err)
			}
			if _, err := flink.ParseMemorySize(value); isUser && err != nil {
				return fmt.Errorf("--sweep %s: must be memory sizes such as 100mb,300mb; found %q", source.Excerpt(a.Key), source.Excerpt(value))
			}
		}
	}
	return nil
}

// pythonCalled are the Python operators with that id, or else that name.
func pythonCalled(job *graph.Job, operator string) (found []int) {
	return slices.DeleteFunc(find(job, operator), func(i int) bool { return job.Operators[i].Python == nil })
}

// planner reads and plans the jobs again with what is swept of them.
func (c *capacityCommand) planner(s *session, axes []capacity.Axis, conf clusterConfig, jobs []*spec.Spec) capacity.Planner {
	if len(jobs) == 0 || !slices.ContainsFunc(axes, func(a capacity.Axis) bool { return a.OfJobs }) {
		return capacity.Planned(jobs)
	}
	var sources []*source.File
	for _, sp := range jobs {
		if file := sp.Plan.Job.Place.File; !slices.Contains(sources, file) {
			sources = append(sources, file)
		}
	}
	return func(values []string) (planned []*spec.Spec, refused *flink.Refusal) {
		flags, user := c.sweptFlags(axes, values)
		on := flags.jobFlags.on(conf)
		for _, file := range sources {
			read, problems := document.Join(s.documents(file.Name, file, on))
			for _, job := range read {
				takeUserMemory(job, user)
				sp, more := flags.specOf(job)
				planned, problems = append(planned, sp), append(problems, more...)
			}
			if i := slices.IndexFunc(problems, func(d source.Diagnostic) bool { return d.Severity == source.Error }); i >= 0 {
				return nil, flink.Refuse("", "", problems[i].Message, nil)
			}
		}
		return planned, nil
	}
}

// takeUserMemory sets what the functions of Python operators take; sizes that sweepable has read.
func takeUserMemory(job *graph.Job, user flink.Config) {
	for _, set := range user {
		for _, i := range pythonCalled(job, set.Key) {
			job.Operators[i].Python.UserMemory, _ = flink.ParseMemorySize(set.Value)
		}
	}
}

// sweptFlags are the flags with a value of each axis; user is what operators' functions take, by operator.
func (c *capacityCommand) sweptFlags(axes []capacity.Axis, values []string) (flags planFlags, user flink.Config) {
	flags = c.planFlags
	flags.Define = slices.Clip(flags.Define)
	for i, a := range axes {
		operator, isUser := strings.CutPrefix(a.Key, sweptUserMemory)
		switch {
		case !a.OfJobs:
		case isUser:
			user = append(user, flink.Entry{Key: operator, Value: values[i]})
		case a.Key == sweptFramework:
			var needs needsFlag
			_ = needs.UnmarshalText([]byte(values[i])) // sweepable has read it
			flags.needs.From, flags.needs.Framework = needs.From, needs.Framework
		default:
			flags.Define = append(flags.Define, flink.Entry{Key: a.Key, Value: values[i]})
		}
	}
	return flags, user
}
