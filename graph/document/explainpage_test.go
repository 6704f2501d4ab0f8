package document

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

// dressings are ways in which people have the text of EXPLAIN; what is read is the same.
var dressings = []struct {
	reason string
	dress  func(text string) string
}{
	{"Windows line ends", func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }},
	{"the SQL client's box", func(text string) string {
		return "+----+\n| result |\n+----+\n| " + strings.TrimRight(text, "\n") + " |\n+----+\n1 row in set\n"
	}},
	{"the box, with Windows line ends, and a prompt before and behind", func(text string) string {
		text = "Flink SQL> EXPLAIN\n> SELECT f(a) FROM t;\n+----+\n| " + text + " |\n+----+\n1 row in set (0.51 seconds)\n\nFlink SQL> quit;\nbye\n"
		return strings.ReplaceAll(text, "\n", "\r\n")
	}},
	{"a box round every line", func(text string) string {
		return "+---+\n" + eachLine(text, func(line string) string { return fmt.Sprintf("| %-200s |", line) }) + "+---+\n"
	}},
	{"common indentation", func(text string) string { return indented(text, "    ") }},
	{"indented by tabs", func(text string) string { return indented(text, "\t\t") }},
	{"a box that is indented", func(text string) string { return indented("+----+\n| "+text+" |\n+----+\n", "  ") }},
	{"a code block in Markdown", func(text string) string { return "```\n" + text + "```\nand so it fails\n" }},
	{"behind the lines of a log", func(text string) string { return "2026-01-01 INFO {job} - starting:\n\ta: [\n" + text }},
	{"without the abstract syntax tree", func(text string) string { return text[strings.Index(text, "== Optimized"):] }},
	{"one section alone", func(text string) string { return onlySections(text, sectionExecution, sectionLogical) }},
}

func eachLine(text string, change func(line string) string) string {
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		out.WriteString(change(line) + "\n")
	}
	return out.String()
}

func indented(text, by string) string {
	return eachLine(text, func(line string) string {
		if line == "" {
			return ""
		}
		return by + line
	})
}

var anyTitle = regexp.MustCompile(`(?m)^== .* ==$`)

func onlySections(text string, titles ...string) (out string) {
	starts := anyTitle.FindAllStringIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		for _, title := range titles {
			if text[at[0]:at[1]] == "== "+title+" ==" {
				out += text[at[0]:end]
			}
		}
	}
	return out
}

// TestExplainAsPeopleHaveIt: every recorded text, in every dress.
func TestExplainAsPeopleHaveIt(t *testing.T) {
	files, _ := filepath.Glob(formatsFolder + "*/*.F.explain*.txt")
	if len(files) < 30 {
		t.Fatalf("%d texts", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := explained(t, file, string(text))
		for _, d := range dressings {
			plain := string(text)
			if strings.Contains(plain, "== "+sectionJSON+" ==\n{") {
				if d.reason == "one section alone" || d.reason == "a box round every line" {
					continue // JSON's own section says more; blanks of a box are no part of its texts
				}
			}
			got := explained(t, d.reason+": "+file, d.dress(plain))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", file, d.reason, diff)
			}
		}
	}
}

func explained(t *testing.T, reason, text string) []seen {
	t.Helper()
	jobs, problems := Read(source.NewFile("explain.txt", []byte(text)), graph.Options{})
	if problems.HasErrors() || len(jobs) != 1 {
		t.Fatalf("%s: %d jobs\n%s\n%s", reason, len(jobs), allSaid(problems), text)
	}
	return seenIn(jobs[0])
}

