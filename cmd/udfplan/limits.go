package main

import (
	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// limitsName is the name of a limits file that is used without --limits.
const limitsName = ".udfplan.yaml"

// limits reads the limits file that is named or found, or what a revision has of it; the flags are stronger. said: one of them says what is
// allowed.
func (s *session) limits(run *checkRun) (limits *policy.Limits, said bool) {
	c := run.command
	path := c.Limits
	if path == "" {
		if path = files.FindAbove(limitsName); path != "" && run.revision == nil {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, source.CodeLimits, "these limits are used")
		}
	}
	limits, said = s.readLimits(path, c.MaxSize), path != ""
	if run.revision != nil {
		had := false
		limits, had = s.limitsAt(run.revision, path, limits, c)
		said = said || had
	}
	for _, rule := range policy.LimitRules() {
		if flag := c.of(rule); flag.set {
			limits.Set(rule, flag.most, "--max-"+rule.ID)
			said = true
		}
	}
	return limits, said
}

// noteNoLimits says where a limits file was looked for: one that lies elsewhere, or a run in another folder, would leave a gate open
// unseen. It is told beside a cluster too, which bounds other things.
func (s *session) noteNoLimits() {
	where := "in this folder, which is in no git repository"
	if files.InGit() {
		where = "in this folder or above it in the repository"
	}
	s.problems.Notef(source.Place{}, source.CodeNoLimits, "no limits file was found: there is no %s %s", limitsName, where).
		Hint = "write into it what is allowed, such as limits: {worker: {memory: 512mb}}; or say --max-worker-memory 512mb, or --limits FILE"
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
