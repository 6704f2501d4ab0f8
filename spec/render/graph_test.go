package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// randomJob is a job of a few operators, with names of any length.
func randomJob(r *rand.Rand) []byte {
	alphabet := []rune("abcXYZWM 0189._-@[](){}<>&\"'\\|%#;`éЖ日本語😀\u202e")
	text := func() string {
		name := make([]rune, 1+r.IntN(60))
		for i := range name {
			name[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(name)
	}
	var ops []string
	for i := range 1 + r.IntN(12) {
		op := fmt.Sprintf(`{"id": %q, "name": %s, "slotSharingGroup": "g%d", "parallelism": %d`, strconv.Itoa(i), quoted(text()), r.IntN(2), 1+r.IntN(3))
		if r.IntN(2) == 0 {
			op += `, "python": true`
		}
		if i > 0 {
			op += fmt.Sprintf(`, "inputs": ["%d", {"from": "%d", "shipStrategy": "hash"}]`, r.IntN(i), r.IntN(i))
		}
		ops = append(ops, op+"}")
	}
	return fmt.Appendf(nil, `{"name": %s, "operators": [%s]}`, quoted(text()), strings.Join(ops, ","))
}

func quoted(text string) string {
	e := emitter{json: true}
	return string(e.quote(nil, text))
}

// TestLabelsFit: in the drawings of many jobs every label is within what it stands in.
func TestLabelsFit(t *testing.T) {
	labels := 0
	for seed := range uint64(300) {
		s := specOf(randomJob(rand.New(rand.NewPCG(17, seed))))
		if s == nil {
			t.Fatalf("seed %d: no job", seed)
		}
		for _, chainsOnly := range []bool{false, true} {
			svg := SVG(&Drawing{Spec: s, ChainsOnly: chainsOnly}, SVGOptions{})
			if again := SVG(&Drawing{Spec: s, ChainsOnly: chainsOnly}, SVGOptions{}); again != svg {
				t.Fatalf("seed %d: another time another drawing", seed)
			}
			n, problems := labelsOutside(svg)
			labels += n
			for _, p := range problems {
				t.Errorf("seed %d: %s", seed, p)
			}
		}
	}
	if labels < 10_000 {
		t.Errorf("only %d labels were looked at", labels)
	}
}

// labelsOutside looks at every label and the rectangle in front of it that it stands in.
func labelsOutside(svg string) (labels int, problems []string) {
	var around [4]int
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return labels, problems
		}
		if err != nil {
			return labels, append(problems, err.Error())
		}
		start, is := token.(xml.StartElement)
		if !is {
			continue
		}
		at := map[string]string{}
		for _, a := range start.Attr {
			at[a.Name.Local] = a.Value
		}
		number := func(key string) int { n, _ := strconv.Atoi(at[key]); return n }
		switch box := at["class"]; {
		case start.Name.Local == "rect":
			around = [4]int{number("x"), number("y"), number("x") + number("width"), number("y") + number("height")}
		case start.Name.Local == "text" && box != "u-why" && box != "u-pytext":
			text, _ := decoder.Token()
			label := string(text.(xml.CharData))
			labels++
			size := map[string]int{"u-name": nameSize, "u-head": headSize}[box]
			from, to := number("x"), number("x")+textWidth(label, max(size, detailSize))
			if strings.HasSuffix(box, "u-end") {
				from, to = from-textWidth(label, detailSize), number("x")
			}
			if y := number("y"); from < around[0] || to > around[2] || y < around[1] || y > around[3] {
				problems = append(problems, fmt.Sprintf("%q from %d to %d is not within %v", label, from, to, around))
			}
		}
	}
}

// TestCutTo: what is cut says so, and is as long as there is room for.
func TestCutTo(t *testing.T) {
	for _, row := range []struct {
		text string
		most int
		want string
	}{
		{"clean", 100, "clean"},
		{"a long name of an operator", 100, "a long nam…"},
		{"日本語の演算子", 60, "日本語…"},
		{"clean", 3, "…"},
	} {
		if got := cutTo(row.text, 13, row.most); got != row.want {
			t.Errorf("cutTo(%q, %d) = %q, want %q", row.text, row.most, got, row.want)
		}
	}
}

var (
	mermaidLine  = regexp.MustCompile(`^ *(?:%% [^%]*|flowchart LR|end|subgraph \w+\["[^"]*"\]|[oj]\w+\[{1,2}"[^"]*"\]{1,2}:::\w+|\w+\(\["[^"]*"\]\):::\w+|\w+ (?:-->|-->\|"[^"]*"\||-\.-) \w+|linkStyle [\d,]+ [\w:#,-]+|class \w+ \w+|classDef \w+ [\w:#, -]+)$`)
	dotStatement = regexp.MustCompile(`^ *(?:\}|digraph Q \{|subgraph \w+ \{|(?:\w+|\w+ -> \w+)(?: \[\w+=[\wQ.]+(?:, \w+=[\wQ.]+)*\])?)$`)
	dotQuoted    = regexp.MustCompile(`"(?:[^"\\\n]|\\["\\n])*"`)
)

// FuzzDrawings: whatever a name is, a drawing is one drawing: XML of known elements, and lines of known forms.
func FuzzDrawings(f *testing.F) {
	for _, name := range []string{"a", `"]`, "]]>", "<script>", "%%{init: {}}%%", "`x`", `\`, `\"`, "&amp;", "#quot;", "\x00\x1b\u2028", "1. x", "end", "-->", "😀\xff"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s := specOf(named(name))
		if s == nil {
			return
		}
		drawings := []*Drawing{{Spec: s}, {Spec: s, ChainsOnly: true}}
		for _, format := range GraphFormats {
			var out strings.Builder
			if err := format.Write(&out, drawings, Options{}); err != nil {
				t.Fatal(err)
			}
			if wrong := drawingWrong(format.Name, out.String()); wrong != "" {
				t.Fatalf("%q as %s: %s", name, format.Name, wrong)
			}
		}
	})
}

func drawingWrong(format, text string) string {
	switch format {
	case "svg":
		return svgWrong(text)
	case "dot":
		text = dotQuoted.ReplaceAllString(text, "Q")
		return wrongLine(text, dotStatement)
	}
	if strings.Contains(text, "%%{") || strings.Contains(text, "```") {
		return "a directive, or the end of a fence"
	}
	return wrongLine(text, mermaidLine)
}

func wrongLine(text string, form *regexp.Regexp) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); !form.MatchString(line) {
			return "a line of no known form: " + line
		}
	}
	return ""
}

func svgWrong(text string) string {
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return ""
		}
		if err != nil {
			return err.Error()
		}
		switch token := token.(type) {
		case xml.StartElement:
			if name := token.Name.Local; !strings.Contains(" svg title style g rect path text ", " "+name+" ") {
				return "an element " + name
			}
			for _, a := range token.Attr {
				if !strings.Contains(" xmlns class role width height viewBox x y rx d transform ", " "+a.Name.Local+" ") {
					return "an attribute " + a.Name.Local
				}
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			return "more than elements"
		}
	}
}
