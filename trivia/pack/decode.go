package pack

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode makes UTF-8 of a text file: byte order marks are removed, UTF-16 with such a mark is converted, and a line that
// is not UTF-8 is taken for Windows-1252, which is what old editors and spreadsheets write. It reports the first such
// line, or 0.
func decode(data []byte) (text string, foreign int) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], binary.LittleEndian), 0
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], binary.BigEndian), 0
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return string(data), 0
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if utf8.Valid(line) {
			b.Write(line)
			continue
		}
		if foreign == 0 {
			foreign = n
		}
		for _, c := range line {
			b.WriteRune(windows1252(c))
		}
	}
	return b.String(), foreign
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// windows1252 is the character of a byte; the five that the code page leaves open are the replacement character.
func windows1252(c byte) rune {
	const from80 = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"
	if c < 0x80 || c > 0x9f {
		return rune(c)
	}
	i := 0
	for _, r := range from80 {
		if i == int(c)-0x80 {
			return r
		}
		i++
	}
	return utf8.RuneError
}

// normalNewlines makes every line end in "\n", so that lines are counted alike in all formats.
func normalNewlines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
