package source

import (
	"strings"
	"unicode/utf8"
)

// MaxDepth is how deep a text may nest. Job files need five levels, Flink's own documents some dozens.
const MaxDepth = 1000

// Read reads every document of a text: of YAML those between `---`, of JSON one value after the other.
// Text that begins with a bracket and is JSON is read as JSON, any other as YAML; the file's name never
// decides. Documents before a syntax error are returned with it.
func Read(f *File) ([]Node, List) {
	var problems List
	if bad, found := invalidUTF8(f.Text); found {
		d := problems.Errorf(Place{f, At(bad)}, CodeNotUTF8, "the text is not UTF-8: found the byte 0x%02X", f.Text[bad])
		if strings.HasPrefix(f.Text, "\xFF\xFE") || strings.HasPrefix(f.Text, "\xFE\xFF") {
			d.Hint = "it looks like UTF-16; save it as UTF-8"
		}
		return nil, problems
	}
	rest := strings.TrimLeft(f.Text, " \t\r\n")
	if rest == "" {
		problems.Errorf(Place{f, AtLine(1)}, CodeEmptyInput, "the input is empty")
		return nil, problems
	}
	if rest[0] != '{' && rest[0] != '[' {
		return readYAML(f)
	}
	docs, jsonProblems, isJSON := readJSON(f)
	if isJSON {
		return docs, jsonProblems
	}
	yamlDocs, yamlProblems := readYAML(f)
	if yamlProblems.Has(CodeYAMLSyntax) && looksLikeJSON(rest) {
		return docs, jsonProblems
	}
	return yamlDocs, yamlProblems
}

// ReadJSON is Read for a text that is JSON and nothing else; false where it is not, or is not UTF-8.
func ReadJSON(f *File) ([]Node, List, bool) {
	if rest := strings.TrimLeft(f.Text, " \t\r\n"); rest == "" || rest[0] != '{' && rest[0] != '[' || !utf8.ValidString(f.Text) {
		return nil, nil, false
	}
	return readJSON(f)
}

// looksLikeJSON: the second token is a quoted text, which people seldom write in flow YAML.
func looksLikeJSON(rest string) bool {
	return strings.HasPrefix(strings.TrimLeft(rest[1:], " \t\r\n"), `"`)
}

// Has reports whether any entry has that code.
func (l List) Has(code string) bool {
	for _, d := range l {
		if d.Code == code {
			return true
		}
	}
	return false
}

func invalidUTF8(text string) (offset int, found bool) {
	if utf8.ValidString(text) {
		return 0, false
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i, true
			}
		}
	}
	return 0, false
}
