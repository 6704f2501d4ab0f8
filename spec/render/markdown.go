package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

func writeMarkdown(w io.Writer, specs []*spec.Spec, _ Options) error {
	var out strings.Builder
	for i, s := range specs {
		if i > 0 {
			out.WriteByte('\n')
		}
		m := markdown{s, markdownTable{&out}}
		m.job()
	}
	_, err := io.WriteString(w, out.String())
	return err
}

type markdown struct {
	*spec.Spec
	markdownTable
}

// markdownTable writes a table by hand: tablewriter's renderer does not escape `|`.
type markdownTable struct{ out *strings.Builder }

// header begins a table; right has an r for every column of numbers, and any other letter, or nothing, for one of texts.
func (t markdownTable) header(right string, cells ...string) {
	t.row(cells...)
	rule := make([]string, len(cells))
	for i := range cells {
		if rule[i] = "---"; i < len(right) && right[i] == 'r' {
			rule[i] = "--:"
		}
	}
	t.row(rule...)
}

// row writes cells as they are, texts cells of strangers' texts.
func (t markdownTable) row(cells ...string) {
	t.out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (t markdownTable) texts(cells ...string) {
	escaped := make([]string, len(cells))
	for i, text := range cells {
		escaped[i] = escapeMarkdown(text)
	}
	t.row(escaped...)
}

func (m *markdown) job() {
	fmt.Fprintf(m.out, "### %s\n\n%s; **%s in %s**, %s\n\n", escapeMarkdown(m.Plan.Job.Name), headline(m.Spec),
		m.Total.PythonMemory, source.Count(m.Total.Workers, "Python worker"), source.Count(m.Total.Slots, "slot"))
	m.header("  r rr", "Chain", "Operator", "Parallelism", "Python worker", "Task heap", "Managed off-heap")
	for c := range m.Plan.Chains {
		for k, i := range m.Plan.Chains[c].Operators {
			chain := ""
			if k == 0 {
				chain = escapeMarkdown(m.Plan.Job.Operators[i].ID)
			}
			m.operator(chain, i)
		}
	}
	m.row("**Total**", "", "", "**"+source.Count(m.Total.Workers, "worker")+"**", "**"+m.known(m.Total.TaskHeap)+"**", "**"+m.known(m.Total.ManagedOffHeap)+"**")
	if len(m.Workers) == 0 {
		return
	}
	m.out.WriteByte('\n')
	m.header(" rrrrr", "Python worker", "Processes", "Framework", "Buffers", "User", "Memory each")
	for w := range m.Workers {
		mem := &m.Workers[w]
		m.row(escapeMarkdown(m.Plan.Workers[w].ID), strconv.Itoa(mem.Instances), mem.Framework.String(), mem.Buffers.String(), mem.UserMemory.String(), mem.Memory.String())
	}
}

func (m *markdown) operator(chain string, i int32) {
	op := &m.Plan.Job.Operators[i]
	worker := ""
	if w := m.Plan.Operators[i].Worker; w >= 0 {
		worker = "shares "
		if m.Plan.Workers[w].LaunchedBy == i {
			worker = "launches "
		}
		worker += escapeMarkdown(m.Plan.Workers[w].ID)
	} else if op.Python != nil {
		worker = "thread mode"
	}
	m.row(chain, escapeMarkdown(op.Name), strconv.Itoa(int(op.Parallelism)), worker, m.known(m.Operators[i].TaskHeap), m.known(m.Operators[i].ManagedOffHeap))
}

func (m *markdown) known(size flink.MemorySize) string {
	if !m.Known {
		return "unknown"
	}
	return size.String()
}

// escapeMarkdown keeps a stranger's name one cell of plain text: no markup, no HTML, no mention of a person.
func escapeMarkdown(text string) string {
	text = Sanitize(text)
	if !strings.ContainsAny(text, "\\`*_{}[]()<>#+!|~@&$") {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch r {
		case '<':
			out.WriteString("&lt;")
		case '>':
			out.WriteString("&gt;")
		case '&':
			out.WriteString("&amp;")
		case '@':
			out.WriteString("&#64;")
		case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '|', '~', '!', '$':
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
