package render

import (
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// SARIF 2.1.0 (OASIS), as far as code scanning reads it. Columns count code points, as everywhere in udfplan.

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifRule struct {
	ID            string     `json:"id"`
	Short         sarifText  `json:"shortDescription"`
	Full          sarifText  `json:"fullDescription"`
	Help          sarifText  `json:"help"`
	Configuration sarifLevel `json:"defaultConfiguration"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations,omitempty"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifText     `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifLogical struct {
	Name          string `json:"name"`
	QualifiedName string `json:"fullyQualifiedName"`
	Kind          string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string           `json:"kind"`
	Justification string           `json:"justification"`
	Location      *sarifSuppressed `json:"location,omitempty"`
}

type sarifSuppressed struct {
	Physical *sarifPhysical `json:"physicalLocation"`
}

func writeSARIF(w io.Writer, r *policy.Report, o Options) error {
	s := sarifWriter{index: map[string]int{}, seen: fingerprints{}}
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "udfplan"}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	for i, rule := range policy.Rules {
		s.index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(rule))
	}
	findings := shown(r.Findings, o)
	for i := range findings {
		run.Results = append(run.Results, s.result(&findings[i]))
	}
	if o.ShowWaived {
		for i := range r.Waived {
			run.Results = append(run.Results, s.result(&r.Waived[i]))
		}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func sarifRuleOf(r *policy.Rule) sarifRule {
	markdown := escapeMarkdown(r.Why) + "\n\n" + escapeMarkdown(r.Fix)
	if r.Example != "" {
		markdown += "\n\nFor example:\n\n```yaml\n" + r.Example + "```\n"
	}
	return sarifRule{ID: r.ID, Short: sarifText{Text: r.Doc}, Full: sarifText{Text: r.Why},
		Help: sarifText{Text: r.Why + "\n" + r.Fix, Markdown: markdown}, Configuration: sarifLevel{r.Severity.String()}}
}

type sarifWriter struct {
	index map[string]int
	seen  fingerprints
}

func (s *sarifWriter) result(f *policy.Finding) sarifResult {
	file := ""
	if f.Place.File != nil {
		file = f.Place.File.Name
	}
	result := sarifResult{RuleID: f.Rule.ID, RuleIndex: s.index[f.Rule.ID], Level: f.Severity.String(), Message: sarifText{Text: withFix(f, "\nTo pass: ")},
		Fingerprints: map[string]string{"udfplan/v1": s.seen.of(f, file)}}
	if at := physical(f.Place); at != nil {
		result.Locations = []sarifLocation{{Physical: at, Logical: logical(f)}}
	}
	for i, related := range f.Related {
		if at := physical(related.Place); at != nil {
			result.Related = append(result.Related, sarifLocation{ID: i + 1, Physical: at, Message: &sarifText{Text: related.Message}})
		}
	}
	if w := f.Waiver; w != nil {
		suppression := sarifSuppression{Kind: "external", Justification: Sanitize(waivedBy(w))}
		if w.Inline {
			suppression.Kind = "inSource"
		}
		if at := physical(w.Place); at != nil {
			suppression.Location = &sarifSuppressed{at}
		}
		result.Suppressions = []sarifSuppression{suppression}
	}
	return result
}

// physical is the place in a file; nil for what stands on the command line or came from standard input.
func physical(at source.Place) *sarifPhysical {
	if !isFile(at) {
		return nil
	}
	p := &sarifPhysical{Artifact: sarifArtifact{fileURI(at.File.Name)}}
	if line, column := at.File.Position(at.Pos); line > 0 {
		p.Region = &sarifRegion{line, column}
	}
	return p
}

// isFile reports whether a place is in a file: names such as <stdin> and -D are not files.
func isFile(at source.Place) bool {
	return at.File != nil && at.File.Name != "" && !strings.HasPrefix(at.File.Name, "-") && at.File.Name != source.StdinName
}

// fileURI is a file's name as a URI, relative where the name is.
func fileURI(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	u := url.URL{Path: name}
	if strings.HasPrefix(name, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

func logical(f *policy.Finding) []sarifLogical {
	if f.Job < 0 {
		return nil
	}
	name := Sanitize(f.JobName)
	if f.Subject.Kind == policy.AboutJob {
		return []sarifLogical{{name, name, "job"}}
	}
	return []sarifLogical{{Sanitize(f.Subject.Name), name + "/" + Sanitize(f.Subject.Name), f.Subject.Kind.String()}}
}
