package source

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

const codeYAMLSyntax = "yaml-syntax"

// readYAML lets yaml.v3 parse into its nodes and nothing more (decoding with it panics on some inputs,
// rounds numbers and is quadratic in keys), and copies those into a Tree.
func readYAML(f *File) (docs []Node, problems List) {
	roots, failure := parseYAML(f.Text)
	w := yamlWalker{tree: &Tree{File: f}, marks: newMarks(f.Text)}
	w.tree.nodes = make([]node, 0, len(f.Text)/12+16)
	for i, root := range roots {
		if isEmptyDocument(root) {
			if i < len(roots)-1 || i == 0 {
				w.problems.Errorf(Place{f, w.marks.pos(root)}, CodeEmptyDocument, "this document is empty")
			}
			continue
		}
		start := int32(len(w.tree.nodes))
		if w.value(root, 0) {
			docs = append(docs, Node{w.tree, start})
		}
	}
	if w.stopped {
		docs = nil // what was read is not what the file says
	}
	if failure != nil {
		w.problems.yamlSyntax(f, failure)
	} else if len(roots) == 0 {
		w.problems.Errorf(Place{f, AtLine(1)}, CodeEmptyInput, "the input is empty")
	}
	return docs, w.problems
}

// parseYAML returns the root value of every document up to the first failure. The library panics on some
// broken inputs; that is a failure like any other.
func parseYAML(text string) (roots []*yaml.Node, failure error) {
	defer func() {
		if p := recover(); p != nil {
			failure = fmt.Errorf("this is no YAML (%v)", p)
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		document := new(yaml.Node)
		if err := decoder.Decode(document); err != nil {
			if errors.Is(err, io.EOF) {
				return roots, nil
			}
			return roots, err
		}
		if len(document.Content) == 1 {
			roots = append(roots, document.Content[0])
		}
	}
}

// isEmptyDocument tells a document without any text.
func isEmptyDocument(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// yamlSyntax reports the library's error, whose text carries at best a line. For errors of its parser, as
// against its scanner, that line counts from 0, and no line is 0.
func (l *List) yamlSyntax(f *File, failure error) {
	message := strings.TrimPrefix(failure.Error(), "yaml: ")
	line := 1
	if rest, found := strings.CutPrefix(message, "line "); found {
		number, text, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			line, message = n, text
		}
		if fromParser(message) {
			line++
		}
	}
	at := AtLine(min(line, len(f.index().starts)))
	if message == "control characters are not allowed" {
		if i := strings.IndexFunc(f.Text, unprintable); i >= 0 {
			r, _ := utf8.DecodeRuneInString(f.Text[i:])
			at, message = At(i), fmt.Sprintf("found the control character %q, which YAML allows only as an escape in double quotes", string(r))
		}
	}
	if rest, is := strings.CutPrefix(message, "unknown anchor '"); is {
		if i := strings.Index(f.Text, "*"+strings.TrimSuffix(rest, "' referenced")); i >= 0 {
			at = At(i)
		}
	}
	if strings.HasPrefix(message, "exceeded max depth") {
		l.tooDeep(Place{f, at})
		return
	}
	l.Errorf(Place{f, at}, codeYAMLSyntax, "%s", message)
}

func fromParser(message string) bool {
	for _, start := range []string{"did not find expected node content", "did not find expected '-' indicator", "did not find expected key",
		"did not find expected ',' or", "did not find expected <", "found duplicate %", "found incompatible YAML", "found undefined tag"} {
		if strings.HasPrefix(message, start) {
			return true
		}
	}
	return false
}

// unprintable is what yaml.v3's reader refuses.
func unprintable(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85:
		return false
	case r < ' ', r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
		return true
	}
	return false
}
