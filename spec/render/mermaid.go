package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/spec/change"
)

// mermaidEdges is how many lines a chart may have before Mermaid refuses it (maxEdges of its configuration, which a chart cannot raise).
const mermaidEdges = 500

func writeMermaid(w io.Writer, drawings []*Drawing, _ Options) error {
	var out strings.Builder
	var pictures []*picture
	for _, d := range drawings {
		pictures = append(pictures, paint(d))
	}
	mermaid(&out, pictures)
	_, err := io.WriteString(w, out.String())
	return err
}

// mermaid writes one chart; of several jobs each is a part of it, with a frame of its own.
func mermaid(out *strings.Builder, pictures []*picture) {
	lines := 0
	for _, p := range pictures {
		lines += p.lines()
	}
	if lines > mermaidEdges {
		fmt.Fprintf(out, "%%%% %d lines; where maxEdges is as shipped, Mermaid draws no more than %d\n", lines, mermaidEdges)
	}
	out.WriteString("flowchart LR\n")
	chart := mermaidChart{out: out, indent: "  ", used: map[string]bool{}}
	for i, p := range pictures {
		chart.picture = p
		if len(pictures) > 1 {
			chart.prefix = fmt.Sprintf("j%d", i)
		}
		chart.job()
	}
	out.WriteString(strings.Join(chart.styles, "") + chart.classes())
}

// looks are those of the classes; a worker has that of its colour.
var looks = []struct{ class, look string }{
	{"java", "fill:#e9eef4,stroke:#c3ccd8,color:#1b2430"},
	{"python", "fill:#fff4d6,stroke:#a67c00,stroke-width:2px,color:#1b2430"},
	{"thread", "fill:#fff4d6,stroke:#a67c00,stroke-dasharray:4 3,color:#1b2430"},
	{"large", "fill:#ffe3e6,stroke:#c4162a,stroke-width:3px,color:#1b2430"},
	{"changed", "fill:#fff4d6,stroke:#b4400a,stroke-width:3px,color:#1b2430"},
	{"added", "fill:#ddf4e4,stroke:#157347,stroke-width:3px,color:#1b2430"},
	{"removed", "fill:#ffe3e6,stroke:#b5123f,stroke-width:2px,stroke-dasharray:4 3,color:#1b2430"},
}

// classes defines those that were used.
func (m *mermaidChart) classes() string {
	text := ""
	for _, l := range looks {
		if m.used[l.class] {
			text += "  classDef " + l.class + " " + l.look + "\n"
		}
	}
	for _, c := range workerColors {
		if m.used[c.name] {
			text += "  classDef " + c.name + " fill:#ffffff,stroke:" + c.light + ",stroke-width:2px,color:#1b2430\n"
		}
	}
	return text
}

// lines are what Mermaid counts: edges and ties.
func (p *picture) lines() int {
	n := len(p.edges)
	for w := range p.workers {
		n += len(p.workers[w].rows)
	}
	return n
}

type mermaidChart struct {
	*picture
	out            *strings.Builder
	prefix, indent string
	used           map[string]bool // classes
	links          int             // that were written: Mermaid tells them by their numbers
	styles         []string        // of links
}

func (m *mermaidChart) printf(format string, args ...any) {
	m.out.WriteString(m.indent)
	fmt.Fprintf(m.out, format+"\n", args...)
}

// frame writes a part with a frame and a title, below it what is too large of it.
func (m *mermaidChart) frame(kind string, i int, write func(), tooLarge []string, title ...string) {
	title = append(title, tooLarge...)
	m.printf("subgraph %s%s%d[\"%s\"]", m.prefix, kind, i, mermaidLines(title...))
	m.indent += "  "
	write()
	m.indent = m.indent[2:]
	m.printf("end")
	if len(tooLarge) > 0 {
		m.used["large"] = true
		m.printf("class %s%s%d large", m.prefix, kind, i)
	}
}

func (m *mermaidChart) job() {
	if m.prefix == "" && len(m.tooLarge) == 0 {
		m.printf("%%%% %s: %s", mermaidText(m.name), mermaidText(m.about))
		m.regionsAndEdges()
		return
	}
	m.frame("job", 0, m.regionsAndEdges, m.tooLarge, m.name, m.about)
}

func (m *mermaidChart) regionsAndEdges() {
	boxes, workers := m.inRegions()
	for i := range m.regions {
		r := &m.regions[i]
		m.frame("g", i, func() { m.region(boxes[i], workers[i]) }, r.tooLarge, r.name+" · "+r.detail)
	}
	for _, e := range m.edges {
		arrow := "-->"
		if e.label != "" {
			arrow = "-->|\"" + mermaidText(e.label) + "\"|"
		}
		m.links++
		m.printf("%so%d %s %[1]so%[4]d", m.prefix, e.from, arrow, e.to)
	}
	for w := range m.workers {
		var ties []string
		for _, r := range m.workers[w].rows {
			m.printf("%so%d -.- %[1]sw%[3]d", m.prefix, r, w)
			ties = append(ties, strconv.Itoa(m.links))
			m.links++
		}
		m.styles = append(m.styles, "  linkStyle "+strings.Join(ties, ",")+" stroke:"+workerColors[w%len(workerColors)].light+",stroke-width:2px\n")
	}
}

func (m *mermaidChart) region(boxes, workers []int) {
	for _, b := range boxes {
		box := &m.boxes[b]
		m.frame("c", b, func() {
			for _, row := range box.rows {
				m.row(row)
			}
		}, nil, box.title)
	}
	for _, w := range workers {
		worker := &m.workers[w]
		class, name := workerColors[w%len(workerColors)].name, "worker "+worker.name
		if worker.change != "" {
			name = worker.change + " " + name
		}
		if len(worker.tooLarge) > 0 {
			class = "large"
		}
		m.used[class] = true
		m.printf("%sw%d([\"%s\"]):::%s", m.prefix, w, mermaidLines(append([]string{name, worker.detail}, worker.tooLarge...)...), class)
	}
}

func (m *mermaidChart) row(i int) {
	row := &m.rows[i]
	name, class, open, end := row.name, "java", "[", "]"
	if row.isPython {
		name, class, open, end = "Py "+name, "python", "[[", "]]"
	}
	if row.isInThread {
		class = "thread"
	}
	if row.change != "" {
		name, class = row.change+" "+name, changeClass[row.change]
	}
	if len(row.tooLarge) > 0 {
		class = "large"
	}
	m.used[class] = true
	m.printf("%so%d%s\"%s\"%s:::%s", m.prefix, i, open, mermaidLines(append([]string{name, row.detail}, row.tooLarge...)...), end, class)
}

// changeClass is the class of what changed, by its sign.
var changeClass = map[string]string{change.Changed.String(): "changed", change.Added.String(): "added", change.Removed.String(): "removed"}

func mermaidLines(texts ...string) string {
	lines := make([]string, len(texts))
	for i, text := range texts {
		lines[i] = mermaidText(text)
	}
	return strings.Join(lines, "<br/>")
}

// mermaidText makes a stranger's text safe in a label, in a comment, and in a fenced block of Markdown. Everything that Mermaid could
// take for syntax, a directive (%%{init}%%, which it looks for everywhere), Markdown or HTML is an entity of its own kind, #N;.
func mermaidText(text string) string {
	text = Sanitize(text)
	var out strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune(".)-+", r) && strings.Trim(text[:i], "0123456789") == "": // a list, which Mermaid does not show
			fmt.Fprintf(&out, "#%d;", r)
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r > 0x7F, strings.ContainsRune(" ,.:/-=+()[]", r):
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "#%d;", r)
		}
	}
	return out.String()
}
