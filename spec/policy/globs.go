package policy

// A change widens what an override or a waiver is for by its globs (graph.GlobPattern): two of them are held against each other,
// without any name at hand. An empty glob is for every name.

// mostCompared bounds the product of two lengths: nobody names jobs in a thousand characters.
const mostCompared = 1 << 22

// globsMeet reports whether some name matches both globs.
func globsMeet(a, b string) bool {
	if plainName(a) != "" && plainName(b) != "" {
		return a == b
	}
	return compareGlobs(a, b, true, func(x, y rune) (steps bool) { return x == '?' || y == '?' || x == y })
}

// globCovers reports whether one glob matches every name that another does. Where that takes more than letter by letter it says no.
func globCovers(wide, narrow string) bool {
	if wide == narrow {
		return true
	}
	return compareGlobs(wide, narrow, false, func(x, y rune) (steps bool) { return x == '?' || x == y && y != '?' })
}

// compareGlobs walks two globs side by side. A star of a takes any of b, a star of b any of a only if both do; other characters are
// taken together where step says so.
func compareGlobs(a, b string, both bool, step func(x, y rune) bool) bool {
	x, y := starIfEmpty(a), starIfEmpty(b)
	if len(x) > 0 && len(y) > mostCompared/len(x) {
		return both // not known: then they may meet, and none is said to cover the other
	}
	below, row := make([]bool, len(y)+1), make([]bool, len(y)+1) // row[j]: x[i:] and y[j:] go together
	for i := len(x); i >= 0; i-- {
		for j := len(y); j >= 0; j-- {
			switch {
			case i == len(x) && j == len(y):
				row[j] = true
			case i < len(x) && x[i] == '*':
				row[j] = below[j] || j < len(y) && row[j+1]
			case j < len(y) && y[j] == '*':
				row[j] = both && (row[j+1] || i < len(x) && below[j])
			default:
				row[j] = i < len(x) && j < len(y) && step(x[i], y[j]) && below[j+1]
			}
		}
		below, row = row, below
	}
	return below[0]
}

func starIfEmpty(glob string) []rune {
	if glob == "" {
		return []rune{'*'}
	}
	return []rune(glob)
}
