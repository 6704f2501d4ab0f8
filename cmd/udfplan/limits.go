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
	path := c.Limits
	if path == "" {
		if path = files.FindAbove(limitsName); path != "" {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, source.CodeLimits, "these limits are used")
		}
	}
	limits := s.readLimits(path, c.MaxSize)
	for _, rule := range policy.LimitRules() {
		if flag := c.of(rule); flag.set {
			limits.Set(rule, flag.most, "--max-"+rule.ID)
		}
	}
	return limits
}

// readLimits reads a limits file; without one nothing is limited.
func (s *session) readLimits(path string, most maxSizeFlag) *policy.Limits {
	if path != "" {
		if file := s.read(path, most); file != nil {
			limits, problems := policy.ReadLimits(file)
			s.add(problems)
			return limits
		}
	}
	return &policy.Limits{}
}
