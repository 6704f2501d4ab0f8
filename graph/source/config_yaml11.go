package source

import "strings"

// yaml.v3 reads YAML 1.1, Flink's snakeyaml-engine 1.2. What is one thing in the one and another in the other is told to yaml.v3 by
// characters that the text does not have, and that are given back in what it read.

// yaml11 turns YAML 1.2 into what yaml.v3 takes, byte for byte as long; false where its directives are refused.
func (r *configReader) yaml11() (string, bool) {
	text, bad, why := directives(r.read.Text)
	if why != "" {
		r.problems.Errorf(r.at(At(bad)), codeYAMLSyntax, "%s", why)
		return "", false
	}
	text, back := standIns(text)
	var to []string
	for i, stranger := range []string{"\u0085", "\u2028", "\u2029"} {
		if spare := spareRune(text, len(stranger), i); spare != "" && strings.Contains(text, stranger) {
			to, back = append(to, stranger, spare), append(back, spare, stranger)
		}
	}
	if strings.Contains(text, `\/`) {
		if r.slash = spareRune(text, len(`\/`), len(to)); r.slash != "" {
			to = append(to, `\\`, `\\`, `\/`, r.slash)
		}
	}
	r.restore = strings.NewReplacer(back...)
	return strings.NewReplacer(to...).Replace(text), true
}

// spareRune is a character of that many bytes that the text does not have; the next ones for the next call.
func spareRune(text string, size, from int) string {
	first := map[int]rune{2: 0x700, 3: 0xE000}[size]
	for c := first + rune(from); c < first+0x100; c++ {
		if !strings.ContainsRune(text, c) {
			return string(c)
		}
	}
	return ""
}

// standIns puts a letter or digit that the text does not have in the place of each byte that only YAML 1.2 allows there: a question
// mark that is no indicator inside brackets, and what is neither letter nor digit in the name of an anchor. back gives them back.
func standIns(text string) (_ string, back []string) {
	const letters = "QZXJVWKYqzxjvwkyGHUBPFDghubpfd0987654321"
	out, of, next := []byte(text), map[byte]byte{}, 0
	put := func(at int) {
		for ; of[text[at]] == 0 && next < len(letters); next++ {
			if strings.IndexByte(text, letters[next]) < 0 {
				of[text[at]] = letters[next]
				back = append(back, letters[next:next+1], text[at:at+1])
			}
		}
		if of[text[at]] != 0 {
			out[at] = of[text[at]]
		}
	}
	for i := range len(text) {
		switch text[i] {
		case '?':
			if !isYAMLKey(text, i) {
				put(i)
			}
		case '&', '*':
			for j, end := i+1, behindAnchor(text, i); j < end; j++ {
				if !isWord(text[j]) {
					put(j)
				}
			}
		}
	}
	return string(out), back
}

// isYAMLKey tells a question mark that stands before a key, or that both versions refuse.
func isYAMLKey(text string, at int) bool {
	next := byte(' ')
	if at+1 < len(text) {
		next = text[at+1]
	}
	begins := at == 0 || strings.IndexByte(" \t\r\n[{,", text[at-1]) >= 0
	return begins && strings.IndexByte(" \t\r\n,]", next) >= 0
}

// behindAnchor is where the name ends of the anchor or alias that begins at a place; the place itself if none does. What has quotes
// is left alone: it may be a text.
func behindAnchor(text string, at int) int {
	before := strings.TrimRight(text[:at], " ")
	if before != "" && (strings.IndexByte("\r\n[{,-?:", before[len(before)-1]) < 0 || len(before) == at && strings.IndexByte("-?:", before[len(before)-1]) >= 0) {
		return at
	}
	end := at + 1
	for end < len(text) && strings.IndexByte(" \t\r\n,[]{}/.*&", text[end]) < 0 {
		if text[end] == '"' || text[end] == '\'' {
			return at
		}
		end++
	}
	return end
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}
