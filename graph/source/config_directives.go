package source

import "strings"

// directives makes those that yaml.v3 refuses and YAML 1.2 does not into 1.1, or into comments. Where snakeyaml-engine refuses them, why
// says so of a place: a name that is none, or no --- behind them.
func directives(text string) (out string, bad int, why string) {
	changed, some := []byte(text), false
	for at := 0; at < len(text); at = behindLine(text, at) {
		line := text[at:behindLine(text, at)]
		name := line[1:] // every line has at least its end, or a character
		for name != "" && isWord(name[0]) {
			name = name[1:]
		}
		name = line[1 : len(line)-len(name)]
		switch behind := line[1+len(name):]; {
		case line[0] == '#' || strings.TrimSpace(line) == "":
		case line[0] != '%':
			begins := strings.HasPrefix(line, "---") && (len(line) == 3 || strings.IndexByte(" \t\r\n", line[3]) >= 0)
			if some && !begins {
				return "", at, "a line that begins with % is a directive, behind which a document begins with ---"
			}
			return string(changed), 0, ""
		case name == "" || behind != "" && strings.IndexByte(" \r\n", behind[0]) < 0:
			return "", at, "a line that begins with % is a directive, and this is none"
		case name == "YAML":
			oneOne(changed[at : at+len(line)])
			some = true
		case name != "TAG":
			changed[at] = '#'
			some = true
		default:
			some = true
		}
	}
	if some {
		return "", max(len(text)-1, 0), "behind a directive there is no document"
	}
	return string(changed), 0, ""
}

// behindLine is where the line ends that begins at a place, with its break.
func behindLine(text string, at int) int {
	for ; at < len(text); at++ {
		if size := breakSize(text[at:]); size > 0 && text[at] <= '\r' {
			return at + size
		}
	}
	return at
}

// oneOne makes %YAML 1.x into 1.1, whatever x is.
func oneOne(line []byte) {
	at := strings.Index(string(line), " 1.")
	if at < 0 {
		return
	}
	minor := line[at+len(" 1."):]
	for i := 0; i < len(minor) && minor[i] >= '0' && minor[i] <= '9'; i++ {
		minor[i] = '0'
		if i+1 == len(minor) || minor[i+1] < '0' || minor[i+1] > '9' {
			minor[i] = '1'
		}
	}
}
