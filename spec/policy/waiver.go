package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"udfplan/graph"
	"udfplan/graph/source"
)

// Day is a date as 2027-01-31, which sorts as text; empty: none.
type Day string

// ParseDay reads a day that exists.
func ParseDay(text string) (Day, error) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", fmt.Errorf("must be a day such as 2027-01-31; found %q", source.Excerpt(text))
	}
	return Day(text), nil
}

// Waiver says that findings of some rules are agreed to. It stands in a limits file or, inline, in a comment of the job file.
type Waiver struct {
	Rules  []string
	Job    string // glob on the job's name; empty: every job
	Reason string
	// Expires is the last day on which it is good; empty: it is good for ever.
	Expires Day
	Place   source.Place
	Inline  bool

	job      *regexp.Regexp
	subjects []subjectGlob // of a limits file: all must match
	operator int32         // inline: where it stands; -1: the job
}

type subjectGlob struct {
	kind Kind
	text string
	glob *regexp.Regexp
}

// readRemark reads an inline waiver: ignore RULE, RULE until DAY -- REASON. problem says why it cannot be read.
func readRemark(r graph.Remark) (w Waiver, problem string) {
	w = Waiver{Place: r.Place, Inline: true, operator: r.Operator}
	terms, reason, _ := strings.Cut(" "+r.Text+" ", " -- ")
	w.Reason = strings.TrimSpace(reason)
	words := strings.FieldsFunc(terms, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
	if len(words) == 0 || words[0] != "ignore" {
		return w, "must begin with ignore; found " + found(words)
	}
	for words = words[1:]; len(words) > 0 && words[0] != "until"; words = words[1:] {
		if problem := unwaivable(words[0]); problem != "" {
			return w, problem
		}
		w.Rules = append(w.Rules, words[0])
	}
	if len(w.Rules) == 0 {
		return w, "names no rule"
	}
	if len(words) == 0 {
		return w, ""
	}
	if len(words) != 2 {
		return w, "until must be followed by one day; found " + found(words[1:])
	}
	day, err := ParseDay(words[1])
	if err != nil {
		return w, "until " + err.Error()
	}
	w.Expires = day
	return w, ""
}

func found(words []string) string {
	if len(words) == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%q", source.Excerpt(strings.Join(words, " ")))
}

// unwaivable says why a rule cannot be waived; empty: it can.
func unwaivable(id string) string {
	rule, known := Lookup(id)
	switch {
	case !known:
		return noRule(id)
	case rule.Scope == OfWaiver:
		return id + " is about waivers and cannot be waived"
	case rule.Scope == OfPolicy:
		return id + " is about what a change allows itself and cannot be waived"
	case rule.Scope == OfDiff:
		return id + " is judged by udfplan diff, which has no waivers"
	}
	return ""
}

// good reports whether a waiver waives at all.
func (w *Waiver) good(today Day) bool {
	return w.Reason != "" && !w.expired(today)
}

func (w *Waiver) expired(today Day) bool { return w.Expires != "" && w.Expires < today }

// covers reports whether a finding of a job is one that a waiver of the limits file speaks of.
func (w *Waiver) covers(c *Case, f *Finding) bool {
	switch {
	case !slices.Contains(w.Rules, f.Rule.ID):
		return false
	case w.job != nil && !w.job.MatchString(c.job().Name):
		return false
	}
	if was, renamed := c.formerName(); renamed && w.job != nil && !w.job.MatchString(was) {
		return false
	}
	for _, s := range w.subjects {
		if s.glob != nil && !slices.ContainsFunc(f.operators, func(i int32) bool { return s.matches(c, i) }) {
			return false
		}
	}
	return true
}

// matches reports whether an operator, its worker or its group has a name that matches.
func (s *subjectGlob) matches(c *Case, operator int32) bool {
	name, is := c.nameOf(s.kind, operator)
	return is && s.glob.MatchString(name)
}

// nameOf is the name of an operator, of its worker or of its group; false: it has no worker.
func (c *Case) nameOf(kind Kind, operator int32) (name string, is bool) {
	at := c.Spec.Plan.Operators[operator]
	switch {
	case kind == AboutGroup:
		return c.Spec.Plan.Groups[at.Group].Name, true
	case kind != AboutWorker:
		return c.job().Operators[operator].ID, true
	case at.Worker < 0:
		return "", false
	}
	return c.Spec.Plan.Workers[at.Worker].ID, true
}
