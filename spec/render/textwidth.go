package render

import "strings"

// advances are the widths of the characters from blank to tilde in hundredths of the font's size: those of DejaVu Sans Bold, one
// of the widest fonts that a browser may take for sans-serif. A text that fits by them fits in any.
var advances = [...]uint8{
	35, 46, 52, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 58,
	100, 78, 77, 74, 83, 69, 69, 82, 84, 38, 38, 78, 64, 100, 84, 85, 74, 85, 77, 72, 69, 82, 78, 111, 77, 73, 73, 46, 37, 46, 84, 50,
	50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
}

// runeWidth is how wide a character may be, in hundredths of the font's size; of other scripts by the columns that it has in a terminal.
func runeWidth(r rune) int {
	if r >= ' ' && r <= '~' {
		return int(advances[r-' '])
	}
	const one, more = 85, 110 // Cyrillic and Greek in bold; an em and its side bearings
	if n := width(string(r)); n < 2 {
		return one * n
	}
	return more
}

// textWidth is how wide a text may be in a font of that size, in pixels.
func textWidth(text string, size int) int {
	sum := 0
	for _, r := range text {
		sum += runeWidth(r)
	}
	return (sum*size + 99) / 100
}

// cutTo cuts a text to a width in pixels, an ellipsis at its end.
func cutTo(text string, size, most int) string {
	if textWidth(text, size) <= most {
		return text
	}
	const ellipsis = 100 // hundredths
	sum := ellipsis
	for i, r := range text {
		if sum += runeWidth(r); sum*size > most*100 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}
