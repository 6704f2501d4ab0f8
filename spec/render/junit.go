package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// JUnit XML as Jenkins' xunit plugin describes it (junit-10.xsd): a suite for each job, in it a case for each rule that was
// judged. It carries no time: the same input gives the same bytes.

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	File     string      `xml:"file,attr,omitempty"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Class     string        `xml:"classname,attr"`
	Skipped   *junitSkipped `xml:"skipped"`
	Failure   *junitFailure `xml:"failure"`
	SystemOut string        `xml:"system-out,omitempty"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func writeJUnit(w io.Writer, r *policy.Report, o Options) error {
	byJob, besides := findingsByJob(r, o)
	suites := junitSuites{Name: "udfplan"}
	for j := range r.Jobs {
		job := &r.Jobs[j]
		suite := junitSuite{Name: Sanitize(job.Name), File: Sanitize(job.File)}
		for _, rule := range job.Judged {
			suite.add(rule, byJob[j], r.FailOn)
		}
		suites.add(suite)
	}
	if len(besides) > 0 {
		suite := junitSuite{Name: "besides the jobs"}
		for _, rule := range policy.Rules {
			if len(ofRule(besides, rule)) > 0 {
				suite.add(rule, besides, r.FailOn)
			}
		}
		suites.add(suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(suites); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// findingsByJob divides findings; what is waived is there if it is to be shown.
func findingsByJob(r *policy.Report, o Options) (byJob [][]*policy.Finding, besides []*policy.Finding) {
	byJob = make([][]*policy.Finding, len(r.Jobs))
	put := func(findings []policy.Finding) {
		for i := range findings {
			if f := &findings[i]; f.Job >= 0 {
				byJob[f.Job] = append(byJob[f.Job], f)
			} else {
				besides = append(besides, f)
			}
		}
	}
	put(shown(r.Findings, o))
	if o.ShowWaived {
		put(r.Waived)
	}
	return byJob, besides
}

func ofRule(findings []*policy.Finding, rule *policy.Rule) (of []*policy.Finding) {
	for _, f := range findings {
		if f.Rule == rule {
			of = append(of, f)
		}
	}
	return of
}

func (s *junitSuites) add(suite junitSuite) {
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Suites = append(s.Suites, suite)
}

// add makes the case of a rule: it fails with what fails the run, tells what does not, and is skipped where all is waived.
func (s *junitSuite) add(rule *policy.Rule, findings []*policy.Finding, failOn source.Severity) {
	c := junitCase{Name: rule.ID, Class: s.Name}
	var failed, told, waived []string
	for _, f := range ofRule(findings, rule) {
		switch text := junitText(f); {
		case f.Waiver != nil:
			waived = append(waived, Sanitize(f.Message)+": "+Sanitize(waivedBy(f.Waiver)))
		case f.Severity <= failOn:
			failed = append(failed, text)
		default:
			told = append(told, text)
		}
	}
	switch {
	case len(failed) > 0:
		first, _, _ := strings.Cut(failed[0], "\n")
		c.Failure = &junitFailure{Message: first, Type: rule.ID, Text: strings.Join(failed, "\n")}
		s.Failures++
	case len(waived) > 0 && len(told) == 0:
		c.Skipped = &junitSkipped{"waived: " + strings.Join(waived, "; ")}
		s.Skipped++
	}
	c.SystemOut = strings.Join(told, "\n")
	s.Tests++
	s.Cases = append(s.Cases, c)
}

func junitText(f *policy.Finding) string {
	text := fmt.Sprintf("%s: %s", f.Severity, Sanitize(f.Message))
	if place := f.Place.String(); place != "" {
		text = Sanitize(place) + ": " + text
	}
	if f.Fix != "" {
		text += "\n  to pass: " + Sanitize(f.Fix)
	}
	return text
}
