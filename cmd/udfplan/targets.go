package main

import (
	"slices"

	"udfplan/cmd/udfplan/internal/rest"
)

// baseOf is the running cluster that an argument names; empty where it names none.
func baseOf(arg string) string {
	if !rest.IsURL(arg) {
		return ""
	}
	a, _ := rest.Parse(arg)
	return a.Base
}

// basesOf are the running clusters that arguments name, each once.
func basesOf(args []string) (bases []string) {
	for _, arg := range args {
		if base := baseOf(arg); base != "" && !slices.Contains(bases, base) {
			bases = append(bases, base)
		}
	}
	return bases
}

// target is what jobs run on: by default, if they all come from one running cluster, that.
func (c *clusterFlags) target(args []string) *clusterFlags {
	bases := basesOf(args)
	if c.FlinkConf != "" || len(bases) != 1 || slices.ContainsFunc(args, func(arg string) bool { return !rest.IsURL(arg) }) {
		return c
	}
	on := *c
	on.FlinkConf = bases[0]
	return &on
}
