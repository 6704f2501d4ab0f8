package main

import (
	"slices"

	"udfplan/cmd/udfplan/internal/rest"
)

// basesOf are the running clusters that arguments name, each once.
func basesOf(args []string) (bases []string) {
	for _, arg := range args {
		if !rest.IsURL(arg) {
			continue
		}
		if a, err := rest.Parse(arg); err == nil && !slices.Contains(bases, a.Base) {
			bases = append(bases, a.Base)
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
