package taskmanager

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"udfplan/graph/flink"
	"udfplan/graph/flink/conf"
)

// parseNamedWeights reads the text of an option that is a map: from 1.19 on as YAML, unless a flink-conf.yaml is in use,
// and where that fails, for whatever reason, as `K:v,K:v` (ConfigurationUtils.convertToProperties).
func parseNamedWeights(text string, v flink.Version, asYAML bool) (namedWeights, *flink.Refusal) {
	if asYAML {
		if pairs, ok := conf.ReadMap(text); ok {
			named := make(namedWeights, len(pairs))
			for i, pair := range pairs {
				named[i] = namedWeight{pair.Key, pair.Value}
			}
			return named, nil
		}
	}
	return weightsFromPairs(text, v)
}

// weightsFromPairs reads `K:v,K:v`, the only form up to 1.18.
func weightsFromPairs(text string, v flink.Version) (named namedWeights, refusal *flink.Refusal) {
	items, refusal := splitEscaped(text, ',')
	if refusal != nil {
		return nil, refusal
	}
	for _, item := range items {
		pair, refusal := splitEscaped(item, ':')
		if refusal != nil {
			return nil, refusal
		}
		if len(pair) != 2 {
			return nil, badPair(pair, v)
		}
		if first, twice := named.find(pair[0]); twice {
			return nil, flink.Refuse(flink.IllegalState, flink.KeyConsumerWeights,
				fmt.Sprintf("Duplicate key %s (attempted merging values %s and %s)", pair[0], first, pair[1]), nil)
		}
		named = append(named, namedWeight{pair[0], pair[1]})
	}
	return named, nil
}

func badPair(pair []string, v flink.Version) *flink.Refusal {
	message := "Map item is not a key-value pair (missing ':'?)"
	if !flink.ShortPairMessage.In(v) {
		message = "Could not parse pair in the map [" + strings.Join(pair, ", ") + "]"
	}
	return flink.Refuse(flink.IllegalArgument, flink.KeyConsumerWeights, message, nil)
}

// token is a piece of an option's text.
type token struct {
	kind tokenKind
	text string
	at   int // byte offset
}

type tokenKind uint8

const (
	plainToken tokenKind = iota
	quotedToken
	delimiterToken
)

// splitEscaped splits at a delimiter outside of quotes (StructuredOptionsSplitter.splitEscaped). Nothing
// before the first or behind the last delimiter is no part; nothing between two is an empty one.
func splitEscaped(text string, delimiter byte) (parts []string, refusal *flink.Refusal) {
	tokens, refusal := tokenize(text, delimiter)
	if refusal != nil {
		return nil, refusal
	}
	for i, t := range tokens {
		last := i+1 == len(tokens)
		switch {
		case t.kind == quotedToken && !last && tokens[i+1].kind != delimiterToken:
			at := len(utf16.Encode([]rune(text[:tokens[i+1].at]))) - 1 // Java counts UTF-16 units
			return nil, cannotSplit(fmt.Sprintf("Illegal quoting at position: %d", at))
		case t.kind != delimiterToken:
			parts = append(parts, t.text)
		case !last && tokens[i+1].kind == delimiterToken:
			parts = append(parts, "")
		}
	}
	return parts, nil
}

func cannotSplit(reason string) *flink.Refusal {
	return flink.Refuse(flink.IllegalArgument, flink.KeyConsumerWeights, "Could not split string. "+reason, nil)
}

func tokenize(text string, delimiter byte) (tokens []token, refusal *flink.Refusal) {
	end := 0 // of the last token
	for i, r := range text {
		switch {
		case i < end || isJavaBlank(r):
		case r == '\'' || r == '"':
			content, behind, closed := quotedText(text, i)
			if !closed {
				return nil, cannotSplit("Quoting was not closed properly.")
			}
			tokens, end = append(tokens, token{quotedToken, content, i}), behind
		case r == rune(delimiter):
			tokens = append(tokens, token{delimiterToken, "", i})
		default:
			content, _, _ := strings.Cut(text[i:], string(delimiter))
			trimmed := strings.TrimFunc(content, func(r rune) bool { return r <= ' ' }) // String.trim
			tokens, end = append(tokens, token{plainToken, trimmed, i}), i+len(content)
		}
	}
	return tokens, nil
}

// quotedText is the text behind the quote at start; a quote written twice is one.
func quotedText(text string, start int) (content string, behind int, closed bool) {
	quote := text[start]
	for i := start + 1; ; i++ {
		length := strings.IndexByte(text[i:], quote)
		if length < 0 {
			return "", 0, false
		}
		content += text[i : i+length]
		i += length + 1
		if i == len(text) || text[i] != quote {
			return content, i, true
		}
		content += string(quote)
	}
}

// isJavaBlank is Character.isWhitespace: no blank that forbids a line break, nor U+0085.
func isJavaBlank(r rune) bool {
	switch {
	case r == '\u00A0' || r == '\u2007' || r == '\u202F':
		return false
	case r >= '\t' && r <= '\r' || r >= 0x1C && r <= 0x1F:
		return true
	}
	return unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp)
}