// TestExplainPhysical: the physical plan alone gives the operators of the execution plan, sub-plans that are used more
// than once included. Literals and conditions are printed otherwise there; MultipleInput and AdaptiveJoin come later.
func TestExplainPhysical(t *testing.T) {
	files, _ := filepath.Glob(formatsFolder + "*/*.F.explain*.txt")
	tried, sharedPlans := 0, 0
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		text := string(bytes)
		if err != nil || !strings.Contains(text, "== "+sectionPhysical+" ==") || strings.Contains(text, "MultipleInput(") || strings.Contains(text, "AdaptiveJoin(") {
			continue // made of others behind the physical plan
		}
		tried++
		if strings.Contains(text, "Reused(") {
			sharedPlans++
		}
		want := shapeOf(explained(t, file, onlySections(text, sectionExecution)))
		for _, titles := range [][]string{{sectionPhysical}, {sectionAST, sectionPhysical}} {
			if diff := cmp.Diff(want, shapeOf(explained(t, file, onlySections(text, titles...)))); diff != "" {
				t.Errorf("%s, %v (-want +got):\n%s", file, titles, diff)
			}
		}
		advised := strings.Replace(onlySections(text, sectionPhysical), sectionPhysical, sectionAdvice, 1) + "\nadvice[1]: [ADVICE] You might want to\nadvice[2]: [WARNING] x\n"
		if diff := cmp.Diff(want, shapeOf(explained(t, file, advised))); diff != "" {
			t.Errorf("%s, with advice (-want +got):\n%s", file, diff)
		}
	}
	if tried < 20 || sharedPlans < 2 {
		t.Errorf("%d texts were tried, %d with a plan that is used twice", tried, sharedPlans)
	}
}

// shapeOf forgets what is in the brackets of names.
func shapeOf(ops []seen) []seen {
	for i := range ops {
		ops[i].Name, _, _ = strings.Cut(ops[i].Name, "(")
	}
	return ops
}

// TestExplainPages: what is a title and what is not, several outputs in one text, places in a box.
func TestExplainPages(t *testing.T) {
	const plan = "== Optimized Execution Plan ==\nPythonCalc(select=[f(a)])\n+- Values(tuples=[])\n"
	for _, row := range []struct {
		text   string
		jobs   int
		want   []string
		reason string
	}{
		{plan + plan, 2, []string{}, "two outputs: a job each"},
		{"Flink SQL> EXPLAIN a;\n" + plan + "\nFlink SQL> EXPLAIN b;\n" + plan + "\nFlink SQL> ", 2, []string{}, "two outputs between prompts"},
		{"== Optimized Physical Plan ==\nValues(tuples=[])\n" + plan, 1, []string{}, "two sections of one output"},
		{"| == Optimized Execution Plan ==\n| Calc(select=[a])\n|    +- broken line |\n", 0, []string{"3:3 bad-tree"}, "places in a box are those of the file"},
		{"\n== Optimized Execution Plan ==\n\n" + plan, 1, []string{"2 missing-key"}, "the place of an output is its first title"},
		{"    == Optimized Execution Plan ==\n    ?\n", 0, []string{"2:5 bad-tree"}, "places behind an indentation"},
		{"operators: [{id: a}]\nname: |-\n  == Optimized Execution Plan ==\n  Calc()\n", 1, []string{}, "a text in YAML is none of EXPLAIN"},
		{"== Abstract Syntax Tree ==\nLogicalSink()\n", 0, []string{"1 missing-key"}, "an abstract syntax tree is no plan"},
		{"== Physical Execution Plan ==\n\nStage 1 : Data Source\n\tcontent : Source: s\n", 0, []string{"1 missing-key"}, "the text of 1.10 to 1.12"},
		{plan + "\n== GPU Offload ==\nCPU: below the floor\n", 1, []string{}, "a section of somebody's own ends Flink's"},
		{"|== Optimized Execution Plan ==\n|Calc(select=[a])|\n", 1, []string{}, "a box without blanks"},
	} {
		jobs, problems := readText(row.text, graph.Options{})
		if diff := cmp.Diff(row.want, told(particular(problems))); diff != "" || len(jobs) != row.jobs {
			t.Errorf("%s: %d jobs (-want +got):\n%s\n%s", row.reason, len(jobs), diff, allSaid(problems))
		}
	}
}
