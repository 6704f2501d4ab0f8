package main

import (
	"udfplan/spec/policy"
	"udfplan/spec/render"
)

type rulesCommand struct {
	Rule   string `arg:"" optional:"" predictor:"rule" help:"Only this rule, whole: why, how to pass, an example."`
	Output string `short:"o" enum:"${formats}" default:"text" placeholder:"FORMAT" help:"text, markdown or json."`
}

func (c *rulesCommand) Run(s *session) error {
	var rules []*policy.Rule
	for _, r := range policy.Rules {
		if c.Rule == "" || c.Rule == r.ID {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		return s.wrongUsage(noSuchRule(c.Rule).Error(), "")
	}
	return writeAs(s, render.RuleFormats, c.Output, "", rules, render.Options{})
}
