package main

import (
	"os"
	"path/filepath"

	"udfplan/cmd/udfplan/internal/files"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// limitsName is what a limits file is called that is found by itself.
const limitsName = ".udfplan.yaml"

// limits reads the limits file that is named or found, the flags over it.
func (s *session) limits(c *checkCommand) *policy.Limits {
	limits, path := &policy.Limits{}, c.Limits
	if path == "" {
		if path = findLimits(); path != "" {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, "limits", "these limits are used")
		}
	}
	if path != "" {
		if file, ok := s.readOne(path, c.MaxSize); ok {
			read, problems := policy.ReadLimits(file)
			limits = read
			s.problems = append(s.problems, problems...)
		}
	}
	for _, rule := range policy.LimitRules() {
		if flag := c.of(rule); flag.set {
			limits.Set(rule, flag.most, "--max-"+rule.ID)
		}
	}
	return limits
}

// findLimits looks for a limits file here and in the folders above, up to that of the repository; without a repository only
// here. Empty: there is none.
func findLimits() string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	var found string
	for folder, up := here, ""; ; folder, up = filepath.Dir(folder), filepath.Join(up, "..") {
		if path := filepath.Join(up, limitsName); found == "" && files.Exists(path) {
			found = path
		}
		if files.Exists(filepath.Join(folder, ".git")) {
			return found
		}
		if filepath.Dir(folder) == folder { // no repository
			if found == limitsName {
				return found
			}
			return ""
		}
	}
}

// withoutCompanions leaves out the files that were read already: a folder of jobs may hold the limits and the cluster's configuration too.
func (s *session) withoutCompanions(paths []string) []string {
	rest := s.in.Without(paths)
	if len(rest) == 0 {
		return paths // somebody meant them
	}
	return rest
}
