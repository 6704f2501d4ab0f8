package main

import (
	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// limitsName is the name of a limits file that is used without --limits.
const limitsName = ".udfplan.yaml"

// limits reads the limits file that is named or found; the flags are stronger.
func (s *session) limits(c *checkCommand) *policy.Limits {
	limits, path := &policy.Limits{}, c.Limits
	if path == "" {
		if path = files.FindAbove(limitsName); path != "" {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, source.CodeLimits, "these limits are used")
		}
	}
	if path != "" {
		if file := s.read(path, c.MaxSize); file != nil {
			read, problems := policy.ReadLimits(file)
			limits = read
			s.add(problems)
		}
	}
	for _, rule := range policy.LimitRules() {
		if flag := c.of(rule); flag.set {
			limits.Set(rule, flag.most, "--max-"+rule.ID)
		}
	}
	return limits
}
