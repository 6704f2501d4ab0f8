package source

import (
	"strings"
	"unicode/utf8"
)

// Nearest is the candidate that a word is probably a slip of: the same in another case, or a few edits
// away. Of equally near ones it is the first.
func Nearest(word string, candidates []string) (string, bool) {
	return NearestWithin(word, candidates, slips(len(word)))
}

// NearestWithin is Nearest with at most so many edits.
func NearestWithin(word string, candidates []string, edits int) (string, bool) {
	const longest = 80 // nobody mistypes a longer word and wants to be told
	lower := strings.ToLower(word)
	best, most := "", edits+1
	if len(word) == 0 || len(word) > longest {
		return "", false
	}
	letters := utf8.RuneCountInString(lower)
	for _, candidate := range candidates {
		if more := utf8.RuneCountInString(candidate) - letters; more >= most || -more >= most {
			continue // most are: a configuration has hundreds of keys that are near nothing
		}
		if d := distance(lower, strings.ToLower(candidate), most); d < most {
			best, most = candidate, d
		}
	}
	return best, best != ""
}

// slips is how many edits still look like a slip in a word of that length.
func slips(length int) int {
	switch {
	case length <= 3:
		return 1
	case length <= 7:
		return 2
	}
	return 3
}

// distance counts the edits (insert, delete, replace, swap neighbours) between two words, or gives limit
// where there are at least so many.
func distance(from, to string, limit int) int {
	a, b := []rune(from), []rune(to)
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
