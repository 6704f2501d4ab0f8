package source

import (
	"strings"
	"unicode/utf16"
)

// decodeUTF16 reads a text that begins with the byte order mark of UTF-16.
func decodeUTF16(text string) (string, bool) {
	high, low := 0, 1
	switch {
	case strings.HasPrefix(text, "\xFF\xFE"):
		high, low = 1, 0
	case !strings.HasPrefix(text, "\xFE\xFF"):
		return "", false
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i+1 < len(text); i += 2 {
		units = append(units, uint16(text[i+high])<<8|uint16(text[i+low]))
	}
	return string(utf16.Decode(units)), true
}
